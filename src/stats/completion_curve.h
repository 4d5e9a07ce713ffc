// The completion curve G(a): which share of a cohort's eventual events is known at age a.
//
// Model. For a cohort day d, given the events known by age a, the number that arrived in the last
// step is Binomial with the reverse hazard g_a, whatever the cohort's rate. So the curve is learned
// from the delays alone and a fall of the rate cannot bend it (forward hazards would). Cost of
// being wrong. Days whose delay changed are completed with the old curve: bias of about the
// relative change of G (-11 % in a simulated slow-down of ten days). The delay_shift detector
// watches it. Weekdays of report: feeds that rest at the weekend multiply the arrivals of a day by
// a factor v_w, E x_dj = a_d b_j v_w(d+j), fitted where the likelihood asks for it (1 %); ignoring
// them biased completed figures by +3.7 %. Fails when. Fewer than `window` days have been seen (the
// tail is unknown and G is relative to the oldest age reached), or lateness depends on the
// outcome's group (a pooled curve is then too fast for some and too slow for others). Source.
// Kalbfleisch & Lawless 1991; Hoehle & an der Heiden 2014, Biometrics 70, section 3.1,
// doi:10.1111/biom.12194. Equal to volume-weighted chain ladder (Mack 1993): f_j = 1 / (1 - g_j),
// and to the over-dispersed Poisson model of Renshaw & Verrall 1998, British Actuarial Journal
// 4:903-923, doi:10.1017/S1357321700000222. Worked value. The RAA triangle (Mack 1993) gives
// factors 2.9994 1.6235 1.2709 1.1717 1.1134 1.0419 1.0333 1.0169 1.0092 and a reserve of
// 52,135.23.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "stats/draws.h"

namespace ripen::stats {

// Arrivals by cohort and delay: a ragged matrix of what is known. Row d has ages[d] + 1 delays.
class ArrivalTriangle {
 public:
  // Requires: max_delay >= 0.
  ArrivalTriangle(std::size_t cohorts, int max_delay);

  // Adds `events` of cohort `cohort` that arrived `delay` days after its base day. Delays beyond
  // max_delay are kept in the last column: they are settled all the same.
  void Add(std::size_t cohort, int delay, double events);
  // Declares how old the cohort is: delays above its age cannot be known yet.
  void SetAge(std::size_t cohort, int age_days);

  std::size_t cohorts() const { return ages_.size(); }
  int max_delay() const { return max_delay_; }
  int age(std::size_t cohort) const { return ages_[cohort]; }
  double At(std::size_t cohort, int delay) const { return cells_[Index(cohort, delay)]; }

 private:
  std::size_t Index(std::size_t cohort, int delay) const {
    return cohort * static_cast<std::size_t>(max_delay_ + 1) + static_cast<std::size_t>(delay);
  }
  int max_delay_;
  std::vector<double> cells_;
  std::vector<int> ages_;
};

constexpr int kWeekdays = 7;

// The fitted curve. Immutable; cheap to copy; safe to share between threads.
// Weekdays are counted 0..6 from any day of the week, the same one in all calls.
struct CompletionCurve {
  std::vector<double> reverse_hazard;  // g_j for j = 0..max_delay; g_0 is 1 by definition
  std::vector<double> denominator;     // N_j: the events that g_j was learned from
  std::vector<double> share_known;     // G(a) for a = 0..max_delay, relative to `tail_age`
  int tail_age = 0;       // A: the oldest age with at least `min_tail_events` behind it
  double dispersion = 1;  // phi = max(1, Pearson chi-square / degrees of freedom)
  // v_w: how many of the arrivals due on a weekday come; mean 1; all 1 where weekdays do not
  // differ.
  std::array<double, kWeekdays> weekday_factor{1, 1, 1, 1, 1, 1, 1};

  // G(a) of an average weekday; 1 from tail_age on; 0 below 0.
  double ShareKnown(int age_days) const;
  // G(a) of a cohort whose base day is this weekday.
  double ShareKnown(int age_days, int base_weekday) const;
  // g_j of such a cohort.
  double ReverseHazard(int delay, int base_weekday) const;
  // The squared relative standard error of G(a): phi * sum_{j > a} g_j / ((1 - g_j) N_j).
  double RelativeVariance(int age_days) const;
  // The delay by which half of the events are known, in days: G is taken at the middle of its day
  // and at 0 before the first. nullopt where it never reaches a half.
  std::optional<double> MedianDelay() const;
  // The curve is complete: its tail reaches the last delay, so shares are of the eventual total.
  bool Complete() const { return tail_age + 1 == static_cast<int>(share_known.size()); }
  bool KnowsWeekdays() const;
};

// Makes share_known follow from the reverse hazards, back from the tail.
void CompleteShares(CompletionCurve& curve);

// A curve drawn from what is known of it: g_j ~ Beta(N_j g_j / phi + .1, N_j (1 - g_j) / phi + .1).
CompletionCurve DrawCurve(const CompletionCurve& curve, Draws& draws);

struct CurveOptions {
  int last_cohorts = 45;        // the moving window; the newest cohorts of the triangle
  double min_tail_events = 30;  // events needed to trust the tail at an age
  double min_expected = 1;      // cells with less expectation stay out of the dispersion
  // The weekday of the triangle's first cohort; cohorts are days in a row. Absent: weekdays are not
  // looked at.
  std::optional<int> first_weekday = std::nullopt;
};

// Returns the curve, or nullopt when no age has min_tail_events behind it.
// Cost: cohorts x delays, some twenty times that with weekdays.
std::optional<CompletionCurve> FitCompletionCurve(const ArrivalTriangle& triangle,
                                                  const CurveOptions& options);

}  // namespace ripen::stats
