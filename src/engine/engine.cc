#include "engine/engine.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <future>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

#include "base/nearest_name.h"
#include "engine/clock.h"
#include "engine/event_file.h"
#include "engine/freshener.h"
#include "engine/incident_book.h"
#include "engine/known.h"
#include "engine/settling.h"
#include "engine/store_copy.h"
#include "engine/temporary_folder.h"
#include "ingest/guess_mapping.h"
#include "ledger/where.h"
#include "monitor/changes.h"
#include "monitor/incident_cost.h"
#include "monitor/issued.h"
#include "store/open_store.h"

namespace ripen::engine {
namespace {

// Snapshots kept: a dashboard moves between a few days, and each may hold tens of megabytes.
constexpr std::size_t kDaysKept = 4;
constexpr int kDrillThreads = 2;

ledger::StoreConfig StoreConfigOf(const Config& config, TimeZone zone) {
  ledger::StoreConfig store;
  store.ladder = config.stages;
  store.report_zone = std::move(zone);
  store.adjust = config.segments.adjust;
  store.customer = config.segments.customer;
  store.item = config.segments.item;
  store.context = config.segments.context;
  store.bins = config.segments.bins;
  store.threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  return store;
}

// What is known of the snapshot's own day.
SoFarToday CountToday(const cube::Snapshot& snapshot) {
  SoFarToday today;
  today.day = snapshot.as_of;
  for (const cube::CountRow& row : snapshot.families.front().shown) {
    if (row.shown == today.day) today.recommendations += row.gained - row.lost;
  }
  for (std::size_t stage = 0; stage < snapshot.ladder.size(); ++stage) {
    std::int64_t outcomes = 0;
    for (const cube::CountRow& row : snapshot.families.front().stages[stage]) {
      if (row.shown + row.base_offset + row.delay == today.day) outcomes += row.gained - row.lost;
    }
    today.outcomes.emplace_back(snapshot.ladder[stage].name, outcomes);
  }
  return today;
}

// An error that names a path which the caller knows by another name.
Error Renamed(Error error, const std::string& path, const std::string& known) {
  for (std::size_t at = 0;
       !known.empty() && (at = error.message.find(path, at)) != std::string::npos;
       at += known.size()) {
    error.message.replace(at, path.size(), known);
  }
  return error;
}

Status CheckKnown(Day as_of, const ledger::StoreStatus& now) {
  if (now.input.first_day && as_of < *now.input.first_day) {
    return Fail(ErrorCode::kOutOfRange,
                fmt::format("Nothing was known on {}: the first recommendation was shown on {}.",
                            as_of.Iso(), now.input.first_day->Iso()));
  }
  return {};
}

// The annotation that an event is about as it is known; nullopt where it is new. Errors: of
// Annotate and TakeBackAnnotation.
Result<std::optional<Annotation>> WhatChanges(const std::vector<Annotation>& known,
                                              const AnnotationEvent& event) {
  const auto found = std::find_if(known.begin(), known.end(), [&](const Annotation& each) {
    return each.id == event.annotation.id;
  });
  if (!event.taken_back && found == known.end() && known.size() >= kMostAnnotations) {
    return Fail(ErrorCode::kFailedPrecondition,
                fmt::format("There are {} annotations; no more are kept.", known.size()));
  }
  if (event.taken_back && found == known.end()) {
    return Fail(ErrorCode::kNotFound,
                fmt::format("There is no annotation {} to take back.", event.annotation.id));
  }
  if (event.taken_back && found->origin == AnnotationOrigin::kConfiguration) {
    return Fail(
        ErrorCode::kFailedPrecondition,
        fmt::format("The annotation {} ({}) stands in the configuration; take it out there.",
                    found->id, found->title));
  }
  if (found == known.end()) return std::optional<Annotation>();
  return std::optional<Annotation>(*found);
}

Status CheckConfig(const Config& config) {
  RIPEN_RETURN_IF_ERROR(ingest::CheckColumnRoles(config));
  RIPEN_RETURN_IF_ERROR(ledger::ParseWhere(config.source.where));
  return {};
}

}  // namespace

struct Engine::Impl {
  using Made = Result<std::shared_ptr<Known>>;

