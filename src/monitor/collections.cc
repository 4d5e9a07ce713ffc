#include "monitor/collections.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/nearest_name.h"
#include "monitor/collection_switch.h"

namespace ripen::monitor {
namespace {

class CollectionsReader {
 public:
  CollectionsReader(const CollectionsSource& source, const CollectionsRequest& request,
                    std::size_t attribute)
      : source_(source),
        request_(request),
        index_(source.index),
        attribute_(attribute),
        described_(source.index.snapshot().attributes[attribute]) {
    for (std::size_t family = 0; family < index_.families().size(); ++family) {
      const auto& own = index_.families()[family].attributes;
      const auto at = std::find(own.begin(), own.end(), attribute);
      if (at == own.end()) continue;
      family_ = family;
      own_column_ = static_cast<std::size_t>(at - own.begin());
      break;
    }
    launches_ = FindLaunches(index_, attribute, request.declared);
  }

  Result<CollectionsReport> Read() {
    CollectionsReport report;
    report.as_of = index_.snapshot().as_of;
    report.attribute = described_.name;
    for (std::size_t at = launches_.size(); at-- > 0;) {
      if (!source_.visibility.ShowsValue(attribute_, launches_[at].value)) continue;
      RIPEN_ASSIGN_OR_RETURN(Collection collection, Describe(launches_[at]));
      report.collections.push_back(std::move(collection));
      const auto& replaces = launches_[at].replaces;
      if (!replaces || !source_.visibility.ShowsValue(attribute_, launches_[*replaces].value)) {
        continue;
      }
      RIPEN_ASSIGN_OR_RETURN(CollectionSwitch change, Switch(at));
      report.switches.push_back(std::move(change));
    }
    if (report.switches.empty()) report.reason = NoCollections::kOneCollection;
    return report;
  }

 private:
  bool Wanted(std::size_t stage) const {
    return !request_.stage || *request_.stage == index_.snapshot().ladder[stage].name;
  }
  Slice SliceOf(std::size_t value) const {
    return Slice{{{described_.name, described_.values[value]}}};
  }
  double Shown(const std::optional<std::size_t>& stream, Day from, Day to) const {
    double sum = 0;
    if (!stream) return sum;
    for (Day day = from; day <= to; day = day + 1) {
      sum += index_.Shown(*stream, static_cast<std::size_t>(day - index_.snapshot().first_day));
    }
    return sum;
  }

  Result<Collection> Describe(const CollectionLaunch& launch) const {
    Collection collection;
    collection.value = described_.values[launch.value];
    collection.launch = launch.origin;
    collection.first_shown_on = std::max(launch.first, index_.snapshot().first_day);
    if (launch.origin != LaunchOrigin::kBeforeData) collection.launched_on = launch.first;
    const auto stream = index_.Find(SliceOf(launch.value));
    const Day end = launch.next ? launches_[*launch.next].first - 1 : index_.snapshot().last_day;
    collection.last_shown_on = collection.first_shown_on;
    for (Day day = collection.first_shown_on; day <= end; day = day + 1) {
      if (Shown(stream, day, day) > 0) collection.last_shown_on = day;
    }
    const Day from = collection.first_shown_on;
    const Day to = collection.last_shown_on;
    collection.shown = static_cast<std::int64_t>(Shown(stream, from, to));
    const Day newest = index_.snapshot().last_day;
    const Day week = std::max(newest - (kWeekDays - 1), index_.snapshot().first_day);
    const double all = Shown(0, week, newest);
    collection.share = all > 0 && !launch.next ? Shown(stream, week, newest) / all : 0;
    for (Day monday = from.monday(); monday <= to; monday = monday + kWeekDays) {
      const Day first = std::max(monday, from);
      const Day last = std::min(monday + (kWeekDays - 1), to);
      const double of_all = Shown(0, first, last);
      if (of_all > 0) {
        collection.shares.push_back({first, last, Shown(stream, first, last) / of_all});
      }
    }
    AddAudience(launch.value, from, to, collection);
    RIPEN_RETURN_IF_ERROR(AddCurves(launch, stream, collection));
    return collection;
  }

  void AddAudience(std::size_t value, Day from, Day to, Collection& collection) const {
    const double own = Shown(index_.Find(SliceOf(value)), from, to);
    const double all = Shown(0, from, to);
    const FlatFamily& flat = index_.families()[family_];
    for (std::size_t column = 0; column < flat.columns(); ++column) {
      const std::size_t attribute = flat.attributes[column];
      const cube::Attribute& customer = index_.snapshot().attributes[attribute];
      if (column == own_column_ || customer.kind != AttributeKind::kCustomer) continue;
      Audience audience{customer.name, {}};
      for (std::size_t group = 0; group < customer.values.size(); ++group) {
        const Segment segment{customer.name, customer.values[group]};
        const auto alone = index_.Find(Slice{{segment}});
        const auto both =
            index_.Find(Slice::Of({segment, {described_.name, described_.values[value]}}));
        if (!alone || !both || !source_.visibility.Shows(*alone) ||
            !source_.visibility.Shows(*both) || own <= 0) {
          continue;
        }
        audience.groups.push_back(
            {segment.value, Shown(both, from, to) / own, Shown(alone, from, to) / all});
      }
      if (!audience.groups.empty()) collection.audience.push_back(std::move(audience));
    }
  }

