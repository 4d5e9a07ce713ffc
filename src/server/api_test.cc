// The routes of api/openapi.yaml: what each asks of the engine and what it answers.
#include "server/api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "server/fake_engine_for_test.h"
#include "server/router.h"

namespace ripen::server {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

const Day kAsOf = Day::FromYmd(2026, 11, 20);

Finding SomeFinding() {
  Finding finding;
  finding.id = "3f9a1c04be21";
  finding.level = Level::kAlert;
  finding.stage = "click";
  finding.slice = Slice::Of({{"age_group", "25-34"}});
  finding.direction = Move::kFall;
  finding.worse = true;
  finding.since = Day::FromYmd(2026, 11, 11);
  finding.before = 0.281;
  finding.after = 0.149;
  finding.maturity = Maturity::kConfirmed;
  finding.certainty = Certainty::kVerySure;
  return finding;
}

CheckReport SomeReport() {
  CheckReport report;
  report.as_of = kAsOf;
  report.input.rows = 12003;
  report.input.recommendations = 12000;
  report.input.rejected = {{"This is no time.", "shown", 3, "shop.csv:12", "31.02.2026"}};
  report.stages = {{StageLadder::Default()[0], true, true, kAsOf - 1, 0.97}};
  report.segments = {
      {"age_group", AttributeKind::kCustomer, {{"25-34", 1200, false}, {std::nullopt, 7, true}}},
      {"price_band", AttributeKind::kItem, {{"low", 12000, false}}}};
  report.metrics = {
      {"click", {}, kAsOf - 6, kAsOf, 12000, 2700, ConfirmedRate{0.225, 0.219, 0.233, {}}}};
  report.findings = {SomeFinding()};
  return report;
}

// The three states of a figure on three days.
std::vector<Series> SomeSeries() {
  Series series;
  series.slice = Slice::Of({{"age_group", "25-34"}});
  series.points = {
      {"click", series.slice, kAsOf - 2, kAsOf - 2, 40, 6, ConfirmedRate{0.15, 0.08, 0.26, 0.14}},
      {"click", series.slice, kAsOf - 1, kAsOf - 1, 40, 5,
       ProvisionalRate{0.14, 0.1, 0.2, 0.9, kAsOf + 1}},
      {"click", series.slice, kAsOf, kAsOf, 40, 1,
       PendingRate{PendingReason::kWindowOpen, kAsOf + 1, kAsOf + 2, 0.025, 1.0}}};
  return {series};
}

class ApiTest : public ::testing::Test {
 protected:
  ApiTest() : router_(engine_, DashboardFiles::Of({})) {
    router_.set_port(8484);
    engine_->check = [this](std::optional<Day> as_of) {
      asked_as_of_ = as_of;
      CheckReport report = SomeReport();
      if (as_of) report.as_of = *as_of;
      return Result<CheckReport>(report);
    };
    engine_->series = [this](const engine::SeriesRequest& request) {
      asked_series_ = request;
      return Result<std::vector<Series>>(SomeSeries());
    };
    engine_->status = [] {
      ledger::StoreStatus status;
      status.newest_day = status.as_of = kAsOf;
      return Result<ledger::StoreStatus>(status);
    };
  }

  Answer Get(const std::string& target) {
    Request request;
    request.method = "GET";
    request.target = target;
    request.hosts = {"localhost:8484"};
    auto routed = router_.Route(request);
    if (auto* answer = std::get_if<Answer>(&routed)) return *answer;
    return std::get<Question>(routed).ask();
  }
  json Body(const std::string& target) {
    const Answer answer = Get(target);
    EXPECT_EQ(answer.status, 200) << target << ": " << answer.body_text();
    EXPECT_EQ(answer.content_type, "application/json");
    return json::parse(answer.body_text());
  }
  // The problem's sentence; checks what every problem has.
  std::string Detail(const std::string& target, int status, const std::string& parameter = "") {
    const Answer answer = Get(target);
    EXPECT_EQ(answer.status, status) << target << ": " << answer.body_text();
    EXPECT_EQ(answer.content_type, "application/problem+json");
    const json body = json::parse(answer.body_text());
    EXPECT_EQ(body.at("status"), status);
    EXPECT_EQ(body.at("type"), "about:blank");
    EXPECT_FALSE(body.at("title").get<std::string>().empty());
    EXPECT_EQ(body.value("parameter", ""), parameter) << target;
    return body.at("detail");
  }

