// The first look at a file: format, delimiter, columns and a sample.
#pragma once

#include <string>

#include "base/result.h"
#include "ledger/import_plan.h"
#include "store/duckdb/duck.h"

namespace ripen::store {

// Errors: as Store::Probe. `connection` reads Parquet; other files are read by us. No more than
// 32 MB of a file are held.
[[nodiscard]] Result<ledger::FileProbe> ProbeFile(const std::string& path,
                                                  duck::Connection& connection);

}  // namespace ripen::store
