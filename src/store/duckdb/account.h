// The account of what was imported, kept with the store.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/result.h"
#include "ledger/import_plan.h"
#include "model/check_report.h"
#include "store/duckdb/duck.h"

namespace ripen::store {

// What the ledger holds.
struct LedgerCounts {
  std::int64_t recommendations = 0;
  std::int64_t outcomes = 0;
  std::int64_t conflicts = 0;
  std::int64_t orphans = 0;
};
// Of what came as rows alone.
[[nodiscard]] Result<LedgerCounts> CountRows(duck::Connection& connection);
// Of rows and of daily counts, which takes a sort of the latter.
[[nodiscard]] Result<LedgerCounts> CountLedger(duck::Connection& connection);

// Role or attribute -> column, as an account shows it.
void AddMapping(const ledger::ImportPlan& plan, std::map<std::string, std::string>& mapping);

// Writes the account of one import, but for its rejects.
[[nodiscard]] Status SaveAccount(duck::Connection& connection, std::int32_t import,
                                 const InputSummary& summary);
// The accounts of all imports as one.
[[nodiscard]] Result<InputSummary> ReadAccounts(duck::Connection& connection);
// Sets first_day and last_day from the recommendations stored.
[[nodiscard]] Status AddDaySpan(duck::Connection& connection, InputSummary& summary);

}  // namespace ripen::store
