#include "server/api.h"

#include <algorithm>

#include "server/service_json.h"

namespace ripen::server {
namespace {

Outcome<std::string> GetHealth(EngineView&, const Parameters&) { return HealthJson(); }

Outcome<std::string> GetReadiness(EngineView& engine, const Parameters&) {
  const auto status = engine.Status();
  if (!status) {
    return tl::unexpected<Problem>(
        Problem{503, ErrorCode::kUnavailable, status.error().message, ""});
  }
  return ReadinessJson();
}

const std::vector<ApiRoute>& Routes() {
  static const std::vector<ApiRoute> routes = {
      {"/healthz", {}, false, GetHealth},
      {"/readyz", {}, true, GetReadiness},
  };
  return routes;
}

}  // namespace

const ApiRoute* FindApiRoute(std::string_view path) {
  const auto found = std::find_if(Routes().begin(), Routes().end(),
                                  [&](const ApiRoute& route) { return route.path == path; });
  return found == Routes().end() ? nullptr : &*found;
}

}  // namespace ripen::server
