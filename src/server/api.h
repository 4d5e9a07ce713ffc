// The routes of api/openapi.yaml: which parameters each reads and how it is answered.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/engine_view.h"
#include "server/problem.h"
#include "server/query.h"

namespace ripen::server {

struct ApiRoute {
  std::string_view path;
  std::vector<std::string_view> parameters;
  bool asks_engine = true;  // false: answered at once, on the network thread
  // The body as JSON text.
  Outcome<std::string> (*answer)(EngineView& engine, const Parameters& parameters);
};

// nullptr where there is no such route.
const ApiRoute* FindApiRoute(std::string_view path);

}  // namespace ripen::server
