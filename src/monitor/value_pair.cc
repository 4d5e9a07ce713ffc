#include "monitor/value_pair.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

namespace ripen::monitor {
namespace {

const FlatFamily& FamilyOf(const CubeIndex& index, std::size_t attribute) {
  for (const FlatFamily& family : index.families()) {
    const auto& own = family.attributes;
    if (std::find(own.begin(), own.end(), attribute) != own.end()) return family;
  }
  return index.families().front();
}

std::uint64_t Key(std::uint32_t stratum, std::size_t part) {
  constexpr unsigned kBits = 16;  // a day or a value
  return (static_cast<std::uint64_t>(stratum) << kBits) | static_cast<std::uint64_t>(part);
}

}  // namespace

ValuePair::ValuePair(const CubeIndex& index, std::size_t attribute, std::size_t a, std::size_t b)
    : index_(index), family_(FamilyOf(index, attribute)) {
  const auto& own = family_.attributes;
  own_column_ =
      static_cast<std::size_t>(std::find(own.begin(), own.end(), attribute) - own.begin());
  for (std::size_t cell = 0; cell < family_.cells(); ++cell) {
    const std::size_t value = ValueOf(cell, own_column_);
    if (value != a && value != b) continue;
    cells_.push_back(cell);
    is_a_.push_back(value == a);
  }
}

template <typename Take>
void ValuePair::ForEach(const Take& take) const {
  for (std::size_t place = 0; place < cells_.size(); ++place) {
    const std::size_t cell = cells_[place];
    for (std::uint32_t entry = family_.first[cell]; entry < family_.first[cell + 1]; ++entry) {
      take(place, entry);
    }
  }
}

std::vector<std::size_t> ValuePair::OtherColumns() const {
  std::vector<std::size_t> columns;
  for (std::size_t column = 0; column < family_.columns(); ++column) {
    if (column != own_column_) columns.push_back(column);
  }
  return columns;
}

std::vector<BothCounts> ValuePair::ByDay(std::size_t count) const {
  std::vector<BothCounts> days(index_.days());
  ForEach([&](std::size_t place, std::uint32_t entry) {
    BothCounts& day = days[family_.day[entry]];
    (is_a_[place] ? day.a : day.b) += Count(entry, count);
  });
  return days;
}

std::vector<std::uint32_t> ValuePair::OneStratum() const {
  return std::vector<std::uint32_t>(cells_.size());
}

std::vector<std::uint32_t> ValuePair::Split(const std::vector<std::uint32_t>& strata,
                                            std::size_t column) const {
  std::unordered_map<std::uint64_t, std::uint32_t> known;
  std::vector<std::uint32_t> finer;
  finer.reserve(strata.size());
  for (std::size_t place = 0; place < cells_.size(); ++place) {
    const auto next = static_cast<std::uint32_t>(known.size());
    const std::uint64_t key = Key(strata[place], ValueOf(cells_[place], column));
    finer.push_back(known.try_emplace(key, next).first->second);
  }
  return finer;
}

double ValuePair::KeptByDay(const std::vector<std::uint32_t>& strata, std::size_t count,
                            const std::vector<bool>& wanted) const {
  std::unordered_map<std::uint64_t, BothCounts> of_day;
  std::unordered_map<std::uint64_t, BothCounts> of_all;
  ForEach([&](std::size_t place, std::uint32_t entry) {
    if (!wanted[family_.day[entry]]) return;
    for (BothCounts* block :
         {&of_day[Key(strata[place], family_.day[entry])], &of_all[Key(strata[place], 0)]}) {
      (is_a_[place] ? block->a : block->b) += Count(entry, count);
    }
  });
  const auto sum = [](const std::unordered_map<std::uint64_t, BothCounts>& blocks) {
    std::vector<double> parts;
    parts.reserve(blocks.size());
    for (const auto& [key, block] : blocks) parts.push_back(block.Information());
    // In an order that no hash decides on.
    std::sort(parts.begin(), parts.end());
    return std::accumulate(parts.begin(), parts.end(), 0.0);
  };
  const double all = sum(of_all);
  return all > 0 ? sum(of_day) / all : 0;
}

std::vector<std::vector<stats::TwoArmCell>> ValuePair::Blocks(
    const std::vector<std::uint32_t>& strata, std::size_t trials, std::size_t events,
    const std::vector<bool>& wanted) const {
  std::vector<std::unordered_map<std::uint32_t, stats::TwoArmCell>> sums(index_.days());
  ForEach([&](std::size_t place, std::uint32_t entry) {
    if (!wanted[family_.day[entry]]) return;
    stats::TwoArmCell& block = sums[family_.day[entry]][strata[place]];
    block.stratum = strata[place];
    stats::ArmCount& arm = is_a_[place] ? block.a : block.b;
    arm.trials += Count(entry, trials);
    arm.events += Count(entry, events);
  });
  std::vector<std::vector<stats::TwoArmCell>> days(index_.days());
  for (std::size_t day = 0; day < sums.size(); ++day) {
    for (const auto& [stratum, block] : sums[day]) days[day].push_back(block);
    std::sort(days[day].begin(), days[day].end(),
              [](const auto& x, const auto& y) { return x.stratum < y.stratum; });
  }
  return days;
}

ValuePair::Mix ValuePair::MixOf(std::size_t column, const std::vector<BothCounts>& shown,
                                const std::vector<bool>& wanted) const {
  const std::size_t values = family_.sizes[column];
  const std::size_t days = index_.days();
  std::vector<BothCounts> counts(values * days);
  ForEach([&](std::size_t place, std::uint32_t entry) {
    BothCounts& both = counts[ValueOf(cells_[place], column) * days + family_.day[entry]];
    (is_a_[place] ? both.a : both.b) += Count(entry, 0);
  });
  double information = 0;
  for (std::size_t day = 0; day < days; ++day) {
    if (wanted[day]) information += shown[day].Information();
  }
  double moved = 0;
  double square = 0;
  double freedom = -1;
  for (std::size_t value = 0; value < values; ++value) {
    double beyond = 0;  // what `a` has of this value beyond its part of all
    double variance = 0;
    for (std::size_t day = 0; day < days; ++day) {
      const double all = shown[day].a + shown[day].b;
      if (!wanted[day] || all < 2) continue;
      const BothCounts& both = counts[value * days + day];
      const double own = both.a + both.b;
      beyond += both.a - own * shown[day].a / all;
      variance += shown[day].Information() * own * (all - own) / (all * (all - 1));
    }
    moved += std::abs(beyond) / 2;
    if (variance <= 0) continue;
    square += beyond * beyond / variance;
    freedom += 1;
  }
  Mix mix;
  if (information <= 0 || freedom <= 0) return mix;
  mix.apart = moved / information;
  // Over all values the squares add up to a chi-square after this factor. Five of its standard
  // deviations, because one customer brings many recommendations.
  square *= freedom / (freedom + 1);
  mix.beyond_chance = square > freedom + 5 * std::sqrt(2 * freedom);
  return mix;
}

}  // namespace ripen::monitor
