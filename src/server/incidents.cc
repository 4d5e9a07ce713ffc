#include "server/incidents.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "json/incident_json.h"
#include "wording/finding_text.h"
#include "wording/incident_text.h"
#include "wording/phrasebook.h"

namespace ripen::server {
namespace {

tl::unexpected<Problem> ProblemWith(const Error& error) {
  Problem problem = ProblemOf(error);
  if (error.code == ErrorCode::kFailedPrecondition) problem.status = 409;
  return tl::unexpected<Problem>(std::move(problem));
}

json::IncidentWords WordsOf(const CheckReport& report) {
  json::IncidentWords words;
  words.message_of = [&report](const Finding& finding) {
    return wording::RenderAll(finding, report);
  };
  words.answers_of = [&report](const Incident& incident) {
    return json::IncidentWords::BothAnswers{
        wording::Answer(incident, report, wording::Phrasebook::For("en")),
        wording::Answer(incident, report, wording::Phrasebook::For("de"))};
  };
  return words;
}

}  // namespace

Outcome<std::string> GetIncidents(EngineView& engine, const Parameters& parameters) {
  auto as_of = parameters.Date("as_of");
  if (!as_of) return tl::unexpected<Problem>(std::move(as_of).error());
  const auto report = engine.Check(*as_of);
  if (!report) return ProblemWith(report.error());
  const auto incidents = engine.ReadIncidents(report->as_of);
  if (!incidents) return ProblemWith(incidents.error());
  return json::IncidentsJson(
      *incidents, WordsOf(*report),
      {wording::FalseAlarmText(incidents->record, wording::Phrasebook::For("en")),
       wording::FalseAlarmText(incidents->record, wording::Phrasebook::For("de"))});
}

Outcome<std::string> GetJudgements(EngineView& engine, const Parameters& /*parameters*/) {
  const auto judgements = engine.ReadJudgements();
  if (!judgements) return ProblemWith(judgements.error());
  return json::JudgementsJson(*judgements);
}

std::optional<JudgementTarget> ParseJudgementTarget(std::string_view path) {
  if (path.substr(0, kIncidentsPath.size()) != kIncidentsPath) return std::nullopt;
  path.remove_prefix(kIncidentsPath.size());
  if (path.empty() || path.front() != '/') return std::nullopt;
  path.remove_prefix(1);
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos || path.find('/', slash + 1) != std::string_view::npos) {
    return std::nullopt;
  }
  return JudgementTarget{std::string(path.substr(0, slash)), std::string(path.substr(slash + 1))};
}

Outcome<std::string> PostJudgement(EngineView& engine, const JudgementTarget& target,
                                   const std::string& body) {
  const auto action = ParseJudgementAction(target.action);
  if (!action) {
    return tl::unexpected<Problem>(
        Problem{404, ErrorCode::kNotFound,
                fmt::format("An incident can be given acknowledge, accept or false, not '{}'.",
                            Printable(target.action)),
                ""});
  }
  const auto note = json::ParseNote(body);
  if (!note) return ProblemWith(note.error());
  const auto report = engine.Check(std::nullopt);
  if (!report) return ProblemWith(report.error());
  const auto incident = engine.Judge(Printable(target.incident), *action, *note);
  if (!incident) return ProblemWith(incident.error());
  return json::IncidentJson(*incident, WordsOf(*report)) + "\n";
}

Outcome<std::string> PostJudgements(EngineView& engine, const std::string& body) {
  const auto judgements = json::ParseJudgements(body);
  if (!judgements) return ProblemWith(judgements.error());
  const auto taken = engine.TakeJudgements(*judgements);
  if (!taken) return ProblemWith(taken.error());
  const auto all = engine.ReadJudgements();
  if (!all) return ProblemWith(all.error());
  return json::JudgementsJson(*all);
}

}  // namespace ripen::server
