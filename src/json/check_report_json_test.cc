#include "json/check_report_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "json/input_json.h"
#include "json/metric_json.h"
#include "json/segments_json.h"
#include "json/series_json.h"
#include "json/truth_json.h"

namespace ripen::json {
namespace {

using nlohmann::json;

const Day kDay = Day::FromYmd(2026, 11, 14);
const Day kLater = Day::FromYmd(2026, 11, 20);
const Day kSettles = Day::FromYmd(2026, 12, 5);

RenderedMessage Words(const Finding& finding) {
  return {"rate_drop",
          {{"ratio", "0.530249"}},
          {"Headline \"of\" " + finding.id + ".", {"First.", "Second."}},
          {"Überschrift.", {"Zuerst."}}};
}

BothTexts SideWords(const SideBySide& comparison) {
  return {{comparison.attribute + " compared.", {"Every day."}}, {"Verglichen.", {"Jeden Tag."}}};
}

SideBySide Sides() {
  SideBySide sides;
  sides.attribute = "model";
  sides.stage = "purchase";
  sides.arm = {"v13", 1200, 288, .24};
  sides.against = {std::nullopt, 1500, 330, .22};
  return sides;
}

Metric Figure(RateState state) {
  return {"purchase", Slice::Of({{"age_group", "25-34"}, {"region", std::nullopt}}),
          kDay,       kLater,
          680,        9,
          state};
}

json Parsed(const std::string& text) { return json::parse(text); }

std::vector<std::string> KeysOf(const json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

TEST(MetricJson, WritesAConfirmedFigure) {
  EXPECT_EQ(MetricJson(Figure(ConfirmedRate{0.2259483, 0.219, 0.233, {}})),
            R"({"events":9,"from":"2026-11-14","high":0.233000,"low":0.219000,)"
            R"("maturity":"confirmed","rate":0.225948,"slice":{"age_group":"25-34","region":null},)"
            R"("stage":"purchase","to":"2026-11-20","trials":680})");
  const json revised = Parsed(MetricJson(Figure(ConfirmedRate{0.2, 0.1, 0.3, 0.25})));
  EXPECT_EQ(revised.at("revised"), true);
  EXPECT_EQ(revised.at("was"), 0.25);
}

// A provisional figure always comes with its range and the day it settles, and has no `events`.
TEST(MetricJson, WritesAProvisionalFigure) {
  const json figure =
      Parsed(MetricJson(Figure(ProvisionalRate{0.031, 0.022, 0.043, 0.44, kSettles})));
  EXPECT_EQ(figure.at("maturity"), "provisional");
  EXPECT_EQ(figure.at("rate"), 0.031);
  EXPECT_EQ(figure.at("low"), 0.022);
  EXPECT_EQ(figure.at("high"), 0.043);
  EXPECT_EQ(figure.at("arrived_share"), 0.44);
  EXPECT_EQ(figure.at("settles_on"), "2026-12-05");
  EXPECT_EQ(figure.at("events_so_far"), 9);
  EXPECT_FALSE(figure.contains("events"));
}

TEST(MetricJson, WritesAPendingFigureForEveryReason) {
  for (int i = 0; i <= static_cast<int>(PendingReason::kStageNotGiven); ++i) {
    const auto reason = static_cast<PendingReason>(i);
    const json figure = Parsed(MetricJson(Figure(PendingRate{reason, {}, {}, {}, {}})));
    EXPECT_EQ(figure.at("maturity"), "pending");
    EXPECT_TRUE(figure.at("rate").is_null());
    EXPECT_EQ(figure.at("reason"), PendingReasonName(reason));
    for (const char* key : {"first_estimate_on", "settles_on", "least", "most"}) {
      EXPECT_TRUE(figure.at(key).is_null()) << key;
    }
    EXPECT_FALSE(figure.contains("low"));
  }
  const json dated = Parsed(
      MetricJson(Figure(PendingRate{PendingReason::kWindowOpen, kLater, kSettles, 0.013235, 0.9})));
  EXPECT_EQ(dated.at("first_estimate_on"), "2026-11-20");
  EXPECT_EQ(dated.at("least"), 0.013235);
}

Finding Fall() {
  Finding finding;
  finding.id = "3f9a1c04be21";
  finding.level = Level::kAlert;
  finding.stage = "click";
  finding.slice = Slice::Of({{"age_group", "25-34"}});
  finding.direction = Move::kFall;
  finding.worse = true;
  finding.since = kDay;
  finding.since_earliest = kDay - 1;
  finding.since_latest = kDay + 1;
  finding.before = 0.281;
  finding.after = 0.149;
  finding.maturity = Maturity::kConfirmed;
  finding.evidence_days = 36500;
  finding.certainty = Certainty::kVerySure;
  finding.trials_since = 970;
  return finding;
}

TEST(FindingJson, WritesTheContractsFields) {
  const json finding = Parsed(FindingJson(Fall(), Words));
  EXPECT_EQ(finding.at("id"), "3f9a1c04be21");
  EXPECT_EQ(finding.at("kind"), "rate_shift");
  EXPECT_EQ(finding.at("level"), "alert");
  EXPECT_EQ(finding.at("stage"), "click");
  EXPECT_EQ(finding.at("slice"), json({{"age_group", "25-34"}}));
  EXPECT_EQ(finding.at("direction"), "fall");
  EXPECT_EQ(finding.at("worse"), true);
  EXPECT_EQ(finding.at("since"), "2026-11-14");
  EXPECT_EQ(finding.at("since_earliest"), "2026-11-13");
  EXPECT_EQ(finding.at("since_latest"), "2026-11-15");
  EXPECT_EQ(finding.at("before"), 0.281);
  EXPECT_EQ(finding.at("after"), 0.149);
  EXPECT_EQ(finding.at("maturity"), "confirmed");
  EXPECT_EQ(finding.at("evidence_days"), 36500);
  EXPECT_EQ(finding.at("certainty"), "very_sure");
  EXPECT_EQ(finding.at("trials_since"), 970);
  EXPECT_TRUE(finding.at("explained_by").is_null());
  const json& message = finding.at("message");
  EXPECT_EQ(message.at("template"), "rate_drop");
  EXPECT_EQ(message.at("params").at("ratio"), "0.530249");
  EXPECT_EQ(message.at("en").at("headline"), "Headline \"of\" 3f9a1c04be21.");
  EXPECT_EQ(message.at("en").at("details"), json({"First.", "Second."}));
  EXPECT_EQ(message.at("de").at("headline"), "Überschrift.");
}

TEST(FindingJson, WritesNullForWhatDoesNotApply) {
  Finding finding;
  finding.kind = FindingKind::kDataProblem;
  finding.code = "too_many_rejected";
  finding.observed = 0.0831234;
  const json written = Parsed(FindingJson(finding, Words));
  for (const char* key :
       {"stage", "direction", "worse", "since", "since_earliest", "since_latest", "before", "after",
        "maturity", "evidence_days", "trials_since", "explained_by"}) {
    EXPECT_TRUE(written.at(key).is_null()) << key;
  }
  EXPECT_EQ(written.at("code"), "too_many_rejected");
  EXPECT_EQ(written.at("observed"), 0.0831234);
  EXPECT_FALSE(written.contains("item_slice"));
}

TEST(FindingJson, WritesWhatOtherKindsCarry) {
  Finding finding = Fall();
  finding.explained_by = "000000000001";
  finding.same_in = {"region"};
  finding.competitors = {Slice::Of({{"region", "South"}})};
  finding.item_slice = Slice::Of({{"collection", "Winter"}});
  finding.against = Slice{};
  finding.mix_attribute = "age_group";
  finding.mix_terms = {{std::nullopt, 0.1, 0.25}};
  finding.mix_effect = -0.0212;
  const json written = Parsed(FindingJson(finding, Words));
  EXPECT_EQ(written.at("explained_by"), "000000000001");
  EXPECT_EQ(written.at("same_in"), json({"region"}));
  EXPECT_EQ(written.at("competitors")[0].at("region"), "South");
  EXPECT_EQ(written.at("item_slice").at("collection"), "Winter");
  EXPECT_TRUE(written.at("against").is_object());
  EXPECT_TRUE(written.at("mix_terms")[0].at("value").is_null());
  EXPECT_EQ(written.at("mix_terms")[0].at("share_after"), 0.25);
  EXPECT_EQ(written.at("mix_effect"), -0.0212);
}

CheckReport Report() {
  CheckReport report;
  report.as_of = kLater;
  report.seed = 18446744073709551615U;
  report.groups_checked = 24;
  report.input.rows = 12003;
  report.input.recommendations = 12000;
  report.input.rejected = {{"this is no time", "recommended_at", 3, "file.csv:12", "x"},
                           {"the line is too long", "", 1, "file.csv:20", ""}};
  report.input.first_day = kDay;
  report.input.mapping = {{"shown_at", "recommended_at"}, {"id", "recommendation_id"}};
  report.input.notes = {"A note."};
  report.stages = {{{"click", "shown", 1, 0, Direction::kMoreIsBetter}, true, true, kDay, 0.97},
                   {{"return", "purchase", 30, 2, Direction::kMoreIsWorse}, false, false, {}, 0}};
  report.metrics = {Figure(ConfirmedRate{0.2, 0.1, 0.3, {}}),
                    Figure(PendingRate{PendingReason::kTooFew, {}, {}, {}, {}})};
  report.findings = {Fall()};
  return report;
}

BothTexts MoveWords(const TotalMove& move) {
  return {{"Moved: " + move.stage, {"Why."}}, {"Bewegt: " + move.stage, {}}};
}

TEST(CheckReportJson, IsTheContractsDocument) {
  const std::string text = CheckReportJson(Report(), {Words, SideWords, MoveWords});
  EXPECT_EQ(text.back(), '\n');
  const json report = Parsed(text);
  EXPECT_EQ(KeysOf(report),
            (std::vector<std::string>{"annotations", "as_of", "epochs", "findings",
                                      "groups_checked", "input", "interval", "metrics", "moves",
                                      "ripen", "seed", "side_by_side", "stages"}));
  EXPECT_EQ(report.at("ripen"), "0.1.0");
  EXPECT_EQ(report.at("as_of"), "2026-11-20");
  EXPECT_EQ(report.at("interval"), 0.9);
  EXPECT_EQ(report.at("seed"), 18446744073709551615U);
  EXPECT_EQ(report.at("metrics").size(), 2U);
  EXPECT_EQ(report.at("findings")[0].at("id"), "3f9a1c04be21");
  EXPECT_EQ(report.at("side_by_side"), json::array());
  const json& stage = report.at("stages")[1];
  EXPECT_EQ(stage.at("stage"), "return");
  EXPECT_EQ(stage.at("of"), "purchase");
  EXPECT_EQ(stage.at("window_days"), 30);
  EXPECT_EQ(stage.at("lateness_days"), 2);
  EXPECT_EQ(stage.at("direction"), "more_is_worse");
  EXPECT_EQ(stage.at("given"), false);
  EXPECT_TRUE(stage.at("confirmed_through").is_null());
  EXPECT_EQ(report.at("stages")[0].at("confirmed_share"), 0.97);
  const json& input = report.at("input");
  EXPECT_EQ(input.at("rows"), 12003);
  EXPECT_EQ(input.at("rejected")[0].at("column"), "recommended_at");
  EXPECT_EQ(input.at("rejected")[0].at("first_value"), "x");
  EXPECT_TRUE(input.at("rejected")[1].at("column").is_null());
  EXPECT_TRUE(input.at("rejected")[1].at("first_value").is_null());
  EXPECT_TRUE(input.at("last_day").is_null());
  EXPECT_EQ(input.at("mapping").at("id"), "recommendation_id");
}

// Only `input` may differ between two orders of the same events; the rest is written by value.
TEST(CheckReportJson, IsTheSameBytesForTheSameReport) {
  EXPECT_EQ(CheckReportJson(Report(), {Words, SideWords, MoveWords}),
            CheckReportJson(Report(), {Words, SideWords, MoveWords}));
}

TEST(SidesJson, GivesWhatIsCompared) {
  SideBySide sides = Sides();
  sides.verdict = SidesVerdict::kMore;
  sides.from = kDay;
  sides.to = kLater;
  sides.days = 7;
  sides.difference = .02;
  sides.low = .009;
  sides.high = .031;
  sides.evidence = 12300;
  sides.highest_evidence = 1e6;
  sides.claimed_with = kDay;
  sides.claimed_on = kLater;
  sides.held_same = {"device", "region"};
  sides.mix_differs = {"region"};
  const json answer = Parsed(SidesJson({kLater, "purchase", "model", {sides}}, SideWords));
  EXPECT_EQ(KeysOf(answer),
            (std::vector<std::string>{"as_of", "attribute", "comparisons", "stage"}));
  const json& one = answer.at("comparisons")[0];
  EXPECT_EQ(KeysOf(one),
            (std::vector<std::string>{"against", "arm", "attribute", "claimed_on", "claimed_with",
                                      "days", "difference", "evidence", "first_on", "from",
                                      "held_same", "highest_evidence", "level", "message",
                                      "mix_differs", "reason", "stage", "to", "verdict"}));
  EXPECT_EQ(one.at("arm").at("rate"), .24);
  EXPECT_TRUE(one.at("against").at("value").is_null());
  EXPECT_EQ(one.at("difference").at("high"), .031);
  EXPECT_EQ(one.at("evidence"), 12300);
  EXPECT_EQ(one.at("verdict"), "more");
  EXPECT_TRUE(one.at("reason").is_null());
  EXPECT_EQ(one.at("claimed_on"), "2026-11-20");
  EXPECT_EQ(one.at("held_same"), (json{"device", "region"}));
  EXPECT_EQ(one.at("message").at("en").at("headline"), "model compared.");
}

TEST(SidesJson, WhatIsNotComparedHasNoFigureButAReason) {
  SideBySide sides = Sides();
  sides.refused = NotSideBySide::kNotSettled;
  sides.first_on = kSettles;
  const json one =
      Parsed(SidesJson({kLater, "purchase", std::nullopt, {sides}}, SideWords))["comparisons"][0];
  for (const char* key : {"difference", "evidence", "highest_evidence", "verdict", "from"}) {
    EXPECT_TRUE(one.at(key).is_null()) << key;
  }
  EXPECT_TRUE(one.at("arm").at("rate").is_null());
  EXPECT_EQ(one.at("reason"), "not_settled");
  EXPECT_EQ(one.at("first_on"), "2026-12-05");
}

TEST(InputAnswerJson, CarriesTheDay) {
  const json answer = Parsed(InputAnswerJson(kLater, Report().input));
  EXPECT_EQ(answer.at("as_of"), "2026-11-20");
  EXPECT_EQ(answer.at("input").at("recommendations"), 12000);
}

TEST(FindingsJson, ListsFindings) {
  const json answer = Parsed(FindingsJson(kLater, {Fall()}, Words));
  EXPECT_EQ(answer.at("as_of"), "2026-11-20");
  EXPECT_EQ(answer.at("findings").size(), 1U);
  EXPECT_EQ(Parsed(FindingsJson(kLater, {}, Words)).at("findings"), json::array());
}

TEST(SeriesJson, ListsLinesAndPoints) {
  const std::vector<Series> series = {
      {Slice::Of({{"age_group", "25-34"}}), {Figure(ConfirmedRate{0.2, 0.1, 0.3, {}})}}, {{}, {}}};
  const json answer = Parsed(SeriesJson(kLater, "purchase", Grain::kWeek, series));
  EXPECT_EQ(answer.at("stage"), "purchase");
  EXPECT_EQ(answer.at("by"), "week");
  EXPECT_EQ(answer.at("series")[0].at("slice").at("age_group"), "25-34");
  EXPECT_EQ(answer.at("series")[0].at("points")[0].at("rate"), 0.2);
  EXPECT_EQ(answer.at("series")[1].at("points"), json::array());
  EXPECT_EQ(GrainName(Grain::kDay), "day");
  EXPECT_EQ(GrainName(Grain::kSpan), "span");
}

TEST(TruthJson, ListsDaysAndWhatIsNext) {
  Truth truth;
  truth.as_of = kLater;
  truth.stages = {{Report().stages[0],
                   kDay,
                   kLater,
                   {{kDay, Maturity::kConfirmed, 400, 1.0, {}, kDay + 2},
                    {kLater, Maturity::kPending, 380, {}, {}, {}}}}};
  truth.next = {{kSettles, "purchase", kDay, kLater, true}, {kLater, "return", kDay, kDay, false}};
  const json answer = Parsed(TruthJson(truth));
  const json& stage = answer.at("stages")[0];
  EXPECT_EQ(stage.at("stage"), "click");
  EXPECT_EQ(stage.at("confirmed_through"), "2026-11-14");
  EXPECT_EQ(stage.at("last_arrival"), "2026-11-14");
  EXPECT_EQ(stage.at("late_since"), "2026-11-20");
  EXPECT_EQ(answer.at("slice"), json::object());
  EXPECT_EQ(stage.at("days")[0].at("day"), "2026-11-14");
  EXPECT_EQ(stage.at("days")[0].at("maturity"), "confirmed");
  EXPECT_EQ(stage.at("days")[0].at("trials"), 400);
  EXPECT_EQ(stage.at("days")[0].at("settles_on"), "2026-11-16");
  EXPECT_TRUE(stage.at("days")[1].at("arrived_share").is_null());
  EXPECT_EQ(answer.at("next")[0], json({{"on", "2026-12-05"},
                                        {"stage", "purchase"},
                                        {"from", "2026-11-14"},
                                        {"to", "2026-11-20"},
                                        {"what", "confirmed"}}));
  EXPECT_EQ(answer.at("next")[1].at("what"), "first_estimate");
}

TEST(SegmentsJson, HidesTheSizeOfHiddenGroups) {
  const std::vector<SegmentSummary> segments = {
      {"age_group", AttributeKind::kCustomer, {{"25-34", 1200, false}, {std::nullopt, 7, true}}},
      {"collection", AttributeKind::kItem, {}},
      {"device", AttributeKind::kContext, {}}};
  const SegmentLabels labels{[](const std::string& attribute) {
                               return Label{attribute + " en", attribute + " de"};
                             },
                             [](const Segment& segment) {
                               return Label{segment.value.value_or("?"), "de"};
                             }};
  const std::string text = SegmentsJson(kLater, segments, labels);
  const json answer = Parsed(text);
  const json& age = answer.at("attributes")[0];
  EXPECT_EQ(age.at("name"), "age_group");
  EXPECT_EQ(age.at("kind"), "customer");
  EXPECT_EQ(age.at("label"), json({{"en", "age_group en"}, {"de", "age_group de"}}));
  EXPECT_EQ(age.at("values")[0].at("recommendations"), 1200);
  EXPECT_TRUE(age.at("values")[1].at("value").is_null());
  EXPECT_TRUE(age.at("values")[1].at("recommendations").is_null());
  EXPECT_EQ(age.at("values")[1].at("hidden"), true);
  EXPECT_EQ(answer.at("attributes")[1].at("kind"), "item");
  EXPECT_EQ(answer.at("attributes")[2].at("kind"), "context");
}

}  // namespace
}  // namespace ripen::json
