// Worlds with a known truth through a whole look: what is named, when it began, what is not
// alarmed.
//
// Risk of the tests themselves. Seeds are fixed, so a build passes or fails for good. The bounds of
// the worlds with a change are those promised to users; a method whose true share of successes is
// .999 misses 49 of 50 with probability 1.2e-3. The bound of quiet worlds, 10 of 200, lies far
// above the usual 0 to 3 and under the 44 that one false alarm in 90 days would allow.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <map>
#include <string>

#include "monitor/look.h"
#include "tests/oracle/world.h"

namespace ripen::oracle {
namespace {

const Slice kAge2534 = Slice::Of({{"age_group", "25-34"}});

monitor::Look LookAt(const cube::Snapshot& snapshot) {
  return monitor::TakeLook(snapshot, InputSummary{}, monitor::LookOptions{});
}

std::vector<Finding> UnexplainedAlerts(const monitor::Look& look) {
  std::vector<Finding> alerts;
  for (const Finding& finding : look.findings) {
    if (finding.level == Level::kAlert && !finding.explained_by) alerts.push_back(finding);
  }
  return alerts;
}

WorldOptions Shop(std::uint64_t seed, int per_day, double share) {
  WorldOptions options;
  options.seed = seed;
  options.per_day = per_day;
  options.attributes = ShopAttributes(share);
  options.click = ShopClickRate;
  return options;
}

WorldOptions SegmentDrop(std::uint64_t seed, int per_day, double share) {
  WorldOptions options = Shop(seed, per_day, share);
  options.click = [](const WorldRecord& record) {
    const double rate = ShopClickRate(record);
    return record.values[0] == 1 && record.day >= 20 ? rate * 15 / 28 : rate;
  };
  return options;
}

struct DropCounts {
  int named = 0;
  int since = 0;
  int nothing_else = 0;
  int total_under_watch = 0;
  int total_under_alert = 0;
};

DropCounts PlayDrops(int per_day, double share, int worlds) {
  DropCounts counts;
  for (int seed = 1; seed <= worlds; ++seed) {
    const cube::Snapshot snapshot = DrawWorld(SegmentDrop(seed, per_day, share));
    const monitor::Look look = LookAt(snapshot);
    const Day start = snapshot.first_day + 20;
    bool named = false;
    bool dated = false;
    bool else_alert = false;
    for (const Finding& alert : UnexplainedAlerts(look)) {
      if (alert.kind == FindingKind::kRateShift && alert.stage == "click" &&
          alert.slice == kAge2534 && alert.direction == Move::kFall) {
        named = true;
        dated = std::abs(*alert.since - start) <= 2;
      } else {
        else_alert = true;
      }
    }
    double total = 0;
    double age = 0;
    for (const Finding& finding : look.findings) {
      if (finding.slice.IsTotal()) total = finding.evidence_days.value_or(0);
      if (finding.slice == kAge2534) age = finding.evidence_days.value_or(0);
    }
    if (!named && std::getenv("RIPEN_VERBOSE") != nullptr) {
      std::printf("seed %d: age evidence %.3g\n", seed, age);
    }
    counts.named += named;
    counts.since += dated;
    counts.nothing_else += !else_alert;
    counts.total_under_watch += total < 7;
    counts.total_under_alert += total < 90;
  }
  std::printf(
      "%d a day, share %.2f: named %d, since %d, nothing else %d of %d; total < 7 in %d, < 90 "
      "in %d\n",
      per_day, share, counts.named, counts.since, counts.nothing_else, worlds,
      counts.total_under_watch, counts.total_under_alert);
  return counts;
}

TEST(DetectorWorlds, ADropOfOneGroupIsNamedAtThousandADay) {
  for (const double share : {.10, .24}) {
    const DropCounts counts = PlayDrops(1000, share, 50);
    EXPECT_GE(counts.named, 49) << share;
    EXPECT_GE(counts.since, 47) << share;
    EXPECT_GE(counts.nothing_else, 48) << share;
    if (share < .2) {
      EXPECT_GE(counts.total_under_watch, 36);
    }
  }
}

TEST(DetectorWorlds, ADropOfOneGroupIsNamedAtTwoThousandADay) {
  for (const double share : {.10, .24}) {
    const DropCounts counts = PlayDrops(2000, share, 50);
    EXPECT_GE(counts.named, 49) << share;
    EXPECT_GE(counts.since, 47) << share;
    EXPECT_GE(counts.nothing_else, 48) << share;
    if (share < .2) {
      EXPECT_GE(counts.total_under_alert, 36);
    }
  }
}

TEST(DetectorWorlds, ADropOfOneGroupIsNamedAtFiveHundredADay) {
  EXPECT_GE(PlayDrops(500, .10, 50).named, 45);
}

}  // namespace
}  // namespace ripen::oracle
