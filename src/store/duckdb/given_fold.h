// Folds daily counts into the cube's counts: the law for counts, as fold.h has it for rows.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/duckdb/chunk_fold.h"

namespace ripen::store {

// One version of a count of one day and combination of attributes.
struct GivenVersion {
  std::int32_t stage = 0;  // 0 is shown, then the ladder's index + 1
  std::int32_t base_offset = 0;
  std::int32_t delay = 0;
  std::int32_t seen_day = 0;  // when the version became known
  bool arrived = false;       // the file says so of the row itself
  std::int64_t count = 0;
};

// A change of a count on the day from which it is known.
struct GivenChange {
  std::int32_t stage = 0;
  std::int32_t base_offset = 0;
  std::int32_t delay = 0;  // from the base's day until it is known
  std::int64_t change = 0;
  std::int32_t lateness = 0;  // days that the count came after its window, at least
};
// What became of the counts of one day and combination. `waiting`: outcomes by stage that have
// nothing to be outcomes of, and the day from which they wait.
struct GivenHistory {
  std::vector<GivenChange> changes;
  struct Waiting {
    std::int32_t stage = 0;
    std::int32_t since = 0;
    std::int64_t count = 0;
  };
  std::vector<Waiting> waiting;
};
// The first version of a count is known on day + base_offset + delay (or from its arrival, where
// that is given and later), the next ones from when they were seen. At no time does a stage have
// more outcomes than what they are of: what would exceed it waits until there is more of that, and
// a base is not lowered below its outcomes. `versions` in any order; those of one key seen on one
// day: the largest counts.
GivenHistory HistoryOfGiven(std::int32_t day, const StageLadder& ladder,
                            std::vector<GivenVersion> versions);

// Adds the counts of the days that meet `condition` (SQL) to the maps; calls `flush` whenever a
// day is complete and the maps are large, and at the end. Memory: a day's counts and the maps.
[[nodiscard]] Status FoldGivenCounts(duck::Connection& connection, const FoldRules& rules,
                                     const std::string& condition,
                                     const std::function<Status(CountMap&, DayMap&)>& flush);

}  // namespace ripen::store
