// What people told of the shop's calendar is kept, and read as it was told.
#include "store/open_store.h"
#include "store/store_fixture.h"

namespace ripen::store {
namespace {

class AnnotationLogTest : public StoreFixture {
 protected:
  static Day On(const char* text) { return *Day::Parse(text); }
  static AnnotationEvent Summer() {
    AnnotationEvent event;
    event.annotation.kind = AnnotationKind::kLaunch;
    event.annotation.origin = AnnotationOrigin::kTold;
    event.annotation.day = On("2026-04-01");
    event.annotation.last_day = On("2026-09-30");
    event.annotation.item = Segment{"collection", "it's \"Summer\""};
    event.annotation.note = "two\nlines";
    event.annotation.new_epoch = true;
    event.annotation = *CheckedAnnotation(event.annotation);
    event.as_of = On("2026-04-02");
    event.annotation.told_on = event.as_of;
    event.at = Moment(7);
    return event;
  }
  static AnnotationEvent Sale() {
    AnnotationEvent event;
    event.annotation.kind = AnnotationKind::kCampaign;
    event.annotation.origin = AnnotationOrigin::kTold;
    event.annotation.day = On("2026-03-01");
    event.annotation.title = "Sale";
    event.annotation = *CheckedAnnotation(event.annotation);
    event.as_of = On("2026-04-01");
    event.annotation.told_on = event.as_of;
    event.at = Moment(3);
    return event;
  }
};

TEST_F(AnnotationLogTest, EventsStayAndAreNotDoubled) {
  Open();
  ASSERT_TRUE(store_->AddAnnotations({Summer(), Sale()}));
  AnnotationEvent gone = Sale();
  gone.taken_back = true;
  gone.at = Moment(9);
  ASSERT_TRUE(store_->AddAnnotations({Summer(), gone}));
  Open();
  const auto events = store_->ReadAnnotations();
  ASSERT_TRUE(events) << events.error().message;
  EXPECT_EQ(*events, (std::vector<AnnotationEvent>{Sale(), Summer(), gone}));
}

TEST_F(AnnotationLogTest, LooksThatDidNotKnowAreDropped) {
  Open();
  ASSERT_TRUE(store_->ReadLooks("f"));
  ASSERT_TRUE(store_->KeepLooks("f", {{On("2026-04-01"), "1"}, {On("2026-04-02"), "2"}}));
  ASSERT_TRUE(store_->AddAnnotations({Summer()}));
  const auto looks = store_->ReadLooks("f");
  ASSERT_TRUE(looks);
  ASSERT_EQ(looks->size(), 1U);
  EXPECT_EQ(looks->front().record, "1");
}

TEST_F(AnnotationLogTest, AnExportCarriesThem) {
  Open();
  ASSERT_TRUE(store_->AddAnnotations({Summer()}));
  store_.reset();
  ASSERT_TRUE(ExportDuckDb(Path("test.duckdb"), Path("out")));
  ASSERT_TRUE(RestoreDuckDb(Path("out"), Path("anew.duckdb")));
  auto anew = OpenDuckDb(Path("anew.duckdb"), {});
  ASSERT_TRUE(anew) << anew.error().message;
  EXPECT_EQ(*(*anew)->ReadAnnotations(), (std::vector<AnnotationEvent>{Summer()}));
}

}  // namespace
}  // namespace ripen::store
