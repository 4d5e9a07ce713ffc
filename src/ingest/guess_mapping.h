// Which column of a file plays which role: the guess, with the user's word before it.
#pragma once

#include <vector>

#include "base/result.h"
#include "ledger/import_plan.h"
#include "model/config.h"

namespace ripen::ingest {

// Maps the columns of one probed file by the role table and `[source] columns`, which comes first.
//
// Returns one plan, or two for NDJSON with a `type` column: recommendations, then outcomes.
// Shape: a file with a time of showing and outcome columns is wide; one without outcome columns is
// long recommendations; one that names a stage (by a column or `[source] stage`) and has no time of
// showing is long outcomes. Remaining columns become attributes; what is ignored is said in
// `notes`. Errors: kInvalidArgument with a sentence naming the missing role and the columns that
// are there, an unknown role or an absent column in `[source] columns`, a bad `where` or time zone.
[[nodiscard]] Result<std::vector<ledger::ImportPlan>> GuessMapping(const ledger::FileProbe& probe,
                                                                   const Config& config);

// Errors: kInvalidArgument when `[source] columns` names a role that does not exist.
[[nodiscard]] Status CheckColumnRoles(const Config& config);

// Errors: kInvalidArgument when no plan brings outcomes, so that nothing could ever be said.
[[nodiscard]] Status CheckOutcomesGiven(const std::vector<ledger::ImportPlan>& plans,
                                        const Config& config);

}  // namespace ripen::ingest
