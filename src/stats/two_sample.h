// Two arms shown on the same days: does one have more outcomes, however often one looks?
//
// Model. A block is one stratum (customers of the same groups) on one day, with n_a and n_b trials.
// Without a difference both arms of a block have one rate, any rate, which may be another one in
// every block; trials are independent. Then, for rates p_a and p_b fixed before the day,
//   prod p_a(y) / p_0(y) * prod p_b(y) / p_0(y),   p_0 = (n_a p_a + n_b p_b) / (n_a + n_b),
// has a mean of at most 1 (the geometric mean of two factors whose weighted mean is 1), and so has
// the product over all days: evidence of 1 / alpha or more ever occurs with a chance of at most
// alpha. What a whole day or a group of customers does to both arms cancels. p_a and p_b come from
// past days: the stratum's rate, drawn to the common one with the weight of `prior_trials`, moved
// apart by the log odds ratio so far, sum U / (sum I + 1 / shift_scale^2), U and I the
// hypergeometric score and variance of arm a's events.
//
// Days. Records of one day and arm may be clustered (one customer, many records). With D the day's
// difference and W = sum n_a n_b / (n_a + n_b) its information, days differ by v (1 / W + 2 rho).
// rho is learned from squared differences of successive days, plus a standard error (more while
// there are few days), and a day counts as c = 1 / (1 + 2 rho W) of itself: its evidence is raised
// to the power c, which keeps the mean at most 1 for independent records whatever c. For the
// evidence rho comes from past days. The first `learning_days` only teach.
//
// Range. The normal mixture on S = sum c (x_a - n_a (x_a + x_b) / n), whose variance V is that of
// the hypergeometric law with the arms' own rates: all differences that the mixture
//   (1/3) sum_tau (1 + tau^2 W)^(-1/2) exp(z^2/2 tau^2 W / (1 + tau^2 W)),  z = (S - delta W) /
//   sqrt V
// does not refute at 1 / alpha, at all times together. It is a range of the mean difference of the
// days so far. Asymptotic: absent under `min_outcomes` events or non-events. A difference is
// claimed on the first day on which the evidence has reached 1 / alpha and the range leaves out 0.
//
// Cost of being wrong. Measured in docs/methods/side-by-side.md: without a difference, watched
// daily for a year, some day claims one in under alpha of the cases. Fails when. The same few
// customers come back every day (it is then a difference of these customers), an arm changes its
// customers within the strata, or trials are kept back by outcome. Source. Turner, Ly & Grunwald
// 2024, JSPI 230:106116, doi:10.1016/j.jspi.2023.106116; Robbins 1970, Ann. Math. Stat.
// 41:1397-1409; Howard, Ramdas, McAuliffe & Sekhon 2021, Ann. Stat. 49:1055-1080,
// doi:10.1214/20-AOS1991; Lindon, Ham, Tingley & Bojinov, arXiv:2210.08589. Worked value. n = (100,
// 100), x = (30, 20), p = (.3, .2), p_0 = .25: ln e = 1.3403564.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace ripen::stats {

struct TwoSampleOptions {
  // The chance of ever claiming a difference where there is none.
  double alpha = .05;
  // Days that only teach: fewer start sooner, and say less of how much days differ.
  std::size_t learning_days = 3;
  // Weight of the common rate in a stratum's, in trials.
  double prior_trials = 20;
  // Prior standard deviation of the log odds ratio: .3 is 22 against 27 in 100.
  double shift_scale = .3;
  // The range needs so many events, and as many non-events, in each arm.
  double min_outcomes = 10;
  // Prior standard deviations of the difference, in standard deviations of one record: .01 is 0.4
  // in 100 at a rate of 22 in 100.
  std::array<double, 3> effect_scales{.01, .03, .1};
};

struct ArmCount {
  double trials = 0;
  double events = 0;
};
// One stratum on one day.
struct TwoArmCell {
  std::size_t stratum = 0;
  ArmCount a;
  ArmCount b;
};
// One arm on one day, for outcomes that are not 0 or 1.
struct ArmMean {
  double count = 0;
  double mean = 0;
  double variance = 0;  // of one record
};

// ln of one block's factor. Requires: 0 < rate_a, rate_b < 1. 0 where an arm has no trials.
double LogBlockEvidence(const ArmCount& a, const ArmCount& b, double rate_a, double rate_b);

