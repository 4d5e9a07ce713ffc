#include "monitor/responsible.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "cube/testing_snapshot.h"
#include "monitor/look.h"

namespace ripen::monitor {
namespace {

using cube::testing::CellDay;
using cube::testing::MakeSnapshot;
using Rate = std::function<double(const std::vector<int>&, int)>;
using Shown = std::function<double(const std::vector<int>&, int)>;

double Forty(const std::vector<int>&, int) { return 40; }

// Two customer attributes, and an item's and a model's that the streams know only one at a time.
cube::Snapshot Shop(std::size_t further, const Rate& rate, const Shown& shown) {
  return MakeSnapshot(
      30,
      {{"a", 3},
       {"b", 2},
       {"collection", 3, AttributeKind::kItem},
       {"model", 2, AttributeKind::kContext}},
      further, 1, [&](const std::vector<int>& v, int day) {
        const double trials = shown(v, day);
        const double ripple = (v[0] + v[1] + v[2] + v[3] + day) % 2;
        return CellDay{trials, {std::min(trials, std::round(trials * rate(v, day)) + ripple)}};
      });
}

std::vector<Finding> Alerts(const Rate& rate, const Shown& shown = Forty,
                            const LookOptions& given = {}) {
  const cube::Snapshot snapshot = Shop(2, rate, shown);
  const cube::Snapshot whole = Shop(0, rate, shown);
  LookOptions options = given;
  options.cross = [&](Day first, Day last) -> Result<cube::Cross> {
    return *cube::CrossWithin(whole, first, last);
  };
  std::vector<Finding> alerts;
  for (const Finding& finding : TakeLook(snapshot, {}, options).findings) {
    if (finding.level == Level::kAlert && !finding.explained_by) alerts.push_back(finding);
  }
  return alerts;
}

const Suspect* SuspectOf(const Finding& finding, const std::string& attribute) {
  for (const Suspect& suspect : finding.responsible->suspects) {
    if (suspect.attribute == attribute) return &suspect;
  }
  return nullptr;
}

TEST(Responsible, IsTheAlertsOwnGroupWhereTheChangeIsTheSameInsideIt) {
  const auto alerts =
      Alerts([](const auto& v, int day) { return v[0] == 1 && day >= 20 ? .15 : .25; });
  ASSERT_EQ(alerts.size(), 1U);
  ASSERT_TRUE(alerts[0].responsible);
  const Responsible& responsible = *alerts[0].responsible;
  EXPECT_EQ(responsible.slice, Slice::Of({{"a", "a1"}}));
  EXPECT_EQ(responsible.same_in, (std::vector<std::string>{"b", "collection", "model"}));
  EXPECT_TRUE(responsible.competitors.empty());
  EXPECT_TRUE(responsible.parts.empty());
  EXPECT_NEAR(responsible.before, .2625, .005);
  EXPECT_NEAR(responsible.after, .1625, .005);
  EXPECT_EQ(responsible.searched, (std::vector<std::string>{"a", "b", "collection", "model"}));
  ASSERT_NE(SuspectOf(alerts[0], "model"), nullptr);
  EXPECT_EQ(SuspectOf(alerts[0], "model")->verdict, SuspectVerdict::kSameEverywhere);
  EXPECT_EQ(SuspectOf(alerts[0], "collection")->verdict, SuspectVerdict::kSameEverywhere);
  EXPECT_EQ(SuspectOf(alerts[0], "b"), nullptr);
}

TEST(Responsible, IsNarrowedToThreeAttributesThatNoStreamKnows) {
  const auto alerts = Alerts([](const auto& v, int day) {
    return v[0] == 1 && v[2] == 2 && v[3] == 1 && day >= 20 ? .05 : .25;
  });
  ASSERT_EQ(alerts.size(), 1U);
  ASSERT_TRUE(alerts[0].responsible);
  EXPECT_EQ(alerts[0].responsible->slice,
            Slice::Of({{"a", "a1"}, {"collection", "collection2"}, {"model", "model1"}}));
  EXPECT_NEAR(alerts[0].responsible->after, .0625, .01);
  EXPECT_EQ(alerts[0].responsible->same_in, (std::vector<std::string>{"b"}));
}

TEST(Responsible, NamesNoMoreAttributesThanConfigured) {
  LookOptions options;
  options.alerts.slice_attributes = 2;
  const auto alerts =
      Alerts([](const auto& v,
                int day) { return v[0] == 1 && v[2] == 2 && v[3] == 1 && day >= 20 ? .05 : .25; },
             Forty, options);
  ASSERT_EQ(alerts.size(), 1U);
  EXPECT_LE(alerts[0].responsible->slice.segments.size(), 2U);
}

TEST(Responsible, ListsSeveralPartsOfItsGroup) {
  const auto alerts = Alerts([](const auto& v, int day) {
    const bool fell = v[0] == 1 && ((v[2] == 0 && v[3] == 0) || (v[2] == 2 && v[3] == 1));
    return fell && day >= 20 ? .05 : .25;
  });
  ASSERT_EQ(alerts.size(), 1U);
  ASSERT_TRUE(alerts[0].responsible);
  EXPECT_EQ(alerts[0].slice, Slice::Of({{"a", "a1"}}));
  auto parts = alerts[0].responsible->parts;
  std::sort(parts.begin(), parts.end());
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0], Slice::Of({{"a", "a1"}, {"collection", "collection0"}, {"model", "model0"}}));
  EXPECT_EQ(parts[1], Slice::Of({{"a", "a1"}, {"collection", "collection2"}, {"model", "model1"}}));
}

