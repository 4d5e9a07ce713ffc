// The record of our own ranges: what was said on each past day, and whether it held.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/slice.h"

namespace ripen {

// How ranges of one kind did. Coverage and bias are shares; WIS is in points of the rate.
struct RangeScore {
  int ranges = 0;
  int days = 0;  // as-of days they were issued on: ranges of one day move together
  int held = 0;
  double bias = 0;        // mean of (middle - truth) / truth, where the truth is not 0
  double half_width = 0;  // mean of half the range over its middle
  // Weighted interval score of median and 90 % range (Bracher et al. 2021,
  // doi:10.1371/journal.pcbi.1008618): smaller is better.
  double wis = 0;
};

// One stage's record.
struct StageRecord {
  std::string stage;
  RangeScore last;  // the last 100 ranges of the total, by as-of day
  RangeScore all;   // of the total and the groups
  struct ByAge {
    int from_age = 0;           // of the youngest day in the range
    std::optional<int> to_age;  // absent: and older
    RangeScore score;
    double factor = 1;     // by which ranges are widened today
    bool learned = false;  // false: too few days, the factor is the cautious default
  };
  std::vector<ByAge> by_age;
  struct BySize {
    std::string size;  // "under_10", "10_to_50", "over_50" expected outcomes
    RangeScore score;
  };
  std::vector<BySize> by_size;
};

// A range as people were given it, kept as it was.
struct IssuedFigure {
  Day as_of;
  std::string stage;
  Slice slice;  // the total or one segment
  Day from;
  Day to;
  std::int64_t trials = 0;
  std::int64_t events_so_far = 0;
  double rate = 0;
  double low = 0;
  double high = 0;
};

// How the ranges that were given did, whatever today's program would have said.
struct IssuedRecord {
  std::int64_t logged = 0;  // of as-of days before the one asked for
  std::optional<Day> first_day;
  std::optional<Day> last_day;
  struct ByStage {
    std::string stage;
    RangeScore score;  // of those whose truth is in
  };
  std::vector<ByStage> stages;
};

struct BacktestReport {
  Day as_of;
  std::optional<Day> first_day;  // of the as-of days replayed
  std::optional<Day> last_day;
  std::vector<StageRecord> stages;  // those with outcome times
  IssuedRecord issued;
};

}  // namespace ripen
