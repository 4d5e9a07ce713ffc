#include "monitor/fairness_pairs.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "monitor/watch_list.h"
#include "stats/beta_binomial.h"
#include "stats/budget.h"

namespace ripen::monitor {
namespace {

constexpr double kLeastOutcomes = 5;  // events, and as many non-events, of a group to be chosen

std::optional<std::size_t> AttributeOf(const cube::Snapshot& snapshot, const std::string& name) {
  for (std::size_t attribute = 0; attribute < snapshot.attributes.size(); ++attribute) {
    if (snapshot.attributes[attribute].name == name) return attribute;
  }
  return std::nullopt;
}

std::string ValueText(const AttributeValue& value) { return value ? *value : "not given"; }

Status CheckAttribute(const cube::Snapshot& snapshot, const std::string& name) {
  if (AttributeOf(snapshot, name)) return {};
  std::vector<std::string> known;
  for (const cube::Attribute& attribute : snapshot.attributes) known.push_back(attribute.name);
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("[segments] fairness names the attribute \"{}\", which the data do not "
                          "have as groups; they have {}.",
                          name, fmt::join(known, ", ")));
}

Status CheckSegment(const cube::Snapshot& snapshot, const Segment& segment) {
  RIPEN_RETURN_IF_ERROR(CheckAttribute(snapshot, segment.attribute));
  const cube::Attribute& attribute = snapshot.attributes[*AttributeOf(snapshot, segment.attribute)];
  if (std::find(attribute.values.begin(), attribute.values.end(), segment.value) !=
      attribute.values.end()) {
    return {};
  }
  std::vector<std::string> known;
  for (const AttributeValue& value : attribute.values) known.push_back(ValueText(value));
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("[segments] fairness_pairs names {}=\"{}\", which the data do not have; "
                          "they have {}.",
                          segment.attribute, ValueText(segment.value), fmt::join(known, ", ")));
}

stats::GroupCount CountOf(const CubeIndex& index, std::size_t stage, std::size_t stream,
                          std::size_t days) {
  stats::GroupCount count;
  for (std::size_t day = 0; day < days; ++day) {
    count.trials += index.Trials(stage, stream, day);
    count.events += index.Events(stage, stream, day);
  }
  return count;
}

const Grouping* ValuesOf(const CubeIndex& index, std::size_t attribute) {
  for (const Grouping& grouping : index.groupings()) {
    if (grouping.level() == 1 &&
        index.families()[grouping.family].attributes[grouping.columns.front()] == attribute) {
      return &grouping;
    }
  }
  return nullptr;
}

// Why the first days cannot be judged yet, if they cannot.
BestAndWorst Waits(const CubeIndex& index, const Settling& settling, std::size_t stage) {
  BestAndWorst waits;
  const cube::Snapshot& snapshot = index.snapshot();
  if (!snapshot.stage_given[stage]) {
    waits.reason = FairnessReason::kStageNotGiven;
    return waits;
  }
  const std::size_t days = FairnessStartDays(index);
  if (index.days() <= days) {
    waits.reason = FairnessReason::kNothingSince;
    return waits;
  }
  for (std::size_t day = 0; day < days; ++day) {
    if (settling.Confirmed(stage, index.DayAt(day))) continue;
    waits.reason = FairnessReason::kStartNotSettled;
    const Day settles = settling.SettlesOn(stage, index.DayAt(day));
    if (settles > snapshot.as_of) waits.first_on = settles;
  }
  return waits;
}

}  // namespace

std::size_t FairnessStartDays(const CubeIndex& index) {
  return std::min(index.days(), static_cast<std::size_t>(kStartDays));
}

std::vector<std::size_t> FairnessAttributes(const CubeIndex& index,
                                            const FairnessOptions& options) {
  std::vector<std::size_t> attributes;
  const cube::Snapshot& snapshot = index.snapshot();
  for (std::size_t attribute = 0; attribute < snapshot.attributes.size(); ++attribute) {
    const cube::Attribute& each = snapshot.attributes[attribute];
    const bool listed = std::find(options.attributes.begin(), options.attributes.end(),
                                  each.name) != options.attributes.end();
    const bool by_default =
        options.attributes.empty() && each.kind == AttributeKind::kCustomer &&
        std::count(each.known_at_start.begin(), each.known_at_start.end(), true) >= 2;
    if (listed || by_default) attributes.push_back(attribute);
  }
  return attributes;
}

