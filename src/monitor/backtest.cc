#include "monitor/backtest.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <memory>
#include <set>

#include "cube/replay.h"
#include "stats/wilson.h"

namespace ripen::monitor {
namespace {

constexpr int kWeek = 7;
constexpr int kLeastDays = 20;
constexpr double kPromised = .9;
constexpr double kFarAway = 1e6;  // a truth beside a range without width
constexpr double kSmall = 10;     // expected outcomes of a small group
constexpr double kMiddling = 50;
constexpr std::size_t kLastRanges = 100;
constexpr double kUpperLimitDeviate = 1.96;

// What the days from..to of a stream turned out to be.
std::optional<double> TruthOf(const CubeIndex& index, std::size_t stage, std::size_t stream,
                              std::size_t from, std::size_t to) {
  double trials = 0;
  double events = 0;
  for (std::size_t day = from; day <= to; ++day) {
    trials += index.Trials(stage, stream, day);
    events += index.Events(stage, stream, day);
  }
  if (trials <= 0) return std::nullopt;
  return std::clamp(events / trials, 0.0, 1.0);
}

// All ranges of one as-of day: weeks and single days of every stream.
class PastDay {
 public:
  PastDay(const cube::Snapshot& known, const CubeIndex& later, const Settling& settled,
          const AlertsConfig& alerts)
      : known_(known), index_(known), settling_(known), later_(later), settled_(settled) {
    const auto arrivals = ReadAllArrivals(index_, alerts);
    ForecastOptions options;
    options.only_moments = true;
    options.widening.assign(index_.stages(), {});
    for (Widening& widening : options.widening) widening.factor.fill(1);
    for (std::size_t stage = 0; stage < index_.stages(); ++stage) {
      const auto base = known.ladder.BaseOf(stage);
      forecasts_.push_back(!arrivals[stage]
                               ? nullptr
                               : StageForecast::Make(index_, settling_, stage, *arrivals[stage],
                                                     base ? forecasts_[*base].get() : nullptr,
                                                     options));
    }
  }

  void Issue(std::size_t stage, std::vector<IssuedRange>& ranges) const {
    if (!forecasts_[stage] || index_.days() == 0) return;
    const std::size_t last = index_.days() - 1;
    for (std::size_t stream = 0; stream < index_.streams(); ++stream) {
      if (index_.GroupingOf(stream).level() > 1) continue;
      Add(stage, stream, last - std::min<std::size_t>(last, kWeek - 1), last, ranges);
      for (const int age : Widening::kFromAge) {
        if (static_cast<std::size_t>(age) > last) break;
        Add(stage, stream, last - static_cast<std::size_t>(age),
            last - static_cast<std::size_t>(age), ranges);
      }
    }
  }

 private:
  void Add(std::size_t stage, std::size_t stream, std::size_t from, std::size_t to,
           std::vector<IssuedRange>& ranges) const {
    bool open = false;
    for (std::size_t day = from; day <= to; ++day) {
      const bool confirmed = settling_.Confirmed(stage, index_.DayAt(day));
      if (!confirmed && forecasts_[stage]->Obstacle(day)) return;
      open = open || !confirmed;
      if (!settled_.Confirmed(stage, index_.DayAt(day))) return;
    }
    if (!open) return;
    const auto truth = TruthOf(later_, stage, stream, from, to);
    double trials = 0;
    for (std::size_t day = from; day <= to; ++day) trials += index_.Trials(stage, stream, day);
    if (!truth || trials <= 0) return;
    const Forecast forecast = forecasts_[stage]->Of(stream, from, to);
    IssuedRange range;
    range.stage = stage;
    range.total = stream == 0;
    range.as_of = known_.as_of;
    range.youngest_age = known_.as_of - index_.DayAt(to);
    range.expected = forecast.rate * trials;
    range.middle = forecast.rate;
    range.low = forecast.low;
    range.high = forecast.high;
    range.truth = *truth;
    ranges.push_back(range);
  }

