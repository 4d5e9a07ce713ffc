// Opens a Store on one machine: a DuckDB file.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "ledger/store.h"

namespace ripen::store {

// Opens the store at `path`, creating it where there is none; ":memory:" keeps nothing. Only one
// process may hold a store; a process that ends in any way leaves the last whole import behind.
// Errors: kFailedPrecondition with the process id when another process holds the file, or when the
// file has a newer format; kDataLoss when the file is not a store; kUnavailable when the disk is
// full; kInvalidArgument for a path that cannot be a store.
[[nodiscard]] Result<std::unique_ptr<ledger::Store>> OpenDuckDb(const std::string& path,
                                                                const ledger::StoreConfig& config);

}  // namespace ripen::store
