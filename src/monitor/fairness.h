// How groups are served beside each other over time: gap and ratio of pairs, every group beside the
// one served best in the first days, and customers of two attributes at once.
//
// Equal maturity. A group whose outcomes come later shows fewer of them by now, and fewer even at
// the greatest age that both have reached. So both rates stand for the settled figure: confirmed
// where the days are settled, else what the forecast expects, by curves of their own where groups
// come at clearly different speeds (own_curves.h), and nothing where it expects nothing. A
// predicted rate counts by the trials that its whole uncertainty is worth (stats/rate_pair.h). Cost
// of being wrong. Descriptive: alarms are those of fairness_gap.h. Fails when. Groups differ in
// speed by too little to be noticed: the slower one then seems a little behind until its days are
// settled.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "model/fairness.h"
#include "monitor/cube_index.h"
#include "monitor/fairness_pairs.h"
#include "monitor/privacy.h"
#include "monitor/settling.h"

namespace ripen::monitor {

struct FairnessRequest {
  std::string stage;
  std::optional<std::string> attribute;  // absent: all that are compared
  FairnessOptions options;
};

// Where the figures of the stage come from. Keeps references.
struct FairnessSource {
  const CubeIndex& index;
  const Settling& settling;
  const Visibility& visibility;
  std::function<Metric(std::size_t stream, Day from, Day to)> metric;
  // Trials of a span by what they are worth (overdispersion.h).
  std::function<double(std::size_t stream, Day from, Day to)> effective_trials;
};

// Errors: kNotFound for an unknown attribute; those of CheckFairnessOptions. Cost: a figure for
// every group, pair of groups and week.
[[nodiscard]] Result<FairnessReport> ReadFairness(const FairnessSource& source, std::size_t stage,
                                                  const FairnessRequest& request);

}  // namespace ripen::monitor
