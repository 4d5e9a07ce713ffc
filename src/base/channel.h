// A bounded queue between two threads, so that the faster one waits for the slower.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace ripen {

// Thread safe. Items arrive in the order in which they were sent.
template <typename T>
class Channel {
 public:
  explicit Channel(std::size_t room) : room_(room) {}

  // Waits while the queue is full. Returns false, and drops the item, once the channel is closed.
  [[nodiscard]] bool Send(T item) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || items_.size() < room_; });
    if (closed_) return false;
    items_.push_back(std::move(item));
    changed_.notify_all();
    return true;
  }

  // Waits while the queue is empty. Returns nullopt once the channel is closed and empty.
  [[nodiscard]] std::optional<T> Receive() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    std::optional<T> item(std::move(items_.front()));
    items_.pop_front();
    changed_.notify_all();
    return item;
  }

  // Nothing can be sent any more; what was sent can still be received. Either side may close.
  void Close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

 private:
  const std::size_t room_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<T> items_;
  bool closed_ = false;
};

}  // namespace ripen
