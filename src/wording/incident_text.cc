#include "wording/incident_text.h"

#include "wording/finding_writer.h"

namespace ripen::wording {

IncidentAnswers Answer(const Incident& incident, const CheckReport& report,
                       const Phrasebook& phrasebook) {
  return FindingWriter(incident.finding, report, phrasebook).Answers(incident);
}

std::string FalseAlarmText(const FalseAlarmRecord& record, const Phrasebook& phrasebook) {
  const Args counts{phrasebook.CountArg("raised", record.raised),
                    phrasebook.CountArg("looks", record.looks)};
  if (record.raised == 0) return phrasebook.Say("incident.record.no_alarm", counts);
  if (record.judged == 0) return phrasebook.Say("incident.record.not_judged", counts);
  Args args = counts;
  args.push_back(phrasebook.CountArg("judged", record.judged));
  args.push_back(phrasebook.CountArg("false_alarms", record.judged_false));
  args.emplace_back("range",
                    phrasebook.InHundredRange(record.low.value_or(0), record.high.value_or(1)));
  return phrasebook.Say("incident.record.judged", args);
}

}  // namespace ripen::wording
