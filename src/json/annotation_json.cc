#include "json/annotation_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "json/json_writer.h"
#include "json/slice_json.h"

namespace ripen::json {
namespace {

tl::unexpected<Error> Bad(std::string_view why) {
  return Fail(ErrorCode::kInvalidArgument, std::string(why));
}

Result<std::string> TextOf(const nlohmann::json& value, const std::string& key) {
  if (!value.is_string()) return Bad(fmt::format("{} must be a text.", key));
  return value.get<std::string>();
}

Result<Day> DayOf(const nlohmann::json& value, const std::string& key) {
  const auto day = Day::Parse(value.is_string() ? value.get<std::string>() : "");
  if (!day) return Bad(fmt::format("{} must be a day like 2026-04-01.", key));
  return *day;
}

// One key of the body. Errors: for an unknown one or a value of another type.
Status Take(const std::string& key, const nlohmann::json& value, Annotation& annotation) {
  if (key == "kind") {
    const auto kind = ParseAnnotationKind(value.is_string() ? value.get<std::string>() : "");
    if (!kind) return Bad("kind must be launch, campaign, model_version or other.");
    annotation.kind = *kind;
  } else if (key == "day") {
    RIPEN_ASSIGN_OR_RETURN(annotation.day, DayOf(value, key));
  } else if (key == "last_day") {
    if (value.is_null()) return {};
    RIPEN_ASSIGN_OR_RETURN(annotation.last_day, DayOf(value, key));
  } else if (key == "item") {
    if (value.is_null()) return {};
    RIPEN_ASSIGN_OR_RETURN(const Slice slice, ParseSlice(value.dump()));
    if (slice.segments.size() != 1) return Bad("item must name one attribute and its value.");
    annotation.item = slice.segments.front();
  } else if (key == "title") {
    RIPEN_ASSIGN_OR_RETURN(annotation.title, TextOf(value, key));
  } else if (key == "note") {
    RIPEN_ASSIGN_OR_RETURN(annotation.note, TextOf(value, key));
  } else if (key == "new_epoch") {
    if (!value.is_boolean()) return Bad("new_epoch must be true or false.");
    annotation.new_epoch = value.get<bool>();
  } else {
    return Bad(
        fmt::format("An annotation has kind, day, last_day, item, title, note and "
                    "new_epoch, not {}.",
                    Quoted(key)));
  }
  return {};
}

}  // namespace

std::string AnnotationJson(const Annotation& annotation) {
  return Object()
      .PutText("id", annotation.id)
      .PutText("kind", AnnotationKindName(annotation.kind))
      .PutText("origin", AnnotationOriginName(annotation.origin))
      .PutDay("day", annotation.day)
      .PutDay("last_day", annotation.last_day)
      .Put("item", annotation.item ? SliceJson(Slice::Of({*annotation.item})) : "null")
      .PutText("title", annotation.title)
      .PutText("note", annotation.note)
      .PutBool("new_epoch", annotation.new_epoch)
      .PutDay("told_on", annotation.told_on)
      .Done();
}

std::string AnnotationsJson(const AnnotationReport& report) {
  return Object()
             .PutDay("as_of", report.as_of)
             .Put("annotations", Lines(Each(report.annotations, AnnotationJson)))
             .Done() +
         "\n";
}

Result<Annotation> ParseAnnotation(std::string_view body) {
  const auto object = nlohmann::json::parse(body, nullptr, false);
  if (!object.is_object() || !object.contains("kind") || !object.contains("day")) {
    return Bad(R"(The body must be a JSON object like {"kind":"launch","day":"2026-04-01",)"
               R"("item":{"collection":"Summer"}}.)");
  }
  Annotation annotation;
  for (const auto& [key, value] : object.items()) {
    RIPEN_RETURN_IF_ERROR(Take(key, value, annotation));
  }
  if (!object.contains("new_epoch")) annotation.new_epoch = OpensEpochByDefault(annotation.kind);
  return annotation;
}

std::string EpochJson(const Epoch& epoch) {
  return Object()
      .PutDay("since", epoch.since)
      .PutText("state", EpochStateName(epoch.state))
      .PutDay("first_alert_on", epoch.first_alert_on)
      .Put("annotations",
           Array(Each(epoch.annotations, [](const std::string& id) { return Quoted(id); })))
      .Done();
}

}  // namespace ripen::json
