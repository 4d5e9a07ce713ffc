#include "monitor/group_reception.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "stats/overdispersion.h"

namespace ripen::monitor {
namespace {

constexpr int kMostNamed = 4;

struct Group {
  std::size_t column = 0;
  std::size_t value = 0;
  bool done = false;
  double clearness = 0;  // |ln ratio| in standard errors
  GroupReception answer;
};

class Receiver {
 public:
  Receiver(const SwitchData& data, const ReceptionDays& days, bool worse_is_more)
      : data_(data),
        days_(days),
        worse_is_more_(worse_is_more),
        new_cells_(data.CellsOf(days.new_value)),
        old_cells_(data.CellsOf(days.old_value)) {}

  std::vector<GroupReception> Read() {
    FindGroups();
    if (groups_.empty()) return {};
    LearnDispersion();
    for (int named = 0; named <= kMostNamed; ++named) {
      Group* clearest = Measure();
      if (clearest == nullptr || named == kMostNamed) break;
      Name(*clearest);
    }
    std::vector<GroupReception> answers;
    for (Group& group : groups_) answers.push_back(std::move(group.answer));
    const auto badness = [this](const GroupReception& each) {
      const double ratio = each.ratio ? std::log(each.ratio->value) : 0;
      return std::tuple(each.verdict == Reception::kWorse      ? 0
                        : each.verdict == Reception::kAsOthers ? 1
                        : each.verdict == Reception::kBetter   ? 2
                                                               : 3,
                        worse_is_more_ ? -ratio : ratio);
    };
    std::stable_sort(answers.begin(), answers.end(),
                     [&](const auto& a, const auto& b) { return badness(a) < badness(b); });
    return answers;
  }

 private:
  bool Visible(std::size_t attribute, std::size_t value) const {
    const std::vector<cube::Attribute>& attributes = data_.index.snapshot().attributes;
    if (!data_.visibility.ShowsValue(attribute, value)) return false;
    for (const std::size_t collection : {days_.new_value, days_.old_value}) {
      const auto stream = data_.index.Find(Slice::Of(
          {{attributes[attribute].name, attributes[attribute].values[value]},
           {attributes[data_.attribute].name, attributes[data_.attribute].values[collection]}}));
      if (!stream || !data_.visibility.Shows(*stream)) return false;
    }
    return true;
  }

  void FindGroups() {
    const FlatFamily& flat = data_.flat();
    for (std::size_t column = 0; column < flat.columns(); ++column) {
      const std::size_t attribute = flat.attributes[column];
      const cube::Attribute& described = data_.index.snapshot().attributes[attribute];
      if (column == data_.own_column || described.kind != AttributeKind::kCustomer) continue;
      std::vector<Group> own;
      for (std::size_t value = 0; value < described.values.size(); ++value) {
        if (!Visible(attribute, value)) continue;
        Group group{column, value, false, 0, {}};
        group.answer.slice = Slice{{{described.name, described.values[value]}}};
        own.push_back(std::move(group));
      }
      if (own.size() < 2) continue;
      for (Group& group : own) groups_.push_back(std::move(group));
    }
  }

  std::vector<std::size_t> Cells(const std::vector<std::size_t>& of, const Group& group,
                                 bool inside) const {
    std::vector<std::size_t> cells;
    for (const std::size_t cell : of) {
      if ((data_.ValueOf(cell, group.column) == group.value) != inside || Named(cell)) continue;
      cells.push_back(cell);
    }
    return cells;
  }

  bool Named(std::size_t cell) const {
    return std::any_of(named_.begin(), named_.end(), [&](const Group* group) {
      return data_.ValueOf(cell, group->column) == group->value;
    });
  }

  void LearnDispersion() {
    stats::Overdispersion pool;
    for (const Group& group : groups_) {
      for (const bool is_new : {true, false}) {
        const DailyCounts daily = data_.Daily(Cells(is_new ? new_cells_ : old_cells_, group, true),
                                              is_new ? days_.since : days_.before);
        std::vector<double> trials;
        std::vector<double> events;
        for (const stats::BinomialCount& day : daily.days) {
          trials.push_back(day.trials);
          events.push_back(day.events);
        }
        pool.AddStream(trials, events);
      }
    }
    rho_ = pool.Estimate();
  }

  // Measures every group that is not named yet; the clearest one whose range leaves out 1.
  Group* Measure() {
    const double alpha = kReceptionAlpha / static_cast<double>(groups_.size());
    Group* clearest = nullptr;
    for (Group& group : groups_) {
      if (group.done) continue;
      const auto daily = [&](bool is_new, bool inside) {
        return data_.Daily(Cells(is_new ? new_cells_ : old_cells_, group, inside),
                           is_new ? days_.since : days_.before);
      };
      const DailyCounts now = daily(true, true);
      const DailyCounts was = daily(false, true);
      if (named_.empty()) {
        group.answer.rate_new = std::clamp(now.Total().Rate(), 0.0, 1.0);
        group.answer.rate_old = std::clamp(was.Total().Rate(), 0.0, 1.0);
      }
      const auto own = stats::LogOddsRatio(now.Effective(rho_), was.Effective(rho_));
      const auto others = stats::LogOddsRatio(daily(true, false).Effective(rho_),
                                              daily(false, false).Effective(rho_));
      if (own && named_.empty()) group.answer.change = std::exp(own->value);
      if (!own || !others) continue;
      const stats::LogEstimate apart = *own - *others;
      const stats::RatioRange range = stats::AnytimeRange(apart, alpha);
      group.answer.ratio = SwitchRatio{range.value, range.low, range.high};
      group.answer.verdict = Reception::kAsOthers;
      group.clearness = std::abs(apart.value) / std::sqrt(apart.variance);
      if (!range.LeavesOutOne()) continue;
      if (clearest == nullptr || IsClearer(group, *clearest)) clearest = &group;
    }
    return clearest;
  }

  // Of two groups that are everybody, each is as clear as the other: the worse received is named.
  bool IsClearer(const Group& group, const Group& than) const {
    constexpr double kSame = 1e-9;
    if (std::abs(group.clearness - than.clearness) > kSame) {
      return group.clearness > than.clearness;
    }
    return IsWorse(group) && !IsWorse(than);
  }

  bool IsWorse(const Group& group) const {
    return worse_is_more_ == (group.answer.ratio->value > 1);
  }

  void Name(Group& group) {
    group.answer.verdict = IsWorse(group) ? Reception::kWorse : Reception::kBetter;
    group.done = true;
    named_.push_back(&group);
  }

  const SwitchData& data_;
  const ReceptionDays& days_;
  bool worse_is_more_;
  std::vector<std::size_t> new_cells_;
  std::vector<std::size_t> old_cells_;
  std::vector<Group> groups_;
  std::vector<const Group*> named_;
  double rho_ = 0;
};

}  // namespace

std::vector<GroupReception> ReadReceptions(const SwitchData& data, const ReceptionDays& days,
                                           bool worse_is_more) {
  return Receiver(data, days, worse_is_more).Read();
}

}  // namespace ripen::monitor
