#include "json/finding_json.h"

#include "json/json_writer.h"
#include "json/metric_json.h"

namespace ripen::json {
namespace {

std::string TextJson(const MessageText& text) {
  return Object()
      .PutText("headline", text.headline)
      .Put("details", Array(Each(text.details, Quoted)))
      .Done();
}

std::string MessageJson(const RenderedMessage& message) {
  Object params;
  for (const auto& [key, value] : message.params) params.PutText(key, value);
  return Object()
      .PutText("template", message.template_name)
      .Put("params", params.Done())
      .Put("en", TextJson(message.en))
      .Put("de", TextJson(message.de))
      .Done();
}

std::string MixTermJson(const MixTerm& term) {
  return Object()
      .PutTextOrNull("value", term.value)
      .PutRate("share_before", term.share_before)
      .PutRate("share_after", term.share_after)
      .Done();
}

std::string NumberOrNull(const std::optional<double>& value) {
  return value ? Number(*value) : "null";
}

std::string SliceOrNull(const std::optional<Slice>& slice) {
  return slice ? SliceJson(*slice) : "null";
}

std::string SuspectJson(const Suspect& suspect) {
  Object object;
  object.PutText("attribute", suspect.attribute)
      .PutText("verdict", SuspectVerdictName(suspect.verdict));
  if (suspect.value) {
    object.PutTextOrNull("value", *suspect.value)
        .PutRate("share_before", suspect.share_before)
        .PutRate("share_since", suspect.share_since);
  }
  return object.Done();
}

std::string ResponsibleJson(const Responsible& responsible) {
  return Object()
      .Put("slice", SliceJson(responsible.slice))
      .PutRate("before", responsible.before)
      .PutRate("after", responsible.after)
      .Put("score", Number(responsible.score))
      .Put("same_in", Array(Each(responsible.same_in, Quoted)))
      .Put("competitors", Array(Each(responsible.competitors, SliceJson)))
      .Put("parts", Array(Each(responsible.parts, SliceJson)))
      .Put("suspects", Array(Each(responsible.suspects, SuspectJson)))
      .Put("searched", Array(Each(responsible.searched, Quoted)))
      .Done();
}

}  // namespace

std::string FindingJson(const Finding& finding, const MessageOf& message_of) {
  Object object;
  object.PutText("id", finding.id).PutText("kind", FindingKindName(finding.kind));
  object.PutText("level", LevelName(finding.level)).PutTextOrNull("stage", finding.stage);
  object.Put("slice", SliceJson(finding.slice));
  object.Put("direction", finding.direction ? Quoted(MoveName(*finding.direction)) : "null");
  object.Put("worse", finding.worse ? Bool(*finding.worse) : "null");
  object.PutDay("since", finding.since).PutDay("since_earliest", finding.since_earliest);
  object.PutDay("since_latest", finding.since_latest).PutBool("gradual", finding.gradual);
  object.PutRate("before", finding.before).PutRate("after", finding.after);
  object.Put("maturity", finding.maturity ? Quoted(MaturityName(*finding.maturity)) : "null");
  object.Put("evidence_days", NumberOrNull(finding.evidence_days));
  object.PutText("certainty", CertaintyName(finding.certainty));
  object.Put("trials_since", finding.trials_since ? std::to_string(*finding.trials_since) : "null");
  object.PutTextOrNull("explained_by", finding.explained_by);
  object.Put("same_in", Array(Each(finding.same_in, Quoted)));
  object.Put("competitors", Array(Each(finding.competitors, SliceJson)));
  if (finding.responsible) object.Put("responsible", ResponsibleJson(*finding.responsible));
  if (finding.item_slice) object.Put("item_slice", SliceOrNull(finding.item_slice));
  if (finding.against) object.Put("against", SliceOrNull(finding.against));
  if (finding.against_before && finding.against_after) {
    object.PutRate("against_before", finding.against_before);
    object.PutRate("against_after", finding.against_after);
  }
  if (finding.code) object.PutTextOrNull("code", finding.code);
  if (finding.observed) object.Put("observed", NumberOrNull(finding.observed));
  if (finding.expected) object.Put("expected", NumberOrNull(finding.expected));
  if (finding.mix_attribute) {
    object.PutTextOrNull("mix_attribute", finding.mix_attribute);
    object.Put("mix_terms", Array(Each(finding.mix_terms, MixTermJson)));
    object.PutRate("mix_effect", finding.mix_effect);
  }
  object.Put("message", MessageJson(message_of(finding)));
  return object.Done();
}

std::string FindingsJson(Day as_of, const std::vector<Finding>& findings,
                         const MessageOf& message_of) {
  return Object()
             .PutDay("as_of", as_of)
             .Put("findings", Lines(Each(findings,
                                         [&](const Finding& finding) {
                                           return FindingJson(finding, message_of);
                                         })))
             .Done() +
         "\n";
}

}  // namespace ripen::json
