#include "json/side_by_side_json.h"

#include "json/json_writer.h"

namespace ripen::json {
namespace {

std::string ArmJson(const SideArm& arm, bool compared) {
  return Object()
      .PutTextOrNull("value", arm.value)
      .PutInt("trials", arm.trials)
      .PutInt("events", arm.events)
      .Put("rate", compared ? Rate(arm.rate) : "null")
      .Done();
}

std::string NamesJson(const std::vector<std::string>& names) {
  return Array(Each(names, [](const std::string& name) { return Quoted(name); }));
}

}  // namespace

std::string SideBySideJson(const SideBySide& comparison, const SideMessageOf& message_of) {
  const bool compared = comparison.difference && comparison.low && comparison.high;
  return Object()
      .PutText("attribute", comparison.attribute)
      .PutText("stage", comparison.stage)
      .Put("arm", ArmJson(comparison.arm, compared))
      .Put("against", ArmJson(comparison.against, compared))
      .PutTextOrNull("reason", comparison.refused
                                   ? std::optional(NotSideBySideName(*comparison.refused))
                                   : std::nullopt)
      .PutTextOrNull("verdict", comparison.verdict
                                    ? std::optional(SidesVerdictName(*comparison.verdict))
                                    : std::nullopt)
      .PutDay("from", comparison.from)
      .PutDay("to", comparison.to)
      .PutInt("days", comparison.days)
      .PutDay("first_on", comparison.first_on)
      .Put("difference", compared ? Object()
                                        .PutRate("value", *comparison.difference)
                                        .PutRate("low", *comparison.low)
                                        .PutRate("high", *comparison.high)
                                        .Done()
                                  : "null")
      .PutRate("level", comparison.level)
      .Put("evidence", compared ? Number(comparison.evidence) : "null")
      .Put("highest_evidence", compared ? Number(comparison.highest_evidence) : "null")
      .PutDay("claimed_with", comparison.claimed_with)
      .PutDay("claimed_on", comparison.claimed_on)
      .Put("held_same", NamesJson(comparison.held_same))
      .Put("mix_differs", NamesJson(comparison.mix_differs))
      .Put("message", TextsJson(message_of(comparison)))
      .Done();
}

std::string SidesJson(const SidesReport& report, const SideMessageOf& message_of) {
  return Object()
             .PutDay("as_of", report.as_of)
             .PutText("stage", report.stage)
             .PutTextOrNull("attribute", report.attribute)
             .Put("comparisons", Lines(Each(report.comparisons,
                                            [&](const SideBySide& comparison) {
                                              return SideBySideJson(comparison, message_of);
                                            })))
             .Done() +
         "\n";
}

}  // namespace ripen::json
