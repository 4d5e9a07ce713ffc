// How well lists are ordered, what is clicked at which position, and how much of the catalogue is
// shown: the answer of /api/v1/ranking.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/day.h"
#include "model/metric.h"
#include "model/slice.h"

namespace ripen {

enum class RankingMeasure { kNdcg, kMrr, kHitRate, kPrecision };
constexpr std::size_t kRankingMeasures = 4;
std::string RankingMeasureName(RankingMeasure measure);  // "ndcg", "mrr", "hit_rate", "precision"

// With a 90 % interval; customers count, not lists.
struct ConfirmedRanking {
  double value = 0;
  double low = 0;
  double high = 0;
};

// The expected final value with its 90 % range, inside hard bounds.
struct ProvisionalRanking {
  double value = 0;
  double low = 0;
  double high = 0;
  double least = 0;
  double most = 0;
  Day settles_on;
};

struct PendingRanking {
  PendingReason reason = PendingReason::kWindowOpen;
  std::optional<Day> first_estimate_on;
  std::optional<Day> settles_on;
  std::optional<double> least;
  std::optional<double> most;
};

using RankingFigure = std::variant<PendingRanking, ProvisionalRanking, ConfirmedRanking>;

// The lists shown on the days from..to (inclusive).
struct RankingSpan {
  Day from;
  Day to;
  std::int64_t lists = 0;
  std::int64_t lists_open = 0;              // with an item whose outcome can still come
  std::int64_t lists_without_relevant = 0;  // so far; ndcg leaves them out
  std::array<RankingFigure, kRankingMeasures> figures;
};

// What was known at one age of each list.
struct RankingAtAge {
  Day from;
  Day to;
  std::int64_t lists = 0;
  std::array<std::optional<ConfirmedRanking>, kRankingMeasures> figures;
};

struct RankingWeek {
  RankingSpan span;
  std::optional<RankingAtAge> same_age;
};

// All figures under one meaning of relevant: a stage of shown, "kept" or "graded".
struct RankingRelevance {
  std::string relevance;
  int same_age_days = 0;
  std::optional<RankingSpan> last_7;
  std::optional<RankingSpan> last_28;
  std::vector<RankingWeek> weeks;
};

struct RankingGain {
  std::string relevance;
  double gain = 0;
};

// Which lists of the last 28 days could be used.
struct RankingLists {
  Day from;
  Day to;
  std::int64_t lists = 0;
  std::int64_t judged = 0;
  std::int64_t without_position = 0;
  std::int64_t with_ties = 0;
  std::int64_t with_gaps = 0;
  std::int64_t rows_without_list = 0;
  std::optional<std::int64_t> customers;
  double sampled_share = 1;
};

struct PositionPoint {
  std::int32_t position = 0;
  std::int64_t shown = 0;
  std::int64_t events = 0;
  double rate = 0;
  double low = 0;
  double high = 0;
};

struct PositionCurve {
  std::string stage;
  std::optional<Day> from;
  std::optional<Day> to;
  std::optional<PendingReason> reason;  // why there are no points
  std::vector<PositionPoint> points;
  std::int64_t beyond = 0;
  std::int64_t without_position = 0;
};

struct ListDiversity {
  std::string attribute;
  std::int64_t lists = 0;
  double value = 0;
  double low = 0;
  double high = 0;
};

struct CatalogueSpan {
  Day from;
  Day to;
  std::int64_t shown = 0;
  std::int64_t without_item = 0;
  std::int64_t items = 0;
  std::int64_t available = 0;
  std::optional<double> coverage;
  std::optional<double> effective_items;
  std::optional<double> gini;
  std::optional<double> top_tenth_share;
  std::optional<double> new_item_share;
  std::optional<double> novelty;  // bits
  std::vector<ListDiversity> diversity;
};

struct Catalogue {
  std::optional<CatalogueSpan> last_7;
  std::optional<CatalogueSpan> last_28;
  std::vector<CatalogueSpan> weeks;
};

enum class RankingColumn { kListId, kPosition, kItemId };
std::string RankingColumnName(RankingColumn column);  // "list_id", "position", "item_id"

struct RankingReport {
  Day as_of;
  std::size_t k = 10;
  Slice slice;
  bool too_few = false;  // the group is too small to be shown: nothing else is given
  std::vector<RankingColumn> not_in_data;
  std::vector<RankingGain> gains;
  std::optional<RankingLists> lists;
  std::vector<RankingRelevance> relevances;
  std::vector<PositionCurve> positions;
  std::optional<Catalogue> catalogue;
};

}  // namespace ripen
