#include "store/duckdb/schema.h"

#include <fmt/format.h>

#include <charconv>
#include <random>

namespace ripen::store {
namespace {

// Recommendations: one row an id, the fact that counts; `rec_other` keeps the facts that lost.
// obs: one row for every row of a wide file. ev: outcomes and retractions that have a row or a time
// of their own. The tables cube_* follow from these and can be made again at any time.
constexpr const char* kTables = R"(
CREATE TABLE meta (key VARCHAR, value VARCHAR);
CREATE TABLE stage (code INTEGER, name VARCHAR, flag_given BOOLEAN, time_given BOOLEAN);
CREATE TABLE attribute (attribute INTEGER, name VARCHAR, side INTEGER, kinds INTEGER,
                        overflowed BOOLEAN);
CREATE TABLE attribute_value (attribute INTEGER, code INTEGER, text VARCHAR);
CREATE TABLE tuple (side INTEGER, tuple INTEGER, codes VARCHAR);
CREATE TABLE source (src INTEGER, import INTEGER, path VARCHAR, snapshot BIGINT,
                     snapshot_day INTEGER);
CREATE TABLE rec (id_key UBIGINT, day INTEGER, shown BIGINT, arrival BIGINT,
                  arrival_day INTEGER, bits UTINYINT, who INTEGER, what INTEGER, customer UBIGINT, fact UBIGINT, src INTEGER,
                  row BIGINT, id VARCHAR, item VARCHAR, position INTEGER, score DOUBLE,
                  list VARCHAR, value BIGINT, currency VARCHAR);
CREATE TABLE rec_other AS FROM rec LIMIT 0;
CREATE TABLE obs (id_key UBIGINT, day INTEGER, seen BIGINT, flags UBIGINT, truth UTINYINT,
                  row_key UBIGINT, src INTEGER, row BIGINT);
CREATE TABLE ev (id_key UBIGINT, day INTEGER, stage UTINYINT, kind UTINYINT, bits UTINYINT,
                 happened BIGINT, happened_day INTEGER, arrival BIGINT, arrival_day INTEGER,
                 event UBIGINT, value BIGINT, seen BIGINT, ev_key UBIGINT, src INTEGER, row BIGINT);
CREATE TABLE ev_staged AS FROM ev LIMIT 0;
CREATE TABLE dirty (day INTEGER);
CREATE TABLE import_account (import INTEGER, rows BIGINT, recommendations BIGINT, outcomes BIGINT,
                             duplicates BIGINT, conflicts BIGINT);
CREATE TABLE import_reject (import INTEGER, reason VARCHAR, column_name VARCHAR, count BIGINT,
                            first VARCHAR, first_value VARCHAR);
CREATE TABLE import_mapping (import INTEGER, role VARCHAR, column_name VARCHAR);
CREATE TABLE import_note (import INTEGER, position INTEGER, note VARCHAR);
CREATE TABLE set_aside (import INTEGER, place VARCHAR, column_name VARCHAR, value VARCHAR,
                        reason VARCHAR);
CREATE TABLE cube_count (family INTEGER, cell BIGINT, day INTEGER, stage INTEGER,
                         base_offset INTEGER, delay INTEGER, gained BIGINT, lost BIGINT);
CREATE TABLE cube_day (day INTEGER, kind INTEGER, stage INTEGER, known_on INTEGER, extra INTEGER,
                       change BIGINT);
CREATE TABLE cube_member (attribute INTEGER, code INTEGER, customer UBIGINT, known_on INTEGER);
)";

// Since format 2: what small imports changed and the cube does not count yet. `touched`: the ids
// whose rows changed, the day they then had, the first source of the import that changed them, and
// whether their fact is new. before_*: the rows of these ids as the cube counts them, as far as a
// fold reads them. Days that change as a whole are in `dirty` instead.
constexpr const char* kLateTables = R"(
CREATE TABLE touched (id_key UBIGINT, day INTEGER, first_src INTEGER, fact BOOLEAN);
CREATE TABLE before_rec AS SELECT id_key, day, shown, arrival_day, bits, who, what FROM rec LIMIT 0;
CREATE TABLE before_ev AS SELECT id_key, day, stage, kind, bits, happened, happened_day, arrival,
                          arrival_day, event, value, seen, src FROM ev LIMIT 0;
CREATE TABLE before_obs AS SELECT id_key, day, seen, flags, truth, src FROM obs LIMIT 0;
)";

// Since format 3: daily counts given instead of rows (given_counts.h), where `seen` is the arrival
// if the file has one; and the ranges that people were given, of the total (no attribute) or of a
// group.
constexpr const char* kFormatThreeTables = R"(
CREATE TABLE given_count (day INTEGER, who INTEGER, what INTEGER, stage UTINYINT,
                          base_offset INTEGER, delay INTEGER, count BIGINT, seen BIGINT,
                          src INTEGER, row BIGINT);
CREATE TABLE issued_range (as_of INTEGER, position INTEGER, stage VARCHAR, attribute VARCHAR,
                           value VARCHAR, from_day INTEGER, to_day INTEGER, trials BIGINT,
                           events_so_far BIGINT, rate DOUBLE, low DOUBLE, high DOUBLE);
)";

// Since format 4: what each day's look said, as the engine writes it, until something that was
// known on that day changes; and what people decided about incidents, which nothing else can tell.
constexpr const char* kFormatFourTables = R"(
CREATE TABLE look (as_of INTEGER, fingerprint VARCHAR, record VARCHAR);
CREATE TABLE judgement (incident VARCHAR, action VARCHAR, as_of INTEGER, given_at BIGINT,
                        note VARCHAR);
)";

