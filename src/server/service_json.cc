#include "server/service_json.h"

#include "json/check_report_json.h"
#include "json/json_writer.h"

namespace ripen::server {

std::string HealthJson() {
  return json::Object().PutText("ripen", json::kRipenVersion).PutText("status", "ok").Done() + "\n";
}

std::string ReadinessJson() { return json::Object().PutText("status", "ready").Done() + "\n"; }

}  // namespace ripen::server
