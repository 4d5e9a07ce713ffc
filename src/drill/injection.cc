#include "drill/injection.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "stats/draws.h"

namespace ripen::drill {

using cube::CountRow;
using cube::Family;

namespace {

constexpr double kNever = 2;  // over every size that takes outcomes out
constexpr double kShrinkTrials = 20;
constexpr double kEnoughForDelays =
    200;  // outcomes of the group from which its own delays are used
constexpr double kHighestRate = .999;
constexpr std::uint64_t kStream = 0xD811;

auto PlaceOf(const CountRow& row) {
  return std::tuple(row.cell, row.shown, row.base_offset, row.delay);
}

}  // namespace

// Random numbers of one run.
class Shuffler {
 public:
  Shuffler(std::uint64_t seed, std::uint64_t run) : draws_({seed, kStream, run}) {}
  double Uniform() { return draws_.Uniform(); }
  std::int64_t Binomial(std::int64_t trials, double probability) {
    return draws_.Binomial(trials, probability);
  }
  template <typename T>
  void Shuffle(std::vector<T>& items) {
    for (std::size_t left = items.size(); left > 1; --left) {
      const auto at = static_cast<std::size_t>(Uniform() * static_cast<double>(left));
      std::swap(items[left - 1], items[at]);
    }
  }
  // An index by weight. Requires: a positive sum.
  template <typename Items, typename Weight>
  std::size_t Pick(const Items& items, double sum, const Weight& weight) {
    double at = Uniform() * sum;
    std::size_t index = 0;
    while (index + 1 < items.size() && at >= weight(items[index])) at -= weight(items[index++]);
    return index;
  }

 private:
  stats::Draws draws_;
};

Injector::Injector(const cube::Snapshot& snapshot, const Target& target, double largest)
    : snapshot_(snapshot), target_(target), largest_(largest) {
  for (const Family& family : snapshot.families) base_cell_.push_back(BaseCellsOf(family));
  LearnDelays();
  CountTrials();
  if (largest < 0) JoinRows();
}

std::vector<std::int32_t> Injector::BaseCellsOf(const Family& family) const {
  std::vector<std::int32_t> base(family.cells.size());
  if (!family.further) {
    std::iota(base.begin(), base.end(), 0);
    return base;
  }
  std::map<std::vector<std::int32_t>, std::int32_t> number;
  const Family& all = snapshot_.families.front();
  for (std::size_t cell = 0; cell < all.cells.size(); ++cell) {
    number[all.cells[cell]] = static_cast<std::int32_t>(cell);
  }
  for (std::size_t cell = 0; cell < family.cells.size(); ++cell) {
    std::vector<std::int32_t> key = family.cells[cell];
    key.pop_back();
    const auto found = number.find(key);
    base[cell] = found == number.end() ? -1 : found->second;
  }
  return base;
}

void Injector::JoinRows() {
  const std::vector<CountRow>& base = Rows(0);
  joined_.resize(snapshot_.families.size());
  for (std::size_t family = 1; family < snapshot_.families.size(); ++family) {
    const std::vector<CountRow>& rows = Rows(family);
    std::vector<std::pair<Place, std::uint32_t>> places;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const std::int32_t cell = base_cell_[family][static_cast<std::size_t>(rows[row].cell)];
      if (cell < 0 || !target_.base_cells[static_cast<std::size_t>(cell)]) continue;
      places.emplace_back(Place(cell, rows[row].shown, rows[row].base_offset, rows[row].delay),
                          static_cast<std::uint32_t>(row));
    }
    std::sort(places.begin(), places.end());
    joined_[family].resize(base.size());
    std::size_t at = 0;
    for (std::size_t row = 0; row < base.size(); ++row) {
      while (at < places.size() && places[at].first < PlaceOf(base[row])) ++at;
      for (; at < places.size() && places[at].first == PlaceOf(base[row]); ++at) {
        joined_[family][row].push_back(places[at].second);
      }
    }
  }
}

void Injector::LearnDelays() {
  const Stage& stage = snapshot_.ladder[target_.stage];
  const std::size_t family = target_.family.value_or(0);
  const std::vector<bool>& inside = target_.family ? target_.cells : target_.base_cells;
  const auto count = [&](bool all, bool settled_only) {
    std::vector<double> arrives(static_cast<std::size_t>(snapshot_.as_of - snapshot_.first_day) + 1,
                                0);
    for (const CountRow& row : Rows(family)) {
      const int age = snapshot_.as_of - (row.shown + row.base_offset);
      if (settled_only && age < stage.window_days + stage.lateness_days) continue;
      if (!all && !inside[static_cast<std::size_t>(row.cell)]) continue;
      const int delay = std::clamp(row.delay, 0, static_cast<int>(arrives.size()) - 1);
      arrives[static_cast<std::size_t>(delay)] += static_cast<double>(row.gained);
    }
    return arrives;
  };
  const auto sum = [](const std::vector<double>& counts) {
    return std::accumulate(counts.begin(), counts.end(), 0.0);
  };
  arrives_ = count(false, true);
  if (sum(arrives_) < kEnoughForDelays) arrives_ = count(true, true);
  if (sum(arrives_) < 1) arrives_ = count(true, false);
  const double all = std::max(1.0, sum(arrives_));
  double come = 0;
  for (double& share : arrives_) {
    share /= all;
    has_come_.push_back(come += share);
  }
}

