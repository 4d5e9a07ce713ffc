#include "server/engine_view.h"

#include <utility>

#include "server/server.h"

namespace ripen::server {
namespace {

class RealEngine final : public EngineView {
 public:
  explicit RealEngine(engine::Engine& engine) : engine_(engine) {}
  Result<CheckReport> Check(std::optional<Day> as_of) override { return engine_.Check(as_of); }
  Result<std::vector<Series>> ReadSeries(const engine::SeriesRequest& request) override {
    return engine_.ReadSeries(request);
  }
  Result<Truth> ReadTruth(std::optional<Day> as_of, const Slice& slice) override {
    return engine_.ReadTruth(as_of, slice);
  }
  Result<BacktestReport> ReadBacktest(std::optional<Day> as_of) override {
    return engine_.ReadBacktest(as_of);
  }
  Result<PeriodComparison> ReadPeriods(std::optional<Day> as_of,
                                       const monitor::PeriodRequest& request) override {
    return engine_.ReadPeriods(as_of, request);
  }
  Result<SidesReport> ReadSides(std::optional<Day> as_of,
                                const monitor::SidesRequest& request) override {
    return engine_.ReadSides(as_of, request);
  }
  Result<ExposureReport> ReadExposure(std::optional<Day> as_of,
                                      const monitor::ExposureRequest& request) override {
    return engine_.ReadExposure(as_of, request);
  }
  Result<FairnessReport> ReadFairness(std::optional<Day> as_of,
                                      const monitor::FairnessRequest& request) override {
    return engine_.ReadFairness(as_of, request);
  }
  Result<TotalMove> ReadMove(std::optional<Day> as_of,
                             const monitor::MoveRequest& request) override {
    return engine_.ReadMove(as_of, request);
  }
  Result<CollectionsReport> ReadCollections(std::optional<Day> as_of,
                                            const monitor::CollectionsRequest& request) override {
    return engine_.ReadCollections(as_of, request);
  }
  Result<ExpectedReport> ReadExpected(std::optional<Day> as_of,
                                      const monitor::ExpectedRequest& request) override {
    return engine_.ReadExpected(as_of, request);
  }
  Result<SignReport> ReadSigns(std::optional<Day> as_of) override {
    return engine_.ReadSigns(as_of);
  }
  Result<RankingReport> ReadRanking(std::optional<Day> as_of,
                                    const monitor::RankingRequest& request) override {
    return engine_.ReadRanking(as_of, request);
  }
  Result<ChangeReport> ReadChanges(Day since, std::optional<Day> as_of) override {
    return engine_.ReadChanges(since, as_of);
  }
  Result<IncidentReport> ReadIncidents(std::optional<Day> as_of) override {
    return engine_.ReadIncidents(as_of);
  }
  Result<Incident> Judge(const std::string& incident, JudgementAction action,
                         const std::string& note) override {
    return engine_.Judge(incident, action, note);
  }
  Result<std::vector<Judgement>> ReadJudgements() override { return engine_.ReadJudgements(); }
  ripen::Status TakeJudgements(const std::vector<Judgement>& judgements) override {
    return engine_.TakeJudgements(judgements);
  }
  Result<AnnotationReport> ReadAnnotations(std::optional<Day> as_of) override {
    return engine_.ReadAnnotations(as_of);
  }
  Result<Annotation> Annotate(const Annotation& annotation) override {
    return engine_.Annotate(annotation);
  }
  Result<Annotation> TakeBackAnnotation(const std::string& id) override {
    return engine_.TakeBackAnnotation(id);
  }
  Result<DrillReport> Drill(const DrillRequest& request, const drill::Progress& progress) override {
    return engine_.Drill(request, progress);
  }
  Result<ledger::StoreStatus> Status() override { return engine_.Status(); }
  Result<InputSummary> TakeEvents(const engine::EventBatch& batch) override {
    return engine_.TakeEvents(batch);
  }
  int Subscribe(std::function<void(const engine::Fresh&)> heard) override {
    return engine_.Subscribe(std::move(heard));
  }
  void Unsubscribe(int subscription) override { engine_.Unsubscribe(subscription); }
  const Config& config() const override { return engine_.config(); }

 private:
  engine::Engine& engine_;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::Start(engine::Engine& engine,
                                              const ServerOptions& options) {
  return Start(std::make_shared<RealEngine>(engine), options);
}

}  // namespace ripen::server
