// Why the overall figure moved between two periods: rates of groups, or the mix of groups.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/metric.h"
#include "model/slice.h"

namespace ripen {

// Why no move can be told honestly. Wording turns it into a sentence; JSON prints the name.
enum class NoMove {
  kStageNotGiven,    // the data hold no such stage
  kOutsideData,      // a period is not inside the days shown
  kNoTwoWeeks,       // by default: no two weeks of which enough is known
  kNotKnown,         // a figure of the two is pending; it says why
  kOutcomesMissing,  // days without any outcome lie in one of the periods
  kNoGroups,         // the data hold no attribute
};
std::string NoMoveName(NoMove reason);

// A part of the move, as a difference of rates, with its 90 % range.
struct MoveEffect {
  double value = 0;
  double low = 0;
  double high = 0;

  bool BeyondItsRange() const { return low > 0 || high < 0; }
};

// One group's part. Its rates are what they were or are estimated to become; absent where the
// group was not there.
struct MoveTerm {
  AttributeValue value;
  bool others = false;      // all groups together that are not shown by themselves; value is empty
  double share_before = 0;  // of all trials
  double share_after = 0;
  std::optional<double> rate_before;
  std::optional<double> rate_after;
  MoveEffect rate;
  MoveEffect mix;
};

// What the change of one attribute's shares alone did to the total, within the cross of all.
struct MixOfAttribute {
  std::string attribute;
  double effect = 0;
};

struct TotalMove {
  Day as_of;
  std::string stage;
  std::optional<std::string> attribute;  // by which the groups are told apart
  std::optional<Day> from;               // days shown, inclusive
  std::optional<Day> to;
  std::optional<Day> before_from;
  std::optional<Day> before_to;
  std::optional<NoMove> refused;  // then there is nothing below but figures that say why
  // The total in both periods, with its maturity. Provisional ones are estimates of what the
  // figures will be, so that both are equally old.
  std::optional<Metric> before;
  std::optional<Metric> after;
  MoveEffect move;  // after - before = rate + mix
  MoveEffect rate;  // sums of the terms
  MoveEffect mix;
  bool simpson = false;         // the total moved against every group that clearly moved
  std::vector<MoveTerm> terms;  // in order of the attribute's values, the others last
  std::vector<MixOfAttribute> mix_by_attribute;  // of the adjustment attributes, at most five
};

}  // namespace ripen
