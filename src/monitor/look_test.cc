#include "monitor/look.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "cube/testing_snapshot.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;
using Counts = std::function<CellDay(const std::vector<int>&, int)>;

const Slice kA1 = Slice::Of({{"a", "a1"}});

// Three customer attributes and one of the item, 40 recommendations a cell and day; a quiet ripple
// of one click keeps the days from being alike.
cube::Snapshot Shop(const std::function<double(const std::vector<int>&, int)>& rate,
                    std::size_t given = 1) {
  return MakeSnapshot(30, {{"a", 3}, {"b", 2}, {"c", 2}, {"i", 2, AttributeKind::kItem}}, 1, given,
                      [&](const std::vector<int>& v, int day) {
                        const double ripple = (v[0] + v[1] + v[2] + v[3] + day) % 2;
                        const double clicks = std::round(40 * rate(v, day)) + ripple;
                        return CellDay{40, {clicks, std::floor(clicks / 4)}};
                      });
}

std::vector<Finding> RateShifts(const Look& look) {
  std::vector<Finding> found;
  for (const Finding& finding : look.findings) {
    if (finding.kind == FindingKind::kRateShift) found.push_back(finding);
  }
  return found;
}

const Finding* Named(const Look& look, const Slice& slice) {
  for (const Finding& finding : look.findings) {
    if (finding.kind == FindingKind::kRateShift && finding.slice == slice &&
        finding.level == Level::kAlert) {
      return &finding;
    }
  }
  return nullptr;
}

TEST(TakeLook, NothingIsSaidOfAQuietMonth) {
  const Look look = TakeLook(Shop([](const auto&, int) { return .25; }), {}, {});
  EXPECT_TRUE(look.findings.empty());
  // 9 values and 3 * 2 + 3 * 2 + 2 * 2 + (3 + 2 + 2) * 2 pairs.
  EXPECT_EQ(look.groups_checked, 9 + 16 + 14);
}

TEST(TakeLook, OfOneStageAloneTheSameIsSaid) {
  const cube::Snapshot snapshot =
      Shop([](const auto& v, int day) { return v[0] == 1 && day >= 12 ? .3 : .9; }, 2);
  const std::vector<Finding> whole = RateShifts(TakeLook(snapshot, {}, {}));
  for (const std::size_t stage : {std::size_t{0}, std::size_t{1}}) {
    LookOptions options;
    options.only_stage = stage;
    const std::string name = snapshot.ladder[stage].name;
    std::vector<Finding> alone = RateShifts(TakeLook(snapshot, {}, options));
    std::erase_if(alone, [&](const Finding& finding) { return finding.stage != name; });
    std::size_t at = 0;
    for (const Finding& finding : whole) {
      if (finding.stage != name) continue;
      ASSERT_LT(at, alone.size());
      EXPECT_EQ(alone[at].id, finding.id);
      EXPECT_EQ(alone[at].level, finding.level);
      EXPECT_EQ(alone[at].evidence_days, finding.evidence_days);
      EXPECT_EQ(alone[at++].explained_by, finding.explained_by);
    }
    EXPECT_EQ(at, alone.size());
    EXPECT_GT(at, 0U) << name;
  }
}

TEST(TakeLook, AFallIsNamedDatedMeasuredAndItsShadowsExplained) {
  const cube::Snapshot snapshot =
      Shop([](const auto& v, int day) { return v[0] == 1 && day >= 20 ? .15 : .25; });
  const Look look = TakeLook(snapshot, {}, {});
  const Finding* fall = Named(look, kA1);
  ASSERT_NE(fall, nullptr);
  EXPECT_EQ(&look.findings.front(), fall);
  EXPECT_EQ(fall->stage, "click");
  EXPECT_EQ(fall->direction, Move::kFall);
  EXPECT_EQ(fall->worse, true);
  EXPECT_EQ(fall->since, snapshot.first_day + 20);
  EXPECT_EQ(fall->since_earliest, snapshot.first_day + 20);
  EXPECT_EQ(fall->since_latest, snapshot.first_day + 20);
  EXPECT_NEAR(*fall->before, .2625, .005);
  EXPECT_NEAR(*fall->after, .1625, .005);
  EXPECT_EQ(fall->trials_since, 9 * 8 * 40);
  EXPECT_EQ(fall->certainty, Certainty::kVerySure);
  EXPECT_EQ(fall->evidence_days, 36500);
  EXPECT_FALSE(fall->gradual);
  EXPECT_EQ(fall->same_in, (std::vector<std::string>{"b", "c"}));
  EXPECT_EQ(fall->maturity, Maturity::kConfirmed);
  int shadows = 0;
  for (const Finding& finding : RateShifts(look)) {
    if (&finding == fall || finding.id == fall->id) continue;
    EXPECT_NE(finding.level, Level::kAlert) << finding.slice.Canonical();
    EXPECT_EQ(finding.explained_by, fall->id) << finding.slice.Canonical();
    ++shadows;
  }
  EXPECT_GE(shadows, 2);
}

