// Which customer groups take a new collection otherwise than all others do.
//
// For every group that may be shown: the change of its odds from the four weeks before the launch
// to the whole weeks since, over the same change of all others
// (stats/difference_in_differences.h). The clearest group whose range leaves out 1 is named and
// then taken out of everybody's others, so that those who did not change are not called better for
// it; then the next, at most four. Ranges hold on all days together for all groups of the
// comparison at once, with a chance of 95 %.
#pragma once

#include <vector>

#include "monitor/switch_data.h"

namespace ripen::monitor {

struct ReceptionDays {
  std::size_t new_value = 0;
  std::size_t old_value = 0;
  std::vector<std::size_t> since;   // days of the new collection
  std::vector<std::size_t> before;  // of the old one
};

constexpr double kReceptionAlpha = .05;  // of all groups together

// The worst received first, then by verdict and ratio. Empty: no attribute of customers with two
// groups that may be shown. `worse_is_more`: of the stage. Cost: cells x days x attributes, at most
// five times.
std::vector<GroupReception> ReadReceptions(const SwitchData& data, const ReceptionDays& days,
                                           bool worse_is_more);

}  // namespace ripen::monitor
