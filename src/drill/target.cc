#include "drill/target.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <utility>

#include "base/nearest_name.h"
#include "monitor/cube_index.h"
#include "monitor/privacy.h"

namespace ripen::drill {
namespace {

// One condition of the group, as indices into the snapshot.
struct Condition {
  std::size_t attribute = 0;
  std::size_t value = 0;
};

std::string Shown(const AttributeValue& value) { return value ? *value : "(not given)"; }

// What there is instead: the nearest name, else all of them.
std::string Hint(const std::string& name, const std::vector<std::string>& known) {
  const auto nearest = NearestName(name, known);
  return nearest ? fmt::format("; the nearest is '{}'", *nearest)
                 : fmt::format("; there are {}", fmt::join(known, ", "));
}

Result<std::size_t> FindStage(const cube::Snapshot& snapshot, const std::string& name) {
  std::vector<std::string> given;
  for (std::size_t stage = 0; stage < snapshot.ladder.size(); ++stage) {
    if (snapshot.stage_given[stage]) given.push_back(snapshot.ladder[stage].name);
  }
  const auto stage = snapshot.ladder.IndexOf(name);
  if (!stage) {
    return Fail(ErrorCode::kNotFound, fmt::format("There is no stage named '{}'; there are {}.",
                                                  name, fmt::join(given, ", ")));
  }
  if (!snapshot.stage_given[*stage]) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("The data hold no '{}'; they hold {}.", name, fmt::join(given, ", ")));
  }
  if (!snapshot.stage_has_times[*stage]) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("The outcomes of '{}' have no times of their own, so what was known of "
                            "them on an earlier day cannot be told.",
                            name));
  }
  return *stage;
}

Result<std::vector<Condition>> FindConditions(const cube::Snapshot& snapshot, const Slice& slice) {
  std::vector<Condition> conditions;
  for (const Segment& segment : slice.segments) {
    std::vector<std::string> names;
    for (const cube::Attribute& each : snapshot.attributes) names.push_back(each.name);
    const auto attribute = std::find(names.begin(), names.end(), segment.attribute);
    if (attribute == names.end()) {
      return Fail(ErrorCode::kNotFound,
                  fmt::format("No attribute is named '{}'{}.", segment.attribute,
                              Hint(segment.attribute, names)));
    }
    const auto index = static_cast<std::size_t>(attribute - names.begin());
    const std::vector<AttributeValue>& values = snapshot.attributes[index].values;
    const auto value = std::find(values.begin(), values.end(), segment.value);
    if (value == values.end()) {
      std::vector<std::string> known;
      for (const AttributeValue& each : values) known.push_back(Shown(each));
      return Fail(ErrorCode::kNotFound,
                  fmt::format("'{}' has no value '{}'{}.", segment.attribute, Shown(segment.value),
                              Hint(Shown(segment.value), known)));
    }
    conditions.push_back({index, static_cast<std::size_t>(value - values.begin())});
  }
  return conditions;
}

// The cells of a family whose key meets every condition on an attribute of that key.
std::vector<bool> CellsOf(const cube::Snapshot& snapshot, const cube::Family& family,
                          const std::vector<Condition>& conditions) {
  std::vector<std::size_t> columns = snapshot.adjust;
  if (family.further) columns.push_back(*family.further);
  std::vector<bool> cells;
  for (const std::vector<std::int32_t>& key : family.cells) {
    cells.push_back(
        std::all_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
          for (std::size_t column = 0; column < columns.size(); ++column) {
            if (columns[column] != condition.attribute) continue;
            return static_cast<std::size_t>(key[column]) == condition.value;
          }
          return true;
        }));
  }
  return cells;
}

Status CheckBounds(const DrillRequest& request) {
  if (!(request.change >= kLargestFall && request.change <= kLargestRise) || request.change == 0) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("The change must lie from {:.0f} % to +{:.0f} % and not be 0; it is "
                            "{:.4g} %.",
                            kLargestFall * 100, kLargestRise * 100, request.change * 100));
  }
  if (request.days < 1 || request.days > kMostDrillDays) {
    return Fail(ErrorCode::kInvalidArgument, fmt::format("The days must be 1 to {}; they are {}.",
                                                         kMostDrillDays, request.days));
  }
  return {};
}

}  // namespace

Result<Target> FindTarget(const cube::Snapshot& snapshot, const DrillRequest& request,
                          std::int64_t smallest_group) {
  RIPEN_RETURN_IF_ERROR(CheckBounds(request));
  Target target;
  target.slice = request.slice;
  RIPEN_ASSIGN_OR_RETURN(target.stage, FindStage(snapshot, request.stage));
  RIPEN_ASSIGN_OR_RETURN(const std::vector<Condition> conditions,
                         FindConditions(snapshot, request.slice));
  for (std::size_t at = 0; at < conditions.size(); ++at) {
    const std::size_t attribute = conditions[at].attribute;
    if (std::find(snapshot.adjust.begin(), snapshot.adjust.end(), attribute) !=
        snapshot.adjust.end()) {
      continue;
    }
    if (target.family) {
      const std::size_t other = *snapshot.families[*target.family].further;
      return Fail(
          ErrorCode::kInvalidArgument,
          fmt::format("Counts of '{}' and '{}' together are not kept; name one of them.",
                      snapshot.attributes[other].name, snapshot.attributes[attribute].name));
    }
    for (std::size_t family = 1; family < snapshot.families.size(); ++family) {
      if (snapshot.families[family].further == attribute) target.family = family;
    }
  }
  target.base_cells = CellsOf(snapshot, snapshot.families.front(), conditions);
  if (target.family)
    target.cells = CellsOf(snapshot, snapshot.families[*target.family], conditions);

  const monitor::CubeIndex index(snapshot);
  const monitor::Visibility visibility(index, smallest_group);
  const auto stream = index.Find(request.slice);
  std::vector<monitor::CubeIndex::Key> keys;
  for (const Condition& each : conditions) keys.push_back({each.attribute, each.value});
  std::int64_t recommendations = 0;
  const cube::Family& family = snapshot.families[target.family.value_or(0)];
  const std::vector<bool>& cells = target.family ? target.cells : target.base_cells;
  for (const cube::CountRow& row : family.shown) {
    if (cells[static_cast<std::size_t>(row.cell)]) recommendations += row.gained - row.lost;
  }
  const bool shown = stream ? visibility.Shows(*stream)
                            : visibility.ShowsCross(keys, static_cast<double>(recommendations));
  if (!shown || recommendations < smallest_group) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("The group {} is smaller than the smallest group that is shown ({}), "
                            "or hidden to protect one.",
                            request.slice.Canonical(), smallest_group));
  }
  return target;
}

cube::Snapshot OnlyFor(const cube::Snapshot& snapshot, std::size_t stage) {
  cube::Snapshot only = snapshot;
  std::vector<bool> needed(snapshot.ladder.size());
  needed[0] = true;
  for (std::optional<std::size_t> at = stage; at; at = snapshot.ladder.BaseOf(*at)) {
    needed[*at] = true;
  }
  for (std::size_t other = 0; other < stage && !snapshot.ladder.BaseOf(stage); ++other) {
    if (!snapshot.ladder.BaseOf(other)) needed[other] = true;
  }
  for (std::size_t other = 0; other < needed.size(); ++other) {
    if (needed[other]) continue;
    only.stage_given[other] = false;
    for (cube::Family& family : only.families) family.stages[other].clear();
  }
  return only;
}

}  // namespace ripen::drill