TEST(TakeLook, ARiseOfAStageThatShouldFallIsWorse) {
  cube::Snapshot snapshot =
      Shop([](const auto& v, int day) { return v[0] == 1 && day >= 20 ? .45 : .25; });
  snapshot.ladder[0].direction = Direction::kMoreIsWorse;
  const Look look = TakeLook(snapshot, {}, {});
  const Finding* rise = Named(look, kA1);
  ASSERT_NE(rise, nullptr);
  EXPECT_EQ(rise->direction, Move::kRise);
  EXPECT_EQ(rise->worse, true);
}

TEST(TakeLook, AnItemGroupIsNamedAndUndoneInTheCustomerGroups) {
  const Slice item = Slice::Of({{"i", "i1"}});
  const cube::Snapshot snapshot =
      Shop([](const auto& v, int day) { return v[3] == 1 && day >= 20 ? .15 : .25; });
  const Look look = TakeLook(snapshot, {}, {});
  const Finding* fall = Named(look, item);
  ASSERT_NE(fall, nullptr);
  for (const Finding& finding : RateShifts(look)) {
    if (finding.id != fall->id) {
      EXPECT_EQ(finding.explained_by, fall->id);
    }
  }
}

TEST(TakeLook, PurchasesFellBecauseClicksFell) {
  // Purchases are a quarter of clicks; both stages are settled up to day 45 of 60.
  cube::Snapshot snapshot = MakeSnapshot(
      60, {{"a", 3}, {"b", 2}, {"c", 2}}, 0, 2, [](const std::vector<int>& v, int day) {
        const double clicks = (v[0] == 1 && day >= 30 ? 60.0 : 100.0) + (v[1] + day) % 2;
        return CellDay{400, {clicks, std::floor(clicks / 2)}};
      });
  const Look look = TakeLook(snapshot, {}, {});
  const Finding* clicks = nullptr;
  for (const Finding& finding : look.findings) {
    if (finding.stage == "click" && finding.slice == kA1) clicks = &finding;
  }
  ASSERT_NE(clicks, nullptr);
  EXPECT_EQ(clicks->level, Level::kAlert);
  int purchases = 0;
  for (const Finding& finding : look.findings) {
    if (finding.stage != "purchase") continue;
    ++purchases;
    EXPECT_EQ(finding.level, Level::kWatch);
    EXPECT_EQ(finding.explained_by, clicks->id);
  }
  EXPECT_GE(purchases, 1);
}

TEST(TakeLook, ALaterStageNeedsElevenSettledDays) {
  const auto fall = [](const auto& v, int day) { return v[0] == 1 && day >= 11 ? .05 : .4; };
  for (const auto& [days, judged] : {std::pair(24, false), std::pair(30, true)}) {
    cube::Snapshot snapshot = MakeSnapshot(
        days, {{"a", 3}, {"b", 2}, {"c", 2}}, 0, 2, [&](const std::vector<int>& v, int day) {
          return CellDay{400, {100.0 + day % 2, std::round(400 * fall(v, day)) + day % 2}};
        });
    const Look look = TakeLook(snapshot, {}, {});
    const bool said = std::any_of(look.findings.begin(), look.findings.end(),
                                  [](const Finding& f) { return f.stage == "purchase"; });
    EXPECT_EQ(said, judged) << days;
  }
}

TEST(TakeLook, AGroupThatCameLaterHasNoShareOfTheBudget) {
  cube::Snapshot snapshot =
      Shop([](const auto& v, int day) { return v[0] == 1 && day >= 20 ? .15 : .25; });
  snapshot.attributes[0].known_at_start[1] = false;
  EXPECT_EQ(Named(TakeLook(snapshot, {}, {}), kA1), nullptr);
}

TEST(TakeLook, AGroupTooSmallToBeShownIsNotNamed) {
  cube::Snapshot snapshot =
      Shop([](const auto& v, int day) { return v[0] == 1 && day >= 20 ? .15 : .25; });
  snapshot.attributes[0].members[1] = 19;
  for (const Finding& finding : TakeLook(snapshot, {}, {}).findings) {
    for (const Segment& segment : finding.slice.segments) EXPECT_NE(segment.value, "a1");
  }
}

