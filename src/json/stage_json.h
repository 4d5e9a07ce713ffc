// A stage as known on one day, as JSON.
#pragma once

#include "json/json_writer.h"
#include "model/check_report.h"

namespace ripen::json {

// The members of a stage, to which a caller may add its own.
Object StageObject(const StageSummary& stage);

}  // namespace ripen::json
