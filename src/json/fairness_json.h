// How groups are served beside each other, as JSON.
#pragma once

#include <functional>
#include <string>

#include "json/comparison_json.h"
#include "json/segments_json.h"
#include "model/fairness.h"

namespace ripen::json {

// Sentences and names in both languages, made by the caller.
struct FairnessTexts {
  BothTexts report;
  std::function<BothTexts(const FairnessPair&)> pair;
  std::function<Label(const std::string& attribute)> attribute;
};

// The answer to GET /api/v1/fairness; described in api/openapi.yaml.
std::string FairnessJson(const FairnessReport& report, const FairnessTexts& texts);

}  // namespace ripen::json
