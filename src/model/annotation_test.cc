#include "model/annotation.h"

#include <gtest/gtest.h>

namespace ripen {
namespace {

Day On(const char* text) { return *Day::Parse(text); }

Annotation Summer() {
  Annotation summer;
  summer.kind = AnnotationKind::kLaunch;
  summer.day = On("2026-04-01");
  summer.item = Segment{"collection", "Summer"};
  summer.new_epoch = true;
  return *CheckedAnnotation(summer);
}

std::string Refusal(const Annotation& annotation) {
  const auto checked = CheckedAnnotation(annotation);
  return checked ? "" : checked.error().message;
}

TEST(Annotation, TakesItsTitleFromTheItem) {
  EXPECT_EQ(Summer().title, "Summer");
  EXPECT_EQ(Summer().id.size(), 12U);
  Annotation other = Summer();
  other.note = "with a new layout";
  EXPECT_NE(CheckedAnnotation(other)->id, Summer().id);
}

TEST(Annotation, RefusesWhatCannotBeShown) {
  Annotation bad = Summer();
  bad.item.reset();
  bad.title.clear();
  EXPECT_EQ(Refusal(bad), "The annotation needs a title, or the item that it is about.");
  bad.title = "a\nb";
  EXPECT_EQ(Refusal(bad), "The title must be plain text, without control characters.");
  bad.title = std::string(121, 'x');
  EXPECT_EQ(Refusal(bad), "The title has 121 bytes; 120 are the most.");
  bad = Summer();
  bad.last_day = bad.day - 1;
  EXPECT_EQ(Refusal(bad), "The last day (2026-03-31) must not be before the first (2026-04-01).");
  bad = Summer();
  bad.item->value.reset();
  EXPECT_EQ(Refusal(bad),
            "The item must name an attribute and its value, like collection=Summer, got "
            "'collection='.");
}

TEST(KnownAnnotations, KnowsNothingBeforeItWasTold) {
  const std::vector<AnnotationEvent> told = {
      {Summer(), false, On("2026-04-10"), Moment(5)},
      {Summer(), true, On("2026-04-20"), Moment(9)},
  };
  EXPECT_TRUE(KnownAnnotations({}, told, On("2026-04-09")).empty());
  const auto known = KnownAnnotations({}, told, On("2026-04-10"));
  ASSERT_EQ(known.size(), 1U);
  EXPECT_EQ(known[0].origin, AnnotationOrigin::kTold);
  EXPECT_EQ(known[0].told_on, On("2026-04-10"));
  EXPECT_TRUE(KnownAnnotations({}, told, On("2026-04-20")).empty());
}

TEST(KnownAnnotations, WhatTheConfigurationSaysIsKnownFromTheDayItNames) {
  Annotation configured = Summer();
  EXPECT_EQ(KnownAnnotations({configured}, {}, On("2026-01-01")).size(), 1U);
  configured.told_on = On("2026-03-15");
  EXPECT_TRUE(KnownAnnotations({configured}, {}, On("2026-03-14")).empty());
  const std::vector<AnnotationEvent> told = {{Summer(), false, On("2026-03-20"), Moment(5)}};
  const auto known = KnownAnnotations({configured}, told, On("2026-04-01"));
  ASSERT_EQ(known.size(), 1U);  // the same words twice
  EXPECT_EQ(known[0].origin, AnnotationOrigin::kConfiguration);
}

}  // namespace
}  // namespace ripen
