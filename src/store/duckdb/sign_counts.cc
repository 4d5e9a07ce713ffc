// What the ledger tells before any outcome: counts by day shown of scores, positions and new items,
// and by score what came of it. Counted when asked for, from the columns that are needed.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "store/duckdb/duckdb_store.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

constexpr std::size_t kScoreBins = 50;

// Calls back with every row of a query.
template <typename Visit>
Status ForEachRow(duck::Connection& connection, const std::string& sql, const Visit& visit) {
  RIPEN_ASSIGN_OR_RETURN(duck::Rows rows, connection.Query(sql));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return {};
    for (std::size_t row = 0; row < chunk->rows(); ++row) visit(*chunk, row);
  }
}

// SQL: how many edges from `first` on, up to `last`, lie below the score; a tree of comparisons.
std::string EdgesBelow(const std::vector<double>& edges, std::size_t first, std::size_t last) {
  if (first == last) return fmt::format("{}", 1 + first);
  const std::size_t middle = (first + last) / 2;
  return fmt::format("CASE WHEN score <= '{}'::DOUBLE THEN {} ELSE {} END", edges[middle],
                     EdgesBelow(edges, first, middle), EdgesBelow(edges, middle + 1, last));
}

// SQL: the bin of a score that is there.
std::string BinOf(const std::vector<double>& edges) {
  return fmt::format("CASE WHEN score < '{}'::DOUBLE THEN 0 ELSE {} END", edges.front(),
                     EdgesBelow(edges, 0, edges.size()));
}

Result<cube::ScoreBins> ReadBins(duck::Connection& connection, const StartWindow& window) {
  cube::ScoreBins bins;
  std::vector<std::string> shares;
  for (std::size_t at = 0; at <= kScoreBins; ++at) {
    shares.push_back(fmt::format("'{}'::DOUBLE", static_cast<double>(at) / kScoreBins));
  }
  const std::string at_start =
      fmt::format("rec WHERE score IS NOT NULL AND day BETWEEN {} AND {} AND arrival_day <= {}",
                  window.first_day, window.first_day + kStartDays - 1, window.decided_on);
  RIPEN_RETURN_IF_ERROR(ForEachRow(
      connection,
      fmt::format("SELECT DISTINCT edge FROM (SELECT unnest(quantile_disc(score, [{}])) AS edge "
                  "FROM {}) WHERE edge IS NOT NULL ORDER BY edge",
                  fmt::join(shares, ", "), at_start),
      [&](const duck::Chunk& chunk, std::size_t row) {
        bins.edges.push_back(chunk.Column<double>(0)[row]);
      }));
  if (bins.edges.empty()) return bins;
  bins.typical.push_back(bins.edges.front());
  bins.typical.insert(bins.typical.end(), bins.edges.begin(), bins.edges.end());
  bins.typical.push_back(bins.edges.back());
  RIPEN_RETURN_IF_ERROR(
      ForEachRow(connection,
                 fmt::format("SELECT ({})::INTEGER AS bin, quantile_disc(score, .5)::DOUBLE FROM "
                             "{} GROUP BY bin",
                             BinOf(bins.edges), at_start),
                 [&](const duck::Chunk& chunk, std::size_t row) {
                   bins.typical[static_cast<std::size_t>(chunk.Column<std::int32_t>(0)[row])] =
                       chunk.Column<double>(1)[row];
                 }));
  return bins;
}

// Reads "day, place, count" into one vector of each day.
Status ReadPlaces(duck::Connection& connection, const std::string& sql,
                  std::map<std::int32_t, cube::SignDay>& days,
                  std::vector<std::int64_t> cube::SignDay::*counts) {
  return ForEachRow(connection, sql, [&](const duck::Chunk& chunk, std::size_t row) {
    const auto day = days.find(chunk.Column<std::int32_t>(0)[row]);
    if (day == days.end()) return;
    (day->second.*counts)[static_cast<std::size_t>(chunk.Column<std::int32_t>(1)[row])] =
        chunk.Column<std::int64_t>(2)[row];
  });
}

