#include "stats/clustered_mean.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

#include "stats/wilson.h"

namespace ripen::stats {

MeanRange ClusteredMean(std::span<const ClusterSum> clusters) {
  double sum = 0;
  double records = 0;
  double count = 0;
  for (const ClusterSum& cluster : clusters) {
    if (cluster.records <= 0) continue;
    sum += cluster.sum;
    records += cluster.records;
    ++count;
  }
  MeanRange range;
  range.mean = std::clamp(sum / records, 0.0, 1.0);
  if (count < 2) return range;
  double squares = 0;
  for (const ClusterSum& cluster : clusters) {
    const double apart = cluster.sum - range.mean * cluster.records;
    squares += apart * apart;
  }
  range.standard_error = std::sqrt(count / (count - 1) * squares) / records;
  const double spread = range.mean * (1 - range.mean);
  const double variance = range.standard_error * range.standard_error;
  // Rounding alone makes an error of clusters that all agree.
  const bool agree = variance < 1e-18 || spread < 1e-12;
  const double quantile =
      boost::math::quantile(boost::math::students_t_distribution<double>(count - 1), .95);
  const RateInterval interval =
      WilsonInterval(range.mean, agree ? count : spread / variance, quantile);
  range.low = interval.low;
  range.high = interval.high;
  return range;
}

}  // namespace ripen::stats