  Config config;
  std::function<Moment()> clock = Now;
  TimeZone zone;           // of the report
  TemporaryFolder folder;  // empty unless the store is temporary; outlives the store
  std::string location;    // of the store that this is a copy of; empty = no copy
  std::unique_ptr<ledger::Store> store;
  std::mutex store_mutex;  // a Store answers one caller at a time
  // Counted since the last import; under store_mutex.
  std::optional<ledger::StoreStatus> stored;

  std::mutex kept_mutex;
  std::optional<ledger::StoreStatus> shown;                  // what reads answer with
  std::list<std::pair<Day, std::shared_future<Made>>> kept;  // newest use first
  std::optional<Day> fresh_day;                              // of the state made last
  std::atomic<std::int32_t> logged_day{INT32_MIN};           // of the ranges kept last
  std::uint64_t imports = 0;                                 // under store_mutex
  IncidentBook book{store_mutex, config, [this] { return imports; }};
  Freshener freshener{[this] { return MakeFresh(); },
                      [this] { return DayIsOver(); }};  // destroyed first: it calls us

  // Requires store_mutex. Counting everything stored takes time: once for each import.
  Result<ledger::StoreStatus> Stored() {
    if (!stored) {
      RIPEN_ASSIGN_OR_RETURN(stored, store->ReadStatus());
      if (!location.empty()) stored->location = location;
    }
    return *stored;
  }

  // The day to answer for where none is asked for. Requires a newest day.
  Day DefaultDay(const ledger::StoreStatus& now) const {
    const Day newest = *now.newest_day;
    const Moment moment = clock();
    if (!now.last_received || moment.micros() - now.last_received->micros() > kMicrosPerDay) {
      return newest;
    }
    const Day yesterday = zone.DayOf(moment) - 1;
    const bool knew = now.first_known && *now.first_known <= yesterday;
    return knew ? std::min(newest, yesterday) : newest;
  }

  bool DayIsOver() {
    const std::lock_guard lock(kept_mutex);
    return shown && shown->last_received && shown->newest_day && fresh_day &&
           DefaultDay(*shown) != *fresh_day;
  }

  // What people decided that a day's report goes by: without any decision no incident has to be
  // known.
  Result<Decided> DecidedBy(Day as_of) {
    Decided decided;
    ledger::StoreStatus now;
    {
      const std::lock_guard lock(store_mutex);
      RIPEN_ASSIGN_OR_RETURN(now, Stored());
      RIPEN_ASSIGN_OR_RETURN(const std::vector<AnnotationEvent> told, store->ReadAnnotations());
      decided.annotations = KnownAnnotations(config.annotations, told, as_of);
      RIPEN_ASSIGN_OR_RETURN(const std::vector<Judgement> judgements, store->ReadJudgements());
      const bool any =
          std::any_of(judgements.begin(), judgements.end(), [&](const Judgement& each) {
            return each.action != JudgementAction::kAcknowledge && each.as_of <= as_of;
          });
      if (!any || !now.input.first_day) return decided;
    }
    RIPEN_ASSIGN_OR_RETURN(const monitor::IncidentFold before,
                           book.FoldUpTo(*store, *now.input.first_day, as_of - 1));
    decided.accepted = before.accepted();
    RIPEN_ASSIGN_OR_RETURN(const monitor::IncidentFold fold,
                           book.FoldUpTo(*store, *now.input.first_day, as_of));
    for (const Incident& incident : fold.incidents()) {
      if (incident.state == IncidentState::kAccepted ||
          incident.state == IncidentState::kJudgedFalse) {
        decided.incidents.push_back(incident);
      }
    }
    return decided;
  }

  Made Make(Day as_of) {
    RIPEN_ASSIGN_OR_RETURN(Decided decided, DecidedBy(as_of));
    std::optional<cube::Snapshot> snapshot;
    ledger::StoreStatus now;
    {
      const std::lock_guard lock(store_mutex);
      RIPEN_ASSIGN_OR_RETURN(now, Stored());
      RIPEN_RETURN_IF_ERROR(CheckKnown(as_of, now));
      RIPEN_ASSIGN_OR_RETURN(snapshot, store->ReadSnapshot(as_of));
      if (now.last_received && now.newest_day && as_of < *now.newest_day &&
          as_of == DefaultDay(now)) {
        RIPEN_ASSIGN_OR_RETURN(const cube::Snapshot today, store->ReadSnapshot(as_of + 1));
        now.input.today = CountToday(today);
      }
    }
    return std::make_shared<Known>(
        std::move(*snapshot), std::move(now.input), config, std::move(decided),
        [this](const cube::Snapshot& of, Day first, Day last) {
          const std::lock_guard lock(store_mutex);
          return store->ReadCross(of, first, last);
        },
        [this](Day day) {
          const std::lock_guard lock(store_mutex);
          return store->ReadSignCounts(day);
        });
  }

