// Annotations over HTTP: reading them, telling one and taking one back.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/engine_view.h"
#include "server/exchange.h"
#include "server/problem.h"
#include "server/query.h"

namespace ripen::server {

constexpr std::string_view kAnnotationsPath = "/api/v1/annotations";

[[nodiscard]] Outcome<std::string> GetAnnotations(EngineView& engine, const Parameters& parameters);

// The annotation of /api/v1/annotations/{id}/take-back; nullopt for any other path.
std::optional<std::string> ParseTakeBack(std::string_view path);

// Keeps what is told and answers with it. Errors: 400 and 422 for a wrong body, 409 for one too
// many.
[[nodiscard]] Outcome<std::string> PostAnnotation(EngineView& engine, const std::string& body);
// Errors: 404 for an annotation that is not known, 409 for one of the configuration.
[[nodiscard]] Outcome<std::string> PostTakeBack(EngineView& engine, const std::string& id);

}  // namespace ripen::server
