#include "monitor/exposure_shift.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>

#include "cube/testing_snapshot.h"
#include "monitor/exposure_undo.h"
#include "monitor/exposure_view.h"
#include "monitor/exposures.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;
using Shares = std::function<std::array<double, 4>(const std::vector<int>& who, int day)>;

constexpr int kDays = 30;
constexpr int kChange = 20;

const Slice kA1 = Slice::Of({{"a", "a1"}});
const Slice kI0 = Slice::Of({{"i", "i0"}});

// Two customer attributes and two of the item: i has four values by `shares`, j two halves. 200
// recommendations a customer cell and day, with a ripple that is no change.
cube::Snapshot Shop(const Shares& shares, std::size_t further = 2) {
  return MakeSnapshot(
      kDays, {{"a", 3}, {"b", 2}, {"i", 4, AttributeKind::kItem}, {"j", 2, AttributeKind::kItem}},
      further, 1, [&](const std::vector<int>& v, int day) {
        const double share = shares(v, day)[static_cast<std::size_t>(v[2])];
        const double shown = std::round(100 * share) + (v[0] + v[1] + v[2] + v[3] + day) % 2;
        return CellDay{shown, {std::round(.2 * shown)}};
      });
}

std::array<double, 4> Even() { return {.25, .25, .25, .25}; }

// One value's weight among the four is multiplied.
std::array<double, 4> With(std::size_t value, double factor) {
  std::array<double, 4> shares = Even();
  shares[value] *= factor;
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
  return shares;
}

std::vector<Finding> ExposuresOf(const cube::Snapshot& snapshot, const LookOptions& options = {}) {
  std::vector<Finding> found;
  for (const Finding& finding : TakeLook(snapshot, {}, options).findings) {
    if (finding.kind == FindingKind::kExposureShift) found.push_back(finding);
  }
  return found;
}

std::vector<Finding> Unexplained(const std::vector<Finding>& findings) {
  std::vector<Finding> own;
  for (const Finding& finding : findings) {
    if (!finding.explained_by && finding.level == Level::kAlert) own.push_back(finding);
  }
  return own;
}

TEST(ExposureShift, NothingIsSaidWhereEverybodyIsShownTheSame) {
  EXPECT_TRUE(ExposuresOf(Shop([](const auto&, int) { return Even(); })).empty());
}

TEST(ExposureShift, WhoIsShownLessOfWhatIsNamedDatedAndMeasured) {
  const auto snapshot = Shop(
      [](const auto& v, int day) { return v[0] == 1 && day >= kChange ? With(0, .4) : Even(); });
  const auto found = ExposuresOf(snapshot);
  const auto named = Unexplained(found);
  ASSERT_EQ(named.size(), 1U);
  EXPECT_EQ(named[0].slice, kA1);
  EXPECT_EQ(named[0].item_slice, kI0);
  EXPECT_FALSE(named[0].stage);
  EXPECT_FALSE(named[0].worse);
  EXPECT_EQ(named[0].direction, Move::kFall);
  EXPECT_NEAR(static_cast<double>(*named[0].since - snapshot.first_day), kChange, 1);
  EXPECT_NEAR(*named[0].before, .25, .005);
  // 12 by rounding and half a ripple, of 101.
  EXPECT_NEAR(*named[0].after, 12.5 / 101, .001);
  EXPECT_EQ(named[0].maturity, Maturity::kConfirmed);
  // The others that gained what it lost, and everybody's total, are its shadows.
  EXPECT_GT(found.size(), 3U);
  for (const Finding& finding : found) {
    if (finding.id == named[0].id) continue;
    EXPECT_EQ(finding.explained_by, named[0].id) << finding.slice.Canonical();
    EXPECT_EQ(finding.level, Level::kWatch);
  }
}

