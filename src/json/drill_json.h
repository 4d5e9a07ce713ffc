// The drill as JSON: what is asked, how far it is and what came out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/drill.h"

namespace ripen::json {

// The words of a result, in one language.
struct DrillWords {
  std::string headline;
  std::vector<std::string> details;
  std::vector<std::string> table;
};

std::string DrillRequestJson(const DrillRequest& request);
// An object with `stage`, `change` and perhaps `slice`, `days`, `as_of`. Errors: kInvalidArgument
// for anything else, with a sentence.
[[nodiscard]] Result<DrillRequest> ParseDrillRequest(std::string_view json);

std::string DrillJson(const DrillReport& report, const DrillWords& en, const DrillWords& de);

// The state of a drill on a server.
struct DrillState {
  std::string id;
  std::string state;  // "waiting", "running", "done", "failed"
  double progress = 0;
  std::optional<std::string> reason;
  std::string result;  // DrillJson; empty until it is done
};
std::string DrillAnswerJson(const DrillState& state);

// What the command line reads of a server's answer.
struct DrillReply {
  DrillState state;
  DrillWords en;
  DrillWords de;
};
// Errors: kUnavailable for a text that is no such answer.
[[nodiscard]] Result<DrillReply> ParseDrillReply(std::string_view json);
// The `detail` of a problem document; the text itself where it is none.
std::string ProblemDetail(std::string_view json);

}  // namespace ripen::json
