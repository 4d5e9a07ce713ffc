// truth.json: what is true of a world, for tests and for readers of the guide.
#pragma once

#include <string>
#include <vector>

#include "sim/generator.h"
#include "sim/list_truth.h"
#include "sim/world_writer.h"

namespace ripen::sim {

// One JSON object: scenario, seed, days, change_day, slice, stage, before and after of the first
// expected finding (null where nothing changes), all expected findings and the counts of the files.
// In a world with lists, how well they are ordered, by day (list_truth.h).
std::string TruthJson(const WorldOptions& options, const Scenario& scenario,
                      const Generator& generator, const WorldWriter& writer,
                      const std::vector<ListTruth::OfDay>& lists, Day first_day, Day last_day);

}  // namespace ripen::sim
