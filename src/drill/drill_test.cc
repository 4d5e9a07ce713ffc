#include "drill/drill.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drill/testing_history.h"

namespace ripen::drill {
namespace {

using ::testing::HasSubstr;
using testing::HistoryOptions;
using testing::MakeHistory;

DrillRequest Fall(double change = -.4) {
  DrillRequest request;
  request.slice = Slice::Of({{"a", "a1"}});
  request.stage = "click";
  request.change = change;
  return request;
}

Result<DrillReport> Replayed(const cube::Snapshot& history, const DrillRequest& request,
                             int threads = 1) {
  DrillOptions options;
  options.threads = threads;
  return RunDrill(history, request, options, {});
}

std::string ErrorOf(const cube::Snapshot& history, const DrillRequest& request) {
  const auto report = Replayed(history, request);
  return report ? "" : report.error().message;
}

TEST(Drill, LargerChangesAreNoticedMoreOftenAndSooner) {
  const cube::Snapshot history = MakeHistory({.days = 40, .per_day = 800});
  for (const double change : {-.4, .4}) {
    const auto report = Replayed(history, Fall(change));
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->sizes.size(), 7U);
    EXPECT_NEAR(report->rate, .25, .01);
    const DrillSize* before = nullptr;
    for (const DrillSize& size : report->sizes) {
      EXPECT_EQ(size.runs, 40);
      EXPECT_EQ(size.exactly + size.wider + size.narrower, size.noticed);
      EXPECT_LE(size.low, size.share());
      EXPECT_GE(size.high, size.share());
      if (before != nullptr) {
        EXPECT_GE(size.noticed, before->noticed);
        if (before->days_median) {
          EXPECT_LE(*size.days_median, *before->days_median);
        }
      }
      before = &size;
    }
    // 5 in 100 of 270 a day is lost in the noise; a half is plain to see.
    EXPECT_EQ(report->sizes.front().noticed, 0);
    EXPECT_EQ(report->sizes.back().noticed, 40);
    EXPECT_GE(report->sizes.back().exactly, 36);
  }
}

TEST(Drill, TheSameHoweverManyThreads) {
  const cube::Snapshot history = MakeHistory({.days = 35, .per_day = 500});
  const auto one = Replayed(history, Fall(), 1);
  const auto two = Replayed(history, Fall(), 2);
  ASSERT_TRUE(one && two);
  for (std::size_t size = 0; size < one->sizes.size(); ++size) {
    EXPECT_EQ(one->sizes[size].noticed, two->sizes[size].noticed);
    EXPECT_EQ(one->sizes[size].days_median, two->sizes[size].days_median);
    EXPECT_EQ(one->sizes[size].exactly, two->sizes[size].exactly);
  }
}

TEST(Drill, WhatTheHistorySaysAnywayDoesNotCount) {
  HistoryOptions options{.days = 45, .per_day = 1500};
  options.rate = [](const std::vector<int>& values, int day) {
    return values[0] == 1 && day >= 14 ? .12 : .25;
  };
  const cube::Snapshot history = MakeHistory(options);
  DrillRequest request = Fall(-.05);
  const auto report = Replayed(history, request);
  ASSERT_TRUE(report) << report.error().message;
  // The real fall of the same group is alarmed about on every one of these days.
  for (const DrillSize& size : report->sizes) EXPECT_EQ(size.exactly, 0);
  EXPECT_EQ(report->sizes.front().noticed, 0);
}

TEST(Drill, AnAcceptedLevelIsTheOneThatChangesNext) {
  HistoryOptions options{.days = 45, .per_day = 1500};
  options.rate = [](const std::vector<int>& values, int day) {
    return values[0] == 1 && day >= 14 ? .12 : .25;
  };
  const cube::Snapshot history = MakeHistory(options);
  DrillOptions judged;
  AcceptedChange accepted;
  accepted.stage = "click";
  accepted.slice = Slice::Of({{"a", "a1"}});
  accepted.from = history.first_day + 14;
  judged.accepted = {accepted};
  const auto report = RunDrill(history, Fall(-.5), judged, {});
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_GE(report->sizes.back().exactly, 30);
}

TEST(Drill, AWiderAndANarrowerNameCountAsSuch) {
  const cube::Snapshot history = MakeHistory({.days = 40, .per_day = 1000});
  DrillRequest request = Fall(-.6);
  // Three attributes cannot be named as such: at best two of them are.
  request.slice = Slice::Of({{"a", "a1"}, {"b", "b0"}, {"i", "i1"}});
  const auto report = Replayed(history, request);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->sizes.back().exactly, 0);
  EXPECT_GT(report->sizes.back().wider, 0);
  EXPECT_EQ(report->sizes.back().narrower, 0);
}

