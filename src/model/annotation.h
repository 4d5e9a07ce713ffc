// Annotations: what the shop did on a day, told by people or found in what was shown. They stand on
// every chart, and a planned change among them opens a new reference epoch (monitor/epochs.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "model/slice.h"

namespace ripen {

enum class AnnotationKind { kLaunch, kCampaign, kModelVersion, kOther };
std::string AnnotationKindName(AnnotationKind kind);  // "launch", "model_version", ...
std::optional<AnnotationKind> ParseAnnotationKind(const std::string& name);

enum class AnnotationOrigin {
  kConfiguration,  // stands in ripen.toml
  kTold,           // told to the store, which keeps it
  kFound,          // nobody said so: the finding `launch` of the day asked for
};
std::string AnnotationOriginName(AnnotationOrigin origin);  // "configuration", ...

struct Annotation {
  std::string id;  // see AnnotationId; of a found one its finding's
  AnnotationKind kind = AnnotationKind::kOther;
  AnnotationOrigin origin = AnnotationOrigin::kConfiguration;
  Day day;                      // the first day, as shown
  std::optional<Day> last_day;  // of a campaign, say; absent: it has no end, or is one day
  std::optional<Segment> item;  // what it is about: collection = Summer
  std::string title;            // plain text of one line; never empty once checked
  std::string note;             // plain text
  bool new_epoch = false;       // what was shown before is no reference any more
  // The as-of day from which on it is known; absent: always.
  std::optional<Day> told_on;
  bool operator==(const Annotation&) const = default;
};

constexpr std::size_t kMostTitleBytes = 120;
constexpr std::size_t kMostAnnotationNoteBytes = 2000;
constexpr std::size_t kMostAnnotations = 1000;  // of a configuration, or told and not taken back

// A launch opens a new epoch, others do not, unless it is said.
constexpr bool OpensEpochByDefault(AnnotationKind kind) { return kind == AnnotationKind::kLaunch; }

// The first 12 hex digits of SHA-256 over kind, day, last day, item, title, note and whether it
// opens an epoch, joined by '\n' with absent parts empty: the same words are the same annotation.
std::string AnnotationId(const Annotation& annotation);

// The annotation with its id, and with the item's value for an empty title. Errors:
// kInvalidArgument with the offending value for an empty title without an item, control characters,
// an end before the start, an item without a value; kOutOfRange for too long a text.
[[nodiscard]] Result<Annotation> CheckedAnnotation(Annotation annotation);

// One event of the ledger: somebody told of it, or took it back.
struct AnnotationEvent {
  Annotation annotation;  // checked
  bool taken_back = false;
  Day as_of;  // the day that reads answered for: known (or taken back) from its look on
  Moment at;  // when it was said
  bool operator==(const AnnotationEvent&) const = default;
};

// What is known of annotations on a day, by day and then id: those of the configuration, and of the
// told ones those whose last event up to the day told of them. The same words twice are one.
std::vector<Annotation> KnownAnnotations(const std::vector<Annotation>& configured,
                                         const std::vector<AnnotationEvent>& told, Day as_of);

struct AnnotationReport {
  Day as_of;
  std::vector<Annotation> annotations;  // by day; declared ones and found launches
};

}  // namespace ripen
