// A store's ledger as a folder of Parquet files, and a store from such a folder.
#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <string>
#include <system_error>

#include "store/duckdb/duck.h"
#include "store/duckdb/schema.h"
#include "store/open_store.h"

namespace ripen::store {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMemoryMb = 1024;
constexpr int kThreads = 2;
// What nothing else can tell.
constexpr std::array kLedgerTables = {"stage",          "attribute",     "attribute_value",
                                      "tuple",          "source",        "rec",
                                      "rec_other",      "obs",           "ev",
                                      "import_account", "import_reject", "import_mapping",
                                      "import_note",    "set_aside",     "given_count",
                                      "issued_range",   "judgement",     "annotation"};
// What `meta` says of the cube, which is made anew.
constexpr const char* kOfTheCube = "'folded_choice', 'members_stale'";

std::string FileOf(const std::string& folder, std::string_view table) {
  return duck::QuotedText(fmt::format("{}/{}.parquet", folder, table));
}

// A database with a place of its own for what does not fit into memory.
class Opened {
 public:
  [[nodiscard]] static Result<Opened> At(const std::string& path) {
    Opened opened;
    opened.scratch_ = path + ".tmp";
    RIPEN_ASSIGN_OR_RETURN(opened.database_,
                           duck::Database::Open(path, kMemoryMb, kThreads, opened.scratch_));
    RIPEN_ASSIGN_OR_RETURN(opened.connection_, opened.database_.Connect());
    RIPEN_RETURN_IF_ERROR(OpenSchema(opened.connection_, path));
    return opened;
  }
  Opened(Opened&&) = default;
  Opened& operator=(Opened&&) = default;
  ~Opened() {
    if (scratch_.empty()) return;
    connection_ = duck::Connection();
    database_ = duck::Database();
    std::error_code ignored;
    fs::remove_all(scratch_, ignored);
  }
  duck::Connection& connection() { return connection_; }

 private:
  Opened() = default;
  duck::Database database_;
  duck::Connection connection_;
  std::string scratch_;
};

Result<std::string> MetaIn(duck::Connection& connection, const std::string& folder,
                           const std::string& key) {
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Query(
          fmt::format("SELECT value FROM read_parquet({}) WHERE key = ?", FileOf(folder, "meta")),
          {key}));
  RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
  return chunk == nullptr ? std::string() : std::string(chunk->Text(0, 0));
}

Status Fill(duck::Connection& connection, const std::string& folder) {
  RIPEN_RETURN_IF_ERROR(connection.Run("BEGIN"));
  RIPEN_RETURN_IF_ERROR(connection.Run("DELETE FROM meta"));
  RIPEN_RETURN_IF_ERROR(connection.Run(
      fmt::format("INSERT INTO meta SELECT * FROM read_parquet({})", FileOf(folder, "meta"))));
  for (const char* table : kLedgerTables) {
    RIPEN_RETURN_IF_ERROR(connection.Run(fmt::format(
        "INSERT INTO {} SELECT * FROM read_parquet({})", table, FileOf(folder, table))));
  }
  RIPEN_RETURN_IF_ERROR(connection.Run("COMMIT"));
  return connection.Run("CHECKPOINT");
}

Status MakeStore(const std::string& folder, const std::string& store_path) {
  RIPEN_ASSIGN_OR_RETURN(Opened store, Opened::At(store_path));
  RIPEN_ASSIGN_OR_RETURN(const std::string product, MetaIn(store.connection(), folder, "product"));
  RIPEN_ASSIGN_OR_RETURN(const std::string version,
                         MetaIn(store.connection(), folder, "format_version"));
  if (product != "ripen" || version != std::to_string(kFormatVersion)) {
    return Fail(ErrorCode::kFailedPrecondition,
                fmt::format("The export in {} has format {}; this release reads format {}. Export "
                            "the store again with this release.",
                            folder, version.empty() ? "none" : version, kFormatVersion));
  }
  return Fill(store.connection(), folder);
}

}  // namespace

Status ExportDuckDb(const std::string& store_path, const std::string& folder) {
  std::error_code error;
  if (!fs::is_regular_file(store_path, error)) {
    return Fail(ErrorCode::kNotFound, fmt::format("There is no store {}.", store_path));
  }
  if (fs::exists(folder, error) && !fs::is_empty(folder, error)) {
    return Fail(ErrorCode::kAlreadyExists,
                fmt::format("{} holds something already; name a new folder.", folder));
  }
  fs::create_directories(folder, error);
  if (error) {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("The folder {} cannot be made: {}.", folder, error.message()));
  }
  RIPEN_ASSIGN_OR_RETURN(Opened store, Opened::At(store_path));
  RIPEN_RETURN_IF_ERROR(store.connection().Run(
      fmt::format("COPY (SELECT * FROM meta WHERE key NOT IN ({})) TO {} (FORMAT parquet)",
                  kOfTheCube, FileOf(folder, "meta"))));
  for (const char* table : kLedgerTables) {
    RIPEN_RETURN_IF_ERROR(store.connection().Run(
        fmt::format("COPY {} TO {} (FORMAT parquet)", table, FileOf(folder, table))));
  }
  return {};
}

Status RestoreDuckDb(const std::string& folder, const std::string& store_path) {
  std::error_code error;
  if (!fs::is_regular_file(folder + "/meta.parquet", error)) {
    return Fail(ErrorCode::kNotFound,
                fmt::format("{} is no export of a store: it holds no meta.parquet.", folder));
  }
  if (fs::exists(store_path, error)) {
    return Fail(ErrorCode::kAlreadyExists,
                fmt::format("The store {} is there already; name a new one.", store_path));
  }
  Status made = MakeStore(folder, store_path);
  if (!made) {
    for (const char* part : {"", ".wal"}) fs::remove(store_path + part, error);
  }
  return made;
}

}  // namespace ripen::store
