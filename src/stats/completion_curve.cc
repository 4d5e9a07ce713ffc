#include "stats/completion_curve.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ripen::stats {

void CompleteShares(CompletionCurve& curve) {
  curve.share_known.assign(curve.reverse_hazard.size(), 1);
  for (int age = curve.tail_age - 1; age >= 0; --age) {
    const auto at = static_cast<std::size_t>(age);
    curve.share_known[at] = curve.share_known[at + 1] * (1 - curve.reverse_hazard[at + 1]);
  }
}

namespace {

constexpr std::size_t kCohortsForWeekdays = 21;   // three of each
constexpr double kWeekdaysDiffer = 16.811893830;  // 99 % point of chi-square on 6 degrees
constexpr int kFitRounds = 40;
constexpr double kFitted = 1e-10;

// The cohorts that the curve is learned from.
class Window {
 public:
  Window(const ArrivalTriangle& triangle, const CurveOptions& options)
      : triangle_(triangle),
        first_(triangle.cohorts() - std::min(triangle.cohorts(), static_cast<std::size_t>(std::max(
                                                                     0, options.last_cohorts)))),
        first_weekday_(options.first_weekday.value_or(0)) {}

  std::size_t cohorts() const { return triangle_.cohorts() - first_; }
  int Weekday(std::size_t cohort) const {
    return static_cast<int>((static_cast<std::size_t>(first_weekday_) + cohort) % kWeekdays);
  }
  // Calls visit(cohort, delay, events, known by then) for every known cell up to `last_delay`.
  template <typename Visit>
  void ForEach(int last_delay, const Visit& visit) const {
    for (std::size_t cohort = first_; cohort < triangle_.cohorts(); ++cohort) {
      double known = 0;
      const int reached = std::min(triangle_.age(cohort), last_delay);
      for (int delay = 0; delay <= reached; ++delay) {
        const double events = triangle_.At(cohort, delay);
        known += events;
        visit(cohort, delay, events, known);
      }
    }
  }
  int Reached(std::size_t cohort, int last_delay) const {
    return std::min(triangle_.age(cohort), last_delay);
  }
  std::size_t first() const { return first_; }
  std::size_t end() const { return triangle_.cohorts(); }
  double At(std::size_t cohort, int delay) const { return triangle_.At(cohort, delay); }

 private:
  const ArrivalTriangle& triangle_;
  std::size_t first_;
  int first_weekday_;
};

double Dispersion(const Window& window, const CompletionCurve& curve, double min_expected) {
  const int last_delay = static_cast<int>(curve.reverse_hazard.size()) - 1;
  double chi_square = 0;
  int cells = 0;
  window.ForEach(last_delay, [&](std::size_t cohort, int delay, double events, double known) {
    if (delay == 0) return;
    const double g = curve.ReverseHazard(delay, window.Weekday(cohort));
    const double expected = known * g;
    if (expected < min_expected || g >= 1) return;
    chi_square += (events - expected) * (events - expected) / (expected * (1 - g));
    ++cells;
  });
  const int freedom = cells - last_delay - (curve.KnowsWeekdays() ? kWeekdays - 1 : 0);
  return freedom > 0 ? std::max(1.0, chi_square / freedom) : 1.0;
}

// Maximum likelihood of E x_dj = a_d b_j v_w(d+j) by iterative proportional fitting, with every a_d
// at its best given b and v.
class WeekdayFit {
 public:
  WeekdayFit(const Window& window, int tail_age)
      : window_(window),
        tail_age_(tail_age),
        share_(static_cast<std::size_t>(tail_age) + 1, 0),
        level_(window.end(), 0) {}

  // Starts from the curve without weekdays.
  void Start(const CompletionCurve& curve) {
    for (int delay = 0; delay <= tail_age_; ++delay) {
      share_[static_cast<std::size_t>(delay)] =
          curve.ShareKnown(delay) - curve.ShareKnown(delay - 1);
    }
    FitLevels();
  }
  double LogLikelihood() const {
    double sum = 0;
    window_.ForEach(tail_age_, [&](std::size_t cohort, int delay, double events, double) {
      const double mean = Mean(cohort, delay);
      if (mean > 0) sum += events * std::log(mean) - mean;
    });
    return sum;
  }
  void Run() {
    for (int round = 0; round < kFitRounds; ++round) {
      const std::array<double, kWeekdays> before = factor_;
      FitFactors();
      FitLevels();
      FitShares();
      FitLevels();
      double moved = 0;
      for (std::size_t day = 0; day < before.size(); ++day) {
        moved = std::max(moved, std::abs(factor_[day] - before[day]));
      }
      if (moved < kFitted) break;
    }
  }
  void WriteTo(CompletionCurve& curve) const {
    const double mean = std::accumulate(factor_.begin(), factor_.end(), 0.0) / kWeekdays;
    for (std::size_t day = 0; day < factor_.size(); ++day) {
      curve.weekday_factor[day] = factor_[day] / mean;
    }
    double known = 0;
    for (int delay = 0; delay <= tail_age_; ++delay) {
      const auto at = static_cast<std::size_t>(delay);
      known += share_[at];
      curve.reverse_hazard[at] = delay == 0 ? 1 : known > 0 ? share_[at] / known : 0;
    }
    CompleteShares(curve);
  }

