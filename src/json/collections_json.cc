#include "json/collections_json.h"

#include "json/json_writer.h"
#include "json/metric_json.h"
#include "json/slice_json.h"

namespace ripen::json {
namespace {

template <typename T, typename Name>
std::optional<std::string> NameOrNull(const std::optional<T>& value, const Name& name) {
  return value ? std::optional(name(*value)) : std::nullopt;
}

std::string RatioJson(const std::optional<SwitchRatio>& ratio) {
  if (!ratio) return "null";
  return Object()
      .PutRate("value", ratio->value)
      .PutRate("low", ratio->low)
      .PutRate("high", ratio->high)
      .Done();
}

std::string SideJson(const std::optional<CollectionSide>& side) {
  if (!side) return "null";
  return Object()
      .PutDay("from", side->from)
      .PutDay("to", side->to)
      .PutInt("trials", side->trials)
      .PutInt("events", side->events)
      .PutRate("rate", side->rate)
      .Done();
}

std::string AudienceJson(const Audience& audience) {
  return Object()
      .PutText("attribute", audience.attribute)
      .Put("groups", Array(Each(audience.groups,
                                [](const AudienceGroup& group) {
                                  return Object()
                                      .PutTextOrNull("value", group.value)
                                      .PutRate("share", group.share)
                                      .PutRate("share_of_all", group.share_of_all)
                                      .Done();
                                })))
      .Done();
}

std::string CurveJson(const CollectionCurve& curve) {
  return Object()
      .PutText("stage", curve.stage)
      .Put("weeks", Array(Each(curve.weeks,
                               [](const CollectionWeek& week) {
                                 return Object()
                                     .PutInt("days_since_launch", week.days_since_launch)
                                     .Put("figure", MetricJson(week.figure))
                                     .Done();
                               })))
      .Done();
}

std::string CollectionJson(const Collection& collection) {
  return Object()
      .PutTextOrNull("value", collection.value)
      .PutText("launch", LaunchOriginName(collection.launch))
      .PutDay("launched_on", collection.launched_on)
      .PutDay("last_shown_on", collection.last_shown_on)
      .PutInt("days_live", collection.last_shown_on - collection.first_shown_on + 1)
      .PutInt("shown", collection.shown)
      .PutRate("share", collection.share)
      .Put("shares", Array(Each(collection.shares,
                                [](const CollectionShare& share) {
                                  return Object()
                                      .PutDay("from", share.from)
                                      .PutDay("to", share.to)
                                      .PutRate("share", share.share)
                                      .Done();
                                })))
      .Put("audience", Array(Each(collection.audience, AudienceJson)))
      .Put("curves", Array(Each(collection.curves, CurveJson)))
      .Done();
}

std::string LastYearJson(const std::optional<LastYear>& year) {
  if (!year) return "null";
  return Object()
      .PutDay("launched_on", year->launched_on)
      .PutTextOrNull("new_collection", year->new_collection)
      .PutTextOrNull("old_collection", year->old_collection)
      .Put("new", SideJson(year->new_side))
      .Put("old", SideJson(year->old_side))
      .Done();
}

std::string GroupJson(const GroupReception& group, const BothLines& message) {
  return Object()
      .Put("slice", SliceJson(group.slice))
      .PutRate("old", group.rate_old)
      .PutRate("new", group.rate_new)
      .Put("change", group.change ? Rate(*group.change) : "null")
      .Put("ratio", RatioJson(group.ratio))
      .PutText("verdict", ReceptionName(group.verdict))
      .Put("message", LinesJson(message))
      .Done();
}

std::string ComparisonJson(const CollectionSwitch& change, const SwitchStage& stage,
                           const CollectionComparison& comparison, const CollectionsWords& words) {
  const bool refused = comparison.refused.has_value();
  return Object()
      .PutText("kind", SwitchComparisonName(comparison.kind))
      .PutText("state", refused ? "not_comparable" : "comparable")
      .PutTextOrNull("reason", NameOrNull(comparison.refused, SwitchRefusalName))
      .PutDay("comparable_on", comparison.comparable_on)
      .PutInt("age_days", comparison.age_days)
      .PutInt("days", comparison.days)
      .Put("new", SideJson(comparison.new_side))
      .Put("old", SideJson(comparison.old_side))
      .PutTextOrNull("figure_of",
                     refused ? std::nullopt
                             : std::optional<std::string>(comparison.of_odds ? "odds" : "rates"))
      .Put("ratio", RatioJson(comparison.ratio))
      .PutRate("level", comparison.level)
      .PutTextOrNull("verdict", NameOrNull(comparison.verdict, SwitchVerdictName))
      .Put("support", comparison.support ? Rate(*comparison.support) : "null")
      .Put("held_same",
           Array(Each(comparison.held_same, [](const std::string& name) { return Quoted(name); })))
      .Put("last_year", LastYearJson(comparison.last_year))
      .Put("groups", Array(Each(comparison.groups,
                                [&](const GroupReception& group) {
                                  return GroupJson(group, words.of_group(change, stage, group));
                                })))
      .Put("message", TextsJson(words.of_comparison(change, stage, comparison)))
      .Done();
}

std::string StageJson(const CollectionSwitch& change, const SwitchStage& stage,
                      const CollectionsWords& words) {
  return Object()
      .PutText("stage", stage.stage)
      .Put("worse_is_more", stage.worse_is_more ? "true" : "false")
      .Put("comparisons", Array(Each(stage.comparisons,
                                     [&](const CollectionComparison& comparison) {
                                       return ComparisonJson(change, stage, comparison, words);
                                     })))
      .Done();
}

std::string SwitchJson(const CollectionSwitch& change, Day as_of, const CollectionsWords& words) {
  return Object()
      .PutTextOrNull("new_collection", change.new_collection)
      .PutTextOrNull("old_collection", change.old_collection)
      .PutDay("launched_on", change.launched_on)
      .PutDay("old_launched_on", change.old_launched_on)
      .PutInt("days_since_launch", as_of - change.launched_on)
      .Put("message", TextsJson(words.of_switch(change)))
      .Put("stages",
           Array(Each(change.stages,
                      [&](const SwitchStage& stage) { return StageJson(change, stage, words); })))
      .Done();
}

}  // namespace

std::string CollectionsJson(const CollectionsReport& report, const CollectionsWords& words) {
  return Object()
             .PutDay("as_of", report.as_of)
             .PutTextOrNull("attribute", report.attribute)
             .PutTextOrNull("reason", NameOrNull(report.reason, NoCollectionsName))
             .Put("message", TextsJson(words.report))
             .Put("collections", Lines(Each(report.collections, CollectionJson)))
             .Put("switches", Lines(Each(report.switches,
                                         [&](const CollectionSwitch& change) {
                                           return SwitchJson(change, report.as_of, words);
                                         })))
             .Done() +
         "\n";
}

}  // namespace ripen::json