  Result<ledger::StoreStatus> Shown() {
    std::optional<ledger::StoreStatus> now;
    {
      const std::lock_guard lock(kept_mutex);
      now = shown;
    }
    if (!now) {
      const std::lock_guard lock(store_mutex);
      RIPEN_ASSIGN_OR_RETURN(now, Stored());
      const std::lock_guard kept_lock(kept_mutex);
      shown = now;
    }
    if (now->newest_day) now->as_of = DefaultDay(*now);
    return std::move(*now);
  }

  Result<Day> DayWithoutAsking(const ledger::StoreStatus& now) {
    if (now.input.recommendations == 0 || !now.newest_day) {
      return Fail(ErrorCode::kNotFound,
                  fmt::format("{} holds no recommendations yet; load some with ripen ingest FILE.",
                              now.location));
    }
    return DefaultDay(now);
  }

  Result<Day> DayToAnswer(std::optional<Day> as_of) {
    RIPEN_ASSIGN_OR_RETURN(const ledger::StoreStatus now, Shown());
    RIPEN_ASSIGN_OR_RETURN(const Day day, DayWithoutAsking(now));
    return as_of.value_or(day);
  }

  // What was known on a day, made once however many ask at the same time. An error is not kept.
  Made Ask(std::optional<Day> asked) {
    RIPEN_ASSIGN_OR_RETURN(const Day as_of, DayToAnswer(asked));
    std::promise<Made> promise;
    std::shared_future<Made> answer;
    bool mine = false;
    {
      const std::lock_guard lock(kept_mutex);
      const auto at = std::find_if(kept.begin(), kept.end(),
                                   [&](const auto& each) { return each.first == as_of; });
      if (at != kept.end()) {
        kept.splice(kept.begin(), kept, at);
      } else {
        mine = true;
        kept.emplace_front(as_of, promise.get_future().share());
        if (kept.size() > kDaysKept) kept.pop_back();
      }
      answer = kept.front().second;
    }
    if (mine) {
      promise.set_value(Make(as_of));
      if (!answer.get()) {
        const std::lock_guard lock(kept_mutex);
        kept.remove_if([&](const auto& each) { return each.first == as_of; });
      }
    }
    return answer.get();
  }

  // The counts alone, without the figures that Make works out.
  Result<cube::Snapshot> ReadHistory(std::optional<Day> asked) {
    RIPEN_ASSIGN_OR_RETURN(const Day as_of, DayToAnswer(asked));
    const std::lock_guard lock(store_mutex);
    RIPEN_ASSIGN_OR_RETURN(const ledger::StoreStatus now, Stored());
    RIPEN_RETURN_IF_ERROR(CheckKnown(as_of, now));
    return store->ReadSnapshot(as_of);
  }

  Result<ImportAnswer> Import(const ImportRequest& request) {
    const std::lock_guard lock(store_mutex);
    ImportAnswer answer;
    for (const std::string& file : request.files) {
      RIPEN_ASSIGN_OR_RETURN(const ledger::FileProbe probe, store->Probe(file));
      if (request.only_events && probe.format != ledger::FileFormat::kNdjson) {
        return Fail(ErrorCode::kInvalidArgument,
                    "The body is no NDJSON: every line must be one event in braces {}.");
      }
      RIPEN_ASSIGN_OR_RETURN(auto plans, ingest::GuessMapping(probe, config));
      for (ledger::ImportPlan& plan : plans) {
        plan.snapshot_at = request.snapshot_at;
        plan.received_at = request.received_at;
        answer.plans.push_back(std::move(plan));
      }
    }
    if (!folder.path().empty() && !request.live) {
      RIPEN_RETURN_IF_ERROR(ingest::CheckOutcomesGiven(answer.plans, config));
    }
    RIPEN_ASSIGN_OR_RETURN(answer.input, store->Import(answer.plans, request.progress));
    stored.reset();
    ++imports;
    return answer;
  }

