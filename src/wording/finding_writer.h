// Writes one finding in one language. Used by finding_text.cc alone.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/check_report.h"
#include "model/incident.h"
#include "model/message.h"
#include "wording/group_name.h"
#include "wording/phrasebook.h"
#include "wording/stage_words.h"

namespace ripen::wording {

class FindingWriter {
 public:
  FindingWriter(const Finding& finding, const CheckReport& report, const Phrasebook& phrasebook);

  std::string TemplateName() const;
  MessageText Write();
  // The six answers of an incident whose finding this is.
  IncidentAnswers Answers(const Incident& incident);
  // The headline's clause, without capital and full stop, before clauses are closed.
  std::string Clause() const;

 private:
  // One per kind: what the details say beyond the headline.
  void RateDetails();
  void MixDetails();
  void VolumeDetails();
  void DelayDetails();
  void ExposureDetails();
  void FairnessDetails();
  void FairnessRates();  // of both groups
  void EstimateDetails();
  void DataDetails();
  void SignDetails();
  void LaunchDetails();

  std::string RateClause() const;
  std::string DataAttribute() const;
  std::string DataClause() const;
  std::string SignClause() const;
  std::string FairnessClause() const;
  std::string DataPrefix() const;  // "finding.data.stage_silent"
  bool IsEarly() const;            // a watch of its own: "First signs: ..."
  bool IsRecovery() const;         // says itself that a group is back to usual
  bool IsOver() const;             // another finding says so of this one
  bool RatesMovedToo() const;      // a group's own change beside a change of customers
  std::string MixPrefix() const;   // what changed: the customers, or the items shown
  std::optional<double> Ratio() const;
  // "finding.rate.click.less": the form that fits direction, ratio and certainty.
  std::string RateForm() const;

  void Add(const std::string& sentence);
  // "15 instead of 28 in 100" + ", since 11 Nov (...)." or what of it is known.
  void AddFigures(const std::string& figures);
  void AddCertainty();
  void AddOverall();
  void AddOthers();
  // Where in the group the change sits, and what was checked beside it.
  void AddWhere();
  void AddSuspect(const Suspect& suspect);
  std::string NamesOf(const std::vector<Slice>& slices) const;
  void AddShadow();

  // What the calls of `add` said, as one text.
  std::string Collect(const std::function<void()>& add);
  void AddGroup();
  std::string CheckNext() const;
  std::string CostText(const IncidentCost& cost) const;

  const Finding* FindById(const std::string& id) const;
  const Metric* ConfirmedTotal() const;
  std::string Date(Day day) const { return phrasebook_.Date(day, report_.as_of); }
  std::string StageOr(const std::string& fallback) const {
    return finding_.stage.value_or(fallback);
  }
  std::string StageId() const { return StageWords::Id(StageOr("")); }
  Args StageArgs() const { return stages_.StageArgs(StageOr("")); }

  const Finding& finding_;
  const CheckReport& report_;
  const Phrasebook& phrasebook_;
  GroupNames names_;
  StageWords stages_;
  std::vector<std::string> details_;
};

}  // namespace ripen::wording
