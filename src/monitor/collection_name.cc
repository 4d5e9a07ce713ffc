#include "monitor/collection_name.h"

namespace ripen::monitor {

bool NamesACollection(const std::string& attribute) {
  for (const char* word : {"collection", "Collection", "kollektion", "Kollektion"}) {
    if (attribute.find(word) != std::string::npos) return true;
  }
  return false;
}

}  // namespace ripen::monitor
