#include "json/ranking_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ripen::json {
namespace {

TEST(RankingJson, EveryMaturityHasItsKeysAndNoOthers) {
  RankingReport report;
  report.as_of = *Day::Parse("2026-11-20");
  RankingRelevance& relevance = report.relevances.emplace_back();
  relevance.relevance = "purchase";
  RankingSpan& span = relevance.last_7.emplace();
  span.from = *Day::Parse("2026-11-14");
  span.to = report.as_of;
  span.lists = 7;
  span.figures[0] = ConfirmedRanking{.7, .6, .8};
  span.figures[1] = ProvisionalRanking{.3, .2, .4, .1, .9, *Day::Parse("2026-12-05")};
  span.figures[2] = PendingRanking{PendingReason::kWindowOpen, {}, {}, .25, .75};
  const nlohmann::json answer =
      nlohmann::json::parse(RankingJson(report, [](RankingColumn) { return ColumnTexts{}; }));
  const nlohmann::json& figures = answer.at("relevances")[0].at("last_7");
  EXPECT_EQ(figures.at("ndcg"),
            nlohmann::json::parse(R"({"maturity":"confirmed","value":0.7,"low":0.6,"high":0.8})"));
  EXPECT_EQ(figures.at("mrr"),
            nlohmann::json::parse(R"({"maturity":"provisional","value":0.3,"low":0.2,"high":0.4,)"
                                  R"("least":0.1,"most":0.9,"settles_on":"2026-12-05"})"));
  EXPECT_EQ(figures.at("hit_rate"),
            nlohmann::json::parse(R"({"maturity":"pending","value":null,"reason":"window_open",)"
                                  R"("least":0.25,"most":0.75,"first_estimate_on":null,)"
                                  R"("settles_on":null})"));
  EXPECT_TRUE(answer.at("relevances")[0].at("last_28").is_null());
}

}  // namespace
}  // namespace ripen::json
