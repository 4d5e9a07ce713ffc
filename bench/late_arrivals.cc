// Times what late data cost, and that the cube they give is a rebuild's. A step a process, so that
// each has its own peak of memory.
//
// Usage: late_arrivals load STORE FILE...   imports and counts
//        late_arrivals late STORE FILE...   opens and reads the cube; then imports and counts
//        late_arrivals rebuild STORE        counts everything again
//        late_arrivals look STORE           reads the cube of past days
// Each prints one line of JSON; `cube` is a digest of the cube as known on five days.
#include <fmt/core.h>
#include <fmt/ranges.h>
#include <sys/resource.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/guess_mapping.h"
#include "store/open_store.h"
#include "store/snapshot_bytes.h"

namespace {

using Clock = std::chrono::steady_clock;
using ripen::Day;
using ripen::Result;
using ripen::Status;

std::vector<std::string> g_fields;  // of the line to print

template <typename Value>
void Tell(std::string_view name, const Value& value) {
  g_fields.push_back(fmt::format("\"{}\": {}", name, value));
}

// Runs a step and tells its seconds.
template <typename Step>
auto Timed(std::string_view name, const Step& step) {
  const Clock::time_point start = Clock::now();
  auto result = step();
  Tell(name, std::chrono::duration<double>(Clock::now() - start).count());
  return result;
}

Result<std::vector<ripen::ledger::ImportPlan>> PlansOf(ripen::ledger::Store& store,
                                                       const std::vector<std::string>& files) {
  std::vector<ripen::ledger::ImportPlan> plans;
  for (const std::string& file : files) {
    RIPEN_ASSIGN_OR_RETURN(const auto probe, store.Probe(file));
    RIPEN_ASSIGN_OR_RETURN(const auto guessed, ripen::ingest::GuessMapping(probe, {}));
    plans.insert(plans.end(), guessed.begin(), guessed.end());
  }
  return plans;
}

Status ImportAndRefresh(ripen::ledger::Store& store, const std::vector<std::string>& files) {
  RIPEN_ASSIGN_OR_RETURN(const auto plans, PlansOf(store, files));
  RIPEN_ASSIGN_OR_RETURN(const auto summary,
                         Timed("import", [&] { return store.Import(plans, nullptr); }));
  Tell("outcomes", summary.outcomes);
  return Timed("refresh", [&] { return store.Refresh(nullptr); });
}

Status TellCube(ripen::ledger::Store& store) {
  RIPEN_ASSIGN_OR_RETURN(const auto status, store.ReadStatus());
  std::size_t digest = 0;
  for (const int back : {0, 3, 11, 23, 38}) {
    RIPEN_ASSIGN_OR_RETURN(const auto snapshot, store.ReadSnapshot(*status.newest_day + -back));
    digest = digest * 31 + std::hash<std::string>()(ripen::store::SnapshotBytes(snapshot));
    if (back > 0) continue;
    std::size_t rows = 0;
    for (const auto& family : snapshot.families) {
      rows += family.shown.size();
      for (const auto& stage : family.stages) rows += stage.size();
    }
    Tell("cube_rows", rows);
  }
  Tell("cube", fmt::format("\"{:016x}\"", digest));
  Tell("store_mb", status.bytes >> 20);
  return {};
}

Status Look(ripen::ledger::Store& store) {
  RIPEN_ASSIGN_OR_RETURN(const auto status, store.ReadStatus());
  for (const int back : {0, 1, 7, 14, 30, 45, 60, 75}) {
    const Day as_of = *status.newest_day + -back;
    RIPEN_ASSIGN_OR_RETURN(const auto snapshot,
                           Timed(as_of.Iso(), [&] { return store.ReadSnapshot(as_of); }));
  }
  return {};
}

Status Run(const std::string& step, const std::string& path,
           const std::vector<std::string>& files) {
  if (step == "rebuild") {  // a store that was open with another ladder counts everything again
    ripen::ledger::StoreConfig other;
    RIPEN_ASSIGN_OR_RETURN(other.ladder, ripen::StageLadder::Make({{.name = "click"}}));
    RIPEN_ASSIGN_OR_RETURN(const auto marked, ripen::store::OpenDuckDb(path, other));
  }
  RIPEN_ASSIGN_OR_RETURN(const auto store, ripen::store::OpenDuckDb(path, {}));
  if (step == "load") {
    RIPEN_RETURN_IF_ERROR(ImportAndRefresh(*store, files));
  } else if (step == "late") {
    RIPEN_RETURN_IF_ERROR(Timed("open", [&] { return store->Refresh(nullptr); }));
    RIPEN_RETURN_IF_ERROR(ImportAndRefresh(*store, files));
  } else {
    RIPEN_RETURN_IF_ERROR(
        Timed(step == "look" ? "open" : "rebuild", [&] { return store->Refresh(nullptr); }));
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  Tell("peak_mb", usage.ru_maxrss / 1024);
  return step == "look" ? Look(*store) : TellCube(*store);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "Usage: late_arrivals load|late|rebuild|look STORE [FILE...]\n");
    return 2;
  }
  const Status status = Run(argv[1], argv[2], std::vector<std::string>(argv + 3, argv + argc));
  if (!status) {
    fmt::print(stderr, "{}\n", status.error().message);
    return 1;
  }
  fmt::print("{{{}}}\n", fmt::join(g_fields, ", "));
  return 0;
}