  std::shared_ptr<FakeEngine> engine_ = std::make_shared<FakeEngine>();
  Router router_;
  std::optional<Day> asked_as_of_;
  engine::SeriesRequest asked_series_;
};

TEST_F(ApiTest, CheckIsTheReportWithItsSentences) {
  const json body = Body("/api/v1/check");
  EXPECT_EQ(asked_as_of_, std::nullopt);
  EXPECT_EQ(body.at("as_of"), "2026-11-20");
  EXPECT_EQ(body.at("input").at("rejected").at(0).at("first_value"), "31.02.2026");
  EXPECT_EQ(body.at("stages").at(0).at("confirmed_through"), "2026-11-19");
  EXPECT_EQ(body.at("metrics").at(0).at("maturity"), "confirmed");
  EXPECT_EQ(body.at("findings").at(0).at("id"), "3f9a1c04be21");
  EXPECT_THAT(body.at("findings").at(0).at("message").at("en").at("headline").get<std::string>(),
              HasSubstr("25-34"));
  EXPECT_THAT(body.at("findings").at(0).at("message").at("de").at("headline").get<std::string>(),
              HasSubstr("25 bis 34"));
}

TEST_F(ApiTest, EveryReadTakesAsOf) {
  engine_->truth = [&](std::optional<Day> as_of) {
    Truth truth;
    truth.as_of = as_of.value_or(kAsOf);
    return Result<Truth>(truth);
  };
  for (const char* route :
       {"check?", "findings?", "input?", "segments?", "truth?", "metrics?stage=click&"}) {
    const std::string target = std::string("/api/v1/").append(route).append("as_of=");
    EXPECT_EQ(Body(target + "2026-11-14").at("as_of"), "2026-11-14") << route;
    EXPECT_EQ(Detail(target + "14.11.2026", 400, "as_of"),
              "as_of: '14.11.2026' is no date; one is written as 2026-11-20.");
  }
}

TEST_F(ApiTest, FindingsAreThoseOfTheReport) {
  const json body = Body("/api/v1/findings");
  EXPECT_EQ(body.at("findings"), Body("/api/v1/check").at("findings"));
  EXPECT_EQ(body.size(), 2u);
}

TEST_F(ApiTest, InputIsTheAccountOfTheReport) {
  const json body = Body("/api/v1/input");
  EXPECT_EQ(body.at("input"), Body("/api/v1/check").at("input"));
  EXPECT_EQ(body.size(), 2u);
}

TEST_F(ApiTest, SegmentsHaveTheirNamesInBothLanguages) {
  const json attributes = Body("/api/v1/segments").at("attributes");
  ASSERT_EQ(attributes.size(), 2u);
  EXPECT_EQ(attributes.at(0).at("name"), "age_group");
  EXPECT_EQ(attributes.at(0).at("kind"), "customer");
  EXPECT_EQ(attributes.at(1).at("kind"), "item");
  EXPECT_NE(attributes.at(0).at("label").at("en"), attributes.at(0).at("label").at("de"));
  EXPECT_EQ(attributes.at(0).at("values").at(0).at("recommendations"), 1200);
}

TEST_F(ApiTest, AHiddenGroupShowsNoCount) {
  const json hidden = Body("/api/v1/segments").at("attributes").at(0).at("values").at(1);
  EXPECT_EQ(hidden.at("value"), nullptr);
  EXPECT_EQ(hidden.at("hidden"), true);
  EXPECT_EQ(hidden.at("recommendations"), nullptr);
}

TEST_F(ApiTest, TruthIsTheSettlingCalendar) {
  engine_->truth = [](std::optional<Day>) {
    Truth truth;
    truth.as_of = kAsOf;
    truth.stages = {{{StageLadder::Default()[0], true, true, kAsOf - 1, 0.97},
                     kAsOf,
                     std::nullopt,
                     {{kAsOf, Maturity::kPending, 400, std::nullopt, kAsOf + 1, kAsOf + 2}}}};
    truth.next = {{kAsOf + 2, "click", kAsOf, kAsOf, true},
                  {kAsOf + 3, "purchase", kAsOf - 4, kAsOf, false}};
    return Result<Truth>(truth);
  };
  const json body = Body("/api/v1/truth");
  EXPECT_EQ(body.at("stages").at(0).at("stage"), "click");
  const json day = body.at("stages").at(0).at("days").at(0);
  EXPECT_EQ(day.at("day"), "2026-11-20");
  EXPECT_EQ(day.at("maturity"), "pending");
  EXPECT_EQ(day.at("arrived_share"), nullptr);
  EXPECT_EQ(body.at("next").at(0).at("what"), "confirmed");
  EXPECT_EQ(body.at("next").at(1).at("what"), "first_estimate");
}

TEST_F(ApiTest, MetricsPassOnWhatIsAsked) {
  const json body = Body(
      "/api/v1/metrics?stage=purchase&by=week&attribute=age_group"
      "&slice=%7B%22region%22%3A%22South%22%2C%22device%22%3Anull%7D"
      "&from=2026-10-22&to=2026-11-14&as_of=2026-11-16");
  EXPECT_EQ(asked_series_.stage, "purchase");
  EXPECT_EQ(asked_series_.grain, Grain::kWeek);
  EXPECT_EQ(asked_series_.attribute, "age_group");
  EXPECT_EQ(asked_series_.within, Slice::Of({{"region", "South"}, {"device", std::nullopt}}));
  EXPECT_EQ(asked_series_.from, Day::FromYmd(2026, 10, 22));
  EXPECT_EQ(asked_series_.to, Day::FromYmd(2026, 11, 14));
  EXPECT_EQ(asked_series_.as_of, Day::FromYmd(2026, 11, 16));
  EXPECT_EQ(body.at("as_of"), "2026-11-16");
  EXPECT_EQ(body.at("stage"), "purchase");
  EXPECT_EQ(body.at("by"), "week");
}

TEST_F(ApiTest, MetricsAreDaysOfEverythingKnownUnlessAskedOtherwise) {
  const json body = Body("/api/v1/metrics?stage=click");
  EXPECT_EQ(asked_series_.grain, Grain::kDay);
  EXPECT_EQ(asked_series_.attribute, std::nullopt);
  EXPECT_TRUE(asked_series_.within.IsTotal());
  EXPECT_EQ(asked_series_.as_of, kAsOf);
  EXPECT_EQ(body.at("as_of"), "2026-11-20");
  EXPECT_EQ(body.at("by"), "day");
}

TEST_F(ApiTest, RankingPassesOnWhatIsAskedAndSaysWhatIsMissing) {
  monitor::RankingRequest asked;
  engine_->ranking = [&](std::optional<Day>, const monitor::RankingRequest& request) {
    asked = request;
    RankingReport report;
    report.as_of = kAsOf;
    report.k = request.k;
    report.slice = request.slice;
    report.not_in_data = {RankingColumn::kListId};
    return Result<RankingReport>(report);
  };
  const json answer = Body("/api/v1/ranking?k=5&slice=%7B%22policy%22%3A%22bts%22%7D");
  EXPECT_EQ(asked.k, 5U);
  EXPECT_EQ(asked.slice.segments.at(0).attribute, "policy");
  EXPECT_EQ(answer.at("k"), 5);
  const json& missing = answer.at("not_in_data")[0];
  EXPECT_EQ(missing.at("column"), "list_id");
  EXPECT_THAT(missing.at("message").at("de"), HasSubstr("Senden Sie eine Spalte list_id"));
  EXPECT_TRUE(answer.at("lists").is_null());
  EXPECT_FALSE(answer.contains("reason"));
}

TEST_F(ApiTest, SidesPassOnWhatIsAskedAndSpeakBothLanguages) {
  monitor::SidesRequest asked;
  std::optional<Day> asked_day;
  engine_->sides = [&](std::optional<Day> as_of, const monitor::SidesRequest& request) {
    asked = request;
    asked_day = as_of;
    SideBySide side;
    side.attribute = "model";
    side.stage = "click";
    side.arm.value = "v13";
    side.against.value = "v12";
    side.refused = NotSideBySide::kNotSameDays;
    return Result<SidesReport>(SidesReport{kAsOf, "click", request.attribute, {side}});
  };
  const json answer = Body("/api/v1/side-by-side?stage=click&attribute=model&as_of=2026-11-20");
  EXPECT_EQ(asked.stage, "click");
  EXPECT_EQ(asked.attribute, "model");
  EXPECT_EQ(asked_day, kAsOf);
  EXPECT_EQ(answer.at("attribute"), "model");
  const json& side = answer.at("comparisons")[0];
  EXPECT_EQ(side.at("reason"), "not_same_days");
  EXPECT_THAT(side.at("message").at("en").at("headline"), HasSubstr("not shown on the same days"));
  EXPECT_THAT(side.at("message").at("de").at("headline"), HasSubstr("nicht an denselben Tagen"));
  EXPECT_TRUE(Body("/api/v1/side-by-side?stage=click").at("attribute").is_null());
}

TEST_F(ApiTest, ExposurePassesOnWhatIsAskedAndHidesWhatIsHidden) {
  monitor::ExposureRequest asked;
  engine_->exposure = [&](std::optional<Day>, const monitor::ExposureRequest& request) {
    asked = request;
    ExposureReport report{kAsOf, request.customer, request.item, kAsOf - 6, kAsOf, {}};
    report.cells.resize(2);
    report.cells[0].item = "Winter";
    report.cells[0].now = ExposureShare{kAsOf - 6, kAsOf, 20, 100, .2, .142502, .273304};
    report.cells[1].hidden = true;
    return Result<ExposureReport>(report);
  };
  const json answer =
      Body("/api/v1/exposure?customer=age_group&item=collection&from=2026-11-14&to=2026-11-20");
  EXPECT_EQ(asked.customer, "age_group");
  EXPECT_EQ(asked.item, "collection");
  EXPECT_EQ(asked.from, kAsOf - 6);
  EXPECT_EQ(asked.to, kAsOf);
  const json& cell = answer.at("cells")[0];
  EXPECT_EQ(cell.at("customer"), json::object());
  EXPECT_EQ(cell.at("item"), "Winter");
  EXPECT_EQ(cell.at("now").at("shown"), 20);
  EXPECT_EQ(cell.at("now").at("share"), .2);
  EXPECT_EQ(cell.at("now").at("high"), .273304);
  EXPECT_TRUE(cell.at("before").is_null());
  EXPECT_EQ(answer.at("cells")[1].at("hidden"), true);
  EXPECT_TRUE(answer.at("cells")[1].at("now").is_null());
  EXPECT_EQ(Detail("/api/v1/exposure?item=collection", 400, "customer"),
            "Name an attribute: customer.");
}

TEST_F(ApiTest, FairnessPassesOnTheConfiguredGroupsAndSpeaksBothLanguages) {
  engine_->configuration.segments.fairness = {"age_group"};
  monitor::FairnessRequest asked;
  engine_->fairness = [&](std::optional<Day>, const monitor::FairnessRequest& request) {
    asked = request;
    FairnessReport report;
    report.as_of = kAsOf;
    report.stage = "click";
    FairnessPair pair;
    pair.attribute = "age_group";
    pair.reason = FairnessReason::kStartNotSettled;
    pair.first_on = kAsOf + 3;
    report.pairs.push_back(pair);
    return Result<FairnessReport>(report);
  };
  const json answer = Body("/api/v1/fairness?stage=click&attribute=age_group");
  EXPECT_EQ(asked.stage, "click");
  EXPECT_EQ(asked.attribute, "age_group");
  EXPECT_EQ(asked.options.attributes, std::vector<std::string>{"age_group"});
  const json& pair = answer.at("pairs")[0];
  EXPECT_EQ(pair.at("reason"), "start_not_settled");
  EXPECT_EQ(pair.at("verdict"), "cannot_say_yet");
  EXPECT_EQ(pair.at("first_on"), "2026-11-23");
  EXPECT_THAT(pair.at("message").at("en").at("headline"), HasSubstr("cannot be said yet"));
  EXPECT_THAT(pair.at("message").at("de").at("headline"), HasSubstr("noch nicht sagen"));
}

TEST_F(ApiTest, EachStateOfAFigureHasItsOwnFields) {
  const json points = Body("/api/v1/metrics?stage=click").at("series").at(0).at("points");
  EXPECT_EQ(points.at(0).at("events"), 6);
  EXPECT_EQ(points.at(0).at("was"), 0.14);
  EXPECT_EQ(points.at(0).at("revised"), true);
  EXPECT_EQ(points.at(1).at("settles_on"), "2026-11-21");
  EXPECT_EQ(points.at(1).at("arrived_share"), 0.9);
  EXPECT_FALSE(points.at(1).contains("events"));
  EXPECT_EQ(points.at(2).at("rate"), nullptr);
  EXPECT_EQ(points.at(2).at("reason"), "window_open");
  EXPECT_FALSE(points.at(2).contains("low"));
}

TEST_F(ApiTest, MetricsSayWhatIsWrongWithTheQuestion) {
  const std::string metrics = "/api/v1/metrics?stage=click&";
  EXPECT_EQ(Detail("/api/v1/metrics", 400, "stage"),
            "Name a stage: stage is one of click, purchase, return, kept.");
  EXPECT_EQ(Detail("/api/v1/metrics?stage=clik", 400, "stage"),
            "stage: there is none named 'clik'; there are click, purchase, return, kept.");
  EXPECT_EQ(Detail(metrics + "by=month", 400, "by"), "by is day, week or span, not 'month'.");
  EXPECT_EQ(Detail(metrics + "from=x", 400, "from"),
            "from: 'x' is no date; one is written as 2026-11-20.");
  EXPECT_EQ(Detail(metrics + "to=2026-02-30", 400, "to"),
            "to: '2026-02-30' is no date; one is written as 2026-11-20.");
  EXPECT_EQ(Detail(metrics + "from=2026-11-02&to=2026-11-01", 400, "from"),
            "from (2026-11-02) is after to (2026-11-01).");
  EXPECT_EQ(Detail(metrics + "attribute=age&slice=%7B%22age%22%3A%22x%22%7D", 400, "attribute"),
            "attribute: the slice says 'age' already; name another one or leave it out of the "
            "slice.");
  EXPECT_EQ(Detail(metrics + "stage=click", 400, "stage"), "The parameter 'stage' is given twice.");
  EXPECT_EQ(Detail(metrics + "group=x", 400, "group"),
            "There is no parameter 'group' here; there are as_of, stage, by, attribute, slice, "
            "from, to.");
}

TEST_F(ApiTest, AMoveIsAskedForWithItsPeriods) {
  monitor::MoveRequest asked;
  engine_->move = [&](std::optional<Day>, const monitor::MoveRequest& request) {
    asked = request;
    TotalMove move;
    move.as_of = kAsOf;
    move.stage = request.stage;
    move.refused = NoMove::kNoTwoWeeks;
    return Result<TotalMove>(move);
  };
  const json body = Body(
      "/api/v1/move?stage=click&attribute=age_group&from=2026-11-10&to=2026-11-12"
      "&before_from=2026-11-01&before_to=2026-11-03");
  EXPECT_EQ(asked.attribute, "age_group");
  EXPECT_EQ(asked.from, Day::FromYmd(2026, 11, 10));
  EXPECT_EQ(asked.before_to, Day::FromYmd(2026, 11, 3));
  EXPECT_EQ(body.at("reason"), "no_two_weeks");
  EXPECT_THAT(body.at("message").at("de").at("headline").get<std::string>(),
              HasSubstr("keine zwei Wochen"));
  EXPECT_THAT(Detail("/api/v1/move?stage=kept", 400, "stage"), HasSubstr("difference"));
}

TEST_F(ApiTest, ASliceIsAnObjectOfTexts) {
  for (const char* slice : {"", "%7B", "[]", "1", "%7B%22a%22%3A1%7D", "%7B%22a%22%3A%7B%7D%7D"}) {
    EXPECT_THAT(Detail(std::string("/api/v1/metrics?stage=click&slice=") + slice, 400, "slice"),
                HasSubstr("A group must be given as JSON"))
        << slice;
  }
}

TEST_F(ApiTest, TheEnginesSentencesAreHandedOn) {
  engine_->check = [](std::optional<Day>) {
    return Result<CheckReport>(Fail(ErrorCode::kOutOfRange, "Nothing was known on 2020-01-01."));
  };
  for (const char* route : {"check", "findings", "input", "segments"}) {
    EXPECT_EQ(Detail(std::string("/api/v1/") + route + "?as_of=2020-01-01", 422),
              "Nothing was known on 2020-01-01.");
  }
  engine_->truth = [](std::optional<Day>) {
    return Result<Truth>(Fail(ErrorCode::kNotFound, "x.duckdb holds no recommendations yet."));
  };
  EXPECT_EQ(Detail("/api/v1/truth", 404), "x.duckdb holds no recommendations yet.");
  engine_->series = [](const engine::SeriesRequest&) {
    return Result<std::vector<Series>>(Fail(ErrorCode::kNotFound, "No attribute is named 'x'."));
  };
  EXPECT_EQ(Detail("/api/v1/metrics?stage=click&attribute=x", 404), "No attribute is named 'x'.");
  engine_->status = [] {
    return Result<ledger::StoreStatus>(Fail(ErrorCode::kUnavailable, "The disk is full."));
  };
  EXPECT_EQ(Detail("/api/v1/metrics?stage=click", 503), "The disk is full.");
  EXPECT_EQ(Detail("/readyz", 503), "The disk is full.");
}

TEST_F(ApiTest, AnExceptionOfALibraryIsAnAnswer) {
  engine_->check = [](std::optional<Day>) -> Result<CheckReport> {
    throw std::runtime_error("too much");
  };
  EXPECT_EQ(Detail("/api/v1/check", 500), "The answer could not be made: too much.");
}

TEST_F(ApiTest, UnknownPathsUnderApiAreNoPages) {
  for (const char* path :
       {"/api", "/api/", "/api/v1", "/api/v1/checks", "/api/v1/check/", "/api/v2/check"}) {
    EXPECT_THAT(Detail(path, 404), HasSubstr("There is nothing at '")) << path;
  }
  EXPECT_EQ(Get("/apis").status, 200);  // a page of the dashboard, for all the server knows
}

TEST_F(ApiTest, FiguresAreNeverKeptByABrowser) {
  for (const char* target : {"/api/v1/check", "/api/v1/nothing", "/healthz"}) {
    const Answer answer = Get(target);
    EXPECT_THAT(answer.headers, ::testing::Contains(::testing::Pair("Cache-Control", "no-store")));
  }
}

}  // namespace
}  // namespace ripen::server