  // The newest day as it is stored now, worked out to the end, and then shown instead of all days
  // kept. Nothing where it cannot be: reads go on as before and say why when asked anew.
  std::optional<Day> MakeFresh() {
    ledger::StoreStatus now;
    {
      const std::lock_guard lock(store_mutex);
      auto counted = Stored();
      if (!counted) return std::nullopt;
      now = std::move(*counted);
    }
    const auto newest = DayWithoutAsking(now);
    if (!newest) return std::nullopt;
    Made made = Make(*newest);
    if (made) LogIssued(*newest, (*made)->report());
    std::promise<Made> promise;
    promise.set_value(std::move(made));
    const std::lock_guard lock(kept_mutex);
    shown = std::move(now);
    fresh_day = *newest;
    kept.clear();
    kept.emplace_front(*newest, promise.get_future().share());
    return *newest;
  }

  // Keeps the ranges given for a day. A log that cannot be written must not keep an answer from
  // being read: the next one that can is written.
  void LogIssued(Day as_of, const CheckReport& report) {
    const std::int32_t day = as_of.days_since_epoch();
    if (!folder.path().empty() || logged_day.load() >= day) return;
    const std::lock_guard lock(store_mutex);
    if (store->LogIssued(monitor::FiguresToLog(as_of, report.metrics))) logged_day = day;
  }

  // The fold up to a day, its open incidents with what the day's report and figures know of them.
  // Readers do not wait long for each other: the first answer of a long history takes minutes, and
  // would hold everybody who asks meanwhile.
  Result<IncidentReport> Incidents(std::optional<Day> as_of, IncidentBook::WhenBusy when_busy) {
    RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, Ask(as_of));
    const cube::Snapshot& snapshot = known->snapshot();
    IncidentReport report;
    report.as_of = snapshot.as_of;
    RIPEN_ASSIGN_OR_RETURN(const ledger::StoreStatus now, Shown());
    if (!now.input.first_day) return report;
    RIPEN_ASSIGN_OR_RETURN(const monitor::IncidentFold fold,
                           book.FoldUpTo(*store, *now.input.first_day, report.as_of, when_busy));
    report.incidents = fold.Sorted();
    report.record = fold.Record();
    const auto paid = monitor::PaidStage(snapshot.ladder);
    std::optional<monitor::PurchaseValue> value;
    for (Incident& incident : report.incidents) {
      if (!IsOpen(incident.state)) continue;
      for (const Finding& finding : known->report().findings) {
        if (finding.id == incident.finding.id) incident.finding = finding;
      }
      if (!paid) continue;
      if (!value) {
        const std::lock_guard lock(store_mutex);
        RIPEN_ASSIGN_OR_RETURN(const ledger::OutcomeValue mean,
                               store->ReadValue(*paid, report.as_of));
        value = monitor::PurchaseValue{
            mean.mean, mean.currency.empty() ? config.report.currency : mean.currency};
      }
      incident.cost = monitor::CostOf(incident.finding, known->figures(), snapshot.ladder,
                                      snapshot.first_day, report.as_of, *value);
    }
    return report;
  }

  // Adds an event about an annotation as of the default day, unless it says what is known already.
  Result<Annotation> Tell(AnnotationEvent event) {
    {
      const std::lock_guard lock(store_mutex);
      RIPEN_ASSIGN_OR_RETURN(const ledger::StoreStatus now, Stored());
      RIPEN_ASSIGN_OR_RETURN(event.as_of, DayWithoutAsking(now));
      RIPEN_ASSIGN_OR_RETURN(const std::vector<AnnotationEvent> told, store->ReadAnnotations());
      const auto known = KnownAnnotations(config.annotations, told, event.as_of);
      RIPEN_ASSIGN_OR_RETURN(const std::optional<Annotation> as_it_was, WhatChanges(known, event));
      if (as_it_was && !event.taken_back) return *as_it_was;
      if (as_it_was) event.annotation = *as_it_was;
      RIPEN_RETURN_IF_ERROR(store->AddAnnotations({event}));
      ++imports;  // looks from this day on know it
    }
    Forget();
    freshener.Tell();
    event.annotation.origin = AnnotationOrigin::kTold;
    event.annotation.told_on = event.as_of;
    return event.annotation;
  }

