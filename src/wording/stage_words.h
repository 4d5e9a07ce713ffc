// The words of a stage: click, purchase and return have their own, the user's own stages a generic
// form that quotes their name.
#pragma once

#include <string>
#include <vector>

#include "model/check_report.h"
#include "wording/group_name.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

class StageWords {
 public:
  // Keeps references; all must outlive it.
  StageWords(const Phrasebook& phrasebook, const std::vector<StageSummary>& stages)
      : phrasebook_(phrasebook), stages_(stages) {}

  // "click", "purchase", "return" or "other": the part of the catalogue's keys.
  static std::string Id(const std::string& stage);
  // What the stage counts from, as stage name: "shown", "purchase", ...
  std::string BaseOf(const std::string& stage) const;
  // "Clicked", "Bought"; the user's own name with a capital.
  std::string Label(const std::string& stage) const;
  // "clicks", "purchases"; a user's own stage in quotes.
  std::string Plural(const std::string& stage) const;
  // "15 in 100", "31 in 100 bought": a figure with its unit.
  std::string Figure(const std::string& stage, double rate) const;
  // The same for numbers that are ready.
  std::string FigureText(const std::string& stage, const std::string& number) const;
  // "15 instead of 28 in 100".
  std::string Instead(const std::string& stage, double now, double was) const;
  // The same for numbers that are ready.
  std::string InsteadText(const std::string& stage, const std::string& now,
                          const std::string& was) const;
  std::string SoFar(const std::string& stage, std::int64_t count, std::int64_t trials) const;
  // What happens to whom, as a plural noun phrase: "recommendations to customers aged 25-34",
  // "items bought by customers aged 25-34".
  std::string Subject(const std::string& stage, const Slice& slice, const GroupNames& names) const;
  // The arguments {stage} and {base} for messages, quoted.
  Args StageArgs(const std::string& stage) const;

 private:
  std::string BaseId(const std::string& stage) const;  // "shown", "click", "purchase" or "other"

  const Phrasebook& phrasebook_;
  const std::vector<StageSummary>& stages_;
};

}  // namespace ripen::wording
