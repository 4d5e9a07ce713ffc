// A store's ledger as a folder of files, and a store from such a folder.
#pragma once

#include <string>

#include "base/result.h"

namespace ripen::engine {

// Errors: those of store::ExportDuckDb; kFailedPrecondition where another process, as a server,
// holds the store.
[[nodiscard]] Status ExportStore(const std::string& store, const std::string& folder);
// Errors: those of store::RestoreDuckDb.
[[nodiscard]] Status RestoreStore(const std::string& folder, const std::string& store);

}  // namespace ripen::engine
