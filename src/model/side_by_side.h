// Two versions shown on the same days, compared as often as one likes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "model/slice.h"

namespace ripen {

// Why two values cannot be compared. Wording turns it into a sentence; JSON prints the name.
enum class NotSideBySide {
  kStageNotGiven,  // the data hold no such stage
  kNotSameDays,    // they were not shown on the same days
  kNotSettled,     // too few of their common days are settled yet
  kTooFew,         // too few outcomes, or too few common days
  kMixDiffers,     // their customers differ by something that cannot be held the same
};
std::string NotSideBySideName(NotSideBySide reason);  // "not_same_days", ...

enum class SidesVerdict {
  kMore,     // `value` has more outcomes than `against`
  kFewer,    // fewer
  kFaded,    // a difference could be claimed once; by now the range holds 0
  kNoneYet,  // no difference could be claimed so far
};
std::string SidesVerdictName(SidesVerdict verdict);  // "more", "fewer", "faded", "none_yet"

// One of the two, on the days compared.
struct SideArm {
  AttributeValue value;
  std::int64_t trials = 0;
  std::int64_t events = 0;
  // With the same weight on every day and group of customers as the other's.
  double rate = 0;
};

struct SideBySide {
  std::string attribute;
  std::string stage;
  SideArm arm;      // compared ...
  SideArm against;  // ... with the one shown most
  std::optional<NotSideBySide> refused;
  std::optional<SidesVerdict> verdict;  // where it is not refused
  // Days on which both were shown and whose outcomes are settled.
  std::optional<Day> from;
  std::optional<Day> to;
  int days = 0;
  // The first day from which something can be said, where only time is missing.
  std::optional<Day> first_on;
  // rate of `arm` less rate of `against`, with the range that holds at all times together with the
  // chance `level`.
  std::optional<double> difference;
  std::optional<double> low;
  std::optional<double> high;
  double level = .95;
  // Evidence against "both are the same": by now, and the highest so far. A difference can be
  // claimed from 1 / (1 - level) on. Capped at 1e6, 3 significant digits.
  double evidence = 1;
  double highest_evidence = 1;
  // The last day shown that the first claim rests on, and the morning on which it was settled.
  std::optional<Day> claimed_with;
  std::optional<Day> claimed_on;
  // Compared among customers with the same values of these attributes.
  std::vector<std::string> held_same;
  // Attributes by which the customers of the two differ, the largest difference first.
  std::vector<std::string> mix_differs;
};

struct SidesReport {
  Day as_of;
  std::string stage;
  std::optional<std::string> attribute;  // absent: every attribute of the context with few values
  std::vector<SideBySide> comparisons;   // by attribute, then the values shown most first
};

}  // namespace ripen