 private:
  double Mean(std::size_t cohort, int delay) const {
    return level_[cohort] * share_[static_cast<std::size_t>(delay)] * Factor(cohort, delay);
  }
  std::size_t ReportDay(std::size_t cohort, int delay) const {
    return static_cast<std::size_t>((window_.Weekday(cohort) + delay) % kWeekdays);
  }
  double Factor(std::size_t cohort, int delay) const { return factor_[ReportDay(cohort, delay)]; }

  void FitLevels() {
    for (std::size_t cohort = window_.first(); cohort < window_.end(); ++cohort) {
      double events = 0;
      double due = 0;
      for (int delay = 0; delay <= window_.Reached(cohort, tail_age_); ++delay) {
        events += window_.At(cohort, delay);
        due += share_[static_cast<std::size_t>(delay)] * Factor(cohort, delay);
      }
      level_[cohort] = due > 0 ? std::max(0.0, events / due) : 0;
    }
  }
  void FitFactors() {
    std::array<double, kWeekdays> events{};
    std::array<double, kWeekdays> due{};
    window_.ForEach(tail_age_, [&](std::size_t cohort, int delay, double came, double) {
      events[ReportDay(cohort, delay)] += came;
      due[ReportDay(cohort, delay)] += level_[cohort] * share_[static_cast<std::size_t>(delay)];
    });
    for (std::size_t day = 0; day < events.size(); ++day) {
      factor_[day] = due[day] > 0 ? std::max(0.0, events[day] / due[day]) : 1;
    }
  }
  void FitShares() {
    std::vector<double> events(share_.size());
    std::vector<double> due(share_.size());
    window_.ForEach(tail_age_, [&](std::size_t cohort, int delay, double came, double) {
      events[static_cast<std::size_t>(delay)] += came;
      due[static_cast<std::size_t>(delay)] += level_[cohort] * Factor(cohort, delay);
    });
    double sum = 0;
    for (std::size_t delay = 0; delay < share_.size(); ++delay) {
      sum += share_[delay] = due[delay] > 0 ? std::max(0.0, events[delay] / due[delay]) : 0;
    }
    if (sum <= 0) return;
    for (double& share : share_) share /= sum;
  }

  const Window& window_;
  int tail_age_;
  std::vector<double> share_;  // b_j
  std::vector<double> level_;  // a_d
  std::array<double, kWeekdays> factor_{1, 1, 1, 1, 1, 1, 1};
};

// Takes the weekdays of report into the curve if the likelihood asks for them.
void LearnWeekdays(const Window& window, CompletionCurve& curve, double min_expected) {
  if (window.cohorts() < kCohortsForWeekdays) return;
  WeekdayFit fit(window, curve.tail_age);
  fit.Start(curve);
  const double without = fit.LogLikelihood();
  fit.Run();
  CompletionCurve candidate = curve;
  fit.WriteTo(candidate);
  candidate.dispersion = Dispersion(window, candidate, min_expected);
  // What is left unexplained with weekdays is the yardstick of what they explain.
  if (2 * (fit.LogLikelihood() - without) / candidate.dispersion > kWeekdaysDiffer) {
    curve = std::move(candidate);
  }
}

// sum_{k <= delay} b_k v_w(k) of a cohort, on a scale of its own: the shares of the average weekday
// with each increment times its weekday's factor.
double WeightedKnown(const CompletionCurve& curve, int delay, int base_weekday) {
  double known = 0;
  double before = 0;
  for (int at = 0; at <= delay; ++at) {
    const double share = curve.share_known[static_cast<std::size_t>(at)];
    known += (share - before) *
             curve.weekday_factor[static_cast<std::size_t>((base_weekday + at) % kWeekdays)];
    before = share;
  }
  return known;
}

}  // namespace

ArrivalTriangle::ArrivalTriangle(std::size_t cohorts, int max_delay)
    : max_delay_(max_delay),
      cells_(cohorts * static_cast<std::size_t>(max_delay + 1)),
      ages_(cohorts, max_delay) {}