  void Forget() {
    const std::lock_guard lock(kept_mutex);
    shown.reset();
    kept.clear();
  }
};

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::Open(const OpenOptions& options) {
  RIPEN_RETURN_IF_ERROR(CheckConfig(options.config));
  RIPEN_ASSIGN_OR_RETURN(TimeZone zone, TimeZone::Find(options.config.report.time_zone));
  auto impl = std::make_unique<Impl>();
  impl->config = options.config;
  impl->clock = options.clock;
  impl->zone = zone;
  std::string path = options.store_path;
  if (path.empty()) {
    RIPEN_ASSIGN_OR_RETURN(impl->folder, TemporaryFolder::Make());
    path = impl->folder.path() + "/store.duckdb";
  } else if (options.copy) {
    RIPEN_ASSIGN_OR_RETURN(impl->folder, TemporaryFolder::Make());
    path = impl->folder.path() + "/copy.duckdb";
    RIPEN_RETURN_IF_ERROR(CopyStore(options.store_path, path));
    impl->location = options.store_path;
  }
  auto store = store::OpenDuckDb(path, StoreConfigOf(options.config, zone));
  if (!store) {
    return tl::unexpected<Error>(Renamed(store.error(), path, options.store_path));
  }
  impl->store = std::move(*store);
  return std::unique_ptr<Engine>(new Engine(std::move(impl)));
}

Result<std::unique_ptr<Engine>> Engine::Over(std::unique_ptr<ledger::Store> store, Config config,
                                             std::function<Moment()> clock) {
  RIPEN_RETURN_IF_ERROR(CheckConfig(config));
  auto impl = std::make_unique<Impl>();
  RIPEN_ASSIGN_OR_RETURN(impl->zone, TimeZone::Find(config.report.time_zone));
  impl->config = std::move(config);
  impl->clock = std::move(clock);
  impl->store = std::move(store);
  return std::unique_ptr<Engine>(new Engine(std::move(impl)));
}

Result<std::vector<ledger::ImportPlan>> Engine::Plan(const std::string& file) {
  const std::lock_guard lock(impl_->store_mutex);
  RIPEN_ASSIGN_OR_RETURN(const ledger::FileProbe probe, impl_->store->Probe(file));
  return ingest::GuessMapping(probe, impl_->config);
}

Result<ImportAnswer> Engine::ImportFiles(const ImportRequest& request) {
  if (request.files.empty()) {
    return Fail(ErrorCode::kInvalidArgument, "No file was given to read.");
  }
  RIPEN_ASSIGN_OR_RETURN(ImportAnswer answer, impl_->Import(request));
  if (request.live) {
    impl_->freshener.Wake();
  } else {
    impl_->Forget();
    impl_->freshener.Tell();
  }
  return answer;
}

Result<InputSummary> Engine::TakeEvents(const EventBatch& batch) {
  RIPEN_ASSIGN_OR_RETURN(const EventFile file, EventFile::Write(batch.body, batch.gzip));
  ImportRequest request;
  request.files = {file.path()};
  if (!batch.history) request.received_at = impl_->clock();
  request.live = true;
  request.only_events = true;
  auto answer = ImportFiles(request);
  if (answer) return std::move(answer->input);
  // People sent a body, and know nothing of the file that it was kept in.
  Error error = answer.error();
  for (std::size_t at = 0; (at = error.message.find(file.path(), at)) != std::string::npos;) {
    error.message.replace(at, file.path().size(), at == 0 ? "The body" : "the body");
  }
  return tl::unexpected<Error>(std::move(error));
}

int Engine::Subscribe(std::function<void(const Fresh&)> heard) {
  return impl_->freshener.Subscribe(std::move(heard));
}

void Engine::Unsubscribe(int subscription) { impl_->freshener.Unsubscribe(subscription); }

Result<CheckReport> Engine::Check(std::optional<Day> as_of) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  if (!as_of) impl_->LogIssued(known->snapshot().as_of, known->report());
  return known->report();
}

