// Daily counts given instead of rows: what an import checks about them, and what they add up to.
//
// A count's key is its day, attributes, stage, base offset and delay. Rows of one key and one file
// (and one arrival, where the file has them) are summed: they differ in columns that are not kept.
// Another file that gives the key again gives another version; versions follow each other by when
// they became known, and what is not corrected stays. Nothing is ever taken out of the ledger.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/stage.h"
#include "store/duckdb/duck.h"
#include "store/duckdb/fold.h"

namespace ripen::store {

// The stage of counts of recommendations; other stages are stored codes.
constexpr std::uint8_t kShownCode = 254;
// The counts of a day and stage add up to at most this: cells count in 32 bits.
constexpr double kMostOfDay = 2e9;

// SQL: all recommendations, of rows and of counts, with the columns day, arrival_day, who, what.
// Those of a count are one row.
constexpr const char* kAllShown =
    "(SELECT day, arrival_day, who, what FROM rec UNION ALL SELECT day, day + delay, who, what "
    "FROM "
    "given_count WHERE stage = 254 AND count > 0)";

static_assert(kShownCode == 254, "kAllShown has it as text");

struct GivenTotals {
  std::int64_t recommendations = 0;
  std::int64_t outcomes = 0;
};
// By the newest versions. Cost: a sort of all counts.
[[nodiscard]] Result<GivenTotals> CountGiven(duck::Connection& connection);

// A count set aside: with it a group would have more outcomes than what they are outcomes of.
struct ExcessCount {
  std::int32_t src = 0;
  std::int64_t row = 0;
  std::int64_t count = 0;
};
struct GivenCheck {
  std::vector<ExcessCount> excess;  // by src and row; taken out of the ledger
  std::int64_t duplicates = 0;      // rows that give a count again as it was
  std::int64_t corrected = 0;       // counts of earlier imports that have another number now
};
// Called by an import when its counts and its sources are stored; marks their days in `dirty`.
// Errors: kInvalidArgument for a day of more than kMostOfDay. Requires: an open transaction.
[[nodiscard]] Result<GivenCheck> CheckGivenCounts(duck::Connection& connection,
                                                  const FoldLadder& ladder, std::int32_t first_src);

}  // namespace ripen::store
