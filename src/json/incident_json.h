// Incidents and what people decide about them, as JSON.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/comparison_json.h"
#include "json/finding_json.h"
#include "model/incident.h"
#include "model/message.h"

namespace ripen::json {

// Sentences, made by the caller.
struct IncidentWords {
  std::function<RenderedMessage(const Finding&)> message_of;
  struct BothAnswers {
    IncidentAnswers en;
    IncidentAnswers de;
  };
  std::function<BothAnswers(const Incident&)> answers_of;
};

std::string IncidentJson(const Incident& incident, const IncidentWords& words);
// {"as_of":...,"incidents":[...],"record":{...}}
std::string IncidentsJson(const IncidentReport& report, const IncidentWords& words,
                          const BothLines& record_message);

// {"judgements":[{"action","as_of","at","incident","note"}]}
std::string JudgementsJson(const std::vector<Judgement>& judgements);
constexpr std::size_t kMostJudgements = 100'000;
// What JudgementsJson wrote. Errors: kInvalidArgument naming the judgement, kOutOfRange for more
// than the bound.
[[nodiscard]] Result<std::vector<Judgement>> ParseJudgements(std::string_view body);

constexpr std::size_t kMostNoteBytes = 2000;
// The note of {"note":"..."}; an empty body or object is an empty note. Errors: kInvalidArgument
// for anything else, kOutOfRange for a longer note.
[[nodiscard]] Result<std::string> ParseNote(std::string_view body);

}  // namespace ripen::json
