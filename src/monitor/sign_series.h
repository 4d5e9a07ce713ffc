// The counts of one sign by day, in bins, as leading_signs judges them. Used by it alone.
#pragma once

#include <optional>
#include <vector>

#include "base/day.h"
#include "cube/sign_counts.h"
#include "cube/snapshot.h"
#include "model/signs.h"
#include "monitor/leading_signs.h"

namespace ripen::monitor {

// `counts` is days x bins. A share is the part of bin 1 of two; a mean is that of `position_of`.
struct SignSeries {
  SignCode code = SignCode::kNewItems;
  std::optional<NoSign> refused;
  std::vector<Day> days;
  std::vector<double> counts;
  std::size_t bins = 2;
  std::vector<double> position_of;  // by bin: what it adds to the mean; empty: a share
  std::vector<SignPart> parts;      // by bin of the printed distribution, without shares
  std::vector<std::size_t> part_of_bin;

  double At(std::size_t day, std::size_t bin) const { return counts[day * bins + bin]; }
  double TrialsOf(std::size_t day) const;
  double ValueOf(std::size_t day) const;  // Requires: trials
};

SignSeries NewItems(const cube::SignCounts& counts);
SignSeries Scores(const cube::SignCounts& counts);
SignSeries Positions(const cube::SignCounts& counts);
// `fallback`: those found or configured; set by it.
SignSeries Fallbacks(const cube::Snapshot& snapshot, const SignOptions& options,
                     std::vector<Slice>& fallback);
// Outcomes of the first stage of shown that were known at the end of the day shown, or, where
// hardly any are, a day later. `stage`: that stage; set by it.
SignSeries EarlyOutcomes(const cube::Snapshot& snapshot, std::optional<std::string>& stage);

}  // namespace ripen::monitor
