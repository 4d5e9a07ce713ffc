// Incidents in words.
#pragma once

#include <string>

#include "model/check_report.h"
#include "model/incident.h"
#include "model/message.h"
#include "wording/phrasebook.h"

namespace ripen::wording {

// `report`: of the day the incidents are read for; its figures and other findings give context.
IncidentAnswers Answer(const Incident& incident, const CheckReport& report,
                       const Phrasebook& phrasebook);

// How many alarms there were and how many were judged false, in a sentence.
std::string FalseAlarmText(const FalseAlarmRecord& record, const Phrasebook& phrasebook);

}  // namespace ripen::wording