void ArrivalTriangle::Add(std::size_t cohort, int delay, double events) {
  cells_[Index(cohort, std::clamp(delay, 0, max_delay_))] += events;
}

void ArrivalTriangle::SetAge(std::size_t cohort, int age_days) { ages_[cohort] = age_days; }

bool CompletionCurve::KnowsWeekdays() const {
  return std::any_of(weekday_factor.begin(), weekday_factor.end(),
                     [](double factor) { return factor != 1; });
}

double CompletionCurve::ShareKnown(int age_days) const {
  if (age_days < 0) return 0;
  const std::size_t last = share_known.size() - 1;
  return share_known[std::min(static_cast<std::size_t>(age_days), last)];
}

double CompletionCurve::ShareKnown(int age_days, int base_weekday) const {
  if (age_days < 0 || age_days >= tail_age || !KnowsWeekdays()) return ShareKnown(age_days);
  const double all = WeightedKnown(*this, tail_age, base_weekday);
  return all > 0 ? WeightedKnown(*this, age_days, base_weekday) / all : ShareKnown(age_days);
}

double CompletionCurve::ReverseHazard(int delay, int base_weekday) const {
  if (delay == 0) return 1;
  const double plain = reverse_hazard[static_cast<std::size_t>(delay)];
  if (delay > tail_age || !KnowsWeekdays()) return plain;
  const double known = WeightedKnown(*this, delay, base_weekday);
  return known > 0 ? 1 - WeightedKnown(*this, delay - 1, base_weekday) / known : plain;
}

double CompletionCurve::RelativeVariance(int age_days) const {
  double sum = 0;
  for (int delay = std::max(age_days, 0) + 1; delay <= tail_age; ++delay) {
    const double g = reverse_hazard[static_cast<std::size_t>(delay)];
    const double learned_from = denominator[static_cast<std::size_t>(delay)];
    if (learned_from > 0 && g < 1) sum += g / ((1 - g) * learned_from);
  }
  return dispersion * sum;
}

std::optional<double> CompletionCurve::MedianDelay() const {
  double before = 0;
  double at_before = 0;
  for (int age = 0; age <= tail_age; ++age) {
    const double share = share_known[static_cast<std::size_t>(age)];
    const double at = age + .5;
    if (share >= .5) return at_before + (at - at_before) * (.5 - before) / (share - before);
    before = share;
    at_before = at;
  }
  return std::nullopt;
}

CompletionCurve DrawCurve(const CompletionCurve& curve, Draws& draws) {
  constexpr double kLeast = .1;
  CompletionCurve drawn = curve;
  for (int delay = 1; delay <= curve.tail_age; ++delay) {
    const auto at = static_cast<std::size_t>(delay);
    const double events = curve.denominator[at] / curve.dispersion;
    const double g = curve.reverse_hazard[at];
    drawn.reverse_hazard[at] = draws.Beta(events * g + kLeast, events * (1 - g) + kLeast);
  }
  CompleteShares(drawn);
  return drawn;
}

std::optional<CompletionCurve> FitCompletionCurve(const ArrivalTriangle& triangle,
                                                  const CurveOptions& options) {
  const Window window(triangle, options);
  const auto delays = static_cast<std::size_t>(triangle.max_delay()) + 1;
  std::vector<double> arrived(delays);
  CompletionCurve curve;
  curve.denominator.assign(delays, 0);
  window.ForEach(triangle.max_delay(), [&](std::size_t, int delay, double events, double known) {
    arrived[static_cast<std::size_t>(delay)] += events;
    curve.denominator[static_cast<std::size_t>(delay)] += known;
  });
  curve.tail_age = -1;
  for (std::size_t delay = 0; delay < delays; ++delay) {
    if (curve.denominator[delay] >= options.min_tail_events) {
      curve.tail_age = static_cast<int>(delay);
    }
  }
  if (curve.tail_age < 0) return std::nullopt;

  curve.reverse_hazard.assign(delays, 0);
  curve.reverse_hazard[0] = 1;
  for (std::size_t delay = 1; delay < delays; ++delay) {
    // A delay nobody has reached says nothing: its term is skipped, not guessed.
    if (curve.denominator[delay] > 0) {
      curve.reverse_hazard[delay] = arrived[delay] / curve.denominator[delay];
    }
  }
  CompleteShares(curve);
  curve.dispersion = Dispersion(window, curve, options.min_expected);
  if (options.first_weekday) LearnWeekdays(window, curve, options.min_expected);
  return curve;
}

}  // namespace ripen::stats