Result<Truth> Engine::ReadTruth(std::optional<Day> as_of, const Slice& slice) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  return MakeTruth(ReportedStages(known->figures(), impl_->config), known->figures(), slice,
                   known->snapshot().as_of);
}

Result<BacktestReport> Engine::ReadBacktest(std::optional<Day> as_of) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  BacktestReport report = known->backtest();
  std::vector<IssuedFigure> issued;
  {
    const std::lock_guard lock(impl_->store_mutex);
    RIPEN_ASSIGN_OR_RETURN(issued, impl_->store->ReadIssued());
  }
  report.issued = monitor::ScoreIssued(issued, known->figures(), report.as_of);
  return report;
}

Result<PeriodComparison> Engine::ReadPeriods(std::optional<Day> as_of,
                                             const monitor::PeriodRequest& request) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  return known->figures().Compare(request);
}

Result<SidesReport> Engine::ReadSides(std::optional<Day> as_of,
                                      const monitor::SidesRequest& request) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  return known->figures().CompareSides(request);
}

Result<ExposureReport> Engine::ReadExposure(std::optional<Day> as_of,
                                            const monitor::ExposureRequest& request) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  return known->figures().Exposure(request);
}

Result<CollectionsReport> Engine::ReadCollections(std::optional<Day> as_of,
                                                  monitor::CollectionsRequest request) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  request.declared = monitor::DeclaredLaunches(known->declared());
  request.ladder_on = [this](Day day) -> Result<StageLadder> {
    const std::lock_guard lock(impl_->store_mutex);
    RIPEN_ASSIGN_OR_RETURN(const cube::Snapshot then, impl_->store->ReadSnapshot(day));
    return then.ladder;
  };
  return known->figures().Collections(request);
}

Result<FairnessReport> Engine::ReadFairness(std::optional<Day> as_of,
                                            const monitor::FairnessRequest& request) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  return known->figures().Fairness(request);
}

Status Engine::CheckFairnessGroups(std::optional<Day> as_of) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  const SegmentsConfig& segments = impl_->config.segments;
  return monitor::CheckFairnessOptions(known->snapshot(),
                                       {segments.fairness, segments.fairness_pairs});
}

Result<TotalMove> Engine::ReadMove(std::optional<Day> as_of, const monitor::MoveRequest& request) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  return known->ReadMove(request);
}

Result<SignReport> Engine::ReadSigns(std::optional<Day> as_of) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  return known->signs();
}

Result<ExpectedReport> Engine::ReadExpected(std::optional<Day> as_of,
                                            const monitor::ExpectedRequest& request) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  RIPEN_ASSIGN_OR_RETURN(const bool may_show, known->figures().MayShow(request.slice));
  const cube::Snapshot& snapshot = known->snapshot();
  if (!may_show) {
    ExpectedReport report;
    report.as_of = snapshot.as_of;
    report.stage = request.stage;
    report.slice = request.slice;
    report.refused = NoExpectation::kTooFew;
    return report;
  }
  const Finding* change = monitor::ChangeToSee(known->report().findings, request);
  const std::lock_guard lock(impl_->store_mutex);
  const auto read = [&](const Slice& slice) {
    return impl_->store->ReadScoredOutcomes(snapshot.as_of, slice);
  };
  RIPEN_ASSIGN_OR_RETURN(const cube::ScoredOutcomes all, read({}));
  std::optional<cube::ScoredOutcomes> own;
  if (!request.slice.IsTotal()) {
    RIPEN_ASSIGN_OR_RETURN(own, read(request.slice));
  }
  std::optional<cube::ScoredOutcomes> changed;
  if (change != nullptr) {
    RIPEN_ASSIGN_OR_RETURN(changed, read(change->slice));
  }
  return monitor::ReadExpected(snapshot, {all, own ? *own : all, changed ? &*changed : nullptr},
                               request, change, impl_->config.alerts);
}