// The normal mixture. `score` S with `variance` V and `information` W, so that V / W is the
// variance of one record. Requires: variance > 0, information > 0.
double LogMixtureEvidence(double score, double variance, double information,
                          const TwoSampleOptions& options);
// The deviate z at which that evidence is 1 / alpha: the range is (S +- z sqrt V) / W.
double MixtureDeviate(double information, const TwoSampleOptions& options);

// What can be said after some day.
struct TwoSampleState {
  double log_evidence = 0;
  double highest_log_evidence = 0;  // of all days so far
  // Means of the arms with the same weight on every block, so that their difference is that of the
  // range.
  double level_a = 0;
  double level_b = 0;
  double difference = 0;  // a less b
  // Absent: too few outcomes.
  std::optional<double> low;
  std::optional<double> high;
  double rho = 0;  // how much days differ beyond chance
  bool RangeLeavesOutZero() const { return low && (*low > 0 || *high < 0); }
};

// How much the daily difference of two arms varies beyond chance, from successive days.
class DifferenceDispersion {
 public:
  // `difference` of the day with its chance variance; `record_variance` v.
  void AddDay(double difference, double chance_variance, double record_variance);
  // rho: the estimate plus 1 + 8 / pairs standard errors, 0..0.2.
  double Estimate() const;

 private:
  bool started_ = false;
  std::size_t pairs_ = 0;
  double last_difference_ = 0;
  double last_chance_ = 0;
  double weight_ = 0;
  double excess_ = 0;
  double squared_excess_ = 0;
};

// What rates and means share: the sums, the range and the first claim.
class TwoSampleWatch {
 public:
  std::size_t days() const { return days_.size(); }
  // Requires: at least one day.
  const TwoSampleState& state() const { return state_; }
  // The first day (counted from 0) on which a difference could be claimed.
  std::optional<std::size_t> first_claim() const { return first_claim_; }

 protected:
  explicit TwoSampleWatch(const TwoSampleOptions& options) : options_(options) {}

  // The sums of one day over its strata. The variance of the score at a difference delta is
  // variance + linear delta + square delta^2.
  struct DaySums {
    double information = 0;  // W
    double score = 0;
    double variance = 0;
    double linear = 0;
    double square = 0;
    double level_a = 0;  // sums, weighted by the blocks' information
    double level_b = 0;
    double outcomes_a = 0;  // events
    double outcomes_b = 0;
    double misses_a = 0;  // non-events
    double misses_b = 0;
  };
  // The share c of a day by what is known of rho before it.
  double PredictableShare(double information) const;
  std::size_t days_so_far() const { return days_.size(); }
  // Takes the day in, with its evidence; without one the evidence is that of the mixture.
  void Close(const DaySums& day, std::optional<double> log_evidence);

  TwoSampleOptions options_;

 private:
  void Sum(const DaySums& day, double share, DaySums& sums) const;

  std::vector<DaySums> days_;
  DifferenceDispersion dispersion_;
  double known_variance_ = 0;  // sums over the days, for v
  double known_information_ = 0;
  TwoSampleState state_;
  std::optional<std::size_t> first_claim_;
};

// Two arms of events and trials, day by day. Cost of a day: its cells, and the days so far once.
class TwoRates : public TwoSampleWatch {
 public:
  TwoRates(std::size_t strata, const TwoSampleOptions& options);
  // Requires: the strata lie below `strata`. Cells without trials in an arm say nothing, but teach
  // the rates. A day without any cell that holds both arms is a day like any other.
  void AddDay(std::span<const TwoArmCell> cells);

 private:
  double StratumRate(const ArmCount& past) const;

  std::vector<ArmCount> past_;  // by stratum, both arms
  ArmCount all_past_;
  double score_ = 0;        // U, on effective counts
  double information_ = 0;  // I
};

// The same for means with given variances: asymptotic, the evidence is that of the normal mixture.
class TwoMeans : public TwoSampleWatch {
 public:
  explicit TwoMeans(const TwoSampleOptions& options) : TwoSampleWatch(options) {}
  void AddDay(const ArmMean& a, const ArmMean& b);
};

}  // namespace ripen::stats
