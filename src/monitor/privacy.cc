#include "monitor/privacy.h"

#include <algorithm>
#include <span>

namespace ripen::monitor {
namespace {

// Hides the next smallest of a line of groups in which exactly one group with members is hidden.
// Returns whether it did. `at`: positions of the line's groups in `members` and `shown`.
bool HideComplement(std::span<const std::size_t> at, std::span<const double> members,
                    std::vector<bool>& shown) {
  std::size_t hidden = 0;
  std::size_t smallest = at.size();
  for (std::size_t place = 0; place < at.size(); ++place) {
    const std::size_t group = at[place];
    if (members[group] <= 0) continue;
    if (!shown[group]) {
      ++hidden;
    } else if (smallest == at.size() || members[group] < members[at[smallest]]) {
      smallest = place;
    }
  }
  if (hidden != 1 || smallest == at.size()) return false;
  shown[at[smallest]] = false;
  return true;
}

double Recommendations(const CubeIndex& index, std::size_t stream) {
  double sum = 0;
  for (std::size_t day = 0; day < index.days(); ++day) sum += index.Shown(stream, day);
  return sum;
}

}  // namespace

Visibility::Visibility(const CubeIndex& index, std::int64_t smallest_group)
    : smallest_(static_cast<double>(smallest_group)), visible_(index.streams(), true) {
  const std::vector<cube::Attribute>& attributes = index.snapshot().attributes;
  for (const cube::Attribute& attribute : attributes) {
    std::vector<double> members(attribute.members.begin(), attribute.members.end());
    std::vector<bool> shown;
    std::vector<std::size_t> line;
    for (const double count : members) {
      line.push_back(line.size());
      shown.push_back(count >= smallest_);
    }
    HideComplement(line, members, shown);
    values_.push_back(std::move(shown));
    density_.push_back(std::move(members));
  }
  for (const Grouping& grouping : index.groupings()) {
    if (grouping.level() != 1) continue;
    for (std::size_t local = 0; local < grouping.streams; ++local) {
      const std::size_t stream = grouping.first_stream + local;
      const CubeIndex::Key key = index.KeysOf(stream).front();
      visible_[stream] = values_[key.attribute][key.value];
      const double shown = Recommendations(index, stream);
      double& per_recommendation = density_[key.attribute][key.value];
      per_recommendation = shown > 0 ? std::min(1.0, per_recommendation / shown) : 0;
    }
  }
  for (const Grouping& grouping : index.groupings()) {
    if (grouping.level() != 2) continue;
    std::vector<double> members(grouping.streams);
    std::vector<bool> shown(grouping.streams);
    std::size_t width = 1;
    for (std::size_t local = 0; local < grouping.streams; ++local) {
      const std::size_t stream = grouping.first_stream + local;
      const auto keys = index.KeysOf(stream);
      width = attributes[keys[1].attribute].values.size();
      members[local] =
          Recommendations(index, stream) * std::min(density_[keys[0].attribute][keys[0].value],
                                                    density_[keys[1].attribute][keys[1].value]);
      shown[local] = members[local] >= smallest_ && values_[keys[0].attribute][keys[0].value] &&
                     values_[keys[1].attribute][keys[1].value];
    }
    std::vector<std::size_t> line;
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t start = 0; start < grouping.streams; start += width) {
        line.clear();
        for (std::size_t local = start; local < start + width; ++local) line.push_back(local);
        changed = HideComplement(line, members, shown) || changed;
      }
      for (std::size_t column = 0; column < width; ++column) {
        line.clear();
        for (std::size_t local = column; local < grouping.streams; local += width) {
          line.push_back(local);
        }
        changed = HideComplement(line, members, shown) || changed;
      }
    }
    for (std::size_t local = 0; local < grouping.streams; ++local) {
      visible_[grouping.first_stream + local] = shown[local];
    }
  }
}

bool Visibility::ShowsCross(std::span<const CubeIndex::Key> keys, double recommendations) const {
  double density = 1;
  for (const CubeIndex::Key& key : keys) {
    if (!values_[key.attribute][key.value]) return false;
    density = std::min(density, density_[key.attribute][key.value]);
  }
  return keys.empty() || recommendations * density >= smallest_;
}

}  // namespace ripen::monitor