  Result<void> AddCurves(const CollectionLaunch& launch, const std::optional<std::size_t>& stream,
                         Collection& collection) const {
    for (std::size_t stage = 0; stage < index_.stages(); ++stage) {
      if (!Wanted(stage) || !index_.snapshot().stage_given[stage]) continue;
      CollectionCurve curve{index_.snapshot().ladder[stage].name, {}};
      for (Day week = collection.first_shown_on; week + (kWeekDays - 1) <= collection.last_shown_on;
           week = week + kWeekDays) {
        const Day end = week + (kWeekDays - 1);
        if (Shown(stream, week, end) < kLeastShownOfDay) continue;
        RIPEN_ASSIGN_OR_RETURN(Metric figure,
                               source_.figure(curve.stage, SliceOf(launch.value), week, end));
        curve.weeks.push_back({week - collection.first_shown_on, std::move(figure)});
      }
      collection.curves.push_back(std::move(curve));
    }
    return {};
  }

  Result<CollectionSwitch> Switch(std::size_t at) {
    const CollectionLaunch& fresh = launches_[at];
    const CollectionLaunch& old = launches_[*fresh.replaces];
    CollectionSwitch change;
    change.new_collection = described_.values[fresh.value];
    change.old_collection = described_.values[old.value];
    change.launched_on = fresh.first;
    if (old.origin != LaunchOrigin::kBeforeData) change.old_launched_on = old.first;
    StageLadder ladder = index_.snapshot().ladder;
    if (request_.ladder_on) {
      RIPEN_ASSIGN_OR_RETURN(ladder, request_.ladder_on(fresh.known_on));
    }
    for (std::size_t stage = 0; stage < index_.stages(); ++stage) {
      if (!Wanted(stage)) continue;
      const int age = ladder.SettlingDays(stage);
      const Aged& aged = AgedOf(stage, age);
      const SwitchData data{index_,  source_.settling, source_.visibility, aged.counts, aged.states,
                            family_, own_column_,      attribute_,         stage,       age};
      change.stages.push_back(CompareSwitch(data, launches_, at));
    }
    return change;
  }

  struct Aged {
    AgedCounts counts;
    std::vector<DayState> states;
  };

  const Aged& AgedOf(std::size_t stage, int age) {
    const auto key = std::pair(stage, age);
    const auto found = aged_.find(key);
    if (found != aged_.end()) return found->second;
    const bool times = index_.snapshot().stage_has_times[stage];
    Aged aged{AgedCounts(index_, family_, stage, times ? age : AgedCounts::kWhole), {}};
    std::vector<bool> gapped(index_.days());
    if (source_.arrivals[stage]) {
      gapped = DaysShownOf(index_, stage, source_.arrivals[stage]->gapped);
    }
    for (std::size_t day = 0; day < index_.days(); ++day) {
      aged.states.push_back(StateOf(stage, age, index_.DayAt(day), gapped[day]));
    }
    return aged_.emplace(key, std::move(aged)).first->second;
  }

  DayState StateOf(std::size_t stage, int age, Day day, bool gapped) const {
    const bool reached = index_.snapshot().as_of - day >= age;
    const bool confirmed = source_.settling.Confirmed(stage, day);
    if (!index_.snapshot().stage_has_times[stage]) {
      return confirmed ? DayState::kGood : reached ? DayState::kUntold : DayState::kYoung;
    }
    if (!reached) return DayState::kYoung;
    if (gapped) return DayState::kGapped;
    // A lateness that has grown since the launch keeps nothing back.
    const bool told =
        confirmed || source_.settling.ReasonFor(stage, day) == PendingReason::kWindowOpen;
    return told ? DayState::kGood : DayState::kUntold;
  }

  const CollectionsSource& source_;
  const CollectionsRequest& request_;
  const CubeIndex& index_;
  std::size_t attribute_;
  const cube::Attribute& described_;
  std::size_t family_ = 0;
  std::size_t own_column_ = 0;
  std::vector<CollectionLaunch> launches_;
  std::map<std::pair<std::size_t, int>, Aged> aged_;
};

Result<std::optional<std::size_t>> ChosenAttribute(const CubeIndex& index,
                                                   const CollectionsRequest& request) {
  if (!request.attribute) return CollectionAttribute(index);
  const std::vector<cube::Attribute>& attributes = index.snapshot().attributes;
  std::vector<std::string> known;
  for (std::size_t at = 0; at < attributes.size(); ++at) {
    if (attributes[at].name == *request.attribute) {
      if (attributes[at].kind == AttributeKind::kItem) return std::optional(at);
      return Fail(
          ErrorCode::kInvalidArgument,
          fmt::format(
              "The attribute '{}' does not describe items, so it tells no collections apart.",
              *request.attribute));
    }
    if (attributes[at].kind == AttributeKind::kItem) known.push_back(attributes[at].name);
  }
  const auto nearest = NearestName(*request.attribute, known);
  return Fail(ErrorCode::kNotFound,
              fmt::format("No attribute is named '{}'{}.", *request.attribute,
                          nearest ? fmt::format("; the nearest is '{}'", *nearest) : ""));
}

}  // namespace

Result<CollectionsReport> ReadCollections(const CollectionsSource& source,
                                          const CollectionsRequest& request) {
  const cube::Snapshot& snapshot = source.index.snapshot();
  if (request.stage && !snapshot.ladder.IndexOf(*request.stage)) {
    return Fail(ErrorCode::kNotFound, fmt::format("No stage is named '{}'.", *request.stage));
  }
  RIPEN_ASSIGN_OR_RETURN(const std::optional<std::size_t> attribute,
                         ChosenAttribute(source.index, request));
  if (!attribute || source.index.days() == 0) {
    CollectionsReport none;
    none.as_of = snapshot.as_of;
    none.reason = NoCollections::kNoCollection;
    return none;
  }
  return CollectionsReader(source, request, *attribute).Read();
}

}  // namespace ripen::monitor
