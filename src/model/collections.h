// Collections that follow one another: what each has reached, who sees which, and what can be
// compared at every switch, or from which day on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/metric.h"
#include "model/slice.h"

namespace ripen {

// Why there is nothing to tell of collections at all. JSON prints the names.
enum class NoCollections {
  kNoCollection,   // no item attribute tells them apart
  kOneCollection,  // no collection has replaced another yet
};
std::string NoCollectionsName(NoCollections reason);

// How the launch of a collection is known.
enum class LaunchOrigin {
  kDeclared,    // somebody said so
  kFound,       // the first day with a share of what is shown
  kBeforeData,  // it was there when the data begin
};
std::string LaunchOriginName(LaunchOrigin origin);

// The four comparisons of a switch.
enum class SwitchComparison {
  kOverlap,   // the same calendar days, while both are shown
  kSameAge,   // the same days since launch
  kGroups,    // each group's change beside that of all others
  kLastYear,  // this switch beside the one a year before
};
std::string SwitchComparisonName(SwitchComparison kind);

// Why two collections cannot be compared in one of these ways.
enum class SwitchRefusal {
  kTooYoung,         // not before `comparable_on`
  kNoOverlap,        // they are not shown on seven days together
  kLaunchUnknown,    // the old one was there before the data begin
  kOldNotBefore,     // the old one was not shown in the four weeks before the launch
  kNoYearBefore,     // no switch a year before is in the data
  kMixDiffers,       // too few of their customers are of the same groups
  kTooFew,           // too few outcomes
  kNoGroups,         // no attribute of customers is told apart within the collections
  kOutcomesMissing,  // days without any outcome leave too few others
  kAnswersMissing,   // the answers of these days are not all told
  kStageNotGiven,    // the data hold no such stage
};
std::string SwitchRefusalName(SwitchRefusal reason);

enum class SwitchVerdict { kHigher, kLower, kNoneYet };
std::string SwitchVerdictName(SwitchVerdict verdict);

enum class Reception { kWorse, kBetter, kAsOthers, kTooFew };
std::string ReceptionName(Reception reception);

struct CollectionShare {
  Day from;
  Day to;
  double share = 0;  // of all recommendations
};
struct AudienceGroup {
  AttributeValue value;
  double share = 0;         // of the collection's recommendations
  double share_of_all = 0;  // of all recommendations of the same days
};
struct Audience {
  std::string attribute;
  std::vector<AudienceGroup> groups;  // that may be named
};
struct CollectionWeek {
  int days_since_launch = 0;  // of its first day
  Metric figure;
};
struct CollectionCurve {
  std::string stage;
  std::vector<CollectionWeek> weeks;  // whole weeks, as far as reached
};

// One collection from its launch on. A value that comes back after eight weeks is another one.
struct Collection {
  AttributeValue value;
  LaunchOrigin launch = LaunchOrigin::kFound;
  std::optional<Day> launched_on;  // absent: before the data
  Day first_shown_on;              // the launch, or the first day of the data
  Day last_shown_on;
  std::int64_t shown = 0;
  double share = 0;  // of the last seven days shown
  std::vector<CollectionShare> shares;
  std::vector<Audience> audience;
  std::vector<CollectionCurve> curves;
};

struct CollectionSide {
  Day from;
  Day to;
  std::int64_t trials = 0;
  std::int64_t events = 0;
  double rate = 0;  // standardised where something is held the same
};

// A ratio with the range that holds on all days together.
struct SwitchRatio {
  double value = 1;
  double low = 1;
  double high = 1;
};

struct GroupReception {
  Slice slice;
  double rate_old = 0;
  double rate_new = 0;
  std::optional<double> change;      // odds, new over old
  std::optional<SwitchRatio> ratio;  // that over the same of all others
  Reception verdict = Reception::kTooFew;
};

struct LastYear {
  Day launched_on;
  AttributeValue new_collection;
  AttributeValue old_collection;
  CollectionSide new_side;
  CollectionSide old_side;
};

struct CollectionComparison {
  SwitchComparison kind = SwitchComparison::kOverlap;
  std::optional<SwitchRefusal> refused;  // absent: comparable
  // The first morning on which it can be compared, from what was known on the launch day: never
  // moved. Absent where there will be none.
  std::optional<Day> comparable_on;
  int age_days = 0;  // outcomes count up to this age
  int days = 0;      // compared, of the new collection
  std::optional<CollectionSide> new_side;
  std::optional<CollectionSide> old_side;
  bool of_odds = false;              // the ratio is of odds, not of rates
  std::optional<SwitchRatio> ratio;  // new over old, or that over the same of last year
  double level = .9;
  std::optional<SwitchVerdict> verdict;
  std::optional<double> support;
  std::vector<std::string> held_same;
  std::optional<LastYear> last_year;
  std::vector<GroupReception> groups;  // the worst received first
};

struct SwitchStage {
  std::string stage;
  bool worse_is_more = false;
  std::vector<CollectionComparison> comparisons;  // in the order of SwitchComparison
};

struct CollectionSwitch {
  AttributeValue new_collection;
  AttributeValue old_collection;
  Day launched_on;
  std::optional<Day> old_launched_on;
  std::vector<SwitchStage> stages;
};

struct CollectionsReport {
  Day as_of;
  std::optional<std::string> attribute;
  std::optional<NoCollections> reason;
  std::vector<Collection> collections;     // the newest first
  std::vector<CollectionSwitch> switches;  // the newest first
};

}  // namespace ripen
