#include "monitor/changes.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "monitor/cube_index.h"

namespace ripen::monitor {
namespace {

constexpr int kWeek = 7;
constexpr int kWeeks = 8;
constexpr double kSameRate = 5e-7;  // rates are printed with six decimals

struct Span {
  Day from;
  Day to;
};

std::vector<Span> SpansOf(const cube::Snapshot& then) {
  std::vector<Span> spans;
  const Day monday = then.last_day.monday();
  for (int back = kWeeks - 1; back >= 0; --back) {
    const Day start = monday - back * kWeek;
    if (start + (kWeek - 1) < then.first_day) continue;
    spans.push_back(
        {std::max(start, then.first_day), std::min(start + (kWeek - 1), then.last_day)});
  }
  const Span last{std::max(then.first_day, then.last_day - (kWeek - 1)), then.last_day};
  const bool listed = std::any_of(spans.begin(), spans.end(), [&](const Span& span) {
    return span.from == last.from && span.to == last.to;
  });
  if (!listed) spans.push_back(last);
  return spans;
}

// What became known between the two days about every stream and day shown of one stage.
class News {
 public:
  News(const CubeIndex& index, const KnownThen& then, std::size_t stage)
      : index_(index), causes_(index.streams() * index.days()) {
    const cube::Snapshot& now = index.snapshot();
    const auto base = now.ladder.BaseOf(stage);
    for (const Grouping& grouping : index.groupings()) {
      if (grouping.level() > 1) continue;
      const cube::Family& family = now.families[grouping.family];
      for (const cube::CountRow& row : family.stages[stage]) {
        if (!IsNews(row, then.snapshot.as_of)) continue;
        ChangeCauses& causes = At(grouping, row);
        const bool was_confirmed =
            then.figures.MaturityOf(stage, row.shown) == Maturity::kConfirmed;
        (was_confirmed ? causes.late_outcomes : causes.new_outcomes) += row.gained;
        causes.corrections += row.lost;
      }
      for (const cube::CountRow& row : base ? family.stages[*base] : family.shown) {
        if (!IsNews(row, then.snapshot.as_of)) continue;
        At(grouping, row).late_trials += row.gained - row.lost;
      }
    }
  }

  ChangeCauses Sum(std::size_t stream, Span span) const {
    ChangeCauses sum;
    for (Day day = span.from; day <= span.to; day = day + 1) {
      const ChangeCauses& causes = causes_[stream * index_.days() + Offset(day)];
      sum.new_outcomes += causes.new_outcomes;
      sum.late_outcomes += causes.late_outcomes;
      sum.corrections += causes.corrections;
      sum.late_trials += causes.late_trials;
    }
    return sum;
  }

 private:
  static bool IsNews(const cube::CountRow& row, Day then) {
    return row.shown <= then && row.shown + row.base_offset + row.delay > then;
  }
  std::size_t Offset(Day day) const {
    return static_cast<std::size_t>(day - index_.snapshot().first_day);
  }
  ChangeCauses& At(const Grouping& grouping, const cube::CountRow& row) {
    const std::size_t stream =
        grouping.first_stream + grouping.LocalStream(index_.families()[grouping.family],
                                                     static_cast<std::size_t>(row.cell));
    return causes_[stream * index_.days() + Offset(row.shown)];
  }

  const CubeIndex& index_;
  std::vector<ChangeCauses> causes_;  // streams x days
};

bool SameState(const Metric& a, const Metric& b) {
  if (a.maturity() != b.maturity() || a.trials != b.trials || a.events_so_far != b.events_so_far) {
    return false;
  }
  const auto near = [](double x, double y) { return std::abs(x - y) < kSameRate; };
  if (const auto* before = std::get_if<ProvisionalRate>(&a.state)) {
    const auto& after = std::get<ProvisionalRate>(b.state);
    return near(before->rate, after.rate) && near(before->low, after.low) &&
           near(before->high, after.high);
  }
  if (const auto* before = std::get_if<ConfirmedRate>(&a.state)) {
    return near(before->rate, std::get<ConfirmedRate>(b.state).rate);
  }
  return std::get<PendingRate>(a.state).reason == std::get<PendingRate>(b.state).reason;
}

bool IsHidden(const Metric& metric) {
  const auto* pending = std::get_if<PendingRate>(&metric.state);
  return pending != nullptr && pending->reason == PendingReason::kTooFew;
}

}  // namespace

ChangeReport ListChanges(const KnownThen& then, const KnownThen& now) {
  ChangeReport report;
  report.since = then.snapshot.as_of;
  report.as_of = now.snapshot.as_of;
  if (then.snapshot.truth.empty() || now.snapshot.truth.empty()) return report;
  const CubeIndex index(now.snapshot);
  const std::vector<Span> spans = SpansOf(then.snapshot);
  for (std::size_t stage = 0; stage < index.stages(); ++stage) {
    if (!then.snapshot.stage_given[stage] || !now.snapshot.stage_given[stage]) continue;
    const std::string& name = now.snapshot.ladder[stage].name;
    const News news(index, then, stage);
    for (std::size_t stream = 0; stream < index.streams(); ++stream) {
      if (index.GroupingOf(stream).level() > 1) continue;
      const Slice slice = index.SliceOf(stream);
      for (const Span& span : spans) {
        const auto before = then.figures.Of(name, slice, span.from, span.to);
        const auto after = now.figures.Of(name, slice, span.from, span.to);
        // A group that one of the days does not show is not given away by the other.
        if (!before || !after || IsHidden(*before) || IsHidden(*after)) continue;
        if (SameState(*before, *after)) {
          ++report.unchanged;
          continue;
        }
        report.changes.push_back({*before, *after, news.Sum(stream, span)});
      }
    }
  }
  return report;
}

}  // namespace ripen::monitor