TEST(ExposureShift, OfTwoValuesTheOneThatMovedMoreForItsSizeIsNamed) {
  const auto snapshot = MakeSnapshot(
      kDays, {{"a", 3}, {"b", 2}, {"i", 2, AttributeKind::kItem}}, 1, 1,
      [](const std::vector<int>& v, int day) {
        const double share = v[0] == 1 && day >= kChange ? .06 : .41;
        return CellDay{std::round(200 * (v[2] == 1 ? share : 1 - share)) + (v[0] + day) % 2, {}};
      });
  const auto named = Unexplained(ExposuresOf(snapshot));
  ASSERT_EQ(named.size(), 1U);
  EXPECT_EQ(named[0].slice, kA1);
  EXPECT_EQ(named[0].item_slice, Slice::Of({{"i", "i1"}}));
  EXPECT_EQ(named[0].direction, Move::kFall);
}

TEST(ExposureShift, ValuesThatChangePlacesAreTwoCausesAndTheRestIsLeftAlone) {
  const auto named = Unexplained(ExposuresOf(Shop([](const auto& v, int day) {
    if (v[0] != 1 || day < kChange) return Even();
    return std::array<double, 4>{.10, .40, .25, .25};
  })));
  ASSERT_EQ(named.size(), 2U);
  for (const Finding& finding : named) {
    EXPECT_EQ(finding.slice, kA1);
    EXPECT_EQ(finding.direction, finding.item_slice == kI0 ? Move::kFall : Move::kRise);
  }
  EXPECT_NE(named[0].item_slice, named[1].item_slice);
}

TEST(ExposureShift, WhatEverybodyIsShownIsToldOfEverybody) {
  const auto named = Unexplained(ExposuresOf(
      Shop([](const auto&, int day) { return day >= kChange ? With(2, 1.6) : Even(); })));
  ASSERT_EQ(named.size(), 1U);
  EXPECT_TRUE(named[0].slice.IsTotal());
  EXPECT_EQ(named[0].item_slice, Slice::Of({{"i", "i2"}}));
  EXPECT_EQ(named[0].direction, Move::kRise);
}

TEST(ExposureShift, OtherCustomersAreNoChangeOfWhatEachIsShown) {
  // a1 is shown i0 more often than the others, and makes up three times as much from a day on.
  const auto snapshot =
      MakeSnapshot(kDays, {{"a", 3}, {"b", 2}, {"i", 2, AttributeKind::kItem}}, 1, 1,
                   [](const std::vector<int>& v, int day) {
                     const double share = v[0] == 1 ? .7 : .3;
                     const double size = v[0] == 1 && day >= kChange ? 600 : 200;
                     return CellDay{std::round(size * (v[2] == 0 ? share : 1 - share)) +
                                        (v[0] + v[1] + v[2] + day) % 2,
                                    {}};
                   });
  EXPECT_TRUE(Unexplained(ExposuresOf(snapshot)).empty());
}

TEST(ExposureShift, AnItemAttributeAmongTheAdjustedOnesIsNoCustomer) {
  // Only j is a further attribute; i stands in the base cells.
  const auto named = Unexplained(ExposuresOf(Shop(
      [](const auto& v, int day) { return v[0] == 1 && day >= kChange ? With(0, .4) : Even(); },
      1)));
  ASSERT_EQ(named.size(), 1U);
  EXPECT_EQ(named[0].slice, kA1);
  EXPECT_EQ(named[0].item_slice, kI0);
  EXPECT_NEAR(*named[0].before, .25, .005);
}

TEST(ExposureShift, WhatIsLaunchedMovesNoShareOfTheOthers) {
  auto snapshot =
      Shop([](const auto&, int day) { return day >= kChange ? With(3, 4) : With(3, .02); });
  snapshot.attributes[2].known_at_start[3] = false;
  EXPECT_TRUE(Unexplained(ExposuresOf(snapshot)).empty());
}

TEST(ExposureShift, GroupsThatMayNotBeShownAreNotNamed) {
  auto snapshot = Shop(
      [](const auto& v, int day) { return v[0] == 1 && day >= kChange ? With(0, .4) : Even(); });
  snapshot.attributes[0].members[1] = 5;
  for (const Finding& finding : ExposuresOf(snapshot)) EXPECT_NE(finding.slice, kA1);
}

