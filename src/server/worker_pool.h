// The threads that ask the engine, with a bounded queue before them.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ripen::server {

enum class Fate { kRun, kRefused };

// Thread safety: TryAdd and Close may be called from any thread.
class WorkerPool {
 public:
  // Called once: kRun on a worker, kRefused by Close. Must not throw.
  using Job = std::function<void(Fate)>;

  WorkerPool(int threads, std::size_t most_waiting);
  ~WorkerPool();  // closes and joins
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False, and the job is not taken, when `most_waiting` jobs wait already or the pool is closed.
  [[nodiscard]] bool TryAdd(Job&& job);

  // Takes no more jobs and refuses, in this thread, those that no worker has begun. Running ones go
  // on.
  void Close();

 private:
  void Work();

  const std::size_t most_waiting_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> waiting_;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace ripen::server