TEST(TakeLook, KeySegmentsNeedLessEvidence) {
  const cube::Snapshot snapshot =
      Shop([](const auto& v, int day) { return v[0] == 1 && day >= 22 ? .2 : .25; });
  const auto evidence = [&](const LookOptions& options) {
    for (const Finding& finding : RateShifts(TakeLook(snapshot, {}, options))) {
      if (finding.slice == kA1) return *finding.evidence_days;
    }
    return 0.0;
  };
  LookOptions keyed;
  keyed.alerts.key_segments = {{"a", "a1"}};
  const double plain = evidence({});
  ASSERT_GT(plain, 0);
  ASSERT_LT(evidence(keyed), 36500);
  // From 1/4 * 1/3 of the level to half of that and half of the level: 6.5 times as much.
  EXPECT_NEAR(evidence(keyed) / plain, 6.5, .05);
}

TEST(TakeLook, AChangeOfMixIsSaidWithoutAccusingAnybody) {
  const cube::Snapshot snapshot = MakeSnapshot(
      30, {{"a", 3}, {"b", 2}, {"c", 2}}, 0, 1, [](const std::vector<int>& v, int day) {
        constexpr double kRate[] = {.35, .25, .1};
        const double shown = v[0] == 2 && day >= 20 ? 400 : 100;
        return CellDay{shown, {std::round(shown * kRate[v[0]]) + (v[1] + day) % 2}};
      });
  const Look look = TakeLook(snapshot, {}, {});
  EXPECT_TRUE(RateShifts(look).empty());
  const auto mix = std::find_if(look.findings.begin(), look.findings.end(),
                                [](const Finding& f) { return f.kind == FindingKind::kMixShift; });
  ASSERT_NE(mix, look.findings.end());
  EXPECT_EQ(mix->level, Level::kInfo);
  EXPECT_EQ(mix->mix_attribute, "a");
  EXPECT_EQ(mix->direction, Move::kFall);
  EXPECT_EQ(mix->mix_terms.front().value, "a2");
  EXPECT_NEAR(mix->mix_terms.front().share_before, 1.0 / 3, 1e-9);
  EXPECT_NEAR(mix->mix_terms.front().share_after, 2.0 / 3, 1e-9);
  EXPECT_NEAR(*mix->mix_effect, *mix->after - *mix->before, .002);
}

TEST(TakeLook, ADriftIsGradual) {
  const cube::Snapshot snapshot = Shop([](const auto& v, int day) {
    const double part = std::clamp((day - 12) / 15.0, 0.0, 1.0);
    return v[0] == 1 ? .45 - .35 * part : .25;
  });
  const Look look = TakeLook(snapshot, {}, {});
  const Finding* fall = Named(look, kA1);
  ASSERT_NE(fall, nullptr);
  EXPECT_TRUE(fall->gradual);
}

TEST(TakeLook, WhatCameBackIsNoAlert) {
  const cube::Snapshot snapshot =
      Shop([](const auto& v, int day) { return v[0] == 1 && day >= 13 && day < 23 ? .12 : .25; });
  const Look look = TakeLook(snapshot, {}, {});
  EXPECT_EQ(Named(look, kA1), nullptr);
  const auto back = std::find_if(look.findings.begin(), look.findings.end(),
                                 [](const Finding& f) { return f.code == "recovered"; });
  ASSERT_NE(back, look.findings.end());
  EXPECT_EQ(back->slice, kA1);
  EXPECT_EQ(back->level, Level::kInfo);
  EXPECT_EQ(back->since, snapshot.first_day + 23);
  EXPECT_NEAR(*back->after, .2625, .01);
}

TEST(TakeLook, FindingsComeInTheContractsOrderAndRepeat) {
  const cube::Snapshot snapshot =
      Shop([](const auto& v, int day) { return v[0] == 1 && day >= 20 ? .15 : .25; });
  const Look first = TakeLook(snapshot, {}, {});
  const Look second = TakeLook(snapshot, {}, {});
  ASSERT_EQ(first.findings.size(), second.findings.size());
  std::vector<Finding> sorted = first.findings;
  SortFindings(sorted);
  for (std::size_t at = 0; at < sorted.size(); ++at) {
    EXPECT_EQ(first.findings[at].id, sorted[at].id);
    EXPECT_EQ(first.findings[at].id, second.findings[at].id);
    EXPECT_EQ(first.findings[at].evidence_days, second.findings[at].evidence_days);
  }
}

TEST(TakeLook, OfNothingSaysNothing) {
  EXPECT_TRUE(TakeLook(cube::Snapshot{}, {}, {}).findings.empty());
}

}  // namespace
}  // namespace ripen::monitor
