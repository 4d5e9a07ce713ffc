#include "json/incident_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/as_of.h"
#include "json/json_writer.h"
#include "json/metric_json.h"

namespace ripen::json {
namespace {

std::string AnswersJson(const IncidentAnswers& answers) {
  return Object()
      .PutText("what", answers.what)
      .PutText("who", answers.who)
      .PutText("since", answers.since)
      .PutText("sure", answers.sure)
      .PutTextOrNull("cost", answers.cost)
      .PutText("check_next", answers.check_next)
      .Done();
}

std::string StepJson(const IncidentStep& step) {
  return Object()
      .PutDay("on", step.on)
      .PutText("state", IncidentStateName(step.state))
      .Put("renamed_from", step.renamed_from ? SliceJson(*step.renamed_from) : "null")
      .Done();
}

std::string JudgementJson(const Judgement& judgement) {
  return Object()
      .PutText("incident", judgement.incident)
      .PutText("action", JudgementActionName(judgement.action))
      .PutDay("as_of", judgement.as_of)
      .PutText("at", judgement.at.Rfc3339())
      .PutText("note", judgement.note)
      .Done();
}

std::string CostJson(const IncidentCost& cost) {
  return Object()
      .Put("lost", Number(cost.lost))
      .Put("lost_low", Number(cost.lost_low))
      .Put("lost_high", Number(cost.lost_high))
      .PutInt("value", cost.value)
      .PutInt("value_low", cost.value_low)
      .PutInt("value_high", cost.value_high)
      .PutInt("value_a_week", cost.value_a_week)
      .PutText("currency", cost.currency)
      .PutText("maturity", MaturityName(cost.maturity))
      .Done();
}

tl::unexpected<Error> BadJudgement(std::size_t number, std::string_view why) {
  return Fail(ErrorCode::kInvalidArgument, fmt::format("Judgement {}: {}", number, why));
}

}  // namespace

std::string IncidentJson(const Incident& incident, const IncidentWords& words) {
  const IncidentWords::BothAnswers answers = words.answers_of(incident);
  return Object()
      .PutText("id", incident.id)
      .PutText("state", IncidentStateName(incident.state))
      .PutDay("opened_on", incident.opened_on)
      .PutDay("last_seen", incident.last_seen)
      .PutDay("acknowledged_on", incident.acknowledged_on)
      .PutDay("closed_on", incident.closed_on)
      .PutDay("recovered_on", incident.recovered_on)
      .PutTextOrNull("merged_into", incident.merged_into)
      .Put("finding", FindingJson(incident.finding, words.message_of))
      .Put("history", Array(Each(incident.history, StepJson)))
      .Put("judgements", Array(Each(incident.judgements, JudgementJson)))
      .Put("cost", incident.cost ? CostJson(*incident.cost) : "null")
      .Put("answers",
           Object().Put("en", AnswersJson(answers.en)).Put("de", AnswersJson(answers.de)).Done())
      .Done();
}

std::string IncidentsJson(const IncidentReport& report, const IncidentWords& words,
                          const BothLines& record_message) {
  const FalseAlarmRecord& record = report.record;
  return Object()
             .PutDay("as_of", report.as_of)
             .Put("incidents", Lines(Each(report.incidents,
                                          [&](const Incident& incident) {
                                            return IncidentJson(incident, words);
                                          })))
             .Put("record", Object()
                                .PutInt("raised", record.raised)
                                .PutInt("judged", record.judged)
                                .PutInt("judged_false", record.judged_false)
                                .PutRate("share", record.share)
                                .PutRate("low", record.low)
                                .PutRate("high", record.high)
                                .PutDay("first_look", record.first_look)
                                .PutInt("looks", record.looks)
                                .Put("message", Object()
                                                    .PutText("en", record_message.en)
                                                    .PutText("de", record_message.de)
                                                    .Done())
                                .Done())
             .Done() +
         "\n";
}

std::string JudgementsJson(const std::vector<Judgement>& judgements) {
  return Object().Put("judgements", Lines(Each(judgements, JudgementJson))).Done() + "\n";
}

Result<std::vector<Judgement>> ParseJudgements(std::string_view body) {
  const auto document = nlohmann::json::parse(body, nullptr, false);
  const auto list = document.is_object() ? document.find("judgements") : document.end();
  if (!document.is_object() || list == document.end() || !list->is_array()) {
    return Fail(ErrorCode::kInvalidArgument,
                R"(The body must be a JSON object like {"judgements":[...]}.)");
  }
  if (list->size() > kMostJudgements) {
    return Fail(ErrorCode::kOutOfRange,
                fmt::format("The body holds {} judgements; {} are the most.", list->size(),
                            kMostJudgements));
  }
  std::vector<Judgement> judgements;
  for (const auto& object : *list) {
    const auto text_of = [&](const char* key) {
      const auto at = object.is_object() ? object.find(key) : object.end();
      const bool is_text = object.is_object() && at != object.end() && at->is_string();
      return is_text ? at->template get<std::string>() : std::string();
    };
    const std::size_t number = judgements.size() + 1;
    const std::string incident = text_of("incident");
    const auto action = ParseJudgementAction(text_of("action"));
    const auto as_of = Day::Parse(text_of("as_of"));
    const auto at = ParseMoment(text_of("at"));
    const std::string note = text_of("note");
    const bool is_id = incident.size() == 12 &&
                       incident.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!is_id) return BadJudgement(number, "incident must be an id of 12 hex digits");
    if (!action) return BadJudgement(number, "action must be acknowledge, accept or false");
    if (!as_of) return BadJudgement(number, as_of.error().message);
    if (!at) return BadJudgement(number, at.error().message);
    if (note.size() > kMostNoteBytes) return BadJudgement(number, "note is too long");
    judgements.push_back({incident, *action, *as_of, *at, note});
  }
  return judgements;
}

Result<std::string> ParseNote(std::string_view body) {
  if (body.empty()) return std::string();
  const auto object = nlohmann::json::parse(body, nullptr, false);
  const auto note = object.is_object() ? object.find("note") : object.end();
  const bool known = object.is_object() && object.size() == (note == object.end() ? 0U : 1U);
  if (!known || (note != object.end() && !note->is_string())) {
    return Fail(ErrorCode::kInvalidArgument,
                R"(The body must be a JSON object like {"note":"Known: the sale."}.)");
  }
  if (note == object.end()) return std::string();
  const auto text = note->get<std::string>();
  if (text.size() > kMostNoteBytes) {
    return Fail(ErrorCode::kOutOfRange, fmt::format("The note has {} bytes; {} are the most.",
                                                    text.size(), kMostNoteBytes));
  }
  return text;
}

}  // namespace ripen::json
