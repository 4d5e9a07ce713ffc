#include "json/exposure_json.h"

#include "json/json_writer.h"

namespace ripen::json {
namespace {

std::string ShareJson(const ExposureShare& share) {
  const bool known = share.share.has_value();
  return Object()
      .PutDay("from", share.from)
      .PutDay("to", share.to)
      .PutInt("shown", share.shown)
      .PutInt("of", share.of)
      .Put("share", known ? Rate(*share.share) : "null")
      .Put("low", known ? Rate(share.low) : "null")
      .Put("high", known ? Rate(share.high) : "null")
      .Done();
}

std::string ShareOrNull(const std::optional<ExposureShare>& share) {
  return share ? ShareJson(*share) : "null";
}

std::string CellJson(const ExposureCell& cell) {
  return Object()
      .Put("customer", SliceJson(cell.customer))
      .PutTextOrNull("item", cell.item)
      .PutBool("hidden", cell.hidden)
      .Put("now", ShareOrNull(cell.now))
      .Put("last_28_days", ShareOrNull(cell.last_28_days))
      .Put("before", ShareOrNull(cell.before))
      .Put("weeks", Array(Each(cell.weeks, ShareJson)))
      .Done();
}

}  // namespace

std::string ExposureJson(const ExposureReport& report) {
  return Object()
             .PutDay("as_of", report.as_of)
             .PutText("customer", report.customer)
             .PutText("item", report.item)
             .PutDay("from", report.from)
             .PutDay("to", report.to)
             .Put("cells", Lines(Each(report.cells, CellJson)))
             .Done() +
         "\n";
}

}  // namespace ripen::json