// Which items are new is judged by what was known: an item's first day is that of its first
// recommendation among those that had arrived.
Status ReadNewItems(duck::Connection& connection, std::int32_t as_of, std::int32_t first_day,
                    std::map<std::int32_t, cube::SignDay>& days) {
  for (auto& [day, counts] : days) {
    if (day >= first_day + cube::kFirstToldOfNewItems) counts.new_items = 0;
  }
  return ForEachRow(
      connection,
      fmt::format("WITH first AS (SELECT item, min(day) AS day FROM rec WHERE arrival_day <= {0} "
                  "AND item IS NOT NULL GROUP BY item) SELECT rec.day, count(*)::BIGINT, "
                  "count(*) FILTER (rec.day - first.day < {1})::BIGINT FROM rec JOIN first USING "
                  "(item) WHERE rec.arrival_day <= {0} GROUP BY rec.day",
                  as_of, cube::kNewItemDays),
      [&](const duck::Chunk& chunk, std::size_t row) {
        const auto day = days.find(chunk.Column<std::int32_t>(0)[row]);
        if (day == days.end()) return;
        day->second.with_item = chunk.Column<std::int64_t>(1)[row];
        if (day->second.new_items) day->second.new_items = chunk.Column<std::int64_t>(2)[row];
      });
}

}  // namespace

Result<std::optional<StartWindow>> DuckDbStore::WindowKnownOn(std::int32_t as_of) {
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      writing_.Query(fmt::format(
          "SELECT min(day), min(arrival_day) FROM rec WHERE arrival_day <= {}", as_of)));
  RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
  if (chunk == nullptr || chunk->IsNull(0, 0)) return std::optional<StartWindow>();
  return std::optional<StartWindow>(
      WindowOf({chunk->Column<std::int32_t>(0)[0], chunk->Column<std::int32_t>(1)[0]}, as_of));
}

Result<cube::SignCounts> DuckDbStore::ReadSignCounts(Day as_of) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  cube::SignCounts signs;
  signs.as_of = as_of;
  const std::int32_t known_on = as_of.days_since_epoch();
  RIPEN_ASSIGN_OR_RETURN(const std::optional<StartWindow> window, WindowKnownOn(known_on));
  if (!window) return signs;
  RIPEN_ASSIGN_OR_RETURN(signs.bins, ReadBins(writing_, *window));
  const std::string known = fmt::format("arrival_day <= {}", known_on);
  std::map<std::int32_t, cube::SignDay> days;
  RIPEN_RETURN_IF_ERROR(ForEachRow(
      writing_, fmt::format("SELECT day, count(*)::BIGINT FROM rec WHERE {} GROUP BY day", known),
      [&](const duck::Chunk& chunk, std::size_t row) {
        cube::SignDay& day = days[chunk.Column<std::int32_t>(0)[row]];
        day.shown = Day(chunk.Column<std::int32_t>(0)[row]);
        day.recommendations = chunk.Column<std::int64_t>(1)[row];
        day.positions.assign(cube::kPositions + 1, 0);
        day.scores.assign(signs.bins.size(), 0);
      }));
  RIPEN_RETURN_IF_ERROR(ReadPlaces(
      writing_,
      fmt::format("SELECT day, least(greatest(position, 1) - 1, {})::INTEGER AS place, "
                  "count(*)::BIGINT FROM rec WHERE position IS NOT NULL AND {} GROUP BY ALL",
                  cube::kPositions, known),
      days, &cube::SignDay::positions));
  if (!signs.bins.edges.empty()) {
    RIPEN_RETURN_IF_ERROR(ReadPlaces(
        writing_,
        fmt::format("SELECT day, ({})::INTEGER AS bin, count(*)::BIGINT FROM rec WHERE score IS "
                    "NOT NULL AND {} GROUP BY ALL",
                    BinOf(signs.bins.edges), known),
        days, &cube::SignDay::scores));
  }
  RIPEN_RETURN_IF_ERROR(ReadNewItems(writing_, known_on, window->first_day, days));
  for (auto& [day, counts] : days) signs.days.push_back(std::move(counts));
  return signs;
}

