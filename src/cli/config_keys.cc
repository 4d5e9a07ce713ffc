#include "cli/config_keys.h"

namespace ripen::cli {

const std::vector<ConfigKey>& ConfigKeys() {
  static const std::vector<ConfigKey> kKeys{
      {"", "seed", "1", "number from which every draw is made; the same seed gives the same bytes"},
      {"source", "columns", "{}", "role = column of the file; comes before the guess"},
      {"source", "timezone", "\"\"", "of times without an offset; \"\" = that of the report"},
      {"source", "date_order", "\"\"",
       "\"dmy\" or \"mdy\" for dates like 01/02/2026; \"\" sets such rows aside as ambiguous"},
      {"source", "where", "\"\"",
       "rows to read, like \"country = 'DE' and placement = 'home'\"; \"\" = all"},
      {"source", "stage", "\"\"",
       "stage of every outcome in a file of outcomes without a stage column"},
      {"report", "timezone", "\"UTC\"", "decides which day a recommendation belongs to"},
      {"report", "language", "\"en\"", "\"en\" or \"de\"; --lang comes before it"},
      {"report", "currency", "\"EUR\"", "of values, as three letters"},
      {"stages.NAME", "of", "\"shown\"", "what it counts from: \"shown\" or an earlier stage"},
      {"stages.NAME", "window", "1", "days of 24 hours in which an outcome counts; 1 to 400"},
      {"stages.NAME", "direction", "\"more_is_better\"",
       "or \"more_is_worse\": whether a rise is good news"},
      {"segments", "customer", "[]", "attributes of the customer; [] = guessed"},
      {"segments", "item", "[]", "attributes of the item; [] = guessed"},
      {"segments", "context", "[]",
       "attributes of the situation (model, placement, device); [] = guessed"},
      {"segments", "adjust", "[]",
       "attributes whose mix is held fixed when groups are compared; [] = chosen by rule"},
      {"segments", "fairness", "[]",
       "attributes whose best and worst groups are compared; [] = all of the customer"},
      {"segments", "fairness_pairs", "[]",
       "pairs of groups whose gap is watched, like [[\"age_group=25-34\", \"age_group=35-44\"]]"},
      {"segments", "bins", "{}",
       "numeric attribute = inner edges in its own unit, like { price = [20, 50, 100] }"},
      {"segments", "fallback", "[]",
       "values that mark a recommendation not made by the model, like [\"model=popular\"]; [] = "
       "guessed"},
      {"alerts", "false_alarm_every", "90",
       "days: at most one false alarm in so many, over everything; 1 to 3650"},
      {"alerts", "watch", "7", "days of evidence from which a sign is listed, never pushed; 1 up"},
      {"alerts", "slice_attributes", "3",
       "attributes that name a responsible group, at most; 1 to 3"},
      {"alerts", "key_segments", "[]",
       "groups that alarm sooner, like [\"age_group=25-34\"]; \"age_group=\" is the unknown age"},
      {"privacy", "smallest_group", "20",
       "distinct customers, else recommendations; smaller groups are never shown; 1 up"},
      {"privacy", "keep_days", "0", "days after which events may be deleted; 0 = for ever"},
      {"annotations", "day", "2026-04-01", "the first day of it, as shown"},
      {"annotations", "kind", "\"launch\"", "or \"campaign\", \"model_version\", \"other\""},
      {"annotations", "item", "\"\"", "what it is about, like \"collection=Summer\""},
      {"annotations", "title", "\"\"", "shown on every chart; \"\" = the value of item"},
      {"annotations", "note", "\"\"", "plain text, shown with the title"},
      {"annotations", "last_day", "\"\"", "the last day of a campaign, like 2026-04-14"},
      {"annotations", "new_epoch", "true",
       "whether everything is judged anew from that day on; default: a launch true, others false"},
      {"annotations", "told", "\"\"", "the day from which on it was known; \"\" = always"},
  };
  return kKeys;
}

}  // namespace ripen::cli
