#include "base/channel.h"

#include <gtest/gtest.h>

#include <memory>
#include <thread>

namespace ripen {
namespace {

TEST(Channel, DeliversEverythingInOrderAndThenTheEnd) {
  constexpr int kItems = 10'000;
  Channel<int> channel(3);
  std::thread sender([&] {
    for (int item = 0; item < kItems; ++item) ASSERT_TRUE(channel.Send(item));
    channel.Close();
  });
  for (int item = 0; item < kItems; ++item) ASSERT_EQ(channel.Receive(), item);
  EXPECT_EQ(channel.Receive(), std::nullopt);
  sender.join();
}

TEST(Channel, ASenderThatWaitsForRoomIsToldThatTheReceiverHasGone) {
  Channel<int> channel(1);
  ASSERT_TRUE(channel.Send(1));
  bool sent = true;
  std::thread sender([&] { sent = channel.Send(2); });
  channel.Close();
  sender.join();
  EXPECT_FALSE(sent);
  EXPECT_EQ(channel.Receive(), 1);
  EXPECT_EQ(channel.Receive(), std::nullopt);
}

TEST(Channel, CarriesWhatCannotBeCopied) {
  Channel<std::unique_ptr<int>> channel(1);
  ASSERT_TRUE(channel.Send(std::make_unique<int>(7)));
  EXPECT_EQ(**channel.Receive(), 7);
}

}  // namespace
}  // namespace ripen