TEST(Responsible, SaysThatAModelTookOverWhenTheChangeBegan) {
  const auto alerts =
      Alerts([](const auto& v, int day) { return v[0] == 1 && day >= 20 ? .15 : .25; },
             [](const auto& v, int day) {
               if (v[0] != 1) return 40.0;
               return (v[3] == 1) == (day >= 20) ? 60.0 : 20.0;
             });
  ASSERT_EQ(alerts.size(), 1U);
  const Suspect* model = SuspectOf(alerts[0], "model");
  ASSERT_NE(model, nullptr);
  EXPECT_EQ(model->verdict, SuspectVerdict::kSwitched);
  EXPECT_EQ(model->value.value().value(), "model1");
  EXPECT_NEAR(*model->share_before, .25, .01);
  EXPECT_NEAR(*model->share_since, .75, .01);
}

TEST(Responsible, NamesTheCollectionInWhichTheChangeIsStrongest) {
  const auto alerts = Alerts([](const auto& v, int day) {
    if (v[0] != 1 || day < 20) return .25;
    return v[2] == 2 ? .10 : .17;
  });
  ASSERT_FALSE(alerts.empty());
  const auto of_group = std::find_if(alerts.begin(), alerts.end(), [](const Finding& each) {
    return each.slice == Slice::Of({{"a", "a1"}});
  });
  ASSERT_NE(of_group, alerts.end());
  const Suspect* collection = SuspectOf(*of_group, "collection");
  ASSERT_NE(collection, nullptr);
  EXPECT_EQ(collection->value.value().value(), "collection2");
  EXPECT_EQ(collection->verdict, SuspectVerdict::kStrongerWith);
}

TEST(Responsible, ListsASliceThatHoldsTheSameCustomersAsACompetitor) {
  // The customers of a1 are those of b1, but for a few.
  const auto alerts =
      Alerts([](const auto& v, int day) { return v[0] == 1 && day >= 20 ? .15 : .25; },
             [](const auto& v, int day) {
               return (v[0] == 1) == (v[1] == 1) ? 60.0 : (day % 10 == 0 ? 1.0 : 0.0);
             });
  ASSERT_EQ(alerts.size(), 1U);
  const std::string other = alerts[0].slice.segments.front().attribute == "a" ? "b" : "a";
  const auto& competitors = alerts[0].responsible->competitors;
  EXPECT_TRUE(std::any_of(competitors.begin(), competitors.end(), [&](const Slice& each) {
    return each.segments.size() == 1 && each.segments.front().attribute == other;
  }));
}

TEST(Responsible, NamesNoGroupThatIsTooSmallToBeShown) {
  LookOptions options;
  options.smallest_group = 4000;  // recommendations: three attributes have 1,200
  const auto alerts =
      Alerts([](const auto& v,
                int day) { return v[0] == 1 && v[2] == 2 && v[3] == 1 && day >= 20 ? .05 : .25; },
             Forty, options);
  for (const Finding& alert : alerts) {
    EXPECT_LT(alert.responsible->slice.segments.size(), 3U);
    for (const Slice& part : alert.responsible->parts) EXPECT_LT(part.segments.size(), 3U);
    for (const Slice& each : alert.responsible->competitors) EXPECT_LT(each.segments.size(), 3U);
  }
}

}  // namespace
}  // namespace ripen::monitor
