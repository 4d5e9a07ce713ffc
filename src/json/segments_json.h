// Which groups there are, as JSON.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/check_report.h"
#include "model/slice.h"

namespace ripen::json {

// A name as people read it, in every language.
struct Label {
  std::string en;
  std::string de;
};
// Words for an attribute and for one of its values; see wording::GroupNames.
struct SegmentLabels {
  std::function<Label(const std::string& attribute)> of_attribute;
  std::function<Label(const Segment& segment)> of_value;
};

// {"as_of","attributes":[{"name","kind","label":{"de","en"},"values":[{"value","label",
// "recommendations","hidden"}]}]}; a hidden value's recommendations are null.
std::string SegmentsJson(Day as_of, const std::vector<SegmentSummary>& segments,
                         const SegmentLabels& labels);

}  // namespace ripen::json
