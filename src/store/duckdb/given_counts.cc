#include "store/duckdb/given_counts.h"

#include <fmt/format.h>

#include "base/day.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

constexpr const char* kKey = "day, who, what, stage, base_offset, delay";

// SQL: the versions of each count, of the days that meet a condition, in their order.
std::string Versions(const std::string& condition) {
  return fmt::format(
      "(SELECT {0}, src, CASE WHEN seen = {1} THEN snapshot ELSE seen END AS known, "
      "sum(count)::BIGINT AS count, count(*) AS rows FROM given_count JOIN source USING (src) "
      "WHERE {2} GROUP BY ALL)",
      kKey, kNone, condition);
}

// SQL: the newest version of each count.
std::string Newest(const std::string& condition) {
  return fmt::format(
      "(SELECT {0}, count FROM {1} QUALIFY row_number() OVER (PARTITION BY {0} ORDER BY known "
      "DESC, count DESC) = 1)",
      kKey, Versions(condition));
}

Status RefuseTooMany(duck::Connection& connection) {
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Query(fmt::format("SELECT day, sum(count)::BIGINT FROM newest_given GROUP BY day, "
                                   "stage HAVING sum(count) > {} ORDER BY day LIMIT 1",
                                   static_cast<std::int64_t>(kMostOfDay))));
  RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
  if (chunk == nullptr || chunk->rows() == 0) return {};
  return Fail(
      ErrorCode::kInvalidArgument,
      fmt::format("The counts of {} add up to {}; a day may have at most {:.0f} of a stage. "
                  "Nothing was stored.",
                  Day(chunk->Column<std::int32_t>(0)[0]).Iso(), chunk->Column<std::int64_t>(1)[0],
                  kMostOfDay));
}

// SQL: (stage, base) of the ladder, as stored codes.
std::string StagePairs(const FoldLadder& ladder) {
  std::string pairs;
  for (std::size_t stage = 0; stage < ladder.ladder.size(); ++stage) {
    const std::optional<std::size_t> base = ladder.ladder.BaseOf(stage);
    pairs += fmt::format("{}({}, {})", pairs.empty() ? "" : ", ", ladder.code_of[stage],
                         base ? ladder.code_of[*base] : int{kShownCode});
  }
  return pairs;
}

Status TakeExcess(duck::Connection& connection, const FoldLadder& ladder, std::int32_t first_src,
                  std::vector<ExcessCount>& excess) {
  RIPEN_RETURN_IF_ERROR(connection.Run(fmt::format(
      "CREATE OR REPLACE TEMP TABLE excess_given AS SELECT g.src, g.row, g.count FROM given_count "
      "g WHERE g.src >= {0} AND (g.day, g.who, g.what, g.stage) IN (WITH stage_sum AS (SELECT day, "
      "who, what, stage, sum(count) AS n FROM newest_given GROUP BY ALL), pair(stage, base) AS "
      "(VALUES {1}), over AS (SELECT c.day, c.who, c.what, c.stage, pair.base FROM stage_sum c "
      "JOIN pair ON pair.stage = c.stage JOIN stage_sum b ON b.day = c.day AND b.who = c.who AND "
      "b.what = c.what AND b.stage = pair.base WHERE c.n > b.n) SELECT (day, who, what, stage) "
      "FROM "
      "over UNION SELECT (day, who, what, base) FROM over) ORDER BY g.src, g.row",
      first_src, StagePairs(ladder))));
  RIPEN_ASSIGN_OR_RETURN(duck::Rows rows,
                         connection.Query("SELECT src, row, count FROM excess_given"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) break;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      excess.push_back({chunk->Column<std::int32_t>(0)[row], chunk->Column<std::int64_t>(1)[row],
                        chunk->Column<std::int64_t>(2)[row]});
    }
  }
  if (excess.empty()) return {};
  return connection.Run(
      "DELETE FROM given_count USING excess_given e WHERE given_count.src = e.src AND "
      "given_count.row = e.row");
}

}  // namespace

Result<GivenTotals> CountGiven(duck::Connection& connection) {
  GivenTotals totals;
  RIPEN_ASSIGN_OR_RETURN(const std::int64_t any,
                         connection.Number("SELECT count(*) FROM (SELECT 1 FROM given_count LIMIT "
                                           "1)"));
  if (any == 0) return totals;
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Query(fmt::format("SELECT coalesce(sum(count) FILTER (stage = {0}), 0)::BIGINT, "
                                   "coalesce(sum(count) FILTER (stage <> {0}), 0)::BIGINT FROM {1}",
                                   kShownCode, Newest("true"))));
  RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
  if (chunk == nullptr) return totals;
  totals.recommendations = chunk->Column<std::int64_t>(0)[0];
  totals.outcomes = chunk->Column<std::int64_t>(1)[0];
  return totals;
}

Result<GivenCheck> CheckGivenCounts(duck::Connection& connection, const FoldLadder& ladder,
                                    std::int32_t first_src) {
  GivenCheck check;
  const std::string fresh = fmt::format("src >= {}", first_src);
  RIPEN_ASSIGN_OR_RETURN(const std::int64_t rows,
                         connection.Number("SELECT count(*) FROM given_count WHERE " + fresh));
  if (rows == 0) return check;
  const std::string days =
      fmt::format("day IN (SELECT DISTINCT day FROM given_count WHERE {})", fresh);
  RIPEN_RETURN_IF_ERROR(connection.Run(
      fmt::format("CREATE OR REPLACE TEMP TABLE newest_given AS FROM {}", Newest(days))));
  RIPEN_RETURN_IF_ERROR(RefuseTooMany(connection));
  RIPEN_RETURN_IF_ERROR(TakeExcess(connection, ladder, first_src, check.excess));
  const std::string in_order = fmt::format(
      "(SELECT *, lag(count) OVER (PARTITION BY {0} ORDER BY known, count, src) AS before FROM "
      "{1})",
      kKey, Versions(days));
  RIPEN_ASSIGN_OR_RETURN(
      check.duplicates,
      connection.Number(fmt::format("SELECT coalesce(sum(rows), 0)::BIGINT FROM {} WHERE {} AND "
                                    "before = count",
                                    in_order, fresh)));
  RIPEN_ASSIGN_OR_RETURN(
      check.corrected, connection.Number(fmt::format("SELECT count(*) FROM {} WHERE {} AND before "
                                                     "<> count",
                                                     in_order, fresh)));
  RIPEN_RETURN_IF_ERROR(connection.Run(
      fmt::format("INSERT INTO dirty SELECT DISTINCT day FROM given_count WHERE {}", fresh)));
  return check;
}

}  // namespace ripen::store
