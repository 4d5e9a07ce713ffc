#include "store/duckdb/day_census.h"

namespace ripen::store {

std::vector<FarRow> DayCensus::TakeFarRows() {
  std::vector<FarRow> far;
  auto cut = days_.end();
  std::int64_t beyond = 0;
  bool named = true;
  for (auto day = days_.end(); day != days_.begin();) {
    --day;
    beyond += day->second.count;
    named = named && !day->second.too_many;
    if (!named || static_cast<double>(beyond) >= kFarShare * static_cast<double>(rows_)) break;
    if (day == days_.begin()) break;
    auto before = day;
    --before;
    if (day->first - before->first > kFarDays) cut = day;
  }
  for (auto day = cut; day != days_.end(); ++day) {
    far.insert(far.end(), day->second.rows.begin(), day->second.rows.end());
    rows_ -= day->second.count;
  }
  days_.erase(cut, days_.end());
  last_ = nullptr;
  return far;
}

}  // namespace ripen::store
