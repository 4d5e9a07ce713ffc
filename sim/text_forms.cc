#include "sim/text_forms.h"

#include <fmt/format.h>

#include "base/day.h"
#include "sim/text_file.h"

namespace ripen::sim {

void AppendRecommendationId(std::string& out, const Recommendation& row, const Scenario& scenario) {
  out += scenario.new_id_form && row.after_change ? "v2:" : "r-";
  AppendPadded(out, row.number, 8);
}

void AppendCustomerId(std::string& out, std::int64_t customer) {
  out += "c-";
  AppendPadded(out, customer + 1, 6);
}

void AppendItemId(std::string& out, std::int64_t item) {
  out += "i-";
  AppendPadded(out, item + 1, 4);
}

void AppendScore(std::string& out, int ten_thousandths, char decimal_mark) {
  out.push_back('0');
  out.push_back(decimal_mark);
  AppendPadded(out, ten_thousandths, 4);
}

void AppendList(std::string& out, const Recommendation& row, char delimiter) {
  if (row.list == 0) return;
  out.push_back(delimiter);
  out += "l-";
  out += std::to_string(row.list);
}

const std::string& MomentForms::DayText(std::int64_t day) {
  if (days_.empty()) first_day_ = day;
  // Moments before the first one asked for are rare: corrections of it at most.
  if (day < first_day_) {
    days_.insert(days_.begin(), static_cast<std::size_t>(first_day_ - day), std::string());
    first_day_ = day;
  }
  const auto index = static_cast<std::size_t>(day - first_day_);
  if (index >= days_.size()) days_.resize(index + 1);
  std::string& text = days_[index];
  if (text.empty()) {
    const Day date(static_cast<std::int32_t>(day));
    text = language_ == Language::kGerman
               ? fmt::format("{:02}.{:02}.{:04}", date.day_of_month(), date.month(), date.year())
               : date.Iso();
  }
  return text;
}

void MomentForms::Append(std::string& out, std::int64_t seconds) {
  const std::int64_t day = seconds / kSecondsPerDay;  // never before 1970
  out += DayText(day);
  if (dates_only_) return;
  const auto rest = static_cast<int>(seconds - day * kSecondsPerDay);
  const auto two = [&out](int value) {
    out.push_back(static_cast<char>('0' + value / 10));
    out.push_back(static_cast<char>('0' + value % 10));
  };
  out.push_back(language_ == Language::kGerman ? ' ' : 'T');
  two(rest / 3'600);
  out.push_back(':');
  two(rest / 60 % 60);
  out.push_back(':');
  two(rest % 60);
  if (language_ == Language::kEnglish) out.push_back('Z');
}

AttributeForms::AttributeForms(const WorldOptions& options, AttributeKind kind) {
  const char delimiter = Columns(options.language).delimiter;
  for (const AttributeIndex attribute : WrittenAttributes(options)) {
    if (Attributes()[attribute].kind != kind) continue;
    Column column{
        attribute, delimiter + std::string(AttributeName(attribute, options.language)), {}};
    for (std::size_t value = 0; value < Attributes()[attribute].values.size(); ++value) {
      column.values.push_back(delimiter +
                              std::string(ValueName(attribute, value, options.language)));
    }
    columns_.push_back(std::move(column));
  }
}

void AttributeForms::AppendNames(std::string& out) const {
  for (const Column& column : columns_) out += column.name;
}

void AttributeForms::AppendValues(std::string& out, const AttributeValues& values) const {
  for (const Column& column : columns_) out += column.values[values[column.attribute]];
}

}  // namespace ripen::sim
