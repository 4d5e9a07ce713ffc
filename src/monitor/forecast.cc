#include "monitor/forecast.h"

#include <algorithm>
#include <cmath>

#include "stats/run_length_level.h"

namespace ripen::monitor {
namespace {

constexpr std::size_t kMostDrawnValues = 60;  // longer lists of values go by moments
constexpr int kLeastLevelDays = 60;
constexpr double kMinExpected = 3;  // outcomes under which a group's level is everybody's
constexpr double kMinRate = 1e-9;

}  // namespace

std::size_t Widening::BandOf(int age) {
  std::size_t band = 0;
  while (band + 1 < kFromAge.size() && age >= kFromAge[band + 1]) ++band;
  return band;
}

std::unique_ptr<StageForecast> StageForecast::Make(const CubeIndex& index, const Settling& settling,
                                                   std::size_t stage, const StageArrivals& arrivals,
                                                   const StageForecast* base,
                                                   const ForecastOptions& options) {
  if (!arrivals.curve || !arrivals.curve->Complete()) return nullptr;
  if (index.snapshot().ladder.BaseOf(stage) && base == nullptr) return nullptr;
  std::unique_ptr<StageForecast> forecast(
      new StageForecast(index, settling, stage, arrivals, base, options));
  return forecast->pooled_rate_ > kMinRate ? std::move(forecast) : nullptr;
}

StageForecast::StageForecast(const CubeIndex& index, const Settling& settling, std::size_t stage,
                             const StageArrivals& arrivals, const StageForecast* base,
                             const ForecastOptions& options)
    : index_(index),
      stage_(stage),
      base_(base),
      options_(options),
      exposures_(Exposures::Arrived(index, stage, arrivals)) {
  FindObstacles(settling, arrivals);
  DrawCurves(arrivals);
  LearnLevels();
}

void StageForecast::FindObstacles(const Settling& settling, const StageArrivals& arrivals) {
  std::vector<bool> since_change(arrivals.days());
  for (std::size_t day = 0; day < arrivals.days(); ++day) {
    since_change[day] = !arrivals.Trusted(day) && !arrivals.gapped[day];
  }
  const std::vector<bool> changed = DaysShownOf(index_, stage_, since_change);
  const std::vector<bool> gapped = DaysShownOf(index_, stage_, arrivals.gapped);
  obstacles_.assign(index_.days(), std::nullopt);
  counted_.assign(index_.days(), true);
  for (std::size_t day = 0; day < index_.days(); ++day) {
    if (changed[day] || gapped[day]) {
      obstacles_[day] = PendingReason::kDelayChanged;
      counted_[day] = false;
    }
    if (settling.Confirmed(stage_, index_.DayAt(day))) continue;
    open_.push_back(day);
    const PendingReason reason = settling.ReasonFor(stage_, index_.DayAt(day));
    if (reason != PendingReason::kWindowOpen) obstacles_[day] = reason;
    // What a stage is of must be predictable as well.
    if (base_ != nullptr && base_->Obstacle(day)) obstacles_[day] = base_->Obstacle(day);
  }
  const int settling_days = index_.snapshot().ladder.SettlingDays(stage_);
  const auto window = static_cast<std::size_t>(std::max(kLeastLevelDays, 2 * settling_days));
  window_start_ = index_.days() - std::min(index_.days(), window);
}

void StageForecast::DrawCurves(const StageArrivals& arrivals) {
  if (options_.only_moments) {
    for (const std::size_t day : open_) {
      share_deviation_.push_back(std::sqrt(1 / exposures_.MostOfDay(day)));
    }
    return;
  }
  const Day first_day = index_.snapshot().first_day;
  // The base days behind each open day shown, with their trials: itself, or those of its purchases.
  std::vector<std::vector<std::pair<std::size_t, double>>> behind(open_.size());
  const auto base_stage = index_.snapshot().ladder.BaseOf(stage_);
  for (std::size_t at = 0; at < open_.size() && !base_stage; ++at) {
    behind[at].emplace_back(open_[at], index_.Shown(0, open_[at]));
  }
  if (base_stage) {
    for (const cube::CountRow& row : index_.snapshot().families.front().stages[*base_stage]) {
      const auto shown = static_cast<std::size_t>(row.shown - first_day);
      const auto found = std::lower_bound(open_.begin(), open_.end(), shown);
      const auto known =
          static_cast<std::size_t>(row.shown + row.base_offset + row.delay - first_day);
      if (found == open_.end() || *found != shown || known >= arrivals.days()) continue;
      behind[static_cast<std::size_t>(found - open_.begin())].emplace_back(
          known, static_cast<double>(row.gained - row.lost));
    }
  }
  share_ratio_.assign(open_.size() * kDraws, 1);
  std::vector<double> shares(arrivals.days());
  for (std::size_t draw = 0; draw < kDraws; ++draw) {
    stats::Draws draws(
        {options_.seed, stats::StreamKey("curve/" + index_.snapshot().ladder[stage_].name), draw});
    const stats::CompletionCurve before = stats::DrawCurve(*arrivals.curve, draws);
    const stats::CompletionCurve since =
        arrivals.curve_since ? stats::DrawCurve(*arrivals.curve_since, draws) : before;
    for (std::size_t day = 0; day < shares.size(); ++day) {
      const bool is_before = &arrivals.CurveOf(day) == &*arrivals.curve;
      shares[day] =
          (is_before ? before : since).ShareKnown(arrivals.AgeOf(day), arrivals.WeekdayOf(day));
    }
    for (std::size_t at = 0; at < open_.size(); ++at) {
      double fitted = 0;
      double drawn = 0;
      for (const auto& [day, trials] : behind[at]) {
        fitted += trials * arrivals.share_known[day];
        drawn += trials * shares[day];
      }
      if (fitted > 0) share_ratio_[at * kDraws + draw] = static_cast<float>(drawn / fitted);
    }
  }
  for (std::size_t at = 0; at < open_.size(); ++at) {
    double squares = 0;
    for (std::size_t draw = 0; draw < kDraws; ++draw) {
      const double off = static_cast<double>(share_ratio_[at * kDraws + draw]) - 1;
      squares += off * off;
    }
    share_deviation_.push_back(std::sqrt(squares / kDraws));
  }
}

double StageForecast::ExposureOf(std::size_t stream, std::size_t day) const {
  return counted_[day] ? exposures_.At(stream, day) : 0;
}

void StageForecast::LearnLevels() {
  std::array<stats::DayNoise, 3> noise;
  double all_events = 0;
  double all_exposure = 0;
  std::vector<double> events(index_.days() - window_start_);
  std::vector<double> exposures(events.size());
  for (const Grouping& grouping : index_.groupings()) {
    if (grouping.level() > 1) continue;  // pairs share the noise of single groups
    for (std::size_t local = 0; local < grouping.streams; ++local) {
      const std::size_t stream = grouping.first_stream + local;
      for (std::size_t at = 0; at < events.size(); ++at) {
        const std::size_t day = window_start_ + at;
        exposures[at] = ExposureOf(stream, day);
        events[at] = counted_[day] ? index_.Events(stage_, stream, day) : 0;
        if (stream > 0) continue;
        all_events += events[at];
        all_exposure += exposures[at];
      }
      noise[grouping.level()].AddStream(events, exposures);
    }
  }
  day_noise_ = {noise[0].Estimate(), noise[1].Estimate(), noise[1].Estimate()};
  pooled_rate_ = all_exposure > 0 ? all_events / all_exposure : 0;
}

bool StageForecast::ByDraws(std::size_t stream) const {
  if (options_.only_moments) return false;
  const Grouping& grouping = index_.GroupingOf(stream);
  return grouping.level() == 0 || (grouping.level() == 1 && grouping.streams <= kMostDrawnValues);
}

std::uint64_t StageForecast::KeyOf(std::size_t stream) const {
  return stats::StreamKey(index_.snapshot().ladder[stage_].name + "/" +
                          index_.SliceOf(stream).Canonical());
}

std::shared_ptr<const StageForecast::Remaining> StageForecast::RemainingOf(
    std::size_t stream) const {
  {
    const std::lock_guard lock(mutex_);
    const auto found = remaining_.find(stream);
    if (found != remaining_.end()) return found->second;
  }
  auto made = Predict(stream);
  const std::lock_guard lock(mutex_);
  return remaining_.emplace(stream, std::move(made)).first->second;
}

std::shared_ptr<const StageForecast::Remaining> StageForecast::Predict(std::size_t stream) const {
  auto result = std::make_shared<Remaining>();
  const std::size_t days = index_.days() - window_start_;
  std::vector<double> events(days);
  std::vector<double> exposures(days);
  double all_events = 0;
  double all_exposure = 0;
  for (std::size_t at = 0; at < days; ++at) {
    const std::size_t day = window_start_ + at;
    exposures[at] = ExposureOf(stream, day);
    events[at] = counted_[day] ? std::max(0.0, index_.Events(stage_, stream, day)) : 0;
    all_events += events[at];
    all_exposure += exposures[at];
  }
  result->borrowed = all_exposure * pooled_rate_ < kMinExpected;
  const double noise = day_noise_[index_.GroupingOf(stream).level()];
  const double dispersion = 1 + noise * all_events / static_cast<double>(days);
  const stats::RunLengthLevel level(events, exposures, pooled_rate_, dispersion, {});
  const auto base = base_ != nullptr ? base_->RemainingOf(stream) : nullptr;

  // What is known of an open day, with `more` base events still to come.
  const auto cohort = [&](std::size_t day, double more, double ratio) {
    stats::YoungCohort young;
    young.trials = index_.Trials(stage_, stream, day) + more;
    young.events = index_.Events(stage_, stream, day);
    const double exposure = exposures_.At(stream, day) * ratio;
    young.share = young.trials > 0 ? std::clamp(exposure / young.trials, 0.0, 1.0) : 1;
    return young;
  };
  const auto base_at = [&](std::size_t day) -> std::optional<std::size_t> {
    if (base == nullptr) return std::nullopt;
    const auto found = std::lower_bound(base_->open_.begin(), base_->open_.end(), day);
    if (found == base_->open_.end() || *found != day) return std::nullopt;
    return static_cast<std::size_t>(found - base_->open_.begin());
  };
  const auto at_of = [&](std::size_t day) { return std::max(day, window_start_) - window_start_; };

  if (!ByDraws(stream)) {
    const stats::RunLengthLevel::Moments levels = level.Smoothed();
    for (const std::size_t day : open_) {
      const auto below = base_at(day);
      const double more = below ? base->moments[*below].mean : 0;
      result->moments.push_back(stats::MomentsOfRemaining(
          cohort(day, more, 1), std::max(levels.mean[at_of(day)], kMinRate), noise));
      result->level_deviation.push_back(std::sqrt(levels.variance[at_of(day)]));
    }
    return result;
  }
  result->draws.assign(open_.size() * kDraws, 0);
  std::vector<double> path(days);
  for (std::size_t draw = 0; draw < kDraws; ++draw) {
    stats::Draws draws({options_.seed, KeyOf(stream), draw});
    level.DrawPath(draws, path);
    for (std::size_t at = 0; at < open_.size(); ++at) {
      const auto below = base_at(open_[at]);
      const double more = below ? static_cast<double>(base->draws[*below * kDraws + draw]) : 0;
      const auto ratio = static_cast<double>(share_ratio_[at * kDraws + draw]);
      result->draws[at * kDraws + draw] = static_cast<float>(
          stats::DrawRemaining(draws, cohort(open_[at], more, ratio),
                               std::max(path[at_of(open_[at])], kMinRate), noise));
    }
  }
  return result;
}

StageForecast::Sums StageForecast::Sum(std::size_t stream, std::size_t from, std::size_t to) const {
  Sums sums;
  for (std::size_t day = from; day <= to; ++day) {
    sums.trials += index_.Trials(stage_, stream, day);
    sums.events += index_.Events(stage_, stream, day);
    sums.exposure += exposures_.At(stream, day);
  }
  const auto remaining = RemainingOf(stream);
  sums.remaining.assign(ByDraws(stream) ? kDraws : 0, 0);
  double by_level = 0;
  double by_share = 0;
  const auto first = std::lower_bound(open_.begin(), open_.end(), from);
  for (auto day = first; day != open_.end() && *day <= to; ++day) {
    const auto at = static_cast<std::size_t>(day - open_.begin());
    for (std::size_t draw = 0; draw < sums.remaining.size(); ++draw) {
      sums.remaining[draw] += static_cast<double>(remaining->draws[at * kDraws + draw]);
    }
    if (!remaining->moments.empty()) {
      const stats::RemainingMoments& moments = remaining->moments[at];
      sums.mean += moments.mean;
      sums.variance += moments.variance;
      // Days of one run share their level, and all days their curve.
      by_level += moments.per_level * remaining->level_deviation[at];
      by_share += moments.per_share * share_deviation_[at];
    }
  }
  sums.variance += by_level * by_level + by_share * by_share;
  return sums;
}

double StageForecast::WideningOf(std::size_t from, std::size_t to) const {
  int youngest = 0;
  for (const std::size_t day : open_) {
    if (day >= from && day <= to) youngest = index_.snapshot().as_of - index_.DayAt(day);
  }
  return stage_ < options_.widening.size() ? options_.widening[stage_].Of(youngest)
                                           : Widening::kUntilRecorded;
}

Forecast StageForecast::Widen(stats::PredictedRange range, std::size_t from, std::size_t to) const {
  const double widening = WideningOf(from, to);
  Forecast forecast;
  forecast.rate = range.median;
  forecast.low = range.median - widening * (range.median - range.low);
  forecast.high = range.median + widening * (range.high - range.median);
  return forecast;
}

Forecast StageForecast::Of(std::size_t stream, std::size_t from, std::size_t to) const {
  Sums sums = Sum(stream, from, to);
  const Sums base = base_ != nullptr ? base_->Sum(stream, from, to) : Sums{};
  Forecast forecast;
  double all_trials = sums.trials;
  if (sums.remaining.empty()) {
    const stats::PredictedRange range = stats::RangeOfMoments(sums.mean, sums.variance);
    all_trials += base.mean;
    const auto rate = [&](double more) {
      return all_trials > 0 ? (sums.events + more) / all_trials : 0;
    };
    forecast = Widen({rate(range.median), rate(range.low), rate(range.high)}, from, to);
  } else {
    double more_trials = 0;
    for (std::size_t draw = 0; draw < kDraws; ++draw) {
      const double more = base.remaining.empty() ? 0 : base.remaining[draw];
      more_trials += more / kDraws;
      const double trials = sums.trials + more;
      sums.remaining[draw] = trials > 0 ? (sums.events + sums.remaining[draw]) / trials : 0;
    }
    all_trials += more_trials;
    forecast = Widen(stats::RangeOf(sums.remaining), from, to);
  }
  // The floor: what has come stays, over all trials that there can be.
  const double floor = base_ == nullptr && sums.trials > 0 ? sums.events / sums.trials : 0;
  forecast.low = std::clamp(forecast.low, std::min(floor, 1.0), 1.0);
  forecast.rate = std::clamp(forecast.rate, forecast.low, 1.0);
  forecast.high = std::clamp(forecast.high, forecast.rate, 1.0);
  forecast.arrived_share = all_trials > 0 ? std::clamp(sums.exposure / all_trials, 0.0, 1.0) : 0;
  forecast.borrowed = RemainingOf(stream)->borrowed;
  return forecast;
}

Forecast StageForecast::OfDifference(const StageForecast& less, std::size_t stream,
                                     std::size_t from, std::size_t to) const {
  Sums own = Sum(stream, from, to);
  const Sums other = less.Sum(stream, from, to);
  const double known = own.events - other.events;
  const double trials = std::max(own.trials, 1.0);
  Forecast forecast;
  if (own.remaining.empty()) {
    const double mean = known + own.mean - other.mean;
    const stats::PredictedRange range =
        stats::RangeOfMoments(std::max(mean, 0.0), own.variance + other.variance);
    forecast = Widen({range.median / trials, range.low / trials, range.high / trials}, from, to);
  } else {
    for (std::size_t draw = 0; draw < kDraws; ++draw) {
      own.remaining[draw] = (known + own.remaining[draw] - other.remaining[draw]) / trials;
    }
    forecast = Widen(stats::RangeOf(own.remaining), from, to);
  }
  forecast.low = std::clamp(forecast.low, 0.0, 1.0);
  forecast.rate = std::clamp(forecast.rate, forecast.low, 1.0);
  forecast.high = std::clamp(forecast.high, forecast.rate, 1.0);
  // Kept is only certain when its return window has passed, so what counts is the later answer.
  const double eventual = other.trials > 0 ? other.exposure / other.trials : 0;
  const double bought = own.trials > 0 ? own.exposure / own.trials : 0;
  forecast.arrived_share = std::clamp(bought * eventual, 0.0, 1.0);
  forecast.borrowed = RemainingOf(stream)->borrowed;
  return forecast;
}

}  // namespace ripen::monitor
