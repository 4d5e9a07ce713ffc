#include "engine/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <thread>
#include <utility>

namespace ripen::engine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const Day kFirst = Day::FromYmd(2026, 11, 2);  // a Monday
constexpr int kDays = 10;

// Ten days, 100 recommendations a day, half of them in each region; 30 and 20
// clicks.
cube::Snapshot TenDays(Day as_of) {
  cube::Snapshot snapshot;
  snapshot.as_of = as_of;
  snapshot.ladder = StageLadder::Default();
  snapshot.stage_given = {true, false, false};
  snapshot.stage_has_times = {true, true, true};
  snapshot.stage_known_from.resize(3);
  snapshot.stage_empty_where_unflagged = {false, false, false};
  snapshot.attributes = {
      {"region", AttributeKind::kCustomer, {"North", "South"}, {true, true}, {500, 500}}};
  snapshot.adjust = {0};
  cube::Family family;
  family.cells = {{0}, {1}};
  family.stages.resize(3);
  for (std::int32_t cell = 0; cell < 2; ++cell) {
    for (int day = 0; day < kDays; ++day) {
      family.shown.push_back({cell, kFirst + day, 0, 0, 50, 0});
      family.stages[0].push_back({cell, kFirst + day, 0, 0, cell == 0 ? 30 : 20, 0});
    }
  }
  snapshot.families = {family};
  for (int day = 0; day < kDays; ++day) {
    snapshot.truth.push_back({kFirst + day, 100, {0, 0, 0}, {0, 0, 0}, {50, 0, 0}});
  }
  snapshot.orphans = {0, 0, 0};
  snapshot.first_day = kFirst;
  snapshot.last_day = kFirst + (kDays - 1);
  return snapshot;
}

// A store that counts what it is asked, and notices two callers at once.
class FakeStore : public ledger::Store {
 public:
  struct Calls {
    std::atomic<int> snapshots{0};
    std::atomic<int> imports{0};
    std::atomic<int> inside{0};
    std::atomic<bool> overlapped{false};
  };
  FakeStore(Calls& calls, bool empty) : calls_(calls), empty_(empty) {}

  Result<ledger::FileProbe> Probe(const std::string& path) override {
    const Caller caller(calls_);
    if (path == "absent.csv") return Fail(ErrorCode::kNotFound, "No file named absent.csv.");
    ledger::FileProbe probe;
    probe.path = path;
    for (const char* name : {"id", "shown_at", "clicked"}) {
      ledger::ColumnProbe column;
      column.name = name;
      probe.columns.push_back(column);
    }
    return probe;
  }
  Result<InputSummary> Import(const std::vector<ledger::ImportPlan>& plans,
                              const ledger::Progress&) override {
    const Caller caller(calls_);
    ++calls_.imports;
    snapshot_at = plans.front().snapshot_at;
    return InputSummary{};
  }
  Status Refresh(const ledger::Progress&) override { return {}; }
  Result<cube::Snapshot> ReadSnapshot(Day as_of) override {
    const Caller caller(calls_);
    ++calls_.snapshots;
    if (on_snapshot) on_snapshot(as_of);
    if (as_of == Day::FromYmd(2027, 1, 1)) return Fail(ErrorCode::kDataLoss, "A broken page.");
    return TenDays(as_of);
  }
  Result<ledger::StoreStatus> ReadStatus() override {
    const Caller caller(calls_);
    ledger::StoreStatus status;
    status.location = "shop.duckdb";
    if (empty_) return status;
    status.input.recommendations = 1000;
    status.input.first_day = kFirst;
    status.input.last_day = kFirst + (kDays - 1);
    status.newest_day = kFirst + kDays;
    status.first_known = kFirst;
    status.last_received = received;
    return status;
  }
  Result<cube::Cross> ReadCross(const cube::Snapshot& snapshot, Day first, Day last) override {
    const Caller caller(calls_);
    return cube::CrossWithin(snapshot, first, last).value_or(cube::Cross{});
  }
  Result<cube::ShownRows> ReadShown(const cube::ShownRequest& request) override {
    const Caller caller(calls_);
    cube::ShownRows shown;
    shown.first = request.first;
    shown.last = request.last;
    return shown;
  }
  Result<std::vector<cube::ItemCount>> ReadItems(const cube::ShownRequest&) override {
    const Caller caller(calls_);
    return std::vector<cube::ItemCount>();
  }
  Result<cube::SignCounts> ReadSignCounts(Day as_of) override {
    const Caller caller(calls_);
    cube::SignCounts counts;
    counts.as_of = as_of;
    return counts;
  }
  Result<cube::ScoredOutcomes> ReadScoredOutcomes(Day, const Slice&) override {
    const Caller caller(calls_);
    return cube::ScoredOutcomes{};
  }
  Status LogIssued(const std::vector<IssuedFigure>& figures) override {
    const Caller caller(calls_);
    logged.insert(logged.end(), figures.begin(), figures.end());
    return {};
  }
  Result<std::vector<IssuedFigure>> ReadIssued() override { return logged; }

