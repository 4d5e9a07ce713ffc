// The mean of records that belong together in clusters, such as the lists of one customer.
//
// Model. Clusters are independent draws, records within one are not. With s_u the sum and n_u the
// number of cluster u's records: mean m = sum s_u / sum n_u, and, linearised,
//   se^2 = C / (C - 1) sum (s_u - m n_u)^2 / (sum n_u)^2.
// For records in 0..1 the range is Wilson's (wilson.h) for as many trials as give this error,
// m (1 - m) / se^2, with Student's quantile of C - 1 degrees; where all clusters agree, for C
// trials. Cost of being wrong. Records counted as independent make ranges too narrow by the root of
// 1 + (n - 1) times their correlation. Fails when. There are few clusters (under 20, coverage falls
// below .85) or one holds most records. Source. Cochran 1977, Sampling Techniques, section 6.3;
// Cameron & Miller 2015, J. Human Resources 50:317-372, doi:10.3368/jhr.50.2.317. Worked value.
// Clusters (1, 2), (2, 2), (0, 1), (3, 4): m = 2/3, se = .135240.
#pragma once

#include <cstddef>
#include <span>

namespace ripen::stats {

struct ClusterSum {
  double sum = 0;
  double records = 0;
};

struct MeanRange {
  double mean = 0;
  double low = 0;
  double high = 1;
  double standard_error = 0;  // 0 with one cluster
};

// Requires: a record. Cost: the clusters, twice.
MeanRange ClusteredMean(std::span<const ClusterSum> clusters);

}  // namespace ripen::stats
