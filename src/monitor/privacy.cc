#include "monitor/privacy.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "monitor/pair_hiding.h"

namespace ripen::monitor {
namespace {

double Recommendations(const CubeIndex& index, std::size_t stream) {
  double sum = 0;
  for (std::size_t day = 0; day < index.days(); ++day) sum += index.Shown(stream, day);
  return sum;
}

// The first day on which a stream was shown, and how much on it; later days change nothing in it.
struct Start {
  std::size_t day = 0;
  double shown = 0;
};

std::vector<Start> StartsOf(const CubeIndex& index, std::size_t first_stream, std::size_t streams) {
  std::vector<Start> starts;
  for (std::size_t local = 0; local < streams; ++local) {
    std::size_t day = 0;
    while (day + 1 < index.days() && index.Shown(first_stream + local, day) <= 0) ++day;
    starts.push_back({day, index.Shown(first_stream + local, day)});
  }
  return starts;
}

// The order in which streams are hidden beside a small one.
std::vector<std::size_t> HidingOrder(const std::vector<Start>& starts) {
  std::vector<std::size_t> order(starts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(starts[a].day, starts[a].shown) < std::pair(starts[b].day, starts[b].shown);
  });
  return order;
}

// Hides what has to be hidden beside the small values of an attribute, as privacy.h says.
// `differ`: nobody stands behind two of its values.
void HideBesideSmall(const std::vector<double>& members, const std::vector<Start>& starts,
                     bool differ, double smallest, std::vector<bool>& shown) {
  std::vector<std::size_t> order = HidingOrder(starts);
  std::erase_if(order, [&](std::size_t value) { return members[value] <= 0; });
  const auto small = [&](std::size_t value) { return members[value] < smallest; };
  if (std::none_of(order.begin(), order.end(), small)) return;
  const std::size_t always = std::min<std::size_t>(order.size(), small(order.front()) ? 2 : 1);
  const std::size_t start = starts[order[always - 1]].day;
  double hidden = 0;  // members of what is hidden of the values that were there at the start
  const auto count = [&](std::size_t value) {
    if (starts[value].day > start) return;
    hidden = differ ? hidden + members[value] : std::max(hidden, members[value]);
  };
  for (const std::size_t value : order) {
    if (small(value)) count(value);
  }
  for (std::size_t at = 0; at < order.size() && (at < always || hidden < smallest); ++at) {
    if (small(order[at])) continue;
    shown[order[at]] = false;
    hidden = std::max(hidden, smallest);
  }
}

}  // namespace

Visibility::Visibility(const CubeIndex& index, std::int64_t smallest_group)
    : smallest_(static_cast<double>(smallest_group)),
      index_(&index),
      visible_(index.streams(), true) {
  HideValues(index);
  for (const Grouping& grouping : index.groupings()) {
    if (grouping.level() == 2) HideInPairs(index, grouping);
  }
}

void Visibility::HideValues(const CubeIndex& index) {
  for (const cube::Attribute& attribute : index.snapshot().attributes) {
    density_.emplace_back(attribute.members.begin(), attribute.members.end());
    values_.emplace_back();
    for (const double members : density_.back()) values_.back().push_back(members >= smallest_);
  }
  for (const Grouping& grouping : index.groupings()) {
    if (grouping.level() != 1) continue;
    const std::size_t attribute = index.KeysOf(grouping.first_stream).front().attribute;
    std::vector<double>& members = density_[attribute];
    std::vector<bool>& shown = values_[attribute];
    // A customer has one value of an own attribute; the same few may stand behind many items.
    const bool differ = index.snapshot().attributes[attribute].kind == AttributeKind::kCustomer;
    HideBesideSmall(members, StartsOf(index, grouping.first_stream, grouping.streams), differ,
                    smallest_, shown);
    for (std::size_t value = 0; value < grouping.streams; ++value) {
      visible_[grouping.first_stream + value] = shown[value];
      const double recommendations = Recommendations(index, grouping.first_stream + value);
      members[value] = recommendations > 0 ? std::min(1.0, members[value] / recommendations) : 0;
    }
  }
}

double Visibility::MembersOf(const CubeIndex& index, CubeIndex::Key first, CubeIndex::Key second,
                             double recommendations) const {
  const double likely = recommendations * std::min(density_[first.attribute][first.value],
                                                   density_[second.attribute][second.value]);
  if (first.attribute > second.attribute) std::swap(first, second);
  for (const cube::PairMembers& pair : index.snapshot().pair_members) {
    if (pair.first != first.attribute || pair.second != second.attribute) continue;
    const std::size_t width = index.snapshot().attributes[second.attribute].values.size();
    const std::int64_t counted = pair.members[first.value * width + second.value];
    if (counted < cube::PairMembers::kMost) return static_cast<double>(counted);
    return std::max(likely, static_cast<double>(counted));
  }
  return likely;
}

void Visibility::HideInPairs(const CubeIndex& index, const Grouping& grouping) {
  const auto first = index.KeysOf(grouping.first_stream);
  PairTable table;
  table.columns = index.snapshot().attributes[first[1].attribute].values.size();
  table.rows = grouping.streams / table.columns;
  for (std::size_t local = 0; local < grouping.streams; ++local) {
    const std::size_t stream = grouping.first_stream + local;
    const auto keys = index.KeysOf(stream);
    table.members.push_back(MembersOf(index, keys[0], keys[1], Recommendations(index, stream)));
  }
  for (const bool shown : values_[first[0].attribute]) table.row_hidden.push_back(!shown);
  for (const bool shown : values_[first[1].attribute]) table.column_hidden.push_back(!shown);
  table.order = HidingOrder(StartsOf(index, grouping.first_stream, grouping.streams));
  const std::vector<bool> hidden = HidePairs(table, smallest_);
  for (std::size_t local = 0; local < grouping.streams; ++local) {
    visible_[grouping.first_stream + local] = !hidden[local];
  }
}

bool Visibility::ShowsCross(std::span<const CubeIndex::Key> keys, double recommendations) const {
  const std::vector<cube::Attribute>& attributes = index_->snapshot().attributes;
  const auto segment = [&](const CubeIndex::Key& key) {
    return Segment{attributes[key.attribute].name, attributes[key.attribute].values[key.value]};
  };
  double density = 1;
  for (const CubeIndex::Key& key : keys) {
    if (!values_[key.attribute][key.value]) return false;
    density = std::min(density, density_[key.attribute][key.value]);
    for (const CubeIndex::Key& other : keys) {
      if (other.attribute <= key.attribute) continue;
      const auto stream = index_->Find(Slice::Of({segment(key), segment(other)}));
      if (stream && !visible_[*stream]) return false;
    }
  }
  return keys.empty() || recommendations * density >= smallest_;
}

}  // namespace ripen::monitor
