// The shapes a world is written in.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "sim/generator.h"
#include "sim/world.h"

namespace ripen::sim {

// What a messy world holds besides the truth.
struct MessCounts {
  std::int64_t duplicate_lines = 0;
  std::int64_t late_outcomes = 0;
  std::int64_t orphan_outcomes = 0;
  std::int64_t retracted_outcomes = 0;
  std::int64_t earlier_rows = 0;  // wide: rows that are there as an earlier export had them, too
};

class WorldWriter {
 public:
  virtual ~WorldWriter() = default;
  // Recommendations come in order of time; EndDay after the last of each day.
  virtual void Add(const Recommendation& row) = 0;
  virtual void EndDay(Day day) = 0;
  [[nodiscard]] virtual Status Close() = 0;

  std::vector<std::string> files;
  std::int64_t recommendations = 0;
  std::int64_t outcomes = 0;
  MessCounts mess;
};

// `snapshot_seconds`: the moment of the export; nothing later is in the files. The options and the
// scenario must outlive the writer.
[[nodiscard]] Result<std::unique_ptr<WorldWriter>> MakeWideWriter(const WorldOptions& options,
                                                                  const Scenario& scenario,
                                                                  std::int64_t snapshot_seconds);
[[nodiscard]] Result<std::unique_ptr<WorldWriter>> MakeLongWriter(const WorldOptions& options,
                                                                  const Scenario& scenario,
                                                                  std::int64_t snapshot_seconds);

}  // namespace ripen::sim
