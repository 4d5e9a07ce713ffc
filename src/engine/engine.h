// The facade: open a store, read files into it, ask. The server and the command line see only this.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "drill/drill.h"
#include "engine/clock.h"
#include "ledger/import_plan.h"
#include "ledger/store.h"
#include "model/annotation.h"
#include "model/backtest.h"
#include "model/check_report.h"
#include "model/collections.h"
#include "model/comparison.h"
#include "model/config.h"
#include "model/drill.h"
#include "model/expected.h"
#include "model/exposure.h"
#include "model/incident.h"
#include "model/ranking.h"
#include "model/series.h"
#include "model/side_by_side.h"
#include "model/signs.h"
#include "model/truth.h"
#include "monitor/collections.h"
#include "monitor/expected_rate.h"
#include "monitor/exposure_figures.h"
#include "monitor/fairness.h"
#include "monitor/periods.h"
#include "monitor/ranking.h"
#include "monitor/side_by_side.h"
#include "monitor/total_move.h"

namespace ripen::engine {

struct OpenOptions {
  // The DuckDB file; empty = a temporary store that is deleted with the Engine.
  std::string store_path;
  Config config;
  // What dates live input; for tests.
  std::function<Moment()> clock = Now;
  // Work on a copy in a temporary folder: nothing is ever written into the store itself, not even
  // counts that are brought up to date.
  bool copy = false;
};

struct ImportRequest {
  std::vector<std::string> files;
  std::optional<std::string> snapshot_at;
  // Live input: when it was received, which is then the arrival of every row.
  std::optional<Moment> received_at;
  // The answer comes as soon as the rows are stored; reads go on with what was known before until
  // the new state has been worked out in the background (see Engine::Subscribe).
  bool live = false;
  bool only_events = false;        // NDJSON alone
  ledger::Progress progress = {};  // may be empty
};

// Events as they come in: NDJSON, perhaps packed.
struct EventBatch {
  std::string body;
  bool gzip = false;
  bool history = false;  // an `arrived_at` counts; else the arrival is the moment of receipt
};

// A state of the figures that reads now answer with.
struct Fresh {
  Day as_of;
  std::uint64_t version = 0;  // counts up from 1 while the engine lives
};
struct ImportAnswer {
  InputSummary input;                     // of this import
  std::vector<ledger::ImportPlan> plans;  // how each file was read
};

struct SeriesRequest {
  std::optional<Day> as_of;
  std::string stage;
  Slice within;                          // the slice, or what the attribute's values are within
  std::optional<std::string> attribute;  // one series for each of its values
  std::optional<Day> from;
  std::optional<Day> to;
  Grain grain = Grain::kDay;
};

// Thread safety: all functions may run at once; imports wait for each other. The answers of the
// last days asked for are kept until an import; while a live one is worked in, they are still
// given.
class Engine {
 public:
  // Errors: kInvalidArgument for a configuration that cannot work; those of the store.
  [[nodiscard]] static Result<std::unique_ptr<Engine>> Open(const OpenOptions& options);
  // The same over a given store, for tests and other stores.
  [[nodiscard]] static Result<std::unique_ptr<Engine>> Over(std::unique_ptr<ledger::Store> store,
                                                            Config config,
                                                            std::function<Moment()> clock = Now);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // The mapping that ImportFiles would use, for `init` and to print before reading: one plan, or
  // two for a file of events (recommendations, outcomes).
  [[nodiscard]] Result<std::vector<ledger::ImportPlan>> Plan(const std::string& file);
  // Reads all files in one transaction: all of it is stored, or nothing. Into a temporary store
  // recommendations without any outcome are refused, for nothing could be said about them.
  [[nodiscard]] Result<ImportAnswer> ImportFiles(const ImportRequest& request);
  // Stores events in one transaction and answers after the commit; the same events sent again
  // change nothing. Errors: kInvalidArgument for what ImportFiles would refuse, kResourceExhausted
  // for a packed body of over 512 MB.
  [[nodiscard]] Result<InputSummary> TakeEvents(const EventBatch& batch);
  // Calls `heard` on a thread of the engine whenever reads have moved on to a newer state. It must
  // be quick and must not call back. Unsubscribe returns when no call is under way.
  int Subscribe(std::function<void(const Fresh&)> heard);
  void Unsubscribe(int subscription);
  // `as_of` of the reads: absent = the last day that a shown, outcome or arrival time names; of a
  // store that takes live input yesterday, if that day names more: a day that is not over has a
  // part of its outcomes alone. (After 24 hours without news the last day named.)
  // Errors: kNotFound for an empty store; kOutOfRange before the first day.
  [[nodiscard]] Result<CheckReport> Check(std::optional<Day> as_of);
  // Errors: kNotFound for an unknown stage, attribute or value; kOutOfRange where from > to.
  [[nodiscard]] Result<std::vector<Series>> ReadSeries(const SeriesRequest& request);
  // Errors: kNotFound for a slice of unknown attributes or values.
  [[nodiscard]] Result<Truth> ReadTruth(std::optional<Day> as_of, const Slice& slice = {});
  // The record of our own ranges, and of those that were given. Check keeps what it gives out for
  // the default day in a store that stays.
  [[nodiscard]] Result<BacktestReport> ReadBacktest(std::optional<Day> as_of);
  // Errors: kNotFound for an unknown stage.
  [[nodiscard]] Result<PeriodComparison> ReadPeriods(std::optional<Day> as_of,
                                                     const monitor::PeriodRequest& request);
  // Errors: kNotFound for an unknown stage or attribute.
  [[nodiscard]] Result<SidesReport> ReadSides(std::optional<Day> as_of,
                                              const monitor::SidesRequest& request);
  // Errors: those of monitor::ReadExposure.
  [[nodiscard]] Result<ExposureReport> ReadExposure(std::optional<Day> as_of,
                                                    const monitor::ExposureRequest& request);
  // Errors: kNotFound for an unknown stage or attribute, kInvalidArgument for an attribute that
  // does not describe items. Cost: the store is asked once for every switch, how late outcomes were
  // then.
  [[nodiscard]] Result<CollectionsReport> ReadCollections(std::optional<Day> as_of,
                                                          monitor::CollectionsRequest request);
  // Errors: kNotFound for an unknown stage or attribute; kInvalidArgument where the configuration
  // names groups that the data do not have.
  [[nodiscard]] Result<FairnessReport> ReadFairness(std::optional<Day> as_of,
                                                    const monitor::FairnessRequest& request);
  // Whether the groups that the configuration names for fairness are there. Errors: as
  // ReadFairness.
  [[nodiscard]] ripen::Status CheckFairnessGroups(std::optional<Day> as_of);
  // Errors: kNotFound for an unknown stage or attribute; kInvalidArgument and kOutOfRange for
  // periods that are none.
  [[nodiscard]] Result<TotalMove> ReadMove(std::optional<Day> as_of,
                                           const monitor::MoveRequest& request);
  // What moves before any outcome is known. Cost: passes over the recommendations, once for a day.
  [[nodiscard]] Result<SignReport> ReadSigns(std::optional<Day> as_of);
  // What the model's scores would have us expect. Errors: kNotFound for an unknown stage, attribute
  // or value. Cost: folds the ledger's rows with a score, each time it is asked.
  [[nodiscard]] Result<ExpectedReport> ReadExpected(std::optional<Day> as_of,
                                                    const monitor::ExpectedRequest& request);
  // Order within lists, positions and the catalogue shown. Errors: kNotFound for an unknown
  // attribute or value, kInvalidArgument for an attribute of items or more than one. Cost: the
  // rows of 56 days, each time it is asked.
  [[nodiscard]] Result<RankingReport> ReadRanking(std::optional<Day> as_of,
                                                  const monitor::RankingRequest& request);
  // Errors: kOutOfRange where `since` is not before the day asked for.
  [[nodiscard]] Result<ChangeReport> ReadChanges(Day since, std::optional<Day> as_of);
  // The incidents as known on a day: every look up to it, folded. Cost: a look for each day that
  // was not looked at yet; kept in the store.
  [[nodiscard]] Result<IncidentReport> ReadIncidents(std::optional<Day> as_of);
  // Notes what somebody decided about an incident of the default day, and answers with it. Errors:
  // kNotFound for an unknown incident; kFailedPrecondition for one that is over.
  [[nodiscard]] Result<Incident> Judge(const std::string& incident, JudgementAction action,
                                       const std::string& note);
  // All judgements, to carry them into a store that is made anew, and what takes them there.
  [[nodiscard]] Result<std::vector<Judgement>> ReadJudgements();
  [[nodiscard]] ripen::Status TakeJudgements(const std::vector<Judgement>& judgements);
  // What the shop did, as known on a day: declared, and launches that the day's look found.
  [[nodiscard]] Result<AnnotationReport> ReadAnnotations(std::optional<Day> as_of);
  // Keeps what somebody tells; it counts from the look of the default day on. The same words again
  // change nothing. Errors: those of CheckedAnnotation; kNotFound for an empty store;
  // kFailedPrecondition for one too many.
  [[nodiscard]] Result<Annotation> Annotate(const Annotation& annotation);
  // Takes back what somebody told; from the look of the default day on it is not known any more.
  // Errors: kNotFound for an unknown one; kFailedPrecondition for one of the configuration.
  [[nodiscard]] Result<Annotation> TakeBackAnnotation(const std::string& id);
  // Replays a copy of what is known with a change in it; the store is only read. Reads and imports
  // go on meanwhile. Takes seconds; `progress` (may be empty) is told the share done and may end
  // it. Errors: kNotFound for an unknown stage, attribute or value; see drill/drill.h.
  [[nodiscard]] Result<DrillReport> Drill(const DrillRequest& request,
                                          const drill::Progress& progress);
  [[nodiscard]] Result<ledger::StoreStatus> Status();
  const Config& config() const;

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ripen::engine