// Since format 5: what people told of the shop's calendar, and took back. No attribute: of no item.
constexpr const char* kFormatFiveTables = R"(
CREATE TABLE annotation (id VARCHAR, kind VARCHAR, day INTEGER, last_day INTEGER, attribute VARCHAR,
                         value VARCHAR, title VARCHAR, note VARCHAR, new_epoch BOOLEAN,
                         taken_back BOOLEAN, as_of INTEGER, given_at BIGINT);
)";

Result<std::uint64_t> ParseHex(const std::string& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, 16);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return Fail(ErrorCode::kDataLoss, "The store's key of customer ids does not read back.");
  }
  return number;
}

Status CreateTables(duck::Connection& connection) {
  RIPEN_RETURN_IF_ERROR(connection.Run("BEGIN"));
  RIPEN_RETURN_IF_ERROR(connection.Run(kTables));
  RIPEN_RETURN_IF_ERROR(connection.Run(kLateTables));
  RIPEN_RETURN_IF_ERROR(connection.Run(kFormatThreeTables));
  RIPEN_RETURN_IF_ERROR(connection.Run(kFormatFourTables));
  RIPEN_RETURN_IF_ERROR(connection.Run(kFormatFiveTables));
  RIPEN_RETURN_IF_ERROR(WriteMeta(connection, "product", "ripen"));
  RIPEN_RETURN_IF_ERROR(WriteMeta(connection, "format_version", fmt::format("{}", kFormatVersion)));
  std::random_device random;
  const auto draw = [&] { return static_cast<std::uint64_t>(random()) << 32 | random(); };
  RIPEN_RETURN_IF_ERROR(WriteMeta(connection, "customer_key_0", fmt::format("{:016x}", draw())));
  RIPEN_RETURN_IF_ERROR(WriteMeta(connection, "customer_key_1", fmt::format("{:016x}", draw())));
  return connection.Run("COMMIT");
}

// Adds what formats since `from` brought. A store of format 1 says in `dirty` what changed; its
// cube is read as it is.
Status Upgrade(duck::Connection& connection, int from) {
  RIPEN_RETURN_IF_ERROR(connection.Run("BEGIN"));
  const auto run = [&]() -> Status {
    if (from < 2) RIPEN_RETURN_IF_ERROR(connection.Run(kLateTables));
    if (from < 3) RIPEN_RETURN_IF_ERROR(connection.Run(kFormatThreeTables));
    if (from < 4) RIPEN_RETURN_IF_ERROR(connection.Run(kFormatFourTables));
    RIPEN_RETURN_IF_ERROR(connection.Run(kFormatFiveTables));
    RIPEN_RETURN_IF_ERROR(
        WriteMeta(connection, "format_version", fmt::format("{}", kFormatVersion)));
    return connection.Run("COMMIT");
  };
  Status status = run();
  if (!status) (void)connection.Run("ROLLBACK");
  return status;
}

}  // namespace

Result<std::string> ReadMeta(duck::Connection& connection, const std::string& key) {
  RIPEN_ASSIGN_OR_RETURN(duck::Rows rows,
                         connection.Query("SELECT value FROM meta WHERE key = ?", {key}));
  RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
  if (chunk == nullptr) return std::string();
  return std::string(chunk->Text(0, 0));
}

Status WriteMeta(duck::Connection& connection, const std::string& key, const std::string& text) {
  RIPEN_RETURN_IF_ERROR(connection.Run("DELETE FROM meta WHERE key = ?", {key}));
  return connection.Run("INSERT INTO meta VALUES (?, ?)", {key, text});
}

Status OpenSchema(duck::Connection& connection, const std::string& path) {
  RIPEN_ASSIGN_OR_RETURN(const std::int64_t tables,
                         connection.Number("SELECT count(*) FROM duckdb_tables() WHERE NOT "
                                           "internal"));
  if (tables == 0) return CreateTables(connection);
  RIPEN_ASSIGN_OR_RETURN(
      const std::int64_t has_meta,
      connection.Number("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'meta'"));
  std::string product;
  if (has_meta == 1) {
    auto read = ReadMeta(connection, "product");
    if (read) product = *read;
  }
  if (product != "ripen") {
    return Fail(ErrorCode::kDataLoss,
                fmt::format("{} is a DuckDB file, but no store of Ripen.", path));
  }
  RIPEN_ASSIGN_OR_RETURN(const std::string version, ReadMeta(connection, "format_version"));
  int number = 0;
  std::from_chars(version.data(), version.data() + version.size(), number);
  if (number > kFormatVersion) {
    return Fail(ErrorCode::kFailedPrecondition,
                fmt::format("The store {} has format {}; this release reads up to format {}. "
                            "Use the release that wrote it, or a newer one.",
                            path, number, kFormatVersion));
  }
  if (number < 1) {
    return Fail(ErrorCode::kDataLoss,
                fmt::format("The store {} names no format version; it is damaged.", path));
  }
  if (number < kFormatVersion) return Upgrade(connection, number);
  return {};
}

Result<SipKey> CustomerKey(duck::Connection& connection) {
  RIPEN_ASSIGN_OR_RETURN(const std::string first, ReadMeta(connection, "customer_key_0"));
  RIPEN_ASSIGN_OR_RETURN(const std::string second, ReadMeta(connection, "customer_key_1"));
  SipKey key;
  RIPEN_ASSIGN_OR_RETURN(key.k0, ParseHex(first));
  RIPEN_ASSIGN_OR_RETURN(key.k1, ParseHex(second));
  return key;
}

}  // namespace ripen::store
