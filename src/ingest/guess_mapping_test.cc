#include "ingest/guess_mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

namespace ripen::ingest {
namespace {

using ledger::FileFormat;
using ledger::FileProbe;
using ledger::FileShape;
using ledger::ImportPlan;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

using Sample = std::vector<std::optional<std::string>>;

FileProbe Probe(const std::vector<std::pair<std::string, Sample>>& columns,
                FileFormat format = FileFormat::kCsv) {
  FileProbe probe;
  probe.path = "sample.csv";
  probe.format = format;
  for (const auto& [name, sample] : columns) {
    probe.columns.push_back({name, sample, static_cast<std::int64_t>(sample.size()), false, ""});
  }
  return probe;
}

FileProbe Named(const std::vector<std::string>& names, FileFormat format = FileFormat::kCsv) {
  std::vector<std::pair<std::string, Sample>> columns;
  for (const std::string& name : names) columns.push_back({name, {}});
  return Probe(columns, format);
}

ImportPlan Only(const FileProbe& probe, const Config& config = {}) {
  auto plans = GuessMapping(probe, config);
  EXPECT_TRUE(plans) << (plans ? "" : plans.error().message);
  EXPECT_EQ(plans->size(), 1U);
  return plans->front();
}

std::string Refusal(const FileProbe& probe, const Config& config = {}) {
  const auto plans = GuessMapping(probe, config);
  EXPECT_FALSE(plans);
  if (plans) return "";
  EXPECT_EQ(plans.error().code, ErrorCode::kInvalidArgument);
  return plans.error().message;
}

std::vector<std::string> Attributes(const ImportPlan& plan) {
  std::vector<std::string> names;
  for (const auto& each : plan.attributes) {
    const char* kind = each.kind == AttributeKind::kItem      ? " (item)"
                       : each.kind == AttributeKind::kContext ? " (context)"
                                                              : "";
    names.push_back(each.attribute + kind);
  }
  return names;
}

TEST(GuessMapping, ReadsAWideEnglishFile) {
  const ImportPlan plan =
      Only(Named({"recommendation_id", "recommended_at", "customer_id", "age_group", "item_id",
                  "item_color", "brand", "price_band", "model_version", "clicked", "clicked_at",
                  "purchased", "returned_at", "ground_truth_available", "position", "price"}));
  EXPECT_EQ(plan.shape, FileShape::kWide);
  EXPECT_EQ(plan.id, "recommendation_id");
  EXPECT_EQ(plan.shown_at, "recommended_at");
  EXPECT_EQ(plan.customer_id, "customer_id");
  EXPECT_EQ(plan.item_id, "item_id");
  EXPECT_EQ(plan.truth_flag, "ground_truth_available");
  EXPECT_EQ(plan.position, "position");
  EXPECT_EQ(plan.value, "price");
  EXPECT_EQ(plan.stages.at("click").flag_column, "clicked");
  EXPECT_EQ(plan.stages.at("click").time_column, "clicked_at");
  EXPECT_EQ(plan.stages.at("purchase").flag_column, "purchased");
  EXPECT_EQ(plan.stages.at("return").time_column, "returned_at");
  EXPECT_THAT(Attributes(plan), ElementsAre("age_group", "item_color (item)", "brand (item)",
                                            "price_band (item)", "model_version (context)"));
}

TEST(GuessMapping, ReadsAWideGermanFile) {
  const ImportPlan plan = Only(Named(
      {"Empfehlungsnummer", "Angezeigt am", "Kunden-ID", "Altersgruppe", "Artikel ID", "Marke",
       "Gerät", "Geklickt", "Gekauft am", "zurückgeschickt", "Ergebnis bestätigt", "Preis"}));
  EXPECT_EQ(plan.id, "Empfehlungsnummer");
  EXPECT_EQ(plan.shown_at, "Angezeigt am");
  EXPECT_EQ(plan.customer_id, "Kunden-ID");
  EXPECT_EQ(plan.item_id, "Artikel ID");
  EXPECT_EQ(plan.truth_flag, "Ergebnis bestätigt");
  EXPECT_EQ(plan.value, "Preis");
  EXPECT_EQ(plan.stages.at("click").flag_column, "Geklickt");
  EXPECT_EQ(plan.stages.at("purchase").time_column, "Gekauft am");
  EXPECT_EQ(plan.stages.at("return").flag_column, "zurückgeschickt");
  EXPECT_THAT(Attributes(plan), ElementsAre("Altersgruppe", "Marke (item)", "Gerät (context)"));
}

TEST(GuessMapping, TakesAFlagFullOfTimesAsATime) {
  const ImportPlan plan = Only(Probe(
      {{"id", {"1"}}, {"date", {"2026-11-01"}}, {"click", {std::nullopt, "2026-11-01 10:00"}}}));
  EXPECT_EQ(plan.stages.at("click").time_column, "click");
  EXPECT_EQ(plan.stages.at("click").flag_column, "");
}

TEST(GuessMapping, IgnoresTimesThatFitNoRoleAndSaysSo) {
  const ImportPlan plan = Only(Probe({{"id", {}},
                                      {"shown_at", {}},
                                      {"clicked", {}},
                                      {"account_created_at", {}},
                                      {"valid_until", {"2026-11-30", "2026-12-01"}},
                                      {"bought", {}},
                                      {"ordered", {}}}));
  EXPECT_THAT(Attributes(plan), ElementsAre());
  EXPECT_THAT(plan.notes,
              ElementsAre("Ignored: account_created_at, valid_until (named or filled like a time, "
                          "but it fits no role).",
                          HasSubstr("Ignored: ordered (another column plays that role")));
}

TEST(GuessMapping, ReadsDailyCounts) {
  const ImportPlan plan = Only(Probe({{"day", {"2026-11-01"}},
                                      {"age_group", {"25-34"}},
                                      {"brand", {"Elm"}},
                                      {"stage", {"shown", "shown"}},
                                      {"base_offset", {}},
                                      {"delay", {"0"}},
                                      {"count", {"12"}}}));
  EXPECT_EQ(plan.shape, FileShape::kCounts);
  EXPECT_EQ(plan.day, "day");
  EXPECT_EQ(plan.outcome_stage, "stage");
  EXPECT_EQ(plan.base_offset, "base_offset");
  EXPECT_EQ(plan.delay, "delay");
  EXPECT_EQ(plan.count, "count");
  EXPECT_THAT(Attributes(plan), ElementsAre("age_group", "brand (item)"));
  // With an id, or stages that are none of the ladder's, it is another kind of table.
  EXPECT_EQ(Only(Named({"id", "shown_at", "stage", "delay", "count", "clicked"})).shape,
            FileShape::kWide);
  EXPECT_THAT(Refusal(Probe({{"day", {}}, {"stage", {"open"}}, {"delay", {}}, {"count", {}}})),
              HasSubstr("which recommendation a row is"));
}

TEST(GuessMapping, DaysAndCountsOfAWideFileAreAttributes) {
  EXPECT_THAT(Attributes(Only(Probe({{"id", {}},
                                     {"shown_at", {}},
                                     {"clicked", {}},
                                     {"day", {"Mon", "Tue"}},
                                     {"count", {"1", "2"}}}))),
              ElementsAre("day", "count"));
}

TEST(GuessMapping, ReadsLongFiles) {
  EXPECT_EQ(Only(Named({"recommendation_id", "shown_at", "region"})).shape,
            FileShape::kLongRecommendations);
  const ImportPlan outcomes = Only(Probe({{"event_id", {}},
                                          {"recommendation_id", {}},
                                          {"stage", {"click", "purchase"}},
                                          {"timestamp", {}},
                                          {"channel", {}}}));
  EXPECT_EQ(outcomes.shape, FileShape::kLongOutcomes);
  EXPECT_EQ(outcomes.id, "recommendation_id");
  EXPECT_EQ(outcomes.event_id, "event_id");
  EXPECT_EQ(outcomes.outcome_stage, "stage");
  EXPECT_EQ(outcomes.outcome_time, "timestamp");
  EXPECT_THAT(outcomes.notes, ElementsAre("Not used in sample.csv, a file of outcomes: channel."));
}

TEST(GuessMapping, AStageColumnWithOtherValuesIsAnAttribute) {
  const ImportPlan plan =
      Only(Probe({{"id", {}}, {"date", {}}, {"stage", {"lead", "customer"}}, {"clicked", {}}}));
  EXPECT_EQ(plan.shape, FileShape::kWide);
  EXPECT_THAT(Attributes(plan), ElementsAre("stage"));
}

TEST(GuessMapping, ReadsOutcomesOfAConstantStageWithConfiguredColumns) {
  Config config;
  config.source.stage = "return";
  config.source.columns = {{"id", "line_id"},
                           {"shown_at", "invoice_at"},
                           {"recommendation_id", "purchase_line_id"},
                           {"happened_at", "returned_at"}};
  config.source.where = "is_product = '1'";
  const ImportPlan lines = Only(Named({"line_id", "invoice_at", "is_product", "country"}), config);
  EXPECT_EQ(lines.shape, FileShape::kLongRecommendations);
  EXPECT_EQ(lines.where, "is_product = '1'");
  const ImportPlan returns =
      Only(Named({"purchase_line_id", "purchased_at", "returned_at"}), config);
  EXPECT_EQ(returns.shape, FileShape::kLongOutcomes);
  EXPECT_EQ(returns.id, "purchase_line_id");
  EXPECT_EQ(returns.constant_stage, "return");
  EXPECT_EQ(returns.outcome_time, "returned_at");
  EXPECT_EQ(returns.where, "");
}

TEST(GuessMapping, SplitsEventsIntoTwoPlans) {
  const auto plans = GuessMapping(
      Named({"type", "id", "shown_at", "customer_id", "customer.region", "item_id", "item.region",
             "item.collection", "context.model", "position", "score", "list_id",
             "recommendation_id", "stage", "happened_at", "value", "event_id", "retracted"},
            FileFormat::kNdjson),
      {});
  ASSERT_TRUE(plans) << plans.error().message;
  ASSERT_EQ(plans->size(), 2U);
  const ImportPlan& recommendations = plans->at(0);
  EXPECT_EQ(recommendations.shape, FileShape::kLongRecommendations);
  EXPECT_EQ(recommendations.id, "id");
  EXPECT_THAT(Attributes(recommendations),
              ElementsAre("region", "item.region (item)", "collection (item)", "model (context)"));
  const ImportPlan& outcomes = plans->at(1);
  EXPECT_EQ(outcomes.shape, FileShape::kLongOutcomes);
  EXPECT_EQ(outcomes.id, "recommendation_id");
  EXPECT_EQ(outcomes.event_id, "event_id");
  EXPECT_EQ(outcomes.retracted, "retracted");
  EXPECT_EQ(outcomes.value, "value");
}

TEST(GuessMapping, FollowsTheUsersLadderAndLists) {
  Config config;
  config.stages = *StageLadder::Make({{"signup", "shown", 7, 0, Direction::kMoreIsBetter}});
  config.segments.customer = {"region"};
  const ImportPlan plan =
      Only(Named({"id", "date", "region", "age", "brand", "signup_date", "clicked"}), config);
  EXPECT_EQ(plan.stages.size(), 1U);
  EXPECT_EQ(plan.stages.at("signup").time_column, "signup_date");
  EXPECT_THAT(Attributes(plan), ElementsAre("region", "brand (item)"));
  EXPECT_THAT(plan.notes,
              ElementsAre(HasSubstr("clicked"), "Ignored: age (not listed under [segments])."));
}

TEST(GuessMapping, KeepsTheAttributesWithTheFewestValues) {
  std::vector<std::string> names{"id", "date", "clicked"};
  for (int at = 0; at < 35; ++at) names.push_back("a" + std::to_string(at));
  FileProbe probe = Named(names);
  probe.columns[4].distinct_in_sample = 5000;  // a1
  probe.columns[5].distinct_in_sample = 9000;  // a2
  Config config;
  config.segments.item = {"a2"};
  const ImportPlan plan = Only(probe, config);
  EXPECT_EQ(plan.attributes.size(), ledger::kMostAttributes);
  EXPECT_THAT(Attributes(plan), testing::Contains("a2 (item)"));
  EXPECT_THAT(plan.notes,
              ElementsAre("Ignored: a1, a34, a33 (at most 32 attributes; list the ones you want "
                          "under [segments])."));
}

TEST(GuessMapping, NamesWhatIsMissingAndWhatWasThere) {
  EXPECT_THAT(Refusal(Named({"recomendation_idd", "shown_at", "clicked"})),
              AllOf(HasSubstr("sample.csv: no column says which recommendation a row is."),
                    HasSubstr("The columns are: recomendation_idd, shown_at, clicked."),
                    HasSubstr("The nearest is \"recomendation_idd\".")));
  EXPECT_THAT(Refusal(Named({"id", "clicked"})),
              HasSubstr("no column says when the recommendation was shown. The columns are: id, "
                        "clicked."));
}

TEST(GuessMapping, RefusesAWrongConfiguration) {
  Config config;
  config.source.columns = {{"clickd", "c"}};
  EXPECT_THAT(Refusal(Named({"id"}), config),
              HasSubstr("[source] columns: \"clickd\" is no role; did you mean \"click\"?"));
  config.source.columns = {{"customer_id", "kunde_id"}};
  EXPECT_THAT(Refusal(Named({"id", "date", "clicked", "kunden_id"}), config),
              HasSubstr("names \"kunde_id\" for customer_id, but there is no such column; the "
                        "nearest is \"kunden_id\"."));
  config.source.columns.clear();
  config.source.where = "land = 'DE'";
  EXPECT_THAT(Refusal(Named({"id", "date", "clicked", "Land"}), config),
              HasSubstr("where names the column \"land\", which is not there; the nearest is "
                        "\"Land\""));
  config.source.where.clear();
  config.source.time_zone = "Europe/Berln";
  EXPECT_THAT(Refusal(Named({"id", "date", "clicked"}), config), HasSubstr("Europe/Berln"));
}

TEST(CheckOutcomesGiven, RefusesRecommendationsAlone) {
  const Config config;
  const std::vector<ImportPlan> alone{Only(Named({"id", "shown_at", "klicked"}))};
  const auto status = CheckOutcomesGiven(alone, config);
  ASSERT_FALSE(status);
  EXPECT_THAT(status.error().message,
              AllOf(HasSubstr("no column says what came of a recommendation (click, purchase, "
                              "return)"),
                    HasSubstr("The nearest is \"klicked\".")));
  EXPECT_TRUE(CheckOutcomesGiven({Only(Named({"id", "shown_at", "klick"}))}, config));
}

}  // namespace
}  // namespace ripen::ingest
