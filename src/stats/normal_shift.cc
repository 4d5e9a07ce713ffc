#include "stats/normal_shift.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "stats/shiryaev_roberts.h"

namespace ripen::stats {
namespace {

// In standard deviations of a day: from a shift that shows in weeks to one that shows at once.
constexpr std::array<double, 3> kShiftScales{.5, 2, 8};

}  // namespace

double LogNormalShiftEvidence(double score, double information, double residual, double freedom,
                              double shift_scale) {
  const double gain = shift_scale * shift_scale * information;
  const double explained = shift_scale * shift_scale * score * score / ((1 + gain) * residual);
  return -.5 * std::log1p(gain) - .5 * freedom * std::log1p(-std::min(explained, 1 - 1e-12));
}

NormalShift FindNormalShift(std::span<const double> values, std::span<const std::size_t> block,
                            std::size_t blocks, const NormalShiftOptions& options) {
  const std::size_t days = values.size();
  NormalShift found{std::vector<double>(days, kNoEvidence), std::vector<double>(days)};
  std::vector<double> sum(blocks);
  std::vector<double> count(blocks);
  for (std::size_t day = 0; day < days; ++day) {
    sum[block[day]] += values[day];
    count[block[day]] += 1;
  }
  double residual = 0;
  double used_blocks = 0;
  for (const double size : count) used_blocks += size > 0;
  for (std::size_t day = 0; day < days; ++day) {
    const double distance = values[day] - sum[block[day]] / count[block[day]];
    residual += distance * distance;
  }
  const double freedom = static_cast<double>(days) - used_blocks;
  residual = std::max(residual, freedom * options.least_variance);
  const std::size_t oldest = days > options.last_starts ? days - options.last_starts : 0;
  const std::size_t first = std::max(oldest, options.reference_days);
  if (first >= days || freedom < 2 || residual <= 0) return found;

  std::vector<double> since(blocks);  // days of each block from the start on
  double score = 0;
  for (std::size_t start = days; start-- > first;) {
    const std::size_t own = block[start];
    since[own] += 1;
    score += values[start] - sum[own] / count[own];
    double information = 0;
    for (std::size_t at = 0; at < blocks; ++at) {
      if (count[at] > 0) information += since[at] * (count[at] - since[at]) / count[at];
    }
    if (information <= 0) continue;
    std::array<double, kShiftScales.size()> logs{};
    for (std::size_t scale = 0; scale < kShiftScales.size(); ++scale) {
      logs[scale] =
          LogNormalShiftEvidence(score, information, residual, freedom, kShiftScales[scale]);
    }
    found.log_evidence[start] = LogSum(logs) - std::log(static_cast<double>(logs.size()));
    found.shift[start] = score / information;
  }
  return found;
}

}  // namespace ripen::stats