  Status KeepLooks(const std::string& fingerprint,
                   const std::vector<ledger::KeptLook>& looks) override {
    const Caller caller(calls_);
    for (const ledger::KeptLook& look : looks) kept_looks[fingerprint].push_back(look);
    return {};
  }
  Result<std::vector<ledger::KeptLook>> ReadLooks(const std::string& fingerprint) override {
    const Caller caller(calls_);
    return kept_looks[fingerprint];
  }
  Status AddJudgements(const std::vector<Judgement>& given) override {
    const Caller caller(calls_);
    judgements.insert(judgements.end(), given.begin(), given.end());
    return {};
  }
  Result<std::vector<Judgement>> ReadJudgements() override { return judgements; }
  Status AddAnnotations(const std::vector<AnnotationEvent>& events) override {
    const Caller caller(calls_);
    annotations.insert(annotations.end(), events.begin(), events.end());
    return {};
  }
  Result<std::vector<AnnotationEvent>> ReadAnnotations() override { return annotations; }
  Result<ledger::OutcomeValue> ReadValue(const std::string&, Day) override {
    return ledger::OutcomeValue{};
  }

  std::function<void(Day)> on_snapshot;
  std::optional<Moment> received;
  std::vector<IssuedFigure> logged;
  std::map<std::string, std::vector<ledger::KeptLook>> kept_looks;
  std::vector<Judgement> judgements;
  std::vector<AnnotationEvent> annotations;

  std::optional<std::string> snapshot_at;

 private:
  class Caller {
   public:
    explicit Caller(Calls& calls) : calls_(calls) {
      if (++calls_.inside > 1) calls_.overlapped = true;
    }
    ~Caller() { --calls_.inside; }

   private:
    Calls& calls_;
  };
  Calls& calls_;
  const bool empty_;
};

class EngineTest : public testing::Test {
 protected:
  std::unique_ptr<Engine> Make(Config config = {}, bool empty = false) {
    auto store = std::make_unique<FakeStore>(calls_, empty);
    store_ = store.get();
    auto engine = Engine::Over(std::move(store), std::move(config), [this] { return now_; });
    EXPECT_TRUE(engine);
    return std::move(*engine);
  }

  // Noon of a day, as the engine's clock.
  static Moment Noon(Day day) {
    return Moment(day.days_since_epoch() * kMicrosPerDay + kMicrosPerDay / 2);
  }

  Moment now_ = Noon(kFirst + 40);

  FakeStore::Calls calls_;
  FakeStore* store_ = nullptr;
};

TEST_F(EngineTest, AnswersAsOfTheNewestDayWhenNoneIsGiven) {
  const auto engine = Make();
  EXPECT_EQ(engine->Check({})->as_of, kFirst + kDays);
  EXPECT_EQ(engine->Check(kFirst + 3)->as_of, kFirst + 3);
}

TEST_F(EngineTest, AStoreWithLiveInputAnswersForTheLastDayThatIsOver) {
  const auto engine = Make();
  const Day newest = kFirst + kDays;
  now_ = Noon(newest);
  store_->received = Moment(now_.micros() - 1);
  const auto report = engine->Check({});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->as_of, newest - 1);
  ASSERT_TRUE(report->input.today);
  EXPECT_EQ(report->input.today->day, newest);
  EXPECT_FALSE(engine->Check(newest)->input.today);  // asked for, that day is the answer's
  EXPECT_EQ(engine->Status()->as_of, newest - 1);
  // The next noon it is over; a day without news later nothing is expected any more.
  now_ = Noon(newest + 1);
  EXPECT_EQ(engine->Check({})->as_of, newest);
  now_ = Noon(newest + 9);
  EXPECT_EQ(engine->Check({})->as_of, newest);
}

TEST_F(EngineTest, OnTheFirstDayOfAllThatDayIsTheAnswer) {
  const auto engine = Make();
  store_->received = now_ = Noon(kFirst);
  EXPECT_EQ(engine->Check({})->as_of, kFirst + kDays);  // nothing was known the day before
}

