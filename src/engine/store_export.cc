#include "engine/store_export.h"

#include "store/open_store.h"

namespace ripen::engine {

Status ExportStore(const std::string& store, const std::string& folder) {
  return store::ExportDuckDb(store, folder);
}

Status RestoreStore(const std::string& folder, const std::string& store) {
  return store::RestoreDuckDb(folder, store);
}

}  // namespace ripen::engine
