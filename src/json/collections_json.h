// Collections that follow one another, as JSON.
#pragma once

#include <functional>
#include <string>

#include "json/comparison_json.h"
#include "model/collections.h"

namespace ripen::json {

// Sentences in both languages, made by the caller.
struct CollectionsWords {
  BothTexts report;
  std::function<BothTexts(const CollectionSwitch&)> of_switch;
  std::function<BothTexts(const CollectionSwitch&, const SwitchStage&, const CollectionComparison&)>
      of_comparison;
  std::function<BothLines(const CollectionSwitch&, const SwitchStage&, const GroupReception&)>
      of_group;
};

// The document of GET /api/v1/collections, as docs/format/json.md describes it.
std::string CollectionsJson(const CollectionsReport& report, const CollectionsWords& words);

}  // namespace ripen::json
