// The scoreboard of our own estimates: ranges replayed as of each past day, scored when the truth
// is in, and the factor by which today's ranges are widened so that nine in ten hold.
//
// Model. On each of the last 60 days whose truth is in, the ranges are made as they would have been
// then, from the counts known then. A truth at r half widths from the middle is held by a range
// widened by r; the factor of an age band is the conformal quantile ceil((n + 1) .9) / n of r over
// the cells of at least 20 days, never under 1. Cost of being wrong. Too small a factor promises
// what does not hold; too large a one says less than is known. Fails when. Delays or day noise have
// changed since the days replayed: coverage then differs from the promise until they have been
// replayed too. Source. Split conformal prediction, Vovk, Gammerman & Shafer 2005, section 4;
// scores of Bracher et al. 2021, doi:10.1371/journal.pcbi.1008618. Worked value. Truths at .5,
// 1, 1.5, ..., 10 half widths on 20 days: the factor is the 19th of them, 9.5.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "cube/snapshot.h"
#include "model/backtest.h"
#include "model/config.h"
#include "model/finding.h"
#include "monitor/forecast.h"

namespace ripen::monitor {

struct BacktestOptions {
  AlertsConfig alerts;
  int last_days = 60;           // as-of days whose truth is in
  int every_days = 1;           // replayed
  std::size_t most_values = 6;  // of each attribute
};

// One range, as it would have been issued but for its factor.
struct IssuedRange {
  std::size_t stage = 0;
  bool total = true;
  Day as_of;
  int youngest_age = 0;
  double expected = 0;  // eventual outcomes
  double middle = 0;
  double low = 0;
  double high = 0;
  double truth = 0;
  double factor = 1;  // that applied then
  // How many half widths the truth lies from the middle, on its own side.
  double Distance() const;
  bool Held() const { return Distance() <= factor; }
};

// Scores ranges widened by their factors.
RangeScore ScoreOf(std::span<const IssuedRange> ranges);

class Backtest {
 public:
  // Cost: some thirty looks at a few dozen slices; a tenth of a second for a month of a shop.
  static Backtest Replay(const cube::Snapshot& snapshot, const BacktestOptions& options);

  // By stage: how much wider today's ranges are made.
  const std::vector<Widening>& widening() const { return widening_; }
  const std::vector<IssuedRange>& ranges() const { return ranges_; }
  BacktestReport Report() const;
  // estimate_check: fewer of the total's ranges held than were promised (95 % upper limit under
  // .9).
  std::vector<Finding> Findings() const;

 private:
  std::vector<std::string> stages_;  // names; empty where a stage has no record
  Day as_of_;
  std::vector<Widening> widening_;
  std::vector<IssuedRange> ranges_;  // by as-of day
};

// The factor for ranges whose truths lie at these distances; nullopt under `least_days` days.
// `days`: the as-of day of each. Requires: same length.
std::optional<double> ConformalFactor(std::span<const double> distances, std::span<const Day> days,
                                      int least_days);

}  // namespace ripen::monitor
