#include "json/metric_json.h"

#include <variant>

#include "json/json_writer.h"

namespace ripen::json {
namespace {

struct StateWriter {
  Object& object;
  const Metric& metric;

  void operator()(const ConfirmedRate& state) const {
    object.PutText("maturity", "confirmed");
    object.PutInt("events", metric.events_so_far);
    object.PutRate("rate", state.rate).PutRate("low", state.low).PutRate("high", state.high);
    if (state.revised_from) object.PutBool("revised", true).PutRate("was", *state.revised_from);
  }
  void operator()(const ProvisionalRate& state) const {
    object.PutText("maturity", "provisional");
    object.PutInt("events_so_far", metric.events_so_far);
    object.PutRate("rate", state.rate).PutRate("low", state.low).PutRate("high", state.high);
    object.PutRate("arrived_share", state.arrived_share).PutDay("settles_on", state.settles_on);
    object.PutBool("borrowed", state.borrowed);
  }
  void operator()(const PendingRate& state) const {
    object.PutText("maturity", "pending");
    object.Put("rate", "null").PutText("reason", PendingReasonName(state.reason));
    object.PutInt("events_so_far", metric.events_so_far);
    object.PutRate("least", state.least).PutRate("most", state.most);
    object.PutDay("first_estimate_on", state.first_estimate_on);
    object.PutDay("settles_on", state.settles_on);
  }
};

}  // namespace

std::string_view MaturityName(Maturity maturity) {
  switch (maturity) {
    case Maturity::kConfirmed: return "confirmed";
    case Maturity::kProvisional: return "provisional";
    case Maturity::kPending: return "pending";
  }
  return "pending";
}

std::string MetricJson(const Metric& metric) {
  Object object;
  object.PutText("stage", metric.stage).Put("slice", SliceJson(metric.slice));
  object.PutDay("from", metric.from).PutDay("to", metric.to).PutInt("trials", metric.trials);
  std::visit(StateWriter{object, metric}, metric.state);
  return object.Done();
}

}  // namespace ripen::json
