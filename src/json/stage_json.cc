#include "json/stage_json.h"

namespace ripen::json {

Object StageObject(const StageSummary& stage) {
  Object object;
  object.PutText("stage", stage.stage.name).PutText("of", stage.stage.of);
  object.PutInt("window_days", stage.stage.window_days);
  object.PutInt("lateness_days", stage.stage.lateness_days);
  object.PutText("direction", stage.stage.direction == Direction::kMoreIsBetter ? "more_is_better"
                                                                                : "more_is_worse");
  object.PutBool("given", stage.given).PutBool("has_outcome_times", stage.has_outcome_times);
  object.PutDay("confirmed_through", stage.confirmed_through);
  object.PutRate("confirmed_share", stage.confirmed_share);
  return object;
}

}  // namespace ripen::json
