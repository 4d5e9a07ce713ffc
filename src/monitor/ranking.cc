#include "monitor/ranking.h"

#include <algorithm>
#include <map>

#include "monitor/catalogue.h"
#include "monitor/position_curve.h"
#include "monitor/ranked_lists.h"
#include "monitor/ranking_spans.h"

namespace ripen::monitor {
namespace {

Day NewestDay(const cube::Snapshot& snapshot) {
  return std::min(snapshot.as_of, snapshot.last_day);
}

struct Span {
  Day from;
  Day to;
};

// The spans of an answer, all ending inside the rows.
struct Spans {
  Span last_7;
  std::optional<Span> last_28;
  std::vector<Span> weeks;  // by day
};

Spans SpansOf(Day first, Day last) {
  Spans spans{{std::max(first, last - 6), last}, {}, {}};
  if (last - first >= 7) spans.last_28 = Span{std::max(first, last - 27), last};
  for (Day to = last; to - 6 >= first; to = to - 7) spans.weeks.push_back({to - 6, to});
  std::reverse(spans.weeks.begin(), spans.weeks.end());
  return spans;
}

std::vector<std::string> ItemAttributes(const cube::Snapshot& snapshot) {
  std::vector<std::string> names;
  for (const cube::Attribute& attribute : snapshot.attributes) {
    if (attribute.kind == AttributeKind::kItem) names.push_back(attribute.name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

cube::ShownRequest RowsToRead(const cube::Snapshot& snapshot, const RankingRequest& request) {
  cube::ShownRequest rows;
  rows.as_of = snapshot.as_of;
  rows.last = NewestDay(snapshot);
  rows.first = std::max(snapshot.first_day, rows.last - (kRankingDays - 1));
  rows.slice = request.slice;
  rows.item_attributes = ItemAttributes(snapshot);
  return rows;
}

cube::ShownRequest ItemsToRead(const cube::Snapshot& snapshot, const RankingRequest& request) {
  cube::ShownRequest items = RowsToRead(snapshot, request);
  items.first = std::max(snapshot.first_day, items.first - kAvailableDays);
  return items;
}

RankingReport ReadRanking(const RankingSource& source, const RankingRequest& request,
                          const cube::ShownRows& rows, const std::vector<cube::ItemCount>& items) {
  const cube::Snapshot& snapshot = source.index.snapshot();
  RankingReport report;
  report.as_of = snapshot.as_of;
  report.k = request.k;
  report.slice = request.slice;
  const std::vector<Relevance> relevances = RelevancesOf(snapshot, source.kept);
  report.gains = GainsOf(relevances);
  const RankedLists lists(rows, request.k);
  const std::vector<std::string> attributes = ItemAttributes(snapshot);
  const CatalogueReader catalogue(items, ItemsToRead(snapshot, request).first, lists, rows,
                                  attributes);
  if (lists.lists().empty()) report.not_in_data.push_back(RankingColumn::kListId);
  if (!lists.any_position()) report.not_in_data.push_back(RankingColumn::kPosition);
  if (!catalogue.any_item()) report.not_in_data.push_back(RankingColumn::kItemId);
  const Spans spans = SpansOf(rows.first, rows.last);
  if (catalogue.any_item()) {
    Catalogue& shown = report.catalogue.emplace();
    shown.last_7 = catalogue.Read(spans.last_7.from, spans.last_7.to);
    if (spans.last_28) shown.last_28 = catalogue.Read(spans.last_28->from, spans.last_28->to);
    for (const Span& week : spans.weeks) shown.weeks.push_back(catalogue.Read(week.from, week.to));
  }
  if (lists.any_position()) {
    for (const Relevance& relevance : relevances) {
      if (relevance.kind != RelevanceKind::kStage) continue;
      report.positions.push_back(
          ReadPositionCurve(snapshot, source.settling, rows, relevance.stages.front()));
    }
  }
  if (lists.lists().empty()) return report;
  const std::int32_t last = static_cast<std::int32_t>(rows.last - rows.first);
  report.lists = lists.Account(std::max(0, last - 27), last);
  if (!lists.any_position()) return report;
  const RowTruth truth(snapshot, source.settling, rows);
  for (const Relevance& relevance : relevances) {
    RankingSpans reader(source, truth, lists, relevance);
    RankingRelevance& answer = report.relevances.emplace_back();
    answer.relevance = relevance.name;
    answer.same_age_days = relevance.same_age_days;
    answer.last_7 = reader.Read(spans.last_7.from, spans.last_7.to);
    if (spans.last_28) answer.last_28 = reader.Read(spans.last_28->from, spans.last_28->to);
    for (const Span& week : spans.weeks) {
      answer.weeks.push_back({reader.Read(week.from, week.to), reader.AtAge(week.from, week.to)});
    }
  }
  return report;
}

}  // namespace ripen::monitor
