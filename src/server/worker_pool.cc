#include "server/worker_pool.h"

#include <algorithm>
#include <utility>

namespace ripen::server {

WorkerPool::WorkerPool(int threads, std::size_t most_waiting) : most_waiting_(most_waiting) {
  for (int i = 0; i < std::max(threads, 1); ++i) threads_.emplace_back([this] { Work(); });
}

WorkerPool::~WorkerPool() {
  Close();
  for (std::thread& thread : threads_) thread.join();
}

bool WorkerPool::TryAdd(Job&& job) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_ || waiting_.size() >= most_waiting_) return false;
    waiting_.push_back(std::move(job));
  }
  changed_.notify_one();
  return true;
}

void WorkerPool::Close() {
  std::deque<Job> unstarted;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    unstarted.swap(waiting_);
  }
  changed_.notify_all();
  for (const Job& job : unstarted) job(Fate::kRefused);
}

void WorkerPool::Work() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      job = std::move(waiting_.front());
      waiting_.pop_front();
    }
    job(Fate::kRun);
  }
}

}  // namespace ripen::server