TEST(ExposureShift, WhatWasAcceptedIsTheNewUsualWithAllThatGainedByIt) {
  const auto snapshot =
      Shop([](const auto& v, int day) { return v[0] == 1 && day >= 15 ? With(0, .4) : Even(); });
  ASSERT_FALSE(ExposuresOf(snapshot).empty());
  LookOptions options;
  options.accepted.push_back(
      {FindingKind::kExposureShift, std::nullopt, kA1, snapshot.first_day + 15});
  EXPECT_TRUE(ExposuresOf(snapshot, options).empty());
}

TEST(ExposureShift, OneStageAloneHearsNothingOfExposure) {
  const auto snapshot = Shop(
      [](const auto& v, int day) { return v[0] == 1 && day >= kChange ? With(0, .4) : Even(); });
  LookOptions options;
  options.only_stage = 0;
  EXPECT_TRUE(ExposuresOf(snapshot, options).empty());
}

Finding Began(FindingKind kind, Slice slice, int day) {
  Finding finding;
  finding.kind = kind;
  finding.level = Level::kAlert;
  finding.slice = std::move(slice);
  finding.since = finding.since_earliest = finding.since_latest = Day(day);
  finding.id = "cause";
  return finding;
}

TEST(ExposureShift, ARateNamedInTheGroupAndALaunchExplainWhatBeginsWithThem) {
  Finding exposure = Began(FindingKind::kExposureShift, kA1, 100);
  exposure.item_slice = kI0;
  exposure.id = "exposure";
  const auto explained_by = [&](const Finding& cause) {
    std::vector<Finding> exposures{exposure};
    if (cause.kind == FindingKind::kRateShift) {
      ExplainByRates(std::span(&cause, 1), exposures);
    } else {
      ExplainByLaunch(cause, exposures);
    }
    return exposures[0].explained_by;
  };
  EXPECT_EQ(explained_by(Began(FindingKind::kRateShift, kA1, 105)), "cause");
  EXPECT_EQ(explained_by(Began(FindingKind::kRateShift, kI0, 105)), "cause");
  EXPECT_FALSE(explained_by(Began(FindingKind::kRateShift, Slice::Of({{"a", "a2"}}), 105)));
  EXPECT_FALSE(explained_by(Began(FindingKind::kRateShift, kA1, 130)));
  EXPECT_EQ(explained_by(Began(FindingKind::kVolumeShift, Slice::Of({{"i", "i3"}}), 98)), "cause");
  EXPECT_FALSE(explained_by(Began(FindingKind::kVolumeShift, Slice::Of({{"j", "j1"}}), 98)));
}

TEST(ExposureUndo, GivesBackWhatAValueLostAndTakesItFromTheOthers) {
  // One customer cell of 100 a day: .25 each, then 10, 30, 30, 30.
  const auto snapshot =
      MakeSnapshot(kDays, {{"a", 1}, {"i", 4, AttributeKind::kItem}}, 1, 1,
                   [](const std::vector<int>& v, int day) {
                     return CellDay{day < kChange ? 25.0 : (v[1] == 0 ? 10.0 : 30.0), {}};
                   });
  const CubeIndex index(snapshot);
  const auto view = ViewOfItem(index, ListCustomerCells(index), 1, {});
  ASSERT_TRUE(view);
  const CubeIndex viewed(view->snapshot, view->families);
  std::vector<std::size_t> days(kDays);
  std::iota(days.begin(), days.end(), 0U);
  RateStreams streams(viewed, 0, Exposures::Whole(viewed, 0), days,
                      std::vector<double>(viewed.streams(), .1));
  streams.ShrinkInsideFurther();
  FamilyEvents undone = streams.events();
  ExposureUndo undo(streams);
  const auto stream = viewed.Find(kI0);
  ASSERT_TRUE(stream);
  const Cause cause = undo.Undo({*stream, 1000, {kChange, kChange, kChange}, Move::kFall}, undone);
  EXPECT_NEAR(cause.ratio, .4, 1e-6);
  for (const float events : undone[kItemFamily]) EXPECT_NEAR(events, 25, 1e-4);
}

}  // namespace
}  // namespace ripen::monitor
