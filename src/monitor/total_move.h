// Why the overall figure of a stage moved between two periods: because groups changed their rates,
// or because other groups came.
//
// The two figures are the ones printed everywhere: confirmed ones as counted, provisional ones as
// estimates of what they will be. So both periods are equally old, and no young day is taken for a
// bad one. Without days asked for, the newest seven days are taken of which at least half of the
// eventual outcomes are in, against the seven before: an estimate of a younger week mostly repeats
// the weeks before it, and would say "no change" by construction. Ranges and the meaning of the
// terms: stats/move_ranges.h.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/finding.h"
#include "model/total_move.h"
#include "monitor/arrivals.h"
#include "monitor/forecast.h"
#include "monitor/privacy.h"
#include "monitor/rate_streams.h"

namespace ripen::monitor {

struct MoveRequest {
  std::string stage;
  // By which the groups are told apart; absent: the one that a finding names, else the one that
  // says most.
  std::optional<std::string> attribute;
  const std::vector<Finding>* findings = nullptr;
  std::optional<Day> from;  // inclusive; both or none
  std::optional<Day> to;
  std::optional<Day> before_from;  // both or none, and only with from; absent: as long, just before
  std::optional<Day> before_to;
};

// What a move is read from; keeps references.
struct MoveSource {
  const CubeIndex& index;
  const Visibility& visibility;
  const StageForecast* forecast;   // of the stage; null: nothing to predict with
  const StageArrivals* arrivals;   // of the stage; null: no outcome times
  const LevelOverdispersion& rho;  // of the stage
  std::uint64_t seed = 1;
  std::function<Metric(Day from, Day to)> total;  // the stage's overall figure; days of the data
};

// Groups that may not be shown and, beyond the 60 largest, small ones are told as one ("others").
// Errors: kNotFound for an unknown stage or attribute; kInvalidArgument for half a period, before
// without after, or periods that overlap; kOutOfRange where a first day is after its last. What
// cannot be told is an answer with `refused`. Cost: groups times 400 draws, some 20 ms for 60.
[[nodiscard]] Result<TotalMove> ReadTotalMove(const MoveSource& source, std::size_t stage,
                                              const MoveRequest& request);

// The attribute that a finding names for a stage's move between two periods, if one does: of an
// alert's group or of a change of customers that began since the earlier period did.
std::optional<std::string> NamedAttribute(const std::vector<Finding>& findings,
                                          const std::string& stage, Day before_from, Day to);

}  // namespace ripen::monitor
