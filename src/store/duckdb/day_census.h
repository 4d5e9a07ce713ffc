// Finds rows from the far future: days beyond the rest that hold next to nothing.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

namespace ripen::store {

// Days more than this beyond all earlier days are suspicious,
constexpr std::int32_t kFarDays = 60;
// and set aside where they hold less than this share of the rows
constexpr double kFarShare = 0.001;
// (and no more rows than can be named one by one).
constexpr std::size_t kMostFarRows = 20'000;

struct FarRow {
  std::int32_t src = 0;
  std::int64_t ordinal = 0;
  std::int32_t day = 0;
  std::int32_t column = 0;  // the caller's number for the column that named the day
};

// Counts rows by the latest day each of them names.
class DayCensus {
 public:
  void Add(const FarRow& row) {
    if (last_ == nullptr || last_day_ != row.day) {
      last_ = &days_[row.day];
      last_day_ = row.day;
    }
    ++rows_;
    ++last_->count;
    if (last_->too_many) return;
    last_->rows.push_back(row);
    if (last_->rows.size() == kMostFarRows) {
      std::vector<FarRow>().swap(last_->rows);
      last_->too_many = true;
    }
  }
  // The rows to set aside; what remains is the census of the rest.
  std::vector<FarRow> TakeFarRows();
  bool empty() const { return days_.empty(); }
  std::int32_t newest() const { return days_.rbegin()->first; }

 private:
  struct DayRows {
    std::int64_t count = 0;
    bool too_many = false;
    std::vector<FarRow> rows;
  };
  std::map<std::int32_t, DayRows> days_;
  std::int64_t rows_ = 0;
  DayRows* last_ = nullptr;
  std::int32_t last_day_ = 0;
};

}  // namespace ripen::store
