// An engine whose answers a test decides on.
#pragma once

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "server/engine_view.h"

namespace ripen::server {

class FakeEngine final : public EngineView {
 public:
  [[nodiscard]] Result<CheckReport> Check(std::optional<Day> as_of) override {
    return check(as_of);
  }
  [[nodiscard]] Result<std::vector<Series>> ReadSeries(
      const engine::SeriesRequest& request) override {
    return series(request);
  }
  [[nodiscard]] Result<Truth> ReadTruth(std::optional<Day> as_of, const Slice& /*slice*/) override {
    return truth(as_of);
  }
  [[nodiscard]] Result<BacktestReport> ReadBacktest(std::optional<Day> as_of) override {
    return backtest(as_of);
  }
  [[nodiscard]] Result<PeriodComparison> ReadPeriods(
      std::optional<Day> as_of, const monitor::PeriodRequest& request) override {
    return periods(as_of, request);
  }
  [[nodiscard]] Result<SidesReport> ReadSides(std::optional<Day> as_of,
                                              const monitor::SidesRequest& request) override {
    return sides(as_of, request);
  }
  [[nodiscard]] Result<ExposureReport> ReadExposure(
      std::optional<Day> as_of, const monitor::ExposureRequest& request) override {
    return exposure(as_of, request);
  }
  [[nodiscard]] Result<FairnessReport> ReadFairness(
      std::optional<Day> as_of, const monitor::FairnessRequest& request) override {
    return fairness(as_of, request);
  }
  [[nodiscard]] Result<TotalMove> ReadMove(std::optional<Day> as_of,
                                           const monitor::MoveRequest& request) override {
    return move(as_of, request);
  }
  [[nodiscard]] Result<CollectionsReport> ReadCollections(
      std::optional<Day> as_of, const monitor::CollectionsRequest& request) override {
    return collections(as_of, request);
  }
  [[nodiscard]] Result<ExpectedReport> ReadExpected(
      std::optional<Day> as_of, const monitor::ExpectedRequest& request) override {
    return expected(as_of, request);
  }
  [[nodiscard]] Result<SignReport> ReadSigns(std::optional<Day> as_of) override {
    return signs(as_of);
  }
  [[nodiscard]] Result<RankingReport> ReadRanking(std::optional<Day> as_of,
                                                  const monitor::RankingRequest& request) override {
    return ranking(as_of, request);
  }
  [[nodiscard]] Result<ChangeReport> ReadChanges(Day since, std::optional<Day> as_of) override {
    return changes(since, as_of);
  }
  [[nodiscard]] Result<IncidentReport> ReadIncidents(std::optional<Day> as_of) override {
    return incidents(as_of);
  }
  [[nodiscard]] Result<Incident> Judge(const std::string& incident, JudgementAction action,
                                       const std::string& note) override {
    return judge(incident, action, note);
  }
  [[nodiscard]] Result<std::vector<Judgement>> ReadJudgements() override { return judgements; }
  [[nodiscard]] ripen::Status TakeJudgements(const std::vector<Judgement>& given) override {
    judgements.insert(judgements.end(), given.begin(), given.end());
    return {};
  }
  [[nodiscard]] Result<AnnotationReport> ReadAnnotations(std::optional<Day> as_of) override {
    return AnnotationReport{as_of.value_or(Day()), annotations};
  }
  [[nodiscard]] Result<Annotation> Annotate(const Annotation& annotation) override {
    auto checked = CheckedAnnotation(annotation);
    if (checked) annotations.push_back(*checked);
    return checked;
  }
  [[nodiscard]] Result<Annotation> TakeBackAnnotation(const std::string& id) override {
    return Fail(ErrorCode::kNotFound, "There is no annotation " + id + " to take back.");
  }
  [[nodiscard]] Result<DrillReport> Drill(const DrillRequest& request,
                                          const ripen::drill::Progress& progress) override {
    return drill(request, progress);
  }
  [[nodiscard]] Result<ledger::StoreStatus> Status() override { return status(); }
  [[nodiscard]] Result<InputSummary> TakeEvents(const engine::EventBatch& batch) override {
    return events(batch);
  }
  int Subscribe(std::function<void(const engine::Fresh&)> listener) override {
    heard = std::move(listener);
    return 1;
  }
  void Unsubscribe(int /*subscription*/) override { heard = nullptr; }
  const Config& config() const override { return configuration; }