TEST_F(EngineTest, RangesAreKeptAsTheyWereGiven) {
  const auto engine = Make();
  ASSERT_TRUE(engine->Check(kFirst + 3));  // a look back is not given out
  EXPECT_TRUE(store_->logged.empty());
  ASSERT_TRUE(engine->Check({}));
  const std::size_t logged = store_->logged.size();
  ASSERT_TRUE(engine->Check({}));
  EXPECT_EQ(store_->logged.size(), logged);
  store_->logged.push_back({kFirst, "click", {}, kFirst, kFirst, 100, 10, .3, .2, .4});
  const auto record = engine->ReadBacktest({});
  ASSERT_TRUE(record);
  EXPECT_EQ(record->issued.logged, 1);
  EXPECT_EQ(record->issued.first_day, kFirst);
}

TEST_F(EngineTest, ALookIsTakenOnceForEveryDayAndKept) {
  const auto engine = Make();
  const auto report = engine->ReadIncidents({});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->record.looks, kDays - 9);  // from the eleventh day on
  EXPECT_TRUE(report->incidents.empty());
  const int snapshots = calls_.snapshots;
  ASSERT_TRUE(engine->ReadIncidents({}));
  EXPECT_EQ(calls_.snapshots, snapshots);
  ASSERT_EQ(store_->kept_looks.size(), 1U);
  EXPECT_EQ(store_->kept_looks.begin()->second.size(), static_cast<std::size_t>(kDays - 9));
  EXPECT_EQ(engine->Judge("0123456789ab", JudgementAction::kAccept, "").error().code,
            ErrorCode::kNotFound);
  EXPECT_TRUE(store_->judgements.empty());
}

TEST_F(EngineTest, WhileALongHistoryIsLookedAtOthersAreToldToAskAgain) {
  const auto engine = Make();
  ASSERT_TRUE(engine->Check({}));
  std::optional<ErrorCode> told;
  store_->on_snapshot = [&](Day) {
    std::thread other([&] {
      const auto answer = engine->ReadIncidents({});
      if (!answer) told = answer.error().code;
    });
    other.join();
  };
  ASSERT_TRUE(engine->ReadIncidents({}));
  EXPECT_EQ(told, ErrorCode::kUnavailable);
}

TEST_F(EngineTest, KeepsAnswersUntilTheNextImport) {
  const auto engine = Make();
  ASSERT_TRUE(engine->Check({}));
  ASSERT_TRUE(engine->Check(kFirst + kDays));
  ASSERT_TRUE(engine->ReadTruth({}));
  EXPECT_EQ(calls_.snapshots, 1);
  ASSERT_TRUE(engine->ImportFiles({{"a.csv"}, "2026-11-12", {}, {}}));
  EXPECT_EQ(store_->snapshot_at, "2026-11-12");
  ASSERT_TRUE(engine->Check({}));
  EXPECT_EQ(calls_.snapshots, 2);
}

TEST_F(EngineTest, DoesNotKeepErrors) {
  const auto engine = Make();
  for (int attempt = 1; attempt <= 2; ++attempt) {
    const auto report = engine->Check(Day::FromYmd(2027, 1, 1));
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().message, "A broken page.");
    EXPECT_EQ(calls_.snapshots, attempt);
  }
}

TEST_F(EngineTest, SaysThatNothingIsThere) {
  const auto report = Make({}, true)->Check({});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(report.error().message,
            "shop.duckdb holds no recommendations yet; "
            "load some with ripen ingest FILE.");
}

TEST_F(EngineTest, SaysThatNothingWasKnownYet) {
  const auto report = Make()->Check(kFirst - 1);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kOutOfRange);
  EXPECT_EQ(report.error().message,
            "Nothing was known on 2026-11-01: the first recommendation was "
            "shown on 2026-11-02.");
}

TEST_F(EngineTest, LeavesStagesOutThatNobodyConfiguredAndNothingHolds) {
  const auto report = Make()->Check({});
  ASSERT_TRUE(report);
  ASSERT_EQ(report->stages.size(), 1U);
  EXPECT_EQ(report->stages[0].stage.name, "click");
  for (const Metric& figure : report->metrics) EXPECT_EQ(figure.stage, "click");
  Config configured;
  configured.stages_configured = true;
  const auto all = Make(configured)->Check({});
  ASSERT_TRUE(all);
  EXPECT_EQ(all->stages.size(), 3U);
  EXPECT_FALSE(all->stages[1].given);
}

