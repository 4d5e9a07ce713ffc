// What the server asks of the engine: its reads, as an interface, so that the server can be tested
// with answers that no file would give.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"
#include "model/check_report.h"
#include "model/config.h"
#include "model/series.h"
#include "model/truth.h"

namespace ripen::server {

// Thread safety: all functions may be called from several threads at once, as those of Engine.
class EngineView {
 public:
  virtual ~EngineView() = default;
  [[nodiscard]] virtual Result<CheckReport> Check(std::optional<Day> as_of) = 0;
  [[nodiscard]] virtual Result<std::vector<Series>> ReadSeries(
      const engine::SeriesRequest& request) = 0;
  [[nodiscard]] virtual Result<Truth> ReadTruth(std::optional<Day> as_of, const Slice& slice) = 0;
  [[nodiscard]] virtual Result<BacktestReport> ReadBacktest(std::optional<Day> as_of) = 0;
  [[nodiscard]] virtual Result<PeriodComparison> ReadPeriods(
      std::optional<Day> as_of, const monitor::PeriodRequest& request) = 0;
  [[nodiscard]] virtual Result<SidesReport> ReadSides(std::optional<Day> as_of,
                                                      const monitor::SidesRequest& request) = 0;
  [[nodiscard]] virtual Result<ExposureReport> ReadExposure(
      std::optional<Day> as_of, const monitor::ExposureRequest& request) = 0;
  [[nodiscard]] virtual Result<FairnessReport> ReadFairness(
      std::optional<Day> as_of, const monitor::FairnessRequest& request) = 0;
  [[nodiscard]] virtual Result<TotalMove> ReadMove(std::optional<Day> as_of,
                                                   const monitor::MoveRequest& request) = 0;
  [[nodiscard]] virtual Result<CollectionsReport> ReadCollections(
      std::optional<Day> as_of, const monitor::CollectionsRequest& request) = 0;
  [[nodiscard]] virtual Result<ExpectedReport> ReadExpected(
      std::optional<Day> as_of, const monitor::ExpectedRequest& request) = 0;
  [[nodiscard]] virtual Result<SignReport> ReadSigns(std::optional<Day> as_of) = 0;
  [[nodiscard]] virtual Result<RankingReport> ReadRanking(
      std::optional<Day> as_of, const monitor::RankingRequest& request) = 0;
  [[nodiscard]] virtual Result<ChangeReport> ReadChanges(Day since, std::optional<Day> as_of) = 0;
  [[nodiscard]] virtual Result<IncidentReport> ReadIncidents(std::optional<Day> as_of) = 0;
  [[nodiscard]] virtual Result<Incident> Judge(const std::string& incident, JudgementAction action,
                                               const std::string& note) = 0;
  [[nodiscard]] virtual Result<std::vector<Judgement>> ReadJudgements() = 0;
  [[nodiscard]] virtual ripen::Status TakeJudgements(const std::vector<Judgement>& judgements) = 0;
  [[nodiscard]] virtual Result<AnnotationReport> ReadAnnotations(std::optional<Day> as_of) = 0;
  [[nodiscard]] virtual Result<Annotation> Annotate(const Annotation& annotation) = 0;
  [[nodiscard]] virtual Result<Annotation> TakeBackAnnotation(const std::string& id) = 0;
  [[nodiscard]] virtual Result<DrillReport> Drill(const DrillRequest& request,
                                                  const drill::Progress& progress) = 0;
  [[nodiscard]] virtual Result<ledger::StoreStatus> Status() = 0;
  [[nodiscard]] virtual Result<InputSummary> TakeEvents(const engine::EventBatch& batch) = 0;
  virtual int Subscribe(std::function<void(const engine::Fresh&)> heard) = 0;
  virtual void Unsubscribe(int subscription) = 0;
  virtual const Config& config() const = 0;
};

}  // namespace ripen::server