  std::function<Result<CheckReport>(std::optional<Day>)> check = [](std::optional<Day>) {
    return Result<CheckReport>(Fail(ErrorCode::kNotFound, "No check is set."));
  };
  std::function<Result<std::vector<Series>>(const engine::SeriesRequest&)> series =
      [](const engine::SeriesRequest&) {
        return Result<std::vector<Series>>(std::vector<Series>{});
      };
  std::function<Result<Truth>(std::optional<Day>)> truth = [](std::optional<Day>) {
    return Result<Truth>(Fail(ErrorCode::kNotFound, "No truth is set."));
  };
  std::function<Result<BacktestReport>(std::optional<Day>)> backtest = [](std::optional<Day>) {
    return Result<BacktestReport>(BacktestReport{});
  };
  std::function<Result<PeriodComparison>(std::optional<Day>, const monitor::PeriodRequest&)>
      periods = [](std::optional<Day>, const monitor::PeriodRequest&) {
        return Result<PeriodComparison>(PeriodComparison{});
      };
  std::function<Result<SidesReport>(std::optional<Day>, const monitor::SidesRequest&)> sides =
      [](std::optional<Day>, const monitor::SidesRequest&) {
        return Result<SidesReport>(SidesReport{});
      };
  std::function<Result<ExposureReport>(std::optional<Day>, const monitor::ExposureRequest&)>
      exposure = [](std::optional<Day>, const monitor::ExposureRequest&) {
        return Result<ExposureReport>(ExposureReport{});
      };
  std::function<Result<FairnessReport>(std::optional<Day>, const monitor::FairnessRequest&)>
      fairness = [](std::optional<Day>, const monitor::FairnessRequest&) {
        return Result<FairnessReport>(FairnessReport{});
      };
  std::function<Result<TotalMove>(std::optional<Day>, const monitor::MoveRequest&)> move =
      [](std::optional<Day>, const monitor::MoveRequest&) {
        return Result<TotalMove>(TotalMove{});
      };
  std::function<Result<CollectionsReport>(std::optional<Day>, const monitor::CollectionsRequest&)>
      collections = [](std::optional<Day>, const monitor::CollectionsRequest&) {
        return Result<CollectionsReport>(CollectionsReport{});
      };
  std::function<Result<ExpectedReport>(std::optional<Day>, const monitor::ExpectedRequest&)>
      expected = [](std::optional<Day>, const monitor::ExpectedRequest&) {
        return Result<ExpectedReport>(ExpectedReport{});
      };
  std::function<Result<SignReport>(std::optional<Day>)> signs = [](std::optional<Day>) {
    return Result<SignReport>(SignReport{});
  };
  std::function<Result<RankingReport>(std::optional<Day>, const monitor::RankingRequest&)> ranking =
      [](std::optional<Day>, const monitor::RankingRequest&) {
        return Result<RankingReport>(RankingReport{});
      };
  std::function<Result<ChangeReport>(Day, std::optional<Day>)> changes =
      [](Day, std::optional<Day>) { return Result<ChangeReport>(ChangeReport{}); };
  std::function<Result<IncidentReport>(std::optional<Day>)> incidents = [](std::optional<Day>) {
    return Result<IncidentReport>(IncidentReport{});
  };
  std::function<Result<Incident>(const std::string&, JudgementAction, const std::string&)> judge =
      [](const std::string&, JudgementAction, const std::string&) {
        return Result<Incident>(Incident{});
      };
  std::vector<Judgement> judgements;
  std::vector<Annotation> annotations;
  std::function<Result<DrillReport>(const DrillRequest&, const ripen::drill::Progress&)> drill =
      [](const DrillRequest&, const ripen::drill::Progress&) {
        return Result<DrillReport>(Fail(ErrorCode::kNotFound, "No drill is set."));
      };
  std::function<Result<ledger::StoreStatus>()> status = [] {
    return Result<ledger::StoreStatus>(ledger::StoreStatus{});
  };
  std::function<Result<InputSummary>(const engine::EventBatch&)> events =
      [](const engine::EventBatch&) { return Result<InputSummary>(InputSummary{}); };
  std::function<void(const engine::Fresh&)> heard;  // the server's, while it runs
  Config configuration;
};

}  // namespace ripen::server
