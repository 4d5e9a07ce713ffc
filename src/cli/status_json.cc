#include "cli/status_json.h"

#include "json/input_json.h"
#include "json/json_writer.h"

namespace ripen::cli {

std::string StatusJson(const ledger::StoreStatus& status) {
  json::Object object;
  object.PutText("location", status.location)
      .PutInt("format_version", status.format_version)
      .PutInt("bytes", status.bytes)
      .PutDay("newest_day", status.newest_day)
      .PutDay("as_of", status.as_of)
      .Put("input", json::InputJson(status.input));
  return object.Done() + "\n";
}

}  // namespace ripen::cli
