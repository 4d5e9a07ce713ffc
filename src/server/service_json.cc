#include "server/service_json.h"

#include <fmt/format.h>

namespace ripen::server {

std::string HealthJson() {
  return fmt::format("{{\"ripen\":\"{}\",\"status\":\"ok\"}}\n", RIPEN_VERSION);
}

std::string ReadinessJson() { return "{\"status\":\"ready\"}\n"; }

}  // namespace ripen::server