// SQL: the recommendations of a group; empty where the ledger knows no such value.
std::string DuckDbStore::InGroup(const Slice& group) const {
  std::string condition;
  for (const Segment& segment : group.segments) {
    const std::vector<StoredAttribute>& attributes = dictionary_.attributes();
    const auto attribute =
        std::find_if(attributes.begin(), attributes.end(),
                     [&](const StoredAttribute& each) { return each.name == segment.attribute; });
    if (attribute == attributes.end()) return "false";
    const auto index = static_cast<std::size_t>(attribute - attributes.begin());
    std::vector<std::size_t> tuples;
    for (std::size_t tuple = 0; tuple < dictionary_.TupleCount(attribute->side); ++tuple) {
      const std::int32_t code = dictionary_.CodeIn(attribute->side, tuple, index);
      if (attribute->ValueOf(code) == segment.value) tuples.push_back(tuple);
    }
    if (tuples.empty()) return "false";
    condition +=
        fmt::format("{}{} IN ({})", condition.empty() ? "" : " AND ",
                    attribute->side == Side::kWho ? "who" : "what", fmt::join(tuples, ", "));
  }
  return condition.empty() ? "true" : condition;
}

Result<cube::ScoredOutcomes> DuckDbStore::ReadScoredOutcomes(Day as_of, const Slice& group) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  cube::ScoredOutcomes scored;
  scored.stages.resize(config_.ladder.size());
  const std::int32_t known_on = as_of.days_since_epoch();
  RIPEN_ASSIGN_OR_RETURN(const std::optional<StartWindow> window, WindowKnownOn(known_on));
  if (!window) return scored;
  RIPEN_ASSIGN_OR_RETURN(scored.bins, ReadBins(writing_, *window));
  if (scored.bins.edges.empty()) return scored;
  const Choice no_groups;
  LedgerFolder folder(database_, dictionary_, no_groups, MakeFoldLadder(config_.ladder, stages_),
                      config_.report_zone, config_.threads);
  FoldSpan span;
  span.last_day = known_on;
  span.cells = FoldCells{
      fmt::format("(SELECT id_key, day, shown, arrival_day, bits, ({})::INTEGER AS who, 0 AS what, "
                  "0::UBIGINT AS customer FROM rec WHERE score IS NOT NULL AND {})",
                  BinOf(scored.bins.edges), InGroup(group)),
      scored.bins.size()};
  MemberMap no_members;
  RIPEN_RETURN_IF_ERROR(folder.Fold(
      span, no_members,
      [&](CountMap& counts, DayMap& days) -> Status {
        counts.ForEach([&](const CountEntry& entry) {
          if (entry.day + entry.base_offset + entry.delay > known_on) return;
          std::vector<cube::CountRow>& rows =
              entry.stage == 0 ? scored.shown
                               : scored.stages[static_cast<std::size_t>(entry.stage) - 1];
          rows.push_back({CellNumbers::NumberOf(entry.cell), Day(entry.day), entry.base_offset,
                          entry.delay, entry.gained, entry.lost});
        });
        counts.Clear();
        days.Take();
        return {};
      },
      nullptr));
  const auto in_order = [](std::vector<cube::CountRow>& rows) {
    std::sort(rows.begin(), rows.end(), [](const cube::CountRow& a, const cube::CountRow& b) {
      return std::tie(a.cell, a.shown, a.base_offset, a.delay) <
             std::tie(b.cell, b.shown, b.base_offset, b.delay);
    });
  };
  in_order(scored.shown);
  for (std::vector<cube::CountRow>& rows : scored.stages) in_order(rows);
  return scored;
}

}  // namespace ripen::store
