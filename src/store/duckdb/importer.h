// One import: files in, ledger rows and an account out. All or nothing is the caller's transaction.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/import_plan.h"
#include "ledger/store.h"
#include "model/check_report.h"
#include "store/duckdb/dictionary.h"
#include "store/duckdb/duck.h"
#include "store/duckdb/row_loader.h"

namespace ripen::store {

struct ImportTools {
  duck::Connection& writing;  // has the open transaction
  duck::Connection& reading;  // reads the files
  const ledger::StoreConfig& config;
  Dictionary& dictionary;
  std::vector<StoredStage>& stages;
  std::string scratch_folder;
};

// Settings of the whole database while files are read, and otherwise.
[[nodiscard]] Status ReadFilesInOrder(duck::Connection& connection);
[[nodiscard]] Status WorkInAnyOrder(duck::Connection& connection, int threads);

// Errors: as Store::Import; the caller rolls back, reloads dictionary and stages and calls
// WorkInAnyOrder.
[[nodiscard]] Result<InputSummary> ImportFiles(const ImportTools& tools,
                                               const std::vector<ledger::ImportPlan>& plans,
                                               const ledger::Progress& progress);

}  // namespace ripen::store
