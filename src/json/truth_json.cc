#include "json/truth_json.h"

#include "json/json_writer.h"
#include "json/metric_json.h"
#include "json/stage_json.h"

namespace ripen::json {
namespace {

std::string DayJson(const TruthDay& day) {
  return Object()
      .PutDay("day", day.shown)
      .PutText("maturity", MaturityName(day.maturity))
      .PutInt("trials", day.trials)
      .PutRate("arrived_share", day.arrived_share)
      .PutDay("first_estimate_on", day.first_estimate_on)
      .PutDay("settles_on", day.settles_on)
      .Done();
}

std::string TruthStageJson(const TruthStage& stage) {
  return StageObject(stage.summary)
      .PutDay("last_arrival", stage.last_arrival)
      .PutDay("late_since", stage.late_since)
      .Put("days", Lines(Each(stage.days, DayJson)))
      .Done();
}

std::string NextJson(const NextAnswer& next) {
  return Object()
      .PutDay("on", next.on)
      .PutText("stage", next.stage)
      .PutDay("from", next.from)
      .PutDay("to", next.to)
      .PutText("what", next.confirmed ? "confirmed" : "first_estimate")
      .Done();
}

}  // namespace

std::string TruthJson(const Truth& truth) {
  return Object()
             .PutDay("as_of", truth.as_of)
             .Put("slice", SliceJson(truth.slice))
             .Put("stages", Lines(Each(truth.stages, TruthStageJson)))
             .Put("next", Lines(Each(truth.next, NextJson)))
             .Done() +
         "\n";
}

}  // namespace ripen::json
