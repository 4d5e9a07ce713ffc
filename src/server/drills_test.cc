#include "server/drills.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "server/fake_engine_for_test.h"

namespace ripen::server {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kRequest = R"({"stage":"click","change":-0.2})";

// Drills that wait until the test lets them go.
class Held {
 public:
  Result<DrillReport> Run(const drill::Progress& progress) {
    std::unique_lock lock(mutex_);
    ++running_;
    changed_.notify_all();
    changed_.wait(lock, [&] { return free_ > 0 || !progress(.5); });
    if (free_ == 0) return Fail(ErrorCode::kCancelled, "Ended.");
    --free_;
    DrillReport report;
    report.stage = "click";
    report.sizes = {{-.2, 40, 40, .8, 1, 2, 3, 40, 0, 0}};
    report.change = -.2;
    report.as_of = report.first_start = report.last_start = Day::FromYmd(2026, 11, 20);
    return report;
  }
  void AwaitRunning(int count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return running_ >= count; });
  }
  void Free(int count) {
    const std::lock_guard lock(mutex_);
    free_ += count;
    changed_.notify_all();
  }
  void Look() { changed_.notify_all(); }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int running_ = 0;
  int free_ = 0;
};

class DrillsTest : public ::testing::Test {
 protected:
  DrillsTest() {
    engine_->drill = [this](const DrillRequest& request, const drill::Progress& progress) {
      if (request.stage == "boom") throw std::runtime_error("too much");
      if (request.stage == "none") {
        return Result<DrillReport>(Fail(ErrorCode::kNotFound, "There is no stage named 'none'."));
      }
      return held_.Run(progress);
    };
  }
  static nlohmann::json Json(const Outcome<std::string>& answer) {
    return answer ? nlohmann::json::parse(*answer) : nlohmann::json();
  }
  // The state once it is no longer `state`.
  nlohmann::json After(Drills& drills, const std::string& id, const std::string& state) {
    while (true) {
      nlohmann::json now = Json(drills.Get(id));
      if (now.at("state") != state && now.at("state") != "waiting") return now;
      std::this_thread::yield();
    }
  }

  Held held_;
  std::shared_ptr<FakeEngine> engine_ = std::make_shared<FakeEngine>();
};

TEST_F(DrillsTest, OneIsWorkedOnWhileTheOthersWait) {
  Drills drills(engine_);
  EXPECT_EQ(Json(drills.Post(kRequest)).at("id"), "1");
  EXPECT_EQ(Json(drills.Post(kRequest)).at("state"), "waiting");
  held_.AwaitRunning(1);
  EXPECT_EQ(Json(drills.Get("1")).at("state"), "running");
  EXPECT_EQ(Json(drills.Get("1")).at("progress"), .5);
  EXPECT_EQ(Json(drills.Get("2")).at("state"), "waiting");
  held_.Free(2);
  const nlohmann::json done = After(drills, "1", "running");
  EXPECT_EQ(done.at("state"), "done");
  EXPECT_EQ(done.at("progress"), 1);
  EXPECT_EQ(done.at("result").at("sizes").at(0).at("noticed"), 40);
  EXPECT_THAT(done.at("result").at("message").at("de").at("headline").get<std::string>(),
              HasSubstr("Ein Rückgang um ein Fünftel"));
  EXPECT_EQ(After(drills, "2", "running").at("state"), "done");
}

TEST_F(DrillsTest, AFailureIsASentence) {
  Drills drills(engine_);
  ASSERT_TRUE(drills.Post(R"({"stage":"none","change":-0.2})"));
  ASSERT_TRUE(drills.Post(R"({"stage":"boom","change":-0.2})"));
  EXPECT_EQ(After(drills, "1", "running").at("reason"), "There is no stage named 'none'.");
  EXPECT_EQ(After(drills, "2", "running").at("reason"), "The drill could not be made: too much.");
}

TEST_F(DrillsTest, NoMoreThanEightWait) {
  Drills drills(engine_);
  ASSERT_TRUE(drills.Post(kRequest));
  held_.AwaitRunning(1);
  for (std::size_t waiting = 0; waiting < kMostWaitingDrills; ++waiting) {
    ASSERT_TRUE(drills.Post(kRequest));
  }
  const auto refused = drills.Post(kRequest);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 503);
  EXPECT_EQ(refused.error().detail, "8 drills wait already; try again when one is done.");
  held_.Free(100);
}

TEST_F(DrillsTest, TheLastSixteenAreKept) {
  Drills drills(engine_);
  held_.Free(100);
  for (int drill = 1; drill <= 18; ++drill) {
    ASSERT_TRUE(drills.Post(kRequest));
    After(drills, std::to_string(drill), "running");
  }
  EXPECT_EQ(drills.Get("2").error().status, 404);
  EXPECT_EQ(drills.Get("2").error().detail, "There is no drill '2'; the last 16 are kept.");
  EXPECT_TRUE(drills.Get("3"));
  EXPECT_EQ(drills.Get("../x").error().status, 404);
}

TEST_F(DrillsTest, AWrongBodyIsAProblem) {
  Drills drills(engine_);
  const auto refused = drills.Post("{}");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().status, 400);
  EXPECT_THAT(refused.error().detail, HasSubstr("stage is missing"));
}

TEST_F(DrillsTest, TheEndDoesNotWaitForThem) {
  auto drills = std::make_unique<Drills>(engine_);
  ASSERT_TRUE(drills->Post(kRequest));
  ASSERT_TRUE(drills->Post(kRequest));
  held_.AwaitRunning(1);
  std::thread end([&] { drills.reset(); });
  // The drill under way asks whether to go on whenever it is woken.
  std::atomic<bool> ended{false};
  std::thread look([&] {
    while (!ended) {
      held_.Look();
      std::this_thread::yield();
    }
  });
  end.join();
  ended = true;
  look.join();
}

}  // namespace
}  // namespace ripen::server