void Injector::CountTrials() {
  const auto base_stage = snapshot_.ladder.BaseOf(target_.stage);
  const std::size_t own = target_.family.value_or(0);
  const std::vector<bool>& inside = target_.family ? target_.cells : target_.base_cells;
  choices_.resize(snapshot_.families.size());
  std::map<Place, Trials> groups;
  for (std::size_t family = 0; family < snapshot_.families.size(); ++family) {
    const Family& counts = snapshot_.families[family];
    for (const CountRow& row : base_stage ? counts.stages[*base_stage] : counts.shown) {
      const auto cell = static_cast<std::size_t>(row.cell);
      const std::int32_t base = base_cell_[family][cell];
      if (base < 0 || !target_.base_cells[static_cast<std::size_t>(base)]) continue;
      const std::int32_t offset = base_stage ? row.base_offset + row.delay : 0;
      const auto net = static_cast<double>(row.gained - row.lost);
      if (family == own && inside[cell]) {
        Trials& group = groups[{row.cell, row.shown, offset, 0}];
        group = {row.cell, base, row.shown, offset, group.trials + net, 0};
      }
      if (family == 0 || family == own || largest_ < 0) continue;
      std::vector<Choice>& choices = choices_[family][{base, row.shown, offset, 0}];
      if (choices.empty() || choices.back().cell != row.cell) choices.push_back({row.cell, 0});
      choices.back().weight += std::max(0.0, net);
    }
  }
  for (const CountRow& row : Rows(own)) {
    const auto group = groups.find({row.cell, row.shown, row.base_offset, 0});
    if (group != groups.end()) {
      group->second.events += static_cast<double>(row.gained - row.lost);
    }
  }
  std::vector<double> exposures(inside.size());
  std::vector<double> events(inside.size());
  for (const auto& [place, group] : groups) {
    const int age = snapshot_.as_of - (group.shown + group.base_offset);
    if (age < 0 || group.trials <= 0) continue;
    const auto cell = static_cast<std::size_t>(group.cell);
    const auto known = std::min(static_cast<std::size_t>(age), has_come_.size() - 1);
    exposures[cell] += group.trials * has_come_[known];
    events[cell] += group.events;
    trials_.push_back(group);
  }
  const double all = std::accumulate(exposures.begin(), exposures.end(), 0.0);
  if (all > 0) rate_ = std::accumulate(events.begin(), events.end(), 0.0) / all;
  rate_ = std::clamp(rate_, 0.0, kHighestRate);
  for (std::size_t cell = 0; cell < inside.size(); ++cell) {
    const double rate = (events[cell] + kShrinkTrials * rate_) / (exposures[cell] + kShrinkTrials);
    cell_rate_.push_back(std::clamp(rate, 0.0, kHighestRate));
  }
}

Injection Injector::Draw(Day start, std::uint64_t seed, std::uint64_t run) const {
  Injection injection;
  injection.rise = largest_ > 0;
  Shuffler draws(seed, run);
  if (injection.rise) {
    Fill(start, draws, injection);
  } else {
    Thin(start, draws, injection);
  }
  std::sort(injection.units.begin(), injection.units.end(), [](const Unit& a, const Unit& b) {
    return a.family != b.family ? a.family < b.family : PlaceOf(a.row) < PlaceOf(b.row);
  });
  return injection;
}

void Injector::Thin(Day start, Shuffler& draws, Injection& injection) const {
  const std::vector<CountRow>& base = Rows(0);
  std::vector<double> sizes;          // of every outcome of a place
  std::vector<std::uint32_t> labels;  // its rows in a further family
  const auto label = [&](std::size_t family, std::size_t row, std::int64_t CountRow::*count) {
    labels.clear();
    for (const std::uint32_t each : joined_[family][row]) {
      labels.insert(labels.end(), static_cast<std::size_t>(Rows(family)[each].*count), each);
    }
  };
  const auto emit = [&](std::size_t family, const CountRow& row, bool lost, double size) {
    if (size >= -largest_) return;
    Unit unit{static_cast<std::uint32_t>(family), row, size};
    unit.row.gained = lost ? 0 : 1;
    unit.row.lost = lost ? 1 : 0;
    injection.units.push_back(unit);
  };
  for (std::size_t row = 0; row < base.size(); ++row) {
    if (base[row].shown < start || !target_.base_cells[static_cast<std::size_t>(base[row].cell)]) {
      continue;
    }
    for (const bool lost : {false, true}) {
      std::int64_t CountRow::*const count = lost ? &CountRow::lost : &CountRow::gained;
      const auto outcomes = static_cast<std::size_t>(base[row].*count);
      if (outcomes == 0) continue;
      sizes.assign(outcomes, kNever);
      if (target_.family) label(*target_.family, row, count);
      for (std::size_t at = 0; at < outcomes; ++at) {
        const bool concerned =
            !target_.family ||
            (at < labels.size() &&
             target_.cells[static_cast<std::size_t>(Rows(*target_.family)[labels[at]].cell)]);
        if (concerned) sizes[at] = draws.Uniform();
        emit(0, base[row], lost, sizes[at]);
      }
      for (std::size_t family = 1; family < snapshot_.families.size(); ++family) {
        label(family, row, count);
        if (family != target_.family) draws.Shuffle(labels);
        for (std::size_t at = 0; at < std::min(outcomes, labels.size()); ++at) {
          emit(family, Rows(family)[labels[at]], lost, sizes[at]);
        }
      }
    }
  }
}

