// Works new data in behind the reads' back: one thread that makes the newest state after live
// imports, at most every second or so, and tells who listens.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "base/day.h"

namespace ripen::engine {

struct Fresh;

// Thread safety: all functions may be called from any thread.
class Freshener {
 public:
  // `make` works the newest state out and shows it; nothing where it cannot. `due` says whether
  // there is another state although nothing came in: a day is over. Both are called on a thread of
  // its own, never twice at once.
  Freshener(std::function<std::optional<Day>()> make, std::function<bool()> due)
      : make_(std::move(make)), due_(std::move(due)) {}
  ~Freshener();
  Freshener(const Freshener&) = delete;
  Freshener& operator=(const Freshener&) = delete;

  // New data are stored. Many calls in short order lead to one new state.
  void Wake();
  // The state has moved on already: listeners hear of it as soon as somebody asks for it.
  void Tell() {
    if (HasListeners()) Wake();
  }

  int Subscribe(std::function<void(const Fresh&)> heard);
  void Unsubscribe(int subscription);

 private:
  void Start();  // requires mutex_
  void Run();
  bool HasListeners();
  void Publish(Day as_of);

  const std::function<std::optional<Day>()> make_;
  const std::function<bool()> due_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  bool over_ = false;
  std::uint64_t version_ = 0;
  std::thread thread_;
  std::mutex listeners_mutex_;  // held while they are called
  int next_subscription_ = 1;
  std::map<int, std::function<void(const Fresh&)>> listeners_;
};

}  // namespace ripen::engine