  const cube::Snapshot& known_;
  CubeIndex index_;
  Settling settling_;
  const CubeIndex& later_;
  const Settling& settled_;
  std::vector<std::unique_ptr<StageForecast>> forecasts_;
};

// The widening that the ranges whose truth was in by `day` teach.
Widening Learn(const std::vector<IssuedRange>& ranges, std::size_t stage, Day day,
               int settling_days) {
  Widening widening;
  for (std::size_t band = 0; band < widening.factor.size(); ++band) {
    std::vector<double> distances;
    std::vector<Day> days;
    for (const IssuedRange& range : ranges) {
      if (range.stage != stage || Widening::BandOf(range.youngest_age) != band) continue;
      if (range.as_of - range.youngest_age + settling_days > day) continue;
      distances.push_back(range.Distance());
      days.push_back(range.as_of);
    }
    if (const auto factor = ConformalFactor(distances, days, kLeastDays)) {
      widening.factor[band] = *factor;
      widening.learned[band] = true;
    }
  }
  return widening;
}

template <typename Wanted>
RangeScore ScoreOf(const std::vector<IssuedRange>& ranges, const Wanted& wanted) {
  std::vector<IssuedRange> chosen;
  std::copy_if(ranges.begin(), ranges.end(), std::back_inserter(chosen), wanted);
  return ScoreOf(chosen);
}

}  // namespace

RangeScore ScoreOf(std::span<const IssuedRange> ranges) {
  RangeScore score;
  std::set<Day> days;
  int with_truth = 0;
  int with_middle = 0;
  for (const IssuedRange& range : ranges) {
    ++score.ranges;
    days.insert(range.as_of);
    score.held += range.Held() ? 1 : 0;
    const double low = range.middle - range.factor * (range.middle - range.low);
    const double high = range.middle + range.factor * (range.high - range.middle);
    constexpr double kAlpha = 1 - kPromised;
    const double interval = (high - low) + 2 / kAlpha * std::max(0.0, low - range.truth) +
                            2 / kAlpha * std::max(0.0, range.truth - high);
    score.wis += (.5 * std::abs(range.truth - range.middle) + kAlpha / 2 * interval) / 1.5;
    if (range.truth > 0) {
      score.bias += range.middle / range.truth - 1;
      ++with_truth;
    }
    if (range.middle > 0) {
      score.half_width += (high - low) / 2 / range.middle;
      ++with_middle;
    }
  }
  score.days = static_cast<int>(days.size());
  if (score.ranges > 0) score.wis /= score.ranges;
  if (with_truth > 0) score.bias /= with_truth;
  if (with_middle > 0) score.half_width /= with_middle;
  return score;
}

double IssuedRange::Distance() const {
  const double half = truth < middle ? middle - low : high - middle;
  const double off = std::abs(truth - middle);
  if (off <= 1e-12) return 0;
  return half > 0 ? std::min(off / half, kFarAway) : kFarAway;
}

std::optional<double> ConformalFactor(std::span<const double> distances, std::span<const Day> days,
                                      int least_days) {
  const std::set<Day> distinct(days.begin(), days.end());
  if (static_cast<int>(distinct.size()) < least_days) return std::nullopt;
  std::vector<double> sorted(distances.begin(), distances.end());
  std::sort(sorted.begin(), sorted.end());
  const auto count = static_cast<double>(sorted.size());
  const double rank = std::min(std::ceil((count + 1) * kPromised - 1e-9), count);
  return std::max(1.0, sorted[static_cast<std::size_t>(rank) - 1]);
}

Backtest Backtest::Replay(const cube::Snapshot& snapshot, const BacktestOptions& options) {
  Backtest backtest;
  backtest.as_of_ = snapshot.as_of;
  const std::size_t stages = snapshot.ladder.size();
  backtest.widening_.assign(stages, {});
  backtest.stages_.assign(stages, {});
  if (snapshot.truth.empty() || snapshot.families.empty()) return backtest;
  const cube::Snapshot marginal = cube::Marginal(snapshot, options.most_values);
  const CubeIndex later(marginal);
  const Settling settled(marginal);
  for (std::size_t stage = 0; stage < stages; ++stage) {
    if (!snapshot.stage_given[stage] || !snapshot.stage_has_times[stage]) continue;
    backtest.stages_[stage] = snapshot.ladder[stage].name;
  }
  // The truth of a week that ends on a day is in when its last day is settled.
  std::map<Day, std::vector<std::size_t>> wanted;
  for (std::size_t stage = 0; stage < stages; ++stage) {
    if (backtest.stages_[stage].empty()) continue;
    const int settling_days = snapshot.ladder.SettlingDays(stage);
    const Day newest = snapshot.as_of - settling_days;
    // Before a whole window has been seen no range was issued.
    const Day oldest = std::max(snapshot.first_day + settling_days, newest - options.last_days + 1);
    for (Day day = newest; day >= oldest; day = day - options.every_days) {
      wanted[day].push_back(stage);
    }
  }
  for (const auto& [day, day_stages] : wanted) {
    const cube::Snapshot known = cube::AsKnownOn(marginal, day);
    const PastDay past(known, later, settled, options.alerts);
    std::vector<IssuedRange> issued;
    for (const std::size_t stage : day_stages) past.Issue(stage, issued);
    for (const std::size_t stage : day_stages) {
      const Widening then =
          Learn(backtest.ranges_, stage, day, snapshot.ladder.SettlingDays(stage));
      for (IssuedRange& range : issued) {
        if (range.stage == stage) range.factor = then.Of(range.youngest_age);
      }
    }
    backtest.ranges_.insert(backtest.ranges_.end(), issued.begin(), issued.end());
  }
  for (std::size_t stage = 0; stage < stages; ++stage) {
    if (backtest.stages_[stage].empty()) continue;
    backtest.widening_[stage] =
        Learn(backtest.ranges_, stage, snapshot.as_of, snapshot.ladder.SettlingDays(stage));
  }
  return backtest;
}

BacktestReport Backtest::Report() const {
  BacktestReport report;
  report.as_of = as_of_;
  if (!ranges_.empty()) {
    report.first_day = ranges_.front().as_of;
    report.last_day = ranges_.back().as_of;
  }
  for (std::size_t stage = 0; stage < stages_.size(); ++stage) {
    if (stages_[stage].empty()) continue;
    StageRecord record;
    record.stage = stages_[stage];
    std::size_t of_total = 0;
    for (const IssuedRange& range : ranges_) of_total += range.stage == stage && range.total;
    std::size_t seen = 0;
    record.last = ScoreOf(ranges_, [&](const IssuedRange& range) {
      if (range.stage != stage || !range.total) return false;
      return ++seen + kLastRanges > of_total;
    });
    record.all = ScoreOf(ranges_, [&](const IssuedRange& range) { return range.stage == stage; });
    for (std::size_t band = 0; band < Widening::kFromAge.size(); ++band) {
      StageRecord::ByAge by_age;
      by_age.from_age = Widening::kFromAge[band];
      if (band + 1 < Widening::kFromAge.size()) by_age.to_age = Widening::kFromAge[band + 1] - 1;
      by_age.factor = widening_[stage].factor[band];
      by_age.learned = widening_[stage].learned[band];
      by_age.score = ScoreOf(ranges_, [&](const IssuedRange& range) {
        return range.stage == stage && Widening::BandOf(range.youngest_age) == band;
      });
      if (by_age.score.ranges > 0) record.by_age.push_back(by_age);
    }
    const std::array<std::pair<const char*, std::pair<double, double>>, 3> sizes{
        {{"under_10", {0, kSmall}},
         {"10_to_50", {kSmall, kMiddling}},
         {"over_50", {kMiddling, 1e300}}}};
    for (const auto& [name, bounds] : sizes) {
      const auto& [from, to] = bounds;
      const RangeScore score =
          ScoreOf(ranges_, [&, from = from, to = to](const IssuedRange& range) {
            return range.stage == stage && range.expected >= from && range.expected < to;
          });
      if (score.ranges > 0) record.by_size.push_back({name, score});
    }
    report.stages.push_back(std::move(record));
  }
  return report;
}

std::vector<Finding> Backtest::Findings() const {
  std::vector<Finding> findings;
  for (std::size_t stage = 0; stage < stages_.size(); ++stage) {
    if (stages_[stage].empty()) continue;
    const RangeScore score = ScoreOf(
        ranges_, [&](const IssuedRange& range) { return range.stage == stage && range.total; });
    if (score.days < kLeastDays) continue;
    const double held = static_cast<double>(score.held) / score.ranges;
    // Ranges of one day move together: days are counted, not ranges.
    if (stats::WilsonInterval(held, score.days, kUpperLimitDeviate).high >= kPromised) continue;
    Finding finding;
    finding.kind = FindingKind::kEstimateCheck;
    finding.level = Level::kWatch;
    finding.stage = stages_[stage];
    finding.observed = held;
    finding.expected = kPromised;
    finding.certainty = Certainty::kFairlySure;
    finding.id = FindingId(finding, 1);
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace ripen::monitor
