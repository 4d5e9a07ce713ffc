// Single recommendations of some days, as they were known on one day: what lists, positions and the
// items shown are judged from. The cube counts them; here they stand row by row, without an id of
// anything: lists, customers and items are numbers that mean nothing outside.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/slice.h"

namespace ripen::cube {

struct ShownRequest {
  Day as_of;
  Day first;
  Day last;
  // Recommendations to these customers, in this context: at most one attribute, none of items.
  Slice slice;
  std::vector<std::string> item_attributes;
  // Above so many rows, a sample of the lists is read. Trade: 400,000 rows take about 60 MB and
  // a second; of 40,000 lists a share is known to half a point in 100.
  std::int64_t most_rows = 400'000;
};

struct ShownRow {
  std::int32_t day = 0;    // counted from `first`
  std::int32_t list = -1;  // rows of one list_id on one day; -1 without list_id
  std::int32_t customer = -1;
  std::optional<std::int32_t> position;
};

// How often an item was shown on a day, of all rows whatever the sample.
struct ItemCount {
  std::int32_t day = 0;        // counted from `first`
  std::int32_t item = -1;      // -1 without item_id
  std::int64_t shown = 0;      // in the slice
  std::int64_t shown_all = 0;  // to anybody
};

struct ShownRows {
  Day first;
  Day last;
  double sampled_share = 1;
  std::vector<ShownRow> rows;  // by day, list, position (missing first)
  // By stage of the ladder and row: the age in days at which the outcome became known; -1 where it
  // is not known.
  std::vector<std::vector<std::int16_t>> known_at_age;
  // By item attribute asked for and row: a number for each value; equal numbers are equal values.
  std::vector<std::vector<std::int32_t>> item_values;
  std::size_t customers = 0;
  std::size_t lists = 0;
};

}  // namespace ripen::cube
