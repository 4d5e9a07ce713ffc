// Groups whose outcomes come at other speeds: completion curves of their own.
//
// Model. Under one curve for all, the scores U_s = sum_d,j (x - X g_j) of an attribute's values s
// have variance V_s = sum X g_j (1 - g_j), and sum U_s^2 / (V_s phi) is chi-square with one degree
// less than values. Where it rejects at .001, every value gets hazards of its own, drawn towards
// the common ones on the logit scale by N / (N + 200). At most one attribute, the clearest. Cost of
// being wrong. A common curve completes slow groups too little and fast ones too much: by up to 60
// % on published hospitalisations by age, where the old are reported late. Fails when. Speeds
// differ by two attributes at once, or by one that is no adjustment attribute. Source. Cochran
// 1954, Biometrics 10:417-451, for the test; Buehlmann & Gisler 2005, section 2.5, for the
// shrinkage. Worked value. Hazards .5 over all and 60 of 100 in a group: logit(.6) * 1/3 = .1352, g
// = .5337.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "monitor/cube_index.h"
#include "stats/completion_curve.h"

namespace ripen::monitor {

struct StageArrivals;

struct OwnCurves {
  std::size_t column = 0;                        // of every family's key: an adjustment attribute
  std::vector<stats::CompletionCurve> curves;    // by value
  std::vector<std::vector<double>> share_known;  // by value and base day
};

// Requires: arrivals.curve. Base days that are not trusted teach nothing. Cost: the base family's
// rows once for each adjustment attribute.
std::optional<OwnCurves> LearnOwnCurves(const CubeIndex& index, std::size_t stage,
                                        const StageArrivals& arrivals);

// The hazard of a group: `events` of `known` had it, shrunk towards `common` on the logit scale.
double ShrunkHazard(double events, double known, double common);

}  // namespace ripen::monitor
