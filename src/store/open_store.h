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

// Writes what a store cannot make again into a folder, one Parquet file a table: the ledger, what
// was set aside, the ranges that were given and what people decided. What follows from it (the
// cube, what looks said) is left out. The secret key of customer ids is part of it: keep the folder
// as you keep the store. Errors: those of OpenDuckDb; kNotFound for a store that is not there;
// kAlreadyExists for a folder that holds something.
[[nodiscard]] Status ExportDuckDb(const std::string& store_path, const std::string& folder);

// Makes a new store from such a folder. The same questions have the same answers. Errors:
// kAlreadyExists where the store is there already; kNotFound where the folder is no export;
// kFailedPrecondition for an export of another format.
[[nodiscard]] Status RestoreDuckDb(const std::string& folder, const std::string& store_path);

}  // namespace ripen::store
