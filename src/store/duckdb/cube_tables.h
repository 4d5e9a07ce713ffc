// The cube as it is stored: the tables cube_count, cube_day and cube_member.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/result.h"
#include "store/duckdb/counts.h"
#include "store/duckdb/duck.h"

namespace ripen::store {

// What a refresh changes, to be written to the tables and to the cube in memory.
struct CubeChange {
  std::vector<std::int32_t> days;  // whose counts are forgotten first
  std::vector<CountEntry> counts;  // added; negative where late data took something back
  std::vector<DayEntry> day_counts;
};

// The functions work in the connection's transaction. A key may have several rows in the first two
// tables, which readers add: a difference is appended, and nothing that is there is touched.

[[nodiscard]] Status ClearCube(duck::Connection& connection);
// Forgets the counts of some days, and of the outcomes that wait.
[[nodiscard]] Status ClearCubeDays(duck::Connection& connection,
                                   const std::vector<std::int32_t>& days);
[[nodiscard]] Status AppendCounts(duck::Connection& connection, const CountMap& counts);
[[nodiscard]] Status AppendDays(duck::Connection& connection, const std::vector<DayEntry>& days);
// Makes one row a key again once the appended differences are as many as a quarter of the rest.
// `appended`: rows of differences that this refresh wrote to cube_count.
[[nodiscard]] Status CompactCounts(duck::Connection& connection, std::int64_t appended);

[[nodiscard]] Status VisitCounts(duck::Connection& connection,
                                 const std::function<void(const CountEntry&)>& visit);
// One entry a key, none of them zero, in the order of the keys.
[[nodiscard]] Result<std::vector<DayEntry>> ReadDays(duck::Connection& connection);

[[nodiscard]] Status WriteMembers(duck::Connection& connection,
                                  const std::vector<MemberMap::Entry>& members);
[[nodiscard]] Result<std::vector<MemberMap::Entry>> ReadMembers(duck::Connection& connection);

}  // namespace ripen::store
