// How groups are served beside each other over time.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/metric.h"
#include "model/slice.h"

namespace ripen {

// Why nothing can be said of a pair or an attribute yet.
enum class FairnessReason {
  kStageNotGiven,    // the data hold no such stage
  kStartNotSettled,  // the first days, from which best and worst are chosen, are not settled
  kTooFewGroups,     // fewer than two groups that may be shown had enough outcomes in them
  kNothingSince,     // nothing was shown since
};
std::string FairnessReasonName(FairnessReason reason);  // "start_not_settled", ...

// The four-fifths convention, read from a range and never from a point.
enum class FourFifths { kBelow, kMayBeBelow, kNotBelow, kCannotSayYet };
std::string FourFifthsName(FourFifths verdict);  // "may_be_below", ...

enum class GapVerdict { kWider, kNarrower, kNoClearChange, kCannotSayYet };
std::string GapVerdictName(GapVerdict verdict);  // "no_clear_change", ...

// A value with its 90 % range.
struct GapRange {
  double value = 0;
  double low = 0;
  double high = 0;
};

// Two groups on the same days. Both rates stand for the settled figure.
struct FairnessFigure {
  Day from;
  Day to;
  Metric group;
  Metric against;
  std::optional<GapRange> difference;  // group less against; absent while either is pending
  std::optional<GapRange> ratio;       // group over against; absent too where either has no outcome
  FourFifths four_fifths = FourFifths::kCannotSayYet;
  // That of the less settled of the two.
  Maturity maturity() const { return std::max(group.maturity(), against.maturity()); }
};

struct FairnessPair {
  std::string attribute;
  bool named = false;  // by the configuration; else best and worst of the first days
  std::optional<Slice> group;
  std::optional<Slice> against;
  std::optional<FairnessReason> reason;
  std::optional<Day> first_on;  // from when on something can be said, where only time is missing
  std::optional<FairnessFigure> start;
  std::optional<FairnessFigure> now;
  std::optional<GapRange> change;  // of the difference
  GapVerdict verdict = GapVerdict::kCannotSayYet;
  std::vector<FairnessFigure> weeks;
};

struct FairnessGroup {
  Slice slice;
  std::optional<Metric> start;
  std::optional<Metric> now;
  std::optional<double> shrunk;  // the rate now, drawn to those of the other groups
  bool best = false;             // in the first days
  bool worst = false;
  std::optional<GapRange> ratio;  // to the best, now
  FourFifths four_fifths = FourFifths::kCannotSayYet;
};

struct FairnessAttribute {
  std::string attribute;
  std::optional<FairnessReason> reason;
  std::optional<Day> first_on;
  std::vector<FairnessGroup> groups;  // those that may be shown
};

struct FairnessIntersection {
  Slice slice;
  Metric now;
  double expected = 0;  // by the two attributes, each by itself
  double shrunk = 0;    // the rate now, drawn to it
};

struct FairnessReport {
  Day as_of;
  std::string stage;
  std::optional<std::string> attribute;  // asked for
  bool more_is_worse = false;
  double limit = .8;  // of the ratio; 1.25 where more is worse
  std::optional<Day> start_from;
  std::optional<Day> start_to;
  std::optional<Day> now_from;
  std::optional<Day> now_to;
  std::vector<FairnessAttribute> attributes;
  std::vector<FairnessPair> pairs;                  // named ones first
  std::vector<FairnessIntersection> intersections;  // served worst first
};

}  // namespace ripen