Result<RankingReport> Engine::ReadRanking(std::optional<Day> as_of,
                                          const monitor::RankingRequest& request) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  const cube::Snapshot& snapshot = known->snapshot();
  std::optional<cube::ShownRows> rows;
  std::optional<std::vector<cube::ItemCount>> items;
  {
    // The store knows what is wrong with a slice.
    const std::lock_guard lock(impl_->store_mutex);
    RIPEN_ASSIGN_OR_RETURN(rows, impl_->store->ReadShown(monitor::RowsToRead(snapshot, request)));
    RIPEN_ASSIGN_OR_RETURN(items, impl_->store->ReadItems(monitor::ItemsToRead(snapshot, request)));
  }
  RIPEN_ASSIGN_OR_RETURN(const bool may_show, known->figures().MayShow(request.slice));
  if (!may_show) {
    RankingReport report;
    report.as_of = snapshot.as_of;
    report.k = request.k;
    report.slice = request.slice;
    report.too_few = true;
    return report;
  }
  return known->figures().Rank(request, *rows, *items);
}

Result<ChangeReport> Engine::ReadChanges(Day since, std::optional<Day> as_of) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> now, impl_->Ask(as_of));
  if (since >= now->snapshot().as_of) {
    return Fail(ErrorCode::kOutOfRange,
                fmt::format("since ({}) must be before the day asked for ({}).", since.Iso(),
                            now->snapshot().as_of.Iso()));
  }
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> then, impl_->Ask(since));
  return monitor::ListChanges({then->snapshot(), then->figures()},
                              {now->snapshot(), now->figures()});
}

Result<IncidentReport> Engine::ReadIncidents(std::optional<Day> as_of) {
  return impl_->Incidents(as_of, IncidentBook::WhenBusy::kRefuse);
}

Result<Incident> Engine::Judge(const std::string& incident, JudgementAction action,
                               const std::string& note) {
  RIPEN_ASSIGN_OR_RETURN(const IncidentReport known,
                         impl_->Incidents(std::nullopt, IncidentBook::WhenBusy::kWait));
  const auto find = [&](const IncidentReport& report) {
    return std::find_if(report.incidents.begin(), report.incidents.end(),
                        [&](const Incident& each) { return each.id == incident; });
  };
  const auto found = find(known);
  if (found == known.incidents.end()) {
    return Fail(ErrorCode::kNotFound, fmt::format("There is no incident {}.", incident));
  }
  const bool may_be_false = action == JudgementAction::kFalse &&
                            found->state != IncidentState::kMerged &&
                            found->state != IncidentState::kJudgedFalse;
  if (!IsOpen(found->state) && !may_be_false) {
    return Fail(ErrorCode::kFailedPrecondition,
                fmt::format("The incident {} is over since {}.", incident,
                            found->closed_on.value_or(known.as_of).Iso()));
  }
  RIPEN_RETURN_IF_ERROR(TakeJudgements({{incident, action, known.as_of, impl_->clock(), note}}));
  RIPEN_ASSIGN_OR_RETURN(const IncidentReport now,
                         impl_->Incidents(known.as_of, IncidentBook::WhenBusy::kWait));
  const auto judged = find(now);
  if (judged == now.incidents.end()) {
    return Fail(ErrorCode::kInternal, fmt::format("The incident {} is gone.", incident));
  }
  return *judged;
}

Result<std::vector<Judgement>> Engine::ReadJudgements() {
  const std::lock_guard lock(impl_->store_mutex);
  return impl_->store->ReadJudgements();
}

ripen::Status Engine::TakeJudgements(const std::vector<Judgement>& judgements) {
  {
    const std::lock_guard lock(impl_->store_mutex);
    RIPEN_RETURN_IF_ERROR(impl_->store->AddJudgements(judgements));
    ++impl_->imports;  // looks of later days take what was accepted as given
  }
  impl_->Forget();
  impl_->freshener.Tell();
  return {};
}

Result<AnnotationReport> Engine::ReadAnnotations(std::optional<Day> as_of) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(as_of));
  return known->Annotations();
}

Result<Annotation> Engine::Annotate(const Annotation& annotation) {
  RIPEN_ASSIGN_OR_RETURN(const Annotation checked, CheckedAnnotation(annotation));
  return impl_->Tell({checked, false, {}, impl_->clock()});
}

Result<Annotation> Engine::TakeBackAnnotation(const std::string& id) {
  AnnotationEvent event;
  event.annotation.id = id;
  event.taken_back = true;
  event.at = impl_->clock();
  return impl_->Tell(std::move(event));
}

