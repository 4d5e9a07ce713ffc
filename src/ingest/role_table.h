// The role table: which column names play which role, in English and German. Data, no logic.
#pragma once

#include <string_view>
#include <vector>

namespace ripen::ingest {

// What a column can be for. Outcome columns of wide files are in StageNames.
enum class Role {
  kId,
  kShownAt,
  kTruthFlag,
  kArrivedAt,
  kCustomerId,
  kItemId,
  kPosition,
  kScore,
  kListId,
  kValue,
  kCurrency,
  // Of a long file of outcomes:
  kRecommendationId,
  kOutcomeStage,
  kOutcomeTime,
  kEventId,
  kRetracted,
  // Of a file of daily counts:
  kDay,
  kDelay,
  kBaseOffset,
  kCount,
};

// All names are normalised: see NormaliseName.
struct RoleNames {
  Role role;
  std::string_view key;                 // in `[source] columns`
  std::string_view meaning;             // in sentences: "no column says {meaning}"
  std::vector<std::string_view> names;  // most telling first
};

// The columns of one stage of the default ladder in a wide file.
struct StageNames {
  std::string_view stage;
  std::vector<std::string_view> flags;
  std::vector<std::string_view> times;
};

const std::vector<RoleNames>& RoleTable();
const std::vector<StageNames>& StageTable();
// Endings that make the time column of a stage: "at" in clicked_at.
const std::vector<std::string_view>& TimeEndings();

// Words (see WordsOf) in a column's name that say whom an attribute describes.
struct AttributeWords {
  std::vector<std::string_view> customer_prefixes;
  std::vector<std::string_view> item_prefixes;
  std::vector<std::string_view> item_words;
  std::vector<std::string_view> context_words;
};
const AttributeWords& AttributeTable();

}  // namespace ripen::ingest