Status CheckFairnessOptions(const cube::Snapshot& snapshot, const FairnessOptions& options) {
  for (const std::string& name : options.attributes) {
    RIPEN_RETURN_IF_ERROR(CheckAttribute(snapshot, name));
  }
  for (const FairnessPairConfig& pair : options.pairs) {
    RIPEN_RETURN_IF_ERROR(CheckSegment(snapshot, pair.group));
    RIPEN_RETURN_IF_ERROR(CheckSegment(snapshot, pair.against));
  }
  return {};
}

BestAndWorst ChooseBestAndWorst(const CubeIndex& index, const Settling& settling,
                                const Visibility& visibility, std::size_t stage,
                                std::size_t attribute) {
  BestAndWorst chosen = Waits(index, settling, stage);
  if (chosen.reason) return chosen;
  const std::size_t days = FairnessStartDays(index);
  const Grouping* grouping = ValuesOf(index, attribute);
  std::vector<stats::GroupCount> counts;
  std::vector<std::size_t> groups;
  for (std::size_t local = 0; grouping != nullptr && local < grouping->streams; ++local) {
    const std::size_t stream = grouping->first_stream + local;
    const stats::GroupCount count = CountOf(index, stage, stream, days);
    if (!visibility.Shows(stream) || count.events < kLeastOutcomes ||
        count.trials - count.events < kLeastOutcomes) {
      continue;
    }
    counts.push_back(count);
    groups.push_back(stream);
  }
  const auto prior = stats::FitGroupPrior(counts);
  if (!prior) {
    chosen.reason = FairnessReason::kTooFewGroups;
    return chosen;
  }
  // Equal to the last digit where groups differ by chance alone: then the rates themselves decide.
  const auto served = [&](std::size_t at) {
    return std::pair(stats::ShrunkenRate(counts[at], *prior),
                     counts[at].events / counts[at].trials);
  };
  std::size_t lowest = 0;
  std::size_t highest = 0;
  for (std::size_t at = 1; at < groups.size(); ++at) {
    if (served(at) < served(lowest)) lowest = at;
    if (served(at) > served(highest)) highest = at;
  }
  if (lowest == highest) {
    chosen.reason = FairnessReason::kTooFewGroups;
    return chosen;
  }
  const bool more_is_worse = index.snapshot().ladder[stage].direction == Direction::kMoreIsWorse;
  chosen.best = groups[more_is_worse ? lowest : highest];
  chosen.worst = groups[more_is_worse ? highest : lowest];
  return chosen;
}

std::vector<GroupPair> WatchedPairs(const CubeIndex& index, const Settling& settling,
                                    const Visibility& visibility, std::size_t stage,
                                    const FairnessOptions& options) {
  std::vector<GroupPair> pairs;
  const auto known = [&](std::size_t group, std::size_t against) {
    return std::any_of(pairs.begin(), pairs.end(), [&](const GroupPair& pair) {
      return std::minmax(pair.group, pair.against) == std::minmax(group, against);
    });
  };
  for (const FairnessPairConfig& pair : options.pairs) {
    const auto group = index.Find(Slice::Of({pair.group}));
    const auto against = index.Find(Slice::Of({pair.against}));
    if (!group || !against || !visibility.Shows(*group) || !visibility.Shows(*against)) continue;
    if (!known(*group, *against)) pairs.push_back({*group, *against, true});
  }
  for (const std::size_t attribute : FairnessAttributes(index, options)) {
    const BestAndWorst chosen = ChooseBestAndWorst(index, settling, visibility, stage, attribute);
    if (chosen.reason || known(chosen.worst, chosen.best)) continue;
    pairs.push_back({chosen.worst, chosen.best, false});
  }
  return pairs;
}

double FairnessPairWeight(const CubeIndex& index, const FairnessOptions& options) {
  const std::vector<bool>& given = index.snapshot().stage_given;
  const auto stages = static_cast<double>(std::count(given.begin(), given.end(), true));
  const std::size_t pairs = options.pairs.size() + FairnessAttributes(index, options).size();
  return pairs == 0 ? 0 : stats::kFairnessWeight / stages / static_cast<double>(pairs);
}

}  // namespace ripen::monitor