Result<DrillReport> Engine::Drill(const DrillRequest& request, const drill::Progress& progress) {
  RIPEN_ASSIGN_OR_RETURN(const cube::Snapshot history, impl_->ReadHistory(request.as_of));
  drill::DrillOptions options;
  RIPEN_ASSIGN_OR_RETURN(Decided decided, impl_->DecidedBy(history.as_of));
  options.accepted = std::move(decided.accepted);
  options.alerts = impl_->config.alerts;
  options.smallest_group = impl_->config.privacy.smallest_group;
  options.seed = impl_->config.seed;
  options.threads = kDrillThreads;
  return drill::RunDrill(history, request, options, progress);
}

Result<ledger::StoreStatus> Engine::Status() { return impl_->Shown(); }

const Config& Engine::config() const { return impl_->config; }

namespace {
// The slice of a request, or one for each value of its attribute within that which may be shown.
Result<std::vector<Slice>> SlicesOf(const SeriesRequest& request, const monitor::Figures& figures) {
  if (!request.attribute) return std::vector<Slice>{request.within};
  std::vector<std::string> known;
  for (const SegmentSummary& segment : figures.Segments()) {
    known.push_back(segment.attribute);
    if (segment.attribute != *request.attribute) continue;
    std::vector<Slice> slices;
    for (const SegmentValueSummary& value : segment.values) {
      std::vector<Segment> parts = request.within.segments;
      parts.push_back({segment.attribute, value.value});
      Slice slice = Slice::Of(std::move(parts));
      if (figures.MayShow(slice).value_or(true)) slices.push_back(std::move(slice));
    }
    return slices;
  }
  const auto nearest = NearestName(*request.attribute, known);
  return Fail(ErrorCode::kNotFound,
              fmt::format("No attribute is named '{}'{}.", *request.attribute,
                          nearest ? fmt::format("; the nearest is '{}'", *nearest) : ""));
}

// The points of one line; weeks run from Monday to Sunday and are cut at from and to.
Result<std::vector<Metric>> PointsOf(const SeriesRequest& request, const Slice& slice,
                                     const monitor::Figures& figures, Day from, Day to) {
  std::vector<Metric> points;
  if (request.grain == Grain::kSpan) {
    RIPEN_ASSIGN_OR_RETURN(Metric figure, figures.Of(request.stage, slice, from, to));
    points.push_back(std::move(figure));
    return points;
  }
  if (request.grain == Grain::kWeek && !request.from && !request.to) {
    return figures.ByWeek(request.stage, slice);
  }
  if (request.grain == Grain::kWeek) {
    for (Day start = from; start <= to;) {
      const Day sunday = start + static_cast<int>(7 - start.iso_weekday());
      const Day end = std::min(sunday, to);
      RIPEN_ASSIGN_OR_RETURN(Metric figure, figures.Of(request.stage, slice, start, end));
      points.push_back(std::move(figure));
      start = end + 1;
    }
    return points;
  }
  RIPEN_ASSIGN_OR_RETURN(points, figures.ByDay(request.stage, slice));
  std::erase_if(points, [&](const Metric& point) { return point.from < from || point.to > to; });
  return points;
}

}  // namespace

Result<std::vector<Series>> Engine::ReadSeries(const SeriesRequest& request) {
  RIPEN_ASSIGN_OR_RETURN(const std::shared_ptr<Known> known, impl_->Ask(request.as_of));
  const cube::Snapshot& snapshot = known->snapshot();
  const Day from = std::max(request.from.value_or(snapshot.first_day), snapshot.first_day);
  const Day to = std::min(request.to.value_or(snapshot.last_day), snapshot.last_day);
  if (from > to) {
    return Fail(ErrorCode::kOutOfRange,
                fmt::format("No recommendation was shown from {} to {}; there are some from {} to "
                            "{}.",
                            request.from.value_or(from).Iso(), request.to.value_or(to).Iso(),
                            snapshot.first_day.Iso(), snapshot.last_day.Iso()));
  }
  RIPEN_ASSIGN_OR_RETURN(const std::vector<Slice> slices, SlicesOf(request, known->figures()));
  std::vector<Series> lines;
  for (const Slice& slice : slices) {
    RIPEN_ASSIGN_OR_RETURN(std::vector<Metric> points,
                           PointsOf(request, slice, known->figures(), from, to));
    lines.push_back({slice, std::move(points)});
  }
  return lines;
}

}  // namespace ripen::engine
