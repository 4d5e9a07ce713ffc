#include "monitor/own_curves.h"

#include <algorithm>
#include <cmath>

#include "monitor/arrivals.h"
#include "stats/homogeneity.h"

namespace ripen::monitor {
namespace {

constexpr double kDiffer = .001;  // tail probability under which speeds differ
constexpr double kShrinkEvents = 200;

double Logit(double probability) { return std::log(probability / (1 - probability)); }

// Events and those known by then, by value and delay, over the base days that teach.
struct ByValue {
  std::vector<std::vector<double>> events;
  std::vector<std::vector<double>> known;
  std::vector<double> score;     // U_s
  std::vector<double> variance;  // V_s
};

ByValue CountByValue(const CubeIndex& index, std::size_t stage, const StageArrivals& arrivals,
                     std::size_t column) {
  const FlatFamily& flat = index.families().front();
  const std::size_t values = flat.sizes[column];
  const auto delays = static_cast<std::size_t>(arrivals.triangle.max_delay()) + 1;
  std::vector<stats::ArrivalTriangle> triangles(
      values, stats::ArrivalTriangle(arrivals.days(), arrivals.triangle.max_delay()));
  for (const cube::CountRow& row : index.snapshot().families.front().stages[stage]) {
    const auto base_day = BaseDayOf(index, row);
    const auto delay = static_cast<std::size_t>(std::max(row.delay, 0));
    if (!base_day || *base_day + delay >= arrivals.days()) continue;
    const auto cell = static_cast<std::size_t>(row.cell);
    triangles[flat.values[cell * flat.columns() + column]].Add(
        *base_day, static_cast<int>(delay), static_cast<double>(row.gained - row.lost));
  }
  ByValue sums;
  sums.events.assign(values, std::vector<double>(delays));
  sums.known.assign(values, std::vector<double>(delays));
  sums.score.assign(values, 0);
  sums.variance.assign(values, 0);
  for (std::size_t value = 0; value < values; ++value) {
    for (std::size_t day = 0; day < arrivals.days(); ++day) {
      if (arrivals.gapped[day]) continue;
      if (arrivals.delay && day >= arrivals.delay->start.start) continue;
      double known = 0;
      const int reached = std::min(arrivals.AgeOf(day), arrivals.curve->tail_age);
      for (int delay = 0; delay <= reached; ++delay) {
        const auto at = static_cast<std::size_t>(delay);
        const double events = triangles[value].At(day, delay);
        known += events;
        sums.events[value][at] += events;
        sums.known[value][at] += known;
        if (delay == 0) continue;
        const double g = arrivals.curve->ReverseHazard(delay, arrivals.WeekdayOf(day));
        sums.score[value] += events - known * g;
        sums.variance[value] += std::max(known, 0.0) * g * (1 - g);
      }
    }
  }
  return sums;
}

}  // namespace

double ShrunkHazard(double events, double known, double common) {
  if (common <= 0 || common >= 1) return common;
  const double own = (events + .5) / (known + 1);
  const double weight = known / (known + kShrinkEvents);
  const double logit =
      weight * Logit(std::clamp(own, 1e-9, 1 - 1e-9)) + (1 - weight) * Logit(common);
  return 1 / (1 + std::exp(-logit));
}

std::optional<OwnCurves> LearnOwnCurves(const CubeIndex& index, std::size_t stage,
                                        const StageArrivals& arrivals) {
  const FlatFamily& flat = index.families().front();
  std::optional<OwnCurves> own;
  double clearest = kDiffer;
  for (std::size_t column = 0; column < flat.columns(); ++column) {
    const ByValue sums = CountByValue(index, stage, arrivals, column);
    double chi_square = 0;
    int groups = 0;
    for (std::size_t value = 0; value < sums.score.size(); ++value) {
      if (sums.variance[value] < 5) continue;  // too few to tell its speed
      chi_square += sums.score[value] * sums.score[value] /
                    (sums.variance[value] * arrivals.curve->dispersion);
      ++groups;
    }
    if (groups < 2) continue;
    const double tail = stats::ChiSquareUpperTail(chi_square, groups - 1);
    if (tail >= clearest) continue;
    clearest = tail;
    own = OwnCurves{column, {}, {}};
    for (std::size_t value = 0; value < sums.score.size(); ++value) {
      stats::CompletionCurve curve = *arrivals.curve;
      for (int delay = 1; delay <= curve.tail_age; ++delay) {
        const auto at = static_cast<std::size_t>(delay);
        curve.reverse_hazard[at] =
            ShrunkHazard(sums.events[value][at], sums.known[value][at], curve.reverse_hazard[at]);
        curve.denominator[at] = sums.known[value][at];
      }
      stats::CompleteShares(curve);
      std::vector<double>& shares = own->share_known.emplace_back(arrivals.days());
      for (std::size_t day = 0; day < arrivals.days(); ++day) {
        // Since a change of delay only the speed of all is known.
        shares[day] = &arrivals.CurveOf(day) == &*arrivals.curve
                          ? curve.ShareKnown(arrivals.AgeOf(day), arrivals.WeekdayOf(day))
                          : arrivals.share_known[day];
      }
      own->curves.push_back(std::move(curve));
    }
  }
  return own;
}

}  // namespace ripen::monitor
