// Names of groups: `age_group=25-34` -> "customers aged 25-34" / "Kundinnen und Kunden von 25 bis
// 34 Jahren". Attributes are recognised by their names in English and German; others get a form
// that names them as they are written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/check_report.h"
#include "model/slice.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

// What is known of an attribute by its name alone.
struct KnownAttribute {
  std::string id = "generic";  // "age", "region", ...: the part of the catalogue's keys
  AttributeKind kind = AttributeKind::kCustomer;
};
KnownAttribute RecogniseAttribute(std::string_view name);

// A value as it may be printed: control characters removed, cut at 60 characters.
std::string PrintableValue(std::string_view value);

// The parts of a slice's name, ready to be put into a sentence.
struct GroupWords {
  std::string people;   // "customers aged 25-34"; empty without customer attributes
  std::string items;    // "from the collection Winter"; empty without item attributes
  std::string context;  // "on phones"; empty without context attributes
};

class GroupNames {
 public:
  // `segments` (of the report) tell the kind of each attribute; the name decides where they do not.
  // Keeps references; both must outlive it.
  GroupNames(const Phrasebook& phrasebook, const std::vector<SegmentSummary>& segments)
      : phrasebook_(phrasebook), segments_(segments) {}

  std::string AttributeLabel(const std::string& attribute) const;  // "Age"
  // The same within a sentence: "age"; German keeps its capital.
  std::string AttributeWord(const std::string& attribute) const;
  std::string ValueLabel(const Segment& segment) const;     // "25-34", "not given"
  std::string NoOther(const std::string& attribute) const;  // "No other age group"
  AttributeKind KindOf(const std::string& attribute) const;
  GroupWords Words(const Slice& slice) const;
  // The group as a noun phrase that stands alone: "customers aged 25-34", "items from the
  // collection Winter, customers aged 25-34", "all customers".
  std::string Name(const Slice& slice) const;
  // The same as one of several item groups or customer groups would be called: "all customers" for
  // no customer attributes.
  std::string People(const Slice& slice) const;

 private:
  std::string Modifier(const Segment& segment) const;

  const Phrasebook& phrasebook_;
  const std::vector<SegmentSummary>& segments_;
};

}  // namespace ripen::wording