TEST(Drill, EndsWhenTold) {
  const cube::Snapshot history = MakeHistory({});
  int told = 0;
  const auto report = RunDrill(history, Fall(), {}, [&](double share_done) {
    EXPECT_GT(share_done, 0);
    return ++told < 2;
  });
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kCancelled);
  EXPECT_EQ(told, 2);
}

TEST(Drill, RefusesWithASentence) {
  const cube::Snapshot history = MakeHistory({});
  DrillRequest request = Fall();
  request.stage = "signup";
  EXPECT_THAT(ErrorOf(history, request), HasSubstr("no stage named 'signup'; there are click"));
  request.stage = "purchase";
  EXPECT_THAT(ErrorOf(history, request), HasSubstr("The data hold no 'purchase'"));
  request = Fall();
  request.slice = Slice::Of({{"aa", "a1"}});
  EXPECT_THAT(ErrorOf(history, request),
              HasSubstr("No attribute is named 'aa'; the nearest is 'a'"));
  request.slice = Slice::Of({{"a", "a7"}});
  EXPECT_THAT(ErrorOf(history, request), HasSubstr("'a' has no value 'a7'"));
  request.slice = Slice::Of({{"a", std::nullopt}});
  EXPECT_THAT(ErrorOf(history, request), HasSubstr("'a' has no value '(not given)'"));
  request.slice = Slice::Of({{"i", "i0"}, {"j", "j0"}});
  EXPECT_THAT(ErrorOf(history, request), HasSubstr("'i' and 'j' together are not kept"));
  for (const double change : {0.0, -.96, 4.1}) {
    EXPECT_THAT(ErrorOf(history, Fall(change)),
                HasSubstr("The change must lie from -95 % to +400 %"));
  }
  EXPECT_THAT(ErrorOf(history, Fall(3.9)), HasSubstr("beyond 95 in 100"));
  request = Fall();
  request.days = 0;
  EXPECT_THAT(ErrorOf(history, request), HasSubstr("The days must be 1 to 60; they are 0."));
  request.days = 20;
  EXPECT_THAT(ErrorOf(history, request), HasSubstr("is too short: 11 days before a change and 20"));
  cube::Snapshot without_times = history;
  without_times.stage_has_times[0] = false;
  EXPECT_THAT(ErrorOf(without_times, Fall()), HasSubstr("no times of their own"));
  cube::Snapshot small = history;
  small.attributes[0].members[1] = 3;
  EXPECT_THAT(ErrorOf(small, Fall()),
              HasSubstr("smaller than the smallest group that is shown (20)"));
  cube::Snapshot empty = history;
  for (cube::Family& family : empty.families) family.stages[0].clear();
  EXPECT_THAT(ErrorOf(empty, Fall()), HasSubstr("no outcome of 'click' that could change"));
  EXPECT_THAT(ErrorOf({}, Fall()), HasSubstr("There is no history"));
}

TEST(RangeOfShare, WorkedValue) {
  const ShareRange range = RangeOfShare(36, 40, 5, -.25);
  EXPECT_NEAR(range.low, .579, .001);
  EXPECT_NEAR(range.high, .983, .001);
  // Runs on days of their own count in full.
  EXPECT_GT(RangeOfShare(36, 40, 40, -.25).low, .79);
}

}  // namespace
}  // namespace ripen::drill
