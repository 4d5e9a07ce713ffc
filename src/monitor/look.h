// One look at the cube: all findings of one as-of day, with causes named and shadows undone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "cube/cross.h"
#include "cube/snapshot.h"
#include "model/annotation.h"
#include "model/check_report.h"
#include "model/config.h"
#include "model/finding.h"
#include "model/incident.h"
#include "monitor/fairness_pairs.h"

namespace ripen::monitor {

class Backtest;

struct LookOptions {
  AlertsConfig alerts;
  std::int64_t smallest_group = 20;
  std::uint64_t seed = 1;
  FairnessOptions fairness = {};
  std::vector<AcceptedChange> accepted = {};  // what somebody took for the new usual
  // What is known of the shop's calendar: planned changes open new epochs (epochs.h).
  std::vector<Annotation> annotations = {};
  // Reads the cross of all attributes for the responsible groups of alerts; empty: they are left
  // out.
  cube::CrossReader cross = {};
  const Backtest* backtest = nullptr;  // raises estimate_check where our own ranges did not hold
  // Only what can be said of this stage's rate: findings of other kinds and stages are left out,
  // but for data problems, delays and the causes that are undone in it.
  std::optional<std::size_t> only_stage;
};

struct Look {
  std::vector<Finding> findings;  // in the contract's order
  int groups_checked = 0;         // streams other than totals, over all stages, distinct slices
};

// Runs every kind of finding over one snapshot. A pure function: the same snapshot, cross, input
// account and options give the same bytes. `input` serves the data_problem rules.
Look TakeLook(const cube::Snapshot& snapshot, const InputSummary& input,
              const LookOptions& options);

}  // namespace ripen::monitor
