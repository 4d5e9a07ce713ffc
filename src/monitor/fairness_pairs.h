// Which groups are compared for fairness: the pairs that the configuration names, and of every
// attribute the group served best and the one served worst in the first days shown.
//
// Best and worst are chosen once, from the first 14 days, as soon as these are settled, by rates
// shrunk towards each other (stats/beta_binomial.h): chosen on today's data the gap would be the
// largest of many and grow by itself. What chance added to it in the first days goes afterwards,
// so that a chosen gap rather narrows: alarms of growing ones stay within their budget.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/config.h"
#include "model/fairness.h"
#include "monitor/cube_index.h"
#include "monitor/privacy.h"
#include "monitor/settling.h"

namespace ripen::monitor {

struct FairnessOptions {
  std::vector<std::string> attributes;  // empty: all of the customer
  std::vector<FairnessPairConfig> pairs;
};

// The cohort days from which best and worst are chosen: 0 .. this - 1.
std::size_t FairnessStartDays(const CubeIndex& index);

// The attributes (of the snapshot) that are compared: those configured, else all of the customer
// with at least two values in the first days.
std::vector<std::size_t> FairnessAttributes(const CubeIndex& index, const FairnessOptions& options);

// Errors: kInvalidArgument for an attribute or a value that the data do not have, named with those
// they have.
[[nodiscard]] Status CheckFairnessOptions(const cube::Snapshot& snapshot,
                                          const FairnessOptions& options);

struct BestAndWorst {
  std::optional<FairnessReason> reason;  // then neither is known
  std::optional<Day> first_on;
  std::size_t best = 0;  // streams
  std::size_t worst = 0;
};
BestAndWorst ChooseBestAndWorst(const CubeIndex& index, const Settling& settling,
                                const Visibility& visibility, std::size_t stage,
                                std::size_t attribute);

// Two streams whose gap is watched: `worse` stands first in a pair of best and worst.
struct GroupPair {
  std::size_t group = 0;
  std::size_t against = 0;
  bool named = false;
};
// The pairs that are known by now and may be shown; a pair that is named and of best and worst is
// the named one.
std::vector<GroupPair> WatchedPairs(const CubeIndex& index, const Settling& settling,
                                    const Visibility& visibility, std::size_t stage,
                                    const FairnessOptions& options);

// The share of the false-alarm budget of each pair: the kind's, split equally over the stages that
// are given, then over the named pairs and attributes, whether their pair is known yet or not.
double FairnessPairWeight(const CubeIndex& index, const FairnessOptions& options);

}  // namespace ripen::monitor
