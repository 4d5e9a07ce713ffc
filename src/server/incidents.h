// Incidents over HTTP: reading them, and what people decide about them.
#pragma once

#include <string>
#include <string_view>

#include "server/engine_view.h"
#include "server/exchange.h"
#include "server/problem.h"
#include "server/query.h"

namespace ripen::server {

constexpr std::string_view kIncidentsPath = "/api/v1/incidents";
constexpr std::string_view kJudgementsPath = "/api/v1/judgements";

[[nodiscard]] Outcome<std::string> GetIncidents(EngineView& engine, const Parameters& parameters);
[[nodiscard]] Outcome<std::string> GetJudgements(EngineView& engine, const Parameters& parameters);

// The incident and the action of /api/v1/incidents/{id}/{action}; nullopt for any other path.
struct JudgementTarget {
  std::string incident;
  std::string action;
};
std::optional<JudgementTarget> ParseJudgementTarget(std::string_view path);

// Notes the decision and answers with the incident. Errors: 404 for an incident or action that does
// not exist, 409 for an incident that is over, 400 for a wrong body.
[[nodiscard]] Outcome<std::string> PostJudgement(EngineView& engine, const JudgementTarget& target,
                                                 const std::string& body);
// Takes judgements that another store gave out; those known are passed over.
[[nodiscard]] Outcome<std::string> PostJudgements(EngineView& engine, const std::string& body);

}  // namespace ripen::server
