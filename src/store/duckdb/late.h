// What late data change: the ids that an import touched and their rows as they were before, so that
// a refresh can count the difference instead of whole days.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/duckdb/duck.h"

namespace ripen::store {

// The ids of an import are noted one by one only while all that are noted and not counted yet make
// up less than this share of the ledger's rows: beyond it, counting whole days is no slower, and
// the copies of rows stay small beside the ledger.
constexpr double kMostTouchedShare = 0.1;
// Of a day, where more of its recommendations are touched, all are counted again: each touched one
// costs two folds.
constexpr double kMostTouchedOfDay = 0.4;

// Called by an import when its new rows are in rec, obs, ev and ev_staged, before anything is
// decided about them. Keeps the rows of the ids it touches as they are in the tables before_*.
// Returns false, and keeps nothing, where the import is too large for that; its days are then to
// be marked in `dirty`. Requires: an open transaction. Cost: a scan of rec's ids, and of the rows
// in ev and obs of the days that are touched.
[[nodiscard]] Result<bool> KeepRowsBefore(duck::Connection& connection, std::int32_t first_src);

// Called by the same import when everything is decided: notes in `touched` whose rows changed.
[[nodiscard]] Status NoteTouched(duck::Connection& connection, std::int32_t first_src);

// What is noted and not counted yet.
struct LateChanges {
  bool any = false;
  std::int64_t first_src = 0;      // of the first import among those that noted something
  bool facts = false;              // among them are new or changed recommendations
  std::vector<std::int32_t> days;  // that are better folded as a whole
};
[[nodiscard]] Result<LateChanges> ReadLateChanges(duck::Connection& connection);

// SQL: a table of the recommendations whose ids are noted or that came since, as they are now, with
// the columns that a fold reads. A fact only changes through a newer one, so the old ones need not
// be looked for in all of `rec`. Only new ones have their customer (the others' counts as 0).
// `first_src`: that of the first import that noted something, or of the running one.
std::string RecommendationsSince(std::int64_t first_src);

// Called when everything is counted.
[[nodiscard]] Status ForgetLateChanges(duck::Connection& connection);

}  // namespace ripen::store
