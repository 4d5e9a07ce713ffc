// After the rows of an import are in: duplicates out, conflicts decided, outcomes joined with their
// recommendations. Everything in SQL, a part of the ids at a time, so that memory stays bounded.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/duckdb/duck.h"

namespace ripen::store {

// An outcome set aside because it lies before its recommendation.
struct EarlyOutcome {
  std::int32_t src = 0;
  std::int64_t row = 0;
  std::int64_t happened = 0;
};

struct Resolution {
  std::int64_t duplicates = 0;
  bool by_id = false;               // the changes are noted id by id (late.h), not by day
  std::vector<EarlyOutcome> early;  // ascending by src and row
};

struct ResolveOptions {
  std::int32_t first_src = 0;           // sources from here on are new
  std::vector<std::int32_t> long_srcs;  // those that are long files of recommendations
  // Where everything is new: ids of recommendations and content keys of events among which all
  // repeated ones are. Null: all have to be compared.
  const std::vector<std::uint64_t>* repeated_ids = nullptr;
  const std::vector<std::uint64_t>* repeated_events = nullptr;
};

// Requires: an open transaction, the new rows in rec, obs, ev and ev_staged, their sources in
// `source`. Notes what changed: days in `dirty`, or ids (late.h) where the import is small.
[[nodiscard]] Result<Resolution> ResolveNewRows(duck::Connection& connection,
                                                const ResolveOptions& options);

}  // namespace ripen::store
