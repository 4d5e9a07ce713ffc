#include "json/total_move_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace ripen::json {
namespace {

using nlohmann::json;

const BothTexts kWords{{"It moved.", {"Why."}}, {"Es hat sich bewegt.", {}}};

TotalMove Moved() {
  const Day day = Day::FromYmd(2026, 11, 20);
  TotalMove move;
  move.as_of = day;
  move.stage = "click";
  move.attribute = "age_group";
  move.from = day - 6;
  move.to = day;
  move.before_from = day - 13;
  move.before_to = day - 7;
  move.before =
      Metric{"click", {}, day - 13, day - 7, 7000, 1757, ConfirmedRate{.251, .24, .26, {}}};
  move.after = Metric{"click", {}, day - 6, day, 7000, 1575, ConfirmedRate{.225, .21, .23, {}}};
  move.move = {-.026, -.04, -.01};
  move.rate = {-.0255, -.04, -.01};
  move.mix = {-.0005, -.001, .0001};
  move.terms = {{"25-34", false, .18, .21, .28, .15, {-.0255, -.03, -.02}, {-.0002, -.001, .001}},
                {std::nullopt, false, .01, 0, .2, std::nullopt, {0, 0, 0}, {.0001, 0, 0}},
                {std::nullopt, true, .81, .79, .24, .24, {0, -.01, .01}, {-.0004, 0, 0}}};
  move.mix_by_attribute = {{"age_group", -.0004}, {"region", -.0001}};
  return move;
}

TEST(TotalMoveJson, IsTheContractsObject) {
  const json written = json::parse(TotalMoveJson(Moved(), kWords));
  EXPECT_EQ(written.at("stage"), "click");
  EXPECT_EQ(written.at("attribute"), "age_group");
  EXPECT_EQ(written.at("before_from"), "2026-11-07");
  EXPECT_EQ(written.at("before").at("rate"), .251);
  EXPECT_EQ(written.at("after").at("maturity"), "confirmed");
  EXPECT_EQ(written.at("move"), (json{{"value", -.026}, {"low", -.04}, {"high", -.01}}));
  EXPECT_EQ(written.at("simpson"), false);
  EXPECT_TRUE(written.at("reason").is_null());
  const json& terms = written.at("terms");
  EXPECT_EQ(terms[0].at("slice"), (json{{"age_group", "25-34"}}));
  EXPECT_EQ(terms[0].at("rate").at("value"), -.0255);
  // "Not given" is a group with a name of its own; all others together are none.
  EXPECT_EQ(terms[1].at("slice"), (json{{"age_group", nullptr}}));
  EXPECT_TRUE(terms[1].at("rate_after").is_null());
  EXPECT_TRUE(terms[2].at("slice").is_null());
  EXPECT_EQ(terms[2].at("others"), true);
  EXPECT_EQ(written.at("mix_by_attribute")[1].at("attribute"), "region");
  EXPECT_EQ(written.at("message").at("en").at("headline"), "It moved.");
}

TEST(TotalMoveJson, ARefusalHasAReasonAndNoNumbers) {
  TotalMove move;
  move.as_of = Day::FromYmd(2026, 11, 20);
  move.stage = "return";
  move.refused = NoMove::kNoTwoWeeks;
  const json written = json::parse(TotalMoveJson(move, kWords));
  EXPECT_EQ(written.at("reason"), "no_two_weeks");
  for (const char* key : {"attribute", "from", "to", "before", "after", "move", "rate", "mix"}) {
    EXPECT_TRUE(written.at(key).is_null()) << key;
  }
  EXPECT_TRUE(written.at("terms").empty());
}

}  // namespace
}  // namespace ripen::json
