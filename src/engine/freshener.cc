#include "engine/freshener.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "engine/engine.h"

namespace ripen::engine {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Between two new states: at least so long, and twice what the last one took, so that a stream of
// events leaves the machine to those who read.
constexpr milliseconds kLeastPause{500};
constexpr int kPausePerWork = 2;
// How often it is looked whether a day is over.
constexpr std::chrono::seconds kDayWatch{20};

}  // namespace

Freshener::~Freshener() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Freshener::Wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  Start();
  changed_.notify_all();
}

void Freshener::Start() {
  if (!thread_.joinable() && !over_) thread_ = std::thread([this] { Run(); });
}

int Freshener::Subscribe(std::function<void(const Fresh&)> heard) {
  {
    const std::lock_guard lock(mutex_);
    Start();  // for days that end
  }
  const std::lock_guard lock(listeners_mutex_);
  listeners_.emplace(next_subscription_, std::move(heard));
  return next_subscription_++;
}

void Freshener::Unsubscribe(int subscription) {
  const std::lock_guard lock(listeners_mutex_);
  listeners_.erase(subscription);
}

bool Freshener::HasListeners() {
  const std::lock_guard lock(listeners_mutex_);
  return !listeners_.empty();
}

void Freshener::Publish(Day as_of) {
  const std::lock_guard lock(listeners_mutex_);
  const Fresh fresh{as_of, ++version_};
  for (const auto& [subscription, heard] : listeners_) heard(fresh);
}

void Freshener::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    const bool told = changed_.wait_for(lock, kDayWatch, [this] { return over_ || woken_; });
    if (over_) return;
    woken_ = false;
    lock.unlock();
    if (!told && !due_()) {
      lock.lock();
      continue;
    }
    const auto began = steady_clock::now();
    const std::optional<Day> as_of = make_();
    if (as_of) Publish(*as_of);
    const auto pause = std::max<steady_clock::duration>(
        kLeastPause, kPausePerWork * (steady_clock::now() - began));
    lock.lock();
    changed_.wait_for(lock, pause, [this] { return over_; });
  }
}

}  // namespace ripen::engine
