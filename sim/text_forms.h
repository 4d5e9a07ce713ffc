// How ids, moments, numbers and attribute values are written in a world's files.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sim/generator.h"
#include "sim/schema.h"
#include "sim/world.h"

namespace ripen::sim {

void AppendRecommendationId(std::string& out, const Recommendation& row, const Scenario& scenario);
void AppendCustomerId(std::string& out, std::int64_t customer);
void AppendItemId(std::string& out, std::int64_t item);
void AppendScore(std::string& out, int ten_thousandths, char decimal_mark);
// The list with the delimiter before it; nothing in a world without lists.
void AppendList(std::string& out, const Recommendation& row, char delimiter);

// Writes moments as the world's language has them: "2026-11-12T09:14:00Z" or "12.11.2026 09:14:00";
// with --dates-only the day alone.
class MomentForms {
 public:
  MomentForms(Language language, bool dates_only) : language_(language), dates_only_(dates_only) {}
  void Append(std::string& out, std::int64_t seconds);

 private:
  const std::string& DayText(std::int64_t day);

  Language language_;
  bool dates_only_;
  std::int64_t first_day_ = 0;
  std::vector<std::string> days_;  // by day - first_day_; made when first asked for
};

// The attributes of one kind as they are in a CSV row: ",value,value".
class AttributeForms {
 public:
  AttributeForms(const WorldOptions& options, AttributeKind kind);
  void AppendNames(std::string& out) const;
  void AppendValues(std::string& out, const AttributeValues& values) const;

 private:
  struct Column {
    AttributeIndex attribute;
    std::string name;                 // with the delimiter before it
    std::vector<std::string> values;  // likewise
  };
  std::vector<Column> columns_;
};

}  // namespace ripen::sim
