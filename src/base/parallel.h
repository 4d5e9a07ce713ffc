// A loop on several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace ripen {

// Calls step(0) to step(count - 1), each once, on up to `threads` threads, the caller's among them,
// and waits for all. Requires: step may be called on several threads at once and does not throw.
template <typename Step>
void ParallelFor(std::size_t count, int threads, const Step& step) {
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) step(i);
  };
  std::vector<std::thread> others;
  const std::size_t workers = std::min(count, static_cast<std::size_t>(std::max(1, threads)));
  for (std::size_t worker = 1; worker < workers; ++worker) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
}

}  // namespace ripen
