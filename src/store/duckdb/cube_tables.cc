#include "store/duckdb/cube_tables.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>

#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

constexpr const char* kAppendedKey = "cube_appended";
// Few rows are not worth writing the table again.
constexpr std::int64_t kLeastAppended = 100'000;

}  // namespace

Status ClearCube(duck::Connection& connection) {
  RIPEN_RETURN_IF_ERROR(connection.Run("DELETE FROM cube_count; DELETE FROM cube_day"));
  return WriteMeta(connection, kAppendedKey, "");
}

Status ClearCubeDays(duck::Connection& connection, const std::vector<std::int32_t>& days) {
  if (!days.empty()) {
    for (const char* table : {"cube_count", "cube_day"}) {
      RIPEN_RETURN_IF_ERROR(connection.Run(
          fmt::format("DELETE FROM {} WHERE day IN ({})", table, fmt::join(days, ", "))));
    }
  }
  return connection.Run(fmt::format("DELETE FROM cube_day WHERE day = {}", kOrphanDay));
}

Status AppendCounts(duck::Connection& connection, const CountMap& counts) {
  using duck::Type;
  RIPEN_ASSIGN_OR_RETURN(
      duck::Appender appender,
      duck::Appender::Open(connection, "cube_count",
                           {Type::kInteger, Type::kBigint, Type::kInteger, Type::kInteger,
                            Type::kInteger, Type::kInteger, Type::kBigint, Type::kBigint}));
  Status status;
  counts.ForEach([&](const CountEntry& entry) {
    if (!status) return;
    appender.Set(0, entry.family);
    appender.Set(1, entry.cell);
    appender.Set(2, entry.day);
    appender.Set(3, entry.stage);
    appender.Set(4, entry.base_offset);
    appender.Set(5, entry.delay);
    appender.Set(6, entry.gained);
    appender.Set(7, entry.lost);
    status = appender.EndRow();
  });
  RIPEN_RETURN_IF_ERROR(status);
  return appender.Close();
}

Status AppendDays(duck::Connection& connection, const std::vector<DayEntry>& days) {
  using duck::Type;
  RIPEN_ASSIGN_OR_RETURN(duck::Appender appender,
                         duck::Appender::Open(connection, "cube_day",
                                              {Type::kInteger, Type::kInteger, Type::kInteger,
                                               Type::kInteger, Type::kInteger, Type::kBigint}));
  for (const DayEntry& entry : days) {
    appender.Set(0, entry.day);
    appender.Set(1, entry.kind);
    appender.Set(2, entry.stage);
    appender.Set(3, entry.known_on);
    appender.Set(4, entry.extra);
    appender.Set(5, entry.change);
    RIPEN_RETURN_IF_ERROR(appender.EndRow());
  }
  return appender.Close();
}

Status CompactCounts(duck::Connection& connection, std::int64_t appended) {
  if (appended == 0) return {};
  RIPEN_ASSIGN_OR_RETURN(const std::string text, ReadMeta(connection, kAppendedKey));
  std::int64_t before = 0;
  std::from_chars(text.data(), text.data() + text.size(), before);
  appended += before;
  RIPEN_ASSIGN_OR_RETURN(const std::int64_t rows,
                         connection.Number("SELECT count(*) FROM cube_count"));
  if (appended < kLeastAppended || appended * 5 < rows) {
    return WriteMeta(connection, kAppendedKey, fmt::format("{}", appended));
  }
  RIPEN_RETURN_IF_ERROR(connection.Run(
      "CREATE TABLE cube_packed AS SELECT family, cell, day, stage, base_offset, delay, "
      "sum(gained)::BIGINT AS gained, sum(lost)::BIGINT AS lost FROM cube_count GROUP BY ALL "
      "HAVING sum(gained) <> 0 OR sum(lost) <> 0; DROP TABLE cube_count; ALTER TABLE cube_packed "
      "RENAME TO cube_count"));
  return WriteMeta(connection, kAppendedKey, "");
}

Status VisitCounts(duck::Connection& connection,
                   const std::function<void(const CountEntry&)>& visit) {
  RIPEN_ASSIGN_OR_RETURN(duck::Rows rows,
                         connection.Stream("SELECT cell, day, family, stage, base_offset, delay, "
                                           "gained, lost FROM cube_count"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return {};
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      visit({chunk->Column<std::int64_t>(0)[row], chunk->Column<std::int32_t>(1)[row],
             chunk->Column<std::int32_t>(2)[row], chunk->Column<std::int32_t>(3)[row],
             chunk->Column<std::int32_t>(4)[row], chunk->Column<std::int32_t>(5)[row],
             chunk->Column<std::int64_t>(6)[row], chunk->Column<std::int64_t>(7)[row]});
    }
  }
}

Result<std::vector<DayEntry>> ReadDays(duck::Connection& connection) {
  std::vector<DayEntry> days;
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Query("SELECT day, kind, stage, known_on, extra, sum(change)::BIGINT FROM "
                       "cube_day GROUP BY ALL HAVING sum(change) <> 0 ORDER BY ALL"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return days;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      days.push_back({chunk->Column<std::int32_t>(0)[row], chunk->Column<std::int32_t>(1)[row],
                      chunk->Column<std::int32_t>(2)[row], chunk->Column<std::int32_t>(3)[row],
                      chunk->Column<std::int32_t>(4)[row], chunk->Column<std::int64_t>(5)[row]});
    }
  }
}

Status WriteMembers(duck::Connection& connection, const std::vector<MemberMap::Entry>& members) {
  RIPEN_RETURN_IF_ERROR(connection.Run("DELETE FROM cube_member"));
  RIPEN_ASSIGN_OR_RETURN(duck::Appender appender,
                         duck::Appender::Open(connection, "cube_member",
                                              {duck::Type::kInteger, duck::Type::kInteger,
                                               duck::Type::kUbigint, duck::Type::kInteger}));
  for (const MemberMap::Entry& entry : members) {
    appender.Set(0, entry.attribute);
    appender.Set(1, entry.code);
    appender.Set(2, entry.customer);
    appender.Set(3, entry.known_on);
    RIPEN_RETURN_IF_ERROR(appender.EndRow());
  }
  return appender.Close();
}

Result<std::vector<MemberMap::Entry>> ReadMembers(duck::Connection& connection) {
  std::vector<MemberMap::Entry> members;
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Query("SELECT attribute, code, customer, known_on FROM cube_member"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return members;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      members.push_back({chunk->Column<std::int32_t>(0)[row], chunk->Column<std::int32_t>(1)[row],
                         chunk->Column<std::uint64_t>(2)[row],
                         chunk->Column<std::int32_t>(3)[row]});
    }
  }
}

}  // namespace ripen::store
