#include "model/finding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace ripen {
namespace {

Finding ClicksOf(const std::string& age) {
  Finding finding;
  finding.stage = "click";
  finding.slice = Slice::Of({{"age_group", age}});
  return finding;
}

TEST(FindingId, IsTheHashOfWhatTheFindingIsAbout) {
  // printf 'rate_shift\nclick\n{"age_group":"25-34"}\n\n\n1' | sha256sum | head -c 12
  EXPECT_EQ(FindingId(ClicksOf("25-34"), 1), "b8519e5ead28");
}

TEST(FindingId, DiffersByEachPartAndOnlyByThose) {
  const Finding base = ClicksOf("25-34");
  std::set<std::string> ids{FindingId(base, 1), FindingId(base, 2)};
  Finding other = base;
  other.kind = FindingKind::kVolumeShift;
  ids.insert(FindingId(other, 1));
  other = base;
  other.stage = "purchase";
  ids.insert(FindingId(other, 1));
  other = base;
  other.item_slice = Slice::Of({{"brand", "Nord"}});
  ids.insert(FindingId(other, 1));
  other = base;
  other.against = Slice::Of({{"brand", "Nord"}});
  ids.insert(FindingId(other, 1));
  EXPECT_EQ(ids.size(), 6U);

  other = base;
  other.evidence_days = 400;
  other.after = 0.1;
  EXPECT_EQ(FindingId(other, 1), FindingId(base, 1));
}

TEST(SortFindings, OrdersByLevelThenEvidenceWithUnknownLastThenByWhatItIsAbout) {
  const auto make = [](const std::string& id, Level level, std::optional<double> evidence,
                       FindingKind kind, const std::string& age) {
    Finding finding = ClicksOf(age);
    finding.id = id;
    finding.level = level;
    finding.evidence_days = evidence;
    finding.kind = kind;
    return finding;
  };
  const std::vector<Finding> right = {
      make("1", Level::kAlert, 36500, FindingKind::kRateShift, "25-34"),
      make("2", Level::kAlert, 90, FindingKind::kRateShift, "25-34"),
      make("3", Level::kAlert, std::nullopt, FindingKind::kDataProblem, "25-34"),
      make("4", Level::kWatch, 20, FindingKind::kMixShift, "25-34"),
      make("5", Level::kWatch, 20, FindingKind::kRateShift, "18-24"),
      make("6", Level::kWatch, 20, FindingKind::kRateShift, "25-34"),
      make("7", Level::kInfo, 36500, FindingKind::kRateShift, "25-34"),
  };
  std::mt19937 generator(7);
  for (int round = 0; round < 50; ++round) {
    std::vector<Finding> shuffled = right;
    std::shuffle(shuffled.begin(), shuffled.end(), generator);
    SortFindings(shuffled);
    for (std::size_t index = 0; index < right.size(); ++index) {
      ASSERT_EQ(shuffled[index].id, right[index].id);
    }
  }
}

TEST(Names, EveryKindAndReasonHasItsOwnName) {
  std::set<std::string> names;
  for (int kind = 0; kind <= static_cast<int>(FindingKind::kEstimateCheck); ++kind) {
    names.insert(FindingKindName(static_cast<FindingKind>(kind)));
  }
  for (int reason = 0; reason <= static_cast<int>(PendingReason::kStageNotGiven); ++reason) {
    names.insert(PendingReasonName(static_cast<PendingReason>(reason)));
  }
  EXPECT_EQ(names.size(), 16U);
  EXPECT_FALSE(names.contains("unknown"));
  EXPECT_EQ(LevelName(Level::kWatch), "watch");
  EXPECT_EQ(CertaintyName(Certainty::kTooEarly), "too_early");
  EXPECT_EQ(MoveName(Move::kFall), "fall");
}

}  // namespace
}  // namespace ripen
