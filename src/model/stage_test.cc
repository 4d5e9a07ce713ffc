#include "model/stage.h"

#include <gtest/gtest.h>

namespace ripen {
namespace {

TEST(StageLadder, TheDefaultIsClickPurchaseReturn) {
  const StageLadder ladder = StageLadder::Default();
  ASSERT_EQ(ladder.size(), 3U);
  EXPECT_EQ(ladder.IndexOf("return"), 2U);
  EXPECT_EQ(ladder.IndexOf("rental"), std::nullopt);
  EXPECT_EQ(ladder.BaseOf(0), std::nullopt);
  EXPECT_EQ(ladder.BaseOf(2), 1U);
  EXPECT_EQ(ladder[2].direction, Direction::kMoreIsWorse);
}

TEST(StageLadder, NestedWindowsAddUp) {
  StageLadder ladder = StageLadder::Default();
  EXPECT_EQ(ladder.SettlingDays(0), 1);
  EXPECT_EQ(ladder.SettlingDays(1), 14);
  EXPECT_EQ(ladder.SettlingDays(2), 44);
  ladder[2].lateness_days = 3;
  EXPECT_EQ(ladder.SettlingDays(2), 47);
  EXPECT_EQ(ladder.SettlingDays(1), 14);
}

TEST(StageLadder, EveryLadderOfTheDefaultsStagesIsAcceptedAgain) {
  const Result<StageLadder> again = StageLadder::Make(StageLadder::Default().stages());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->size(), 3U);
}

struct Refused {
  std::vector<Stage> stages;
  std::string sentence;
};

TEST(StageLadder, RefusesInSentences) {
  const std::vector<Refused> cases = {
      {{}, "Stages: at least one stage is needed, got none."},
      {{{"click"}, {"click"}},
       "Stages: 'click' cannot name a stage; it is empty, reserved or used twice."},
      {{{"shown"}}, "Stages: 'shown' cannot name a stage; it is empty, reserved or used twice."},
      {{{"kept"}}, "Stages: 'kept' cannot name a stage; it is empty, reserved or used twice."},
      {{{""}}, "Stages: '' cannot name a stage; it is empty, reserved or used twice."},
      {{{"return", "purchase"}, {"purchase"}},
       "Stages: 'return' is of 'purchase', which is no earlier stage."},
      {{{"click", "shown", 0}}, "Stages: the window of 'click' must be 1 to 400 days, got 0."},
      {{{"click", "shown", 401}}, "Stages: the window of 'click' must be 1 to 400 days, got 401."},
  };
  for (const Refused& refused : cases) {
    const Result<StageLadder> ladder = StageLadder::Make(refused.stages);
    ASSERT_FALSE(ladder) << refused.sentence;
    EXPECT_EQ(ladder.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(ladder.error().message, refused.sentence);
  }
}

}  // namespace
}  // namespace ripen