void Injector::Fill(Day start, Shuffler& draws, Injection& injection) const {
  const std::size_t own = target_.family.value_or(0);
  for (const Trials& group : trials_) {
    if (group.shown < start) continue;
    const double rate = cell_rate_[static_cast<std::size_t>(group.cell)];
    const double chance = std::min(1.0, rate * largest_ / (1 - rate));
    const auto without = static_cast<std::int64_t>(std::max(0.0, group.trials - group.events));
    const std::int64_t outcomes = draws.Binomial(without, chance);
    for (std::int64_t each = 0; each < outcomes; ++each) {
      const double size = draws.Uniform() * largest_;
      const auto delay =
          static_cast<std::int32_t>(draws.Pick(arrives_, 1, [](double share) { return share; }));
      const bool is_known = group.shown + group.base_offset + delay <= snapshot_.as_of;
      for (std::size_t family = 0; family < snapshot_.families.size(); ++family) {
        CountRow row{group.base_cell, group.shown, group.base_offset, delay, 1, 0};
        if (family == own) {
          row.cell = group.cell;
        } else if (family > 0) {
          const auto found =
              choices_[family].find({group.base_cell, group.shown, group.base_offset, 0});
          if (found == choices_[family].end()) continue;
          double sum = 0;
          for (const Choice& choice : found->second) sum += choice.weight;
          const std::size_t at =
              draws.Pick(found->second, sum, [](const Choice& choice) { return choice.weight; });
          row.cell = found->second[at].cell;
        }
        if (is_known) {
          injection.units.push_back({static_cast<std::uint32_t>(family), row, size});
        }
      }
    }
  }
}

namespace {

// No cell from which outcomes were taken has lost more of them by a day than it had gained.
void LoseNoMoreThanGained(const Unit* from, const Unit* to, std::vector<CountRow>& rows) {
  std::int64_t net = 0;
  for (std::size_t at = 0; at < rows.size(); ++at) {
    while (from < to && from->row.cell < rows[at].cell) ++from;
    if (from == to) return;
    if (from->row.cell != rows[at].cell) continue;
    const bool same = at > 0 && rows[at].cell == rows[at - 1].cell &&
                      rows[at].shown == rows[at - 1].shown &&
                      rows[at].base_offset == rows[at - 1].base_offset;
    if (!same) net = 0;
    net += rows[at].gained - rows[at].lost;
    if (net < 0) {
      rows[at].lost += net;
      net = 0;
    }
  }
}

// `rows` with the units of one family from [from, to), as far as they are concerned.
std::vector<CountRow> Merge(const std::vector<CountRow>& rows, const Unit* from, const Unit* to,
                            bool rise, double size) {
  std::vector<CountRow> merged;
  merged.reserve(rows.size() + (rise ? static_cast<std::size_t>(to - from) : 0));
  const std::int64_t sign = rise ? 1 : -1;
  const auto take = [&](CountRow row) {
    for (; from < to && PlaceOf(from->row) == PlaceOf(row); ++from) {
      if (from->size >= size) continue;
      row.gained += sign * from->row.gained;
      row.lost += sign * from->row.lost;
    }
    if (row.gained != 0 || row.lost != 0) merged.push_back(row);
  };
  const auto empty = [](CountRow row) {
    row.gained = 0;
    row.lost = 0;
    return row;
  };
  for (const CountRow& row : rows) {
    while (from < to && PlaceOf(from->row) < PlaceOf(row)) take(empty(from->row));
    take(row);
  }
  while (from < to) take(empty(from->row));
  return merged;
}

}  // namespace

cube::Snapshot Apply(const cube::Snapshot& snapshot, std::size_t stage, const Injection& injection,
                     double size) {
  cube::Snapshot changed = snapshot;
  const Unit* from = injection.units.data();
  const Unit* const end = from + injection.units.size();
  for (std::size_t family = 0; family < snapshot.families.size(); ++family) {
    const Unit* const to =
        std::find_if(from, end, [&](const Unit& unit) { return unit.family != family; });
    std::vector<CountRow>& rows = changed.families[family].stages[stage];
    rows = Merge(rows, from, to, injection.rise, size);
    if (!injection.rise) LoseNoMoreThanGained(from, to, rows);
    from = to;
  }
  return changed;
}

}  // namespace ripen::drill
