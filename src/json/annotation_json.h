// Annotations as JSON.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/annotation.h"
#include "model/epoch.h"

namespace ripen::json {

// {"day","id","item":{"collection":"Summer"} or null,"kind","last_day","new_epoch","note","origin",
//  "title","told_on"}
std::string AnnotationJson(const Annotation& annotation);
// {"annotations":[ids],"first_alert_on","since","state"}
std::string EpochJson(const Epoch& epoch);
// {"annotations":[...],"as_of":...}
std::string AnnotationsJson(const AnnotationReport& report);

// What somebody tells: {"kind","day"} and, where they are said, "last_day", "item", "title", "note"
// and "new_epoch". Errors: kInvalidArgument naming the key; the texts' own are of
// CheckedAnnotation.
[[nodiscard]] Result<Annotation> ParseAnnotation(std::string_view body);

}  // namespace ripen::json