TEST_F(EngineTest, ReadsSeriesByDayWeekAndSpan) {
  const auto engine = Make();
  SeriesRequest request;
  request.stage = "click";
  const auto days = engine->ReadSeries(request);
  ASSERT_TRUE(days) << days.error().message;
  ASSERT_EQ(days->size(), 1U);
  EXPECT_EQ(days->at(0).points.size(), 10U);
  EXPECT_EQ(days->at(0).points[0].trials, 100);
  EXPECT_EQ(days->at(0).points[0].events_so_far, 50);

  request.grain = Grain::kWeek;
  request.attribute = "region";
  request.from = kFirst + 2;
  const auto weeks = engine->ReadSeries(request);
  ASSERT_TRUE(weeks) << weeks.error().message;
  ASSERT_EQ(weeks->size(), 2U);
  EXPECT_EQ(weeks->at(1).slice, Slice::Of({{"region", "South"}}));
  ASSERT_EQ(weeks->at(1).points.size(), 2U);
  EXPECT_EQ(weeks->at(1).points[0].from, kFirst + 2);
  EXPECT_EQ(weeks->at(1).points[0].to, kFirst + 6);  // the Sunday
  EXPECT_EQ(weeks->at(1).points[0].events_so_far, 5 * 20);
  EXPECT_EQ(weeks->at(1).points[1].to, kFirst + 9);

  request.grain = Grain::kSpan;
  request.attribute.reset();
  const auto span = engine->ReadSeries(request);
  ASSERT_TRUE(span) << span.error().message;
  ASSERT_EQ(span->at(0).points.size(), 1U);
  EXPECT_EQ(span->at(0).points[0].trials, 800);
}

TEST_F(EngineTest, RefusesSeriesOfWhatIsNotThere) {
  const auto engine = Make();
  SeriesRequest request;
  request.stage = "click";
  request.attribute = "regoin";
  EXPECT_EQ(engine->ReadSeries(request).error().message,
            "No attribute is named 'regoin'; the nearest is 'region'.");
  request.attribute.reset();
  request.from = kFirst + 20;
  EXPECT_EQ(engine->ReadSeries(request).error().code, ErrorCode::kOutOfRange);
  request.from.reset();
  request.stage = "clikc";
  EXPECT_EQ(engine->ReadSeries(request).error().code, ErrorCode::kNotFound);
}

TEST_F(EngineTest, TellsWhatBecomesKnownNext) {
  // On the evening of the eighth day the last days are still open: a click has
  // a day.
  const auto truth = Make()->ReadTruth(kFirst + 8);
  ASSERT_TRUE(truth);
  ASSERT_EQ(truth->stages.size(), 1U);
  EXPECT_EQ(truth->stages[0].days.size(), 10U);
  EXPECT_EQ(truth->stages[0].days[0].maturity, Maturity::kConfirmed);
  EXPECT_TRUE(truth->slice.IsTotal());
  EXPECT_EQ(Make()->ReadTruth(kFirst + 8, Slice::Of({{"shoe", "42"}})).error().code,
            ErrorCode::kNotFound);
  ASSERT_FALSE(truth->next.empty());
  for (const NextAnswer& next : truth->next) {
    EXPECT_GT(next.on, kFirst + 8);
    EXPECT_LE(next.from, next.to);
  }
}

TEST_F(EngineTest, PlansAndPassesErrorsOn) {
  const auto engine = Make();
  EXPECT_EQ(engine->Plan("a.csv")->size(), 1U);
  EXPECT_EQ(engine->Plan("absent.csv").error().message, "No file named absent.csv.");
  EXPECT_EQ(engine->ImportFiles({{"a.csv", "absent.csv"}, {}, {}, {}}).error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(calls_.imports, 0);
  EXPECT_EQ(engine->ImportFiles({}).error().message, "No file was given to read.");
}

TEST_F(EngineTest, RefusesAConfigurationThatCannotWork) {
  Config config;
  config.source.where = "country";
  const auto engine = Engine::Over(std::make_unique<FakeStore>(calls_, false), config);
  ASSERT_FALSE(engine);
  EXPECT_THAT(engine.error().message, HasSubstr("[source] where: expected ="));
  config.source.where.clear();
  config.source.columns = {{"shwon_at", "t"}};
  EXPECT_THAT(Engine::Over(std::make_unique<FakeStore>(calls_, false), config).error().message,
              HasSubstr("did you mean \"shown_at\"?"));
}

TEST_F(EngineTest, ManyMayAskAtOnceWhileOthersImport) {
  const auto engine = Make();
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (int round = 0; round < 20; ++round) {
        if (thread == 0 && round % 5 == 0) {
          good += engine->ImportFiles({{"a.csv"}, {}, {}, {}}) ? 1 : 0;
        } else {
          const auto report = engine->Check(kFirst + (thread + round) % kDays);
          good += report && report->metrics.size() > 1 ? 1 : 0;
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 8 * 20);
  EXPECT_FALSE(calls_.overlapped);
}

}  // namespace
}  // namespace ripen::engine
