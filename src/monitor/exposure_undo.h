// Takes named changes of exposure out of the counts.
//
// Model. A value whose share went from r to theta r gives the places it lost to the other values of
// the same cell in proportion to theirs. With n recommendations of a cell and day since the start,
// and the values K that were named in it,
//   named values:  x'_v = x_v + n r_v (1 - theta_v)
//   the others:    x'_u = x_u - r_u / (1 - sum_K r) * sum_K n r_v (1 - theta_v),
// so that shares still sum to one. theta_v is measured on the value's own counts, which makes two
// values that change places two causes and leaves the rest alone. Several changes of one value add.
// Worked value. Four values of .25 each, of 100: one falls to 10 and the others rise to 30. theta =
// .4: it gets 15 back, and each other one loses 5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "monitor/causes.h"
#include "monitor/rate_streams.h"

namespace ripen::monitor {

class ExposureUndo {
 public:
  // The streams of an ExposureView, which must outlive it.
  explicit ExposureUndo(const RateStreams& streams);

  // Measures the change of a named stream and writes counts with it and all earlier ones undone.
  // `undone`: what the last call wrote, or the counts as they are.
  Cause Undo(const Reading& reading, FamilyEvents& undone);

 private:
  double MeasureRatio(const Reading& reading, const std::vector<bool>& inside,
                      const std::vector<double>& reference) const;
  void Write(FamilyEvents& undone) const;

  const RateStreams& streams_;
  std::vector<double> taken_;      // by entry of a named value: n r (1 - theta) of its changes
  std::vector<bool> named_;        // by entry
  std::vector<double> reference_;  // by cell: r before the last change named in its customer cell
};

}  // namespace ripen::monitor
