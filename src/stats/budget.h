// The false-alarm budget: every watched stream's share of one false alarm in B days.
//
// Model. Streams are e-detectors with E[M] <= days; an alarm is M >= B / w. With weights that sum
// to at most 1 the expected number of false alarms up to day t is at most t / B on the whole
// dashboard, for any dependence between the streams and any number of them. Weights are fixed at
// the epoch's start and never chosen by outcome; what a kind or a group does not use is not given
// to another. Cost of being wrong. Ten times the streams cost 2.3 nats of evidence, typically under
// a day. Fails when. A stream's evidence is miscalibrated: the budget breaks in proportion to its
// weight. Source. Dandapanthula & Ramdas, arXiv:2501.04130 (error over patience); Shin, Ramdas &
// Rinaldo 2023, arXiv:2203.03532. Worked value. Of three stages the first has .35; its total .07,
// and one of five values of one of five attributes .35 * .5 / 25 = .007.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ripen::stats {

// Shares of the kinds of finding.
constexpr double kDelayWeight = .08;
constexpr double kExposureWeight = .10;
constexpr double kFairnessWeight = .08;
constexpr double kVolumeWeight = .04;

// Shares of the levels inside a stage's rates.
constexpr double kTotalShare = .20;
constexpr double kSingleShare = .50;
constexpr double kPairShare = .30;

// The weight of all rate streams of one stage: .35, .22 and .13 in a ladder of three, else .70
// split equally.
double RateStageWeight(std::size_t stage, std::size_t stages);

// Shares inside exposure: the values of the item attributes in what everybody was shown, missing
// values of every attribute, and customer group x item value.
constexpr double kExposureTotalShare = .15;
constexpr double kMissingShare = .05;
constexpr double kExposureCellShare = .80;

// Splits a level's weight over its members. `group_of`: the attribute (or pair of attributes) of
// each member, 0 .. groups - 1; the weight is split equally over the groups that have members, then
// over a group's members. `keys`: indices of the members that the user marked; where there are any
// they take half of the level among them, and the rest is split over all as before.
std::vector<double> SplitLevel(double level_weight, std::span<const std::size_t> group_of,
                               std::size_t groups, std::span<const std::size_t> keys);

}  // namespace ripen::stats
