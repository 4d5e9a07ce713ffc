#include "store/duckdb/late.h"

#include <fmt/format.h>

#include <optional>

#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

// A condition on a column that holds for what is selected, and lets the engine pass over whole
// blocks of the table. None where nothing is selected.
Result<std::optional<std::string>> RangeOf(duck::Connection& connection, const std::string& column,
                                           const std::string& selected) {
  RIPEN_ASSIGN_OR_RETURN(duck::Rows rows,
                         connection.Query(fmt::format("SELECT min({0})::BIGINT, max({0})::BIGINT "
                                                      "FROM {1}",
                                                      column, selected)));
  RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
  if (chunk == nullptr || chunk->IsNull(0, 0)) return std::optional<std::string>();
  return std::optional(fmt::format("{} BETWEEN {} AND {}", column,
                                   chunk->Column<std::int64_t>(0)[0],
                                   chunk->Column<std::int64_t>(1)[0]));
}

}  // namespace

Result<bool> KeepRowsBefore(duck::Connection& connection, std::int32_t first_src) {
  RIPEN_ASSIGN_OR_RETURN(
      const std::int64_t all,
      connection.Number("SELECT (SELECT count(*) FROM rec) + (SELECT count(*) FROM obs) + (SELECT "
                        "count(*) FROM ev)"));
  RIPEN_ASSIGN_OR_RETURN(
      const std::int64_t noted,
      connection.Number(fmt::format(
          "SELECT (SELECT count(*) FROM touched) + (SELECT count(*) FROM rec WHERE src >= {0}) + "
          "(SELECT count(*) FROM obs WHERE src >= {0}) + (SELECT count(*) FROM ev WHERE src >= "
          "{0}) + (SELECT count(*) FROM ev_staged)",
          first_src)));
  if (static_cast<double>(noted) > kMostTouchedShare * static_cast<double>(all)) return false;
  RIPEN_RETURN_IF_ERROR(connection.Run(fmt::format(
      "CREATE OR REPLACE TEMP TABLE fresh AS SELECT id_key FROM (SELECT id_key FROM rec WHERE src "
      ">= {0} UNION ALL SELECT id_key FROM obs WHERE src >= {0} UNION ALL SELECT id_key FROM ev "
      "WHERE src >= {0} UNION ALL SELECT id_key FROM ev_staged) WHERE id_key NOT IN (SELECT id_key "
      "FROM touched) GROUP BY id_key",
      first_src)));
  // First where they are, by id alone: blocks before and after are then passed over.
  RIPEN_ASSIGN_OR_RETURN(
      const std::optional<std::string> rows,
      RangeOf(connection, "rowid",
              fmt::format("rec WHERE src < {} AND id_key IN (FROM fresh)", first_src)));
  if (!rows) return true;
  RIPEN_RETURN_IF_ERROR(connection.Run(
      fmt::format("INSERT INTO before_rec SELECT id_key, day, shown, arrival_day, bits, who, what "
                  "FROM rec WHERE {} AND src < {} AND id_key IN (FROM fresh)",
                  *rows, first_src)));
  RIPEN_ASSIGN_OR_RETURN(const std::optional<std::string> days,
                         RangeOf(connection, "day", "before_rec WHERE id_key IN (FROM fresh)"));
  RIPEN_RETURN_IF_ERROR(connection.Run(
      fmt::format("INSERT INTO before_ev SELECT id_key, day, stage, kind, bits, happened, "
                  "happened_day, arrival, arrival_day, event, value, seen, src FROM ev WHERE {} "
                  "AND src < {} AND id_key IN (FROM fresh)",
                  *days, first_src)));
  RIPEN_RETURN_IF_ERROR(connection.Run(
      fmt::format("INSERT INTO before_obs SELECT id_key, day, seen, flags, truth, src FROM obs "
                  "WHERE {} AND src < {} AND id_key IN (FROM fresh)",
                  *days, first_src)));
  return true;
}

Status NoteTouched(duck::Connection& connection, std::int32_t first_src) {
  RIPEN_RETURN_IF_ERROR(connection.Run(fmt::format(
      "INSERT INTO touched SELECT id_key, day, {0}, bool_or(fact) FROM (SELECT id_key, day, true "
      "AS "
      "fact FROM rec WHERE src >= {0} UNION ALL SELECT id_key, day, false FROM obs WHERE src >= "
      "{0} UNION ALL SELECT id_key, day, false FROM ev WHERE src >= {0}) GROUP BY id_key, day",
      first_src)));
  // Rows that only repeated what was there changed nothing.
  for (const char* table : {"before_rec", "before_ev", "before_obs"}) {
    RIPEN_RETURN_IF_ERROR(
        connection.Run(fmt::format("DELETE FROM {} WHERE id_key IN (FROM fresh) AND id_key NOT IN "
                                   "(SELECT id_key FROM touched)",
                                   table)));
  }
  return connection.Run("DROP TABLE temp.fresh");
}

Result<LateChanges> ReadLateChanges(duck::Connection& connection) {
  LateChanges changes;
  RIPEN_ASSIGN_OR_RETURN(const std::int64_t noted,
                         connection.Number("SELECT count(*) FROM touched"));
  if (noted == 0) return changes;
  changes.any = true;
  RIPEN_ASSIGN_OR_RETURN(
      changes.first_src,
      connection.Number("SELECT coalesce(min(first_src), 0)::BIGINT FROM touched"));
  RIPEN_ASSIGN_OR_RETURN(const std::int64_t facts,
                         connection.Number("SELECT count(*) FROM touched WHERE fact"));
  changes.facts = facts > 0;
  // Days that only an id which left them had are no longer in rec, or are small: they are counted
  // by difference.
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Query(fmt::format(
          "SELECT t.day FROM (SELECT day, count(DISTINCT id_key) AS ids FROM touched WHERE day <> "
          "{} GROUP BY day) t JOIN (SELECT day, count(*) AS ids FROM rec GROUP BY day) r ON r.day "
          "= t.day WHERE t.ids > {} * r.ids ORDER BY t.day",
          kOrphanDay, kMostTouchedOfDay)));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return changes;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      changes.days.push_back(chunk->Column<std::int32_t>(0)[row]);
    }
  }
}

std::string RecommendationsSince(std::int64_t first_src) {
  return fmt::format(
      "(SELECT id_key, day, shown, arrival_day, bits, who, what, customer FROM rec WHERE src >= "
      "{0} UNION ALL SELECT *, 0::UBIGINT FROM before_rec WHERE id_key NOT IN (SELECT id_key FROM "
      "rec WHERE src >= {0}))",
      first_src);
}

Status ForgetLateChanges(duck::Connection& connection) {
  return connection.Run(
      "DELETE FROM touched; DELETE FROM before_rec; DELETE FROM before_ev; DELETE FROM before_obs");
}

}  // namespace ripen::store
