// Which group a change comes from, as found by the search over all attributes, and what was checked
// beside it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/slice.h"

namespace ripen {

// What was found of an attribute that a reader would suspect: model, placement, device, collection.
enum class SuspectVerdict {
  kSameEverywhere,  // the change is the same for every value
  kOnlyWith,        // the change is there with one value alone
  kStrongerWith,    // it differs between values, and is strongest with one
  kSwitched,        // one value took over what the group was shown when the change began
  kTooFew,          // not enough outcomes to tell
};
std::string SuspectVerdictName(SuspectVerdict verdict);  // "same_everywhere", ...

struct Suspect {
  std::string attribute;
  SuspectVerdict verdict = SuspectVerdict::kTooFew;
  std::optional<AttributeValue> value;  // the one that the verdict names
  // Its share of what the group was shown before and since.
  std::optional<double> share_before;
  std::optional<double> share_since;
};

struct Responsible {
  Slice slice;        // the finding's, or a narrower one
  double before = 0;  // its rate as expected from before, for what it was shown since
  double after = 0;   // its rate since
  double score = 0;   // of the scan, log likelihood less the price of its attributes
  // Attributes inside which the change is the same everywhere.
  std::vector<std::string> same_in;
  // Other slices that explain the change about as well.
  std::vector<Slice> competitors;
  // Where the change consists of several parts of the group: all of them, the slice first.
  std::vector<Slice> parts;
  std::vector<Suspect> suspects;      // by attribute
  std::vector<std::string> searched;  // all attributes of the search
};

}  // namespace ripen
