#include "engine/incident_book.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <chrono>
#include <map>
#include <utility>

#include "engine/look_record_json.h"
#include "monitor/look.h"

namespace ripen::engine {
namespace {

// Goes up where a look would say something else of the same counts.
constexpr int kLookVersion = 1;
constexpr int kFirstLook = 10;  // days after the first cohort: no detector speaks before
constexpr std::chrono::seconds kPatience{2};
constexpr std::size_t kLooksAtOnce = 8;  // kept together, so that a stop loses few

}  // namespace

struct IncidentBook::Kept {
  std::map<Day, std::string> records;
  std::map<Day, std::vector<Judgement>> judgements;
  std::vector<AnnotationEvent> told;
};

std::string IncidentBook::Fingerprint() const {
  std::string text =
      fmt::format("{} {} {} {} {} {}", kLookVersion, config_.alerts.false_alarm_every_days,
                  config_.alerts.watch_days, config_.privacy.smallest_group, config_.seed,
                  config_.report.time_zone);
  for (const Segment& key : config_.alerts.key_segments) {
    text += fmt::format(" {}={}", key.attribute, key.value.value_or(""));
  }
  for (const Stage& stage : config_.stages.stages()) {
    text += fmt::format(" {}/{}/{}/{}", stage.name, stage.of, stage.window_days,
                        static_cast<int>(stage.direction));
  }
  for (const Annotation& annotation : config_.annotations) {
    text +=
        fmt::format(" {}@{}", annotation.id, annotation.told_on ? annotation.told_on->Iso() : "");
  }
  return text;
}

Result<IncidentBook::Kept> IncidentBook::ReadKept(ledger::Store& store) {
  const std::lock_guard lock(store_mutex_);
  Kept kept;
  RIPEN_ASSIGN_OR_RETURN(std::vector<ledger::KeptLook> looks, store.ReadLooks(Fingerprint()));
  for (ledger::KeptLook& look : looks) kept.records[look.as_of] = std::move(look.record);
  RIPEN_ASSIGN_OR_RETURN(std::vector<Judgement> judgements, store.ReadJudgements());
  for (Judgement& judgement : judgements) {
    kept.judgements[judgement.as_of].push_back(std::move(judgement));
  }
  RIPEN_ASSIGN_OR_RETURN(kept.told, store.ReadAnnotations());
  return kept;
}

Result<IncidentBook::Fresh> IncidentBook::LookAt(ledger::Store& store, Day day,
                                                 const std::vector<AcceptedChange>& accepted,
                                                 std::vector<Annotation> annotations) {
  Fresh fresh;
  cube::Snapshot snapshot;
  {
    const std::lock_guard lock(store_mutex_);
    fresh.imports = imports_();
    RIPEN_ASSIGN_OR_RETURN(snapshot, store.ReadSnapshot(day));
  }
  monitor::LookOptions options;
  options.alerts = config_.alerts;
  options.smallest_group = config_.privacy.smallest_group;
  options.seed = config_.seed;
  options.fairness = {config_.segments.fairness, config_.segments.fairness_pairs};
  options.accepted = accepted;
  options.annotations = std::move(annotations);
  fresh.findings = monitor::TakeLook(snapshot, {}, options).findings;
  return fresh;
}

Result<monitor::IncidentFold> IncidentBook::FoldUpTo(ledger::Store& store, Day first_day, Day last,
                                                     WhenBusy when_busy) {
  std::unique_lock lock(mutex_, std::defer_lock);
  if (when_busy == WhenBusy::kWait) {
    lock.lock();
  } else if (!lock.try_lock_for(kPatience)) {
    return Fail(ErrorCode::kUnavailable,
                "The days of a long history are being looked at one by one; ask again in a while.");
  }
  RIPEN_ASSIGN_OR_RETURN(const Kept kept, ReadKept(store));
  monitor::IncidentFold fold;
  std::vector<ledger::KeptLook> fresh;
  std::uint64_t fresh_imports = 0;
  const auto keep = [&]() -> Status {
    const std::lock_guard store_lock(store_mutex_);
    // What came in meanwhile may have changed what these looks rest on: they are taken again.
    const bool holds = imports_() == fresh_imports;
    const std::vector<ledger::KeptLook> looks = std::exchange(fresh, {});
    return holds ? store.KeepLooks(Fingerprint(), looks) : Status();
  };
  for (Day day = first_day + kFirstLook; day <= last; day = day + 1) {
    std::vector<Finding> findings;
    if (const auto record = kept.records.find(day); record != kept.records.end()) {
      RIPEN_ASSIGN_OR_RETURN(findings, ParseLookRecord(record->second));
    } else {
      RIPEN_ASSIGN_OR_RETURN(Fresh look,
                             LookAt(store, day, fold.accepted(),
                                    KnownAnnotations(config_.annotations, kept.told, day)));
      if (!fresh.empty() && look.imports != fresh_imports) fresh.clear();
      fresh_imports = look.imports;
      findings = std::move(look.findings);
      fresh.push_back({day, LookRecordJson(findings)});
    }
    const auto decided = kept.judgements.find(day);
    fold.Step(day, findings,
              decided == kept.judgements.end() ? std::vector<Judgement>() : decided->second);
    if (fresh.size() >= kLooksAtOnce) RIPEN_RETURN_IF_ERROR(keep());
  }
  if (!fresh.empty()) RIPEN_RETURN_IF_ERROR(keep());
  return fold;
}

}  // namespace ripen::engine
