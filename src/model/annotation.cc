#include "model/annotation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/sha256.h"

namespace ripen {
namespace {

bool HasControl(const std::string& text, bool lines_allowed) {
  return std::any_of(text.begin(), text.end(), [&](unsigned char letter) {
    return letter == 0x7f || (letter < 0x20 && !(lines_allowed && letter == '\n'));
  });
}

Status CheckText(const std::string& name, const std::string& text, std::size_t most, bool lines) {
  if (text.size() > most) {
    return Fail(ErrorCode::kOutOfRange,
                fmt::format("The {} has {} bytes; {} are the most.", name, text.size(), most));
  }
  if (HasControl(text, lines)) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("The {} must be plain text, without control characters.", name));
  }
  return {};
}

}  // namespace

std::string AnnotationKindName(AnnotationKind kind) {
  switch (kind) {
    case AnnotationKind::kLaunch: return "launch";
    case AnnotationKind::kCampaign: return "campaign";
    case AnnotationKind::kModelVersion: return "model_version";
    case AnnotationKind::kOther: return "other";
  }
  return "unknown";
}

std::optional<AnnotationKind> ParseAnnotationKind(const std::string& name) {
  for (const AnnotationKind kind : {AnnotationKind::kLaunch, AnnotationKind::kCampaign,
                                    AnnotationKind::kModelVersion, AnnotationKind::kOther}) {
    if (AnnotationKindName(kind) == name) return kind;
  }
  return std::nullopt;
}

std::string AnnotationOriginName(AnnotationOrigin origin) {
  switch (origin) {
    case AnnotationOrigin::kConfiguration: return "configuration";
    case AnnotationOrigin::kTold: return "told";
    case AnnotationOrigin::kFound: return "found";
  }
  return "unknown";
}

std::string AnnotationId(const Annotation& annotation) {
  return Sha256Hex(fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", AnnotationKindName(annotation.kind),
                               annotation.day.Iso(),
                               annotation.last_day ? annotation.last_day->Iso() : "",
                               annotation.item ? Slice::Of({*annotation.item}).Canonical() : "",
                               annotation.title, annotation.note, annotation.new_epoch))
      .substr(0, 12);
}

Result<Annotation> CheckedAnnotation(Annotation annotation) {
  if (annotation.item && (annotation.item->attribute.empty() || !annotation.item->value)) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("The item must name an attribute and its value, like "
                            "collection=Summer, got '{}='.",
                            annotation.item->attribute));
  }
  if (annotation.title.empty() && annotation.item) {
    annotation.title = annotation.item->value->substr(0, kMostTitleBytes);
  }
  if (annotation.title.empty()) {
    return Fail(ErrorCode::kInvalidArgument,
                "The annotation needs a title, or the item that it is about.");
  }
  RIPEN_RETURN_IF_ERROR(CheckText("title", annotation.title, kMostTitleBytes, false));
  RIPEN_RETURN_IF_ERROR(CheckText("note", annotation.note, kMostAnnotationNoteBytes, true));
  if (annotation.item) {
    for (const std::string* text : {&annotation.item->attribute, &*annotation.item->value}) {
      RIPEN_RETURN_IF_ERROR(CheckText("item", *text, 256, false));
    }
  }
  if (annotation.last_day && *annotation.last_day < annotation.day) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("The last day ({}) must not be before the first ({}).",
                            annotation.last_day->Iso(), annotation.day.Iso()));
  }
  annotation.id = AnnotationId(annotation);
  return annotation;
}

std::vector<Annotation> KnownAnnotations(const std::vector<Annotation>& configured,
                                         const std::vector<AnnotationEvent>& told, Day as_of) {
  std::map<std::string, const AnnotationEvent*> last;
  for (const AnnotationEvent& event : told) {
    if (event.as_of > as_of) continue;
    const AnnotationEvent*& kept = last[event.annotation.id];
    if (kept == nullptr || std::pair(kept->as_of, kept->at) <= std::pair(event.as_of, event.at)) {
      kept = &event;
    }
  }
  std::vector<Annotation> known;
  for (const Annotation& each : configured) {
    if (!each.told_on || *each.told_on <= as_of) known.push_back(each);
  }
  for (const auto& told_last : last) {
    const AnnotationEvent& event = *told_last.second;
    if (event.taken_back) continue;
    if (std::any_of(known.begin(), known.end(),
                    [&](const Annotation& each) { return each.id == event.annotation.id; })) {
      continue;
    }
    known.push_back(event.annotation);
    known.back().origin = AnnotationOrigin::kTold;
    known.back().told_on = event.as_of;
  }
  std::sort(known.begin(), known.end(), [](const Annotation& a, const Annotation& b) {
    return std::tie(a.day, a.id) < std::tie(b.day, b.id);
  });
  known.erase(std::unique(known.begin(), known.end(),
                          [](const Annotation& a, const Annotation& b) { return a.id == b.id; }),
              known.end());
  return known;
}

}  // namespace ripen
