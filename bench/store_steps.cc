// Times what a store does, step by step, on the files named: look, import, refresh, cube.
//
// Usage: store_steps STORE FILE... ; prints wall seconds and peak memory after each step.
#include <fmt/core.h>
#include <sys/resource.h>

#include <chrono>
#include <string>
#include <vector>

#include "ingest/guess_mapping.h"
#include "store/open_store.h"

namespace {

using Clock = std::chrono::steady_clock;

void Say(const char* what, Clock::time_point start) {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("{:9} {:7.2f} s   cpu so far {:7.2f} s   peak {:5} MB\n", what,
             std::chrono::duration<double>(Clock::now() - start).count(),
             static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                 static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
             usage.ru_maxrss / 1024);
}

int Fail(const ripen::Error& error) {
  fmt::print(stderr, "{}\n", error.message);
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "Usage: store_steps STORE FILE...\n");
    return 2;
  }
  Clock::time_point start = Clock::now();
  auto store = ripen::store::OpenDuckDb(argv[1], {});
  if (!store) return Fail(store.error());
  std::vector<ripen::ledger::ImportPlan> plans;
  for (int i = 2; i < argc; ++i) {
    const auto probe = (*store)->Probe(argv[i]);
    if (!probe) return Fail(probe.error());
    const auto guessed = ripen::ingest::GuessMapping(*probe, {});
    if (!guessed) return Fail(guessed.error());
    plans.insert(plans.end(), guessed->begin(), guessed->end());
  }
  Say("look", start);
  start = Clock::now();
  const auto summary = (*store)->Import(plans, nullptr);
  if (!summary) return Fail(summary.error());
  Say("import", start);
  start = Clock::now();
  if (const auto status = (*store)->Refresh(nullptr); !status) return Fail(status.error());
  Say("refresh", start);
  const auto status = (*store)->ReadStatus();
  if (!status) return Fail(status.error());
  start = Clock::now();
  const auto snapshot = (*store)->ReadSnapshot(*status->newest_day);
  if (!snapshot) return Fail(snapshot.error());
  Say("cube", start);
  std::size_t rows = 0;
  for (const auto& family : snapshot->families) {
    rows += family.shown.size();
    for (const auto& stage : family.stages) rows += stage.size();
  }
  fmt::print(
      "{} rows, {} recommendations, {} outcomes, {} duplicates; cube of {} rows in {} "
      "families; {} MB on disk\n",
      summary->rows, summary->recommendations, summary->outcomes, summary->duplicates, rows,
      snapshot->families.size(), status->bytes >> 20);
  return 0;
}
