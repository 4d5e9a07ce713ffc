// What a stage's open days will show once they are settled: the predicted rate of any slice and
// span, with its range.
//
// The level of every slice follows from its exposures (stats/run_length_level.h), what remains of
// each open day from level, curve and day noise (stats/nowcast.h). The total and the values of
// attributes with up to 60 of them are predicted by 400 draws that share one curve per draw, so
// that sums over days and stages stay consistent; pairs and long lists by closed-form moments.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "model/metric.h"
#include "monitor/arrivals.h"
#include "monitor/cube_index.h"
#include "monitor/exposures.h"
#include "monitor/settling.h"
#include "stats/nowcast.h"

namespace ripen::monitor {

// How much wider ranges are made than the model says, by the age of their youngest open day.
struct Widening {
  static constexpr std::array<int, 4> kFromAge{0, 3, 7, 14};
  static constexpr double kUntilRecorded = 1.25;
  std::array<double, 4> factor{kUntilRecorded, kUntilRecorded, kUntilRecorded, kUntilRecorded};
  std::array<bool, 4> learned{};  // from the record of past ranges
  static std::size_t BandOf(int age);
  double Of(int age) const { return factor[BandOf(age)]; }
};

struct ForecastOptions {
  std::uint64_t seed = 1;
  std::vector<Widening> widening = {};  // by stage; empty: kUntilRecorded
  bool only_moments = false;            // no draws at all: cheaper, for looking back at many days
};

// A prediction of a rate: eventual outcomes over eventual trials.
struct Forecast {
  double rate = 0;
  double low = 0;
  double high = 0;
  double arrived_share = 0;  // of the eventual outcomes
  // The group has so few outcomes (under 3 expected) that its level is that of all customers.
  bool borrowed = false;
};

// Thread safety: all functions may be called at once. Keeps references to index and settling.
class StageForecast {
 public:
  // `base`: the forecast of the stage that this one is of, null for stages of shown; it must
  // outlive this. Returns null where nothing can be predicted: no complete curve.
  static std::unique_ptr<StageForecast> Make(const CubeIndex& index, const Settling& settling,
                                             std::size_t stage, const StageArrivals& arrivals,
                                             const StageForecast* base,
                                             const ForecastOptions& options);

  // Whether the day, if it is not confirmed, can be predicted; else why not.
  std::optional<PendingReason> Obstacle(std::size_t day) const { return obstacles_[day]; }
  // The part of the day's eventual outcomes that is known; 1 where they are settled.
  double ShareKnown(std::size_t day) const { return exposures_.ShareOfDay(day); }
  // Requires: days from..to have no obstacle. Cost: the first question about a slice takes about a
  // millisecond, later ones the open days times the draws.
  Forecast Of(std::size_t stream, std::size_t from, std::size_t to) const;

  // What a slice's span will come to: its trials and events, known and still to come, as means and
  // by draw. Draws of different slices share one curve per draw; what is still to come lies around
  // its mean as much wider as ranges are made.
  struct Eventual {
    double known_trials = 0;
    double known_events = 0;
    double more_trials = 0;  // means
    double more_events = 0;
    std::vector<double> drawn_more_trials;
    std::vector<double> drawn_more_events;
  };
  static constexpr std::size_t kDraws = 400;
  // Requires: as Of.
  Eventual EventualOf(std::size_t stream, std::size_t from, std::size_t to) const;

  // The draws of outcomes minus the draws of `less`'s outcomes over trials: bought and kept.
  Forecast OfDifference(const StageForecast& less, std::size_t stream, std::size_t from,
                        std::size_t to) const;

 private:
  // What remains of one slice's open days.
  struct Remaining {
    std::vector<float> draws;                      // open days x draws; empty: by moments
    std::vector<stats::RemainingMoments> moments;  // by open day
    std::vector<double> level_deviation;           // by open day
    bool borrowed = false;
  };
  // Sums over a span.
  struct Sums {
    double trials = 0;
    double events = 0;
    double exposure = 0;
    std::vector<double> remaining;  // by draw
    double mean = 0;                // by moments
    double variance = 0;
  };

  StageForecast(const CubeIndex& index, const Settling& settling, std::size_t stage,
                const StageArrivals& arrivals, const StageForecast* base,
                const ForecastOptions& options);
  void FindObstacles(const Settling& settling, const StageArrivals& arrivals);
  void DrawCurves(const StageArrivals& arrivals);
  void LearnLevels();
  bool ByDraws(std::size_t stream) const;
  std::uint64_t KeyOf(std::size_t stream) const;
  double ExposureOf(std::size_t stream, std::size_t day) const;
  std::shared_ptr<const Remaining> RemainingOf(std::size_t stream) const;
  std::shared_ptr<const Remaining> Predict(std::size_t stream) const;
  Sums Sum(std::size_t stream, std::size_t from, std::size_t to) const;
  double WideningOf(std::size_t from, std::size_t to) const;
  Forecast Widen(stats::PredictedRange range, std::size_t from, std::size_t to) const;
  // The draws of what remains over a span, widened around their mean.
  std::vector<double> DrawsOf(const Sums& sums, std::size_t stream, double widening) const;

  const CubeIndex& index_;
  std::size_t stage_;
  const StageForecast* base_;
  ForecastOptions options_;
  Exposures exposures_;
  std::vector<std::optional<PendingReason>> obstacles_;  // by day
  std::vector<bool> counted_;                            // by day: its counts are whole
  std::vector<std::size_t> open_;                        // days that are not confirmed
  std::size_t window_start_ = 0;                         // first day that the level is learned from
  std::vector<float> share_ratio_;       // open days x draws: drawn over fitted share
  std::vector<double> share_deviation_;  // by open day: standard error of ln G
  std::array<double, 3> day_noise_{};    // c2 by level
  double pooled_rate_ = 0;
  mutable std::mutex mutex_;
  mutable std::map<std::size_t, std::shared_ptr<const Remaining>> remaining_;  // under mutex_
};

}  // namespace ripen::monitor
