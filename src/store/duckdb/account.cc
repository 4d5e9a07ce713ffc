#include "store/duckdb/account.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "store/duckdb/given_counts.h"
#include "store/duckdb/schema.h"

namespace ripen::store {

Result<LedgerCounts> CountRows(duck::Connection& connection) {
  LedgerCounts counts;
  RIPEN_ASSIGN_OR_RETURN(counts.recommendations, connection.Number("SELECT count(*) FROM rec"));
  RIPEN_ASSIGN_OR_RETURN(counts.conflicts, connection.Number("SELECT count(*) FROM rec_other"));
  RIPEN_ASSIGN_OR_RETURN(counts.orphans, connection.Number(fmt::format(
                                             "SELECT count(*) FROM ev WHERE day = {} AND kind = {}",
                                             kOrphanDay, kOutcomeEvent)));
  RIPEN_ASSIGN_OR_RETURN(
      counts.outcomes,
      connection.Number(fmt::format("SELECT count(*) FROM ev WHERE kind = {} AND (bits & {}) = 0",
                                    kOutcomeEvent, kOfObservation | kTooEarly)));
  RIPEN_ASSIGN_OR_RETURN(const std::int64_t observed,
                         connection.Number("SELECT count(*) FROM (SELECT 1 FROM obs LIMIT 1)"));
  if (observed == 0) return counts;
  // Cells that say yes: one outcome a recommendation and stage, however many snapshots repeat it.
  std::string sum;
  for (std::size_t code = 0; code < kMostStages; ++code) {
    sum += fmt::format("{}bool_or((flags >> {}) & 7 >= {})::INTEGER", code == 0 ? "" : " + ",
                       code * kBitsPerStage, static_cast<int>(CellState::kTrue));
  }
  RIPEN_ASSIGN_OR_RETURN(
      const std::int64_t several,
      connection.Number("SELECT (count(*) > (SELECT count(*) FROM rec))::BIGINT FROM obs"));
  std::string single = sum;
  for (std::size_t at = single.find("bool_or"); at != std::string::npos;
       at = single.find("bool_or")) {
    single.replace(at, 7, "");
  }
  RIPEN_ASSIGN_OR_RETURN(
      const std::int64_t outcomes,
      connection.Number(several != 0
                            ? fmt::format("SELECT coalesce(sum(n), 0)::BIGINT FROM (SELECT {} AS n "
                                          "FROM obs GROUP BY id_key)",
                                          sum)
                            : fmt::format("SELECT coalesce(sum({}), 0)::BIGINT FROM obs", single)));
  counts.outcomes += outcomes;
  return counts;
}

Result<LedgerCounts> CountLedger(duck::Connection& connection) {
  RIPEN_ASSIGN_OR_RETURN(LedgerCounts counts, CountRows(connection));
  RIPEN_ASSIGN_OR_RETURN(const GivenTotals given, CountGiven(connection));
  counts.recommendations += given.recommendations;
  counts.outcomes += given.outcomes;
  return counts;
}

void AddMapping(const ledger::ImportPlan& plan, std::map<std::string, std::string>& mapping) {
  for (ledger::RoleColumn& each : ledger::RolesOf(plan)) {
    mapping.try_emplace(std::move(each.role), std::move(each.column));
  }
  for (const ledger::AttributeColumn& each : plan.attributes) {
    mapping.try_emplace(each.attribute, each.column);
  }
}

Status SaveAccount(duck::Connection& connection, std::int32_t import, const InputSummary& summary) {
  RIPEN_RETURN_IF_ERROR(connection.Run("INSERT INTO import_account VALUES (?, ?, ?, ?, ?, ?)",
                                       {import, summary.rows, summary.recommendations,
                                        summary.outcomes, summary.duplicates, summary.conflicts}));
  for (const auto& [role, column] : summary.mapping) {
    RIPEN_RETURN_IF_ERROR(
        connection.Run("INSERT INTO import_mapping VALUES (?, ?, ?)", {import, role, column}));
  }
  for (std::size_t i = 0; i < summary.notes.size(); ++i) {
    RIPEN_RETURN_IF_ERROR(connection.Run("INSERT INTO import_note VALUES (?, ?, ?)",
                                         {import, static_cast<std::int32_t>(i), summary.notes[i]}));
  }
  return {};
}

namespace {

Status ReadRejects(duck::Connection& connection, InputSummary& summary) {
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Query("SELECT reason, column_name, sum(count)::BIGINT, arg_min(first, import), "
                       "arg_min(first_value, import) FROM import_reject GROUP BY ALL ORDER BY "
                       "sum(count) DESC, reason, column_name"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return {};
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      RejectedRows rejected;
      rejected.reason = std::string(chunk->Text(0, row));
      rejected.column = std::string(chunk->Text(1, row));
      rejected.count = chunk->Column<std::int64_t>(2)[row];
      rejected.first = std::string(chunk->Text(3, row));
      rejected.first_value = std::string(chunk->Text(4, row));
      summary.rejected.push_back(std::move(rejected));
    }
  }
}

Status ReadMappingAndNotes(duck::Connection& connection, InputSummary& summary) {
  RIPEN_ASSIGN_OR_RETURN(duck::Rows rows,
                         connection.Query("SELECT role, arg_max(column_name, import) FROM "
                                          "import_mapping GROUP BY role ORDER BY role"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) break;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      summary.mapping[std::string(chunk->Text(0, row))] = std::string(chunk->Text(1, row));
    }
  }
  RIPEN_ASSIGN_OR_RETURN(rows, connection.Query("SELECT note FROM import_note ORDER BY import, "
                                                "position"));
  std::set<std::string> said;
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return {};
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      const std::string note(chunk->Text(0, row));
      if (said.insert(note).second) summary.notes.push_back(note);
    }
  }
}

}  // namespace

Result<InputSummary> ReadAccounts(duck::Connection& connection) {
  InputSummary summary;
  RIPEN_ASSIGN_OR_RETURN(
      summary.rows, connection.Number("SELECT coalesce(sum(rows), 0)::BIGINT FROM import_account"));
  RIPEN_ASSIGN_OR_RETURN(
      summary.duplicates,
      connection.Number("SELECT coalesce(sum(duplicates), 0)::BIGINT FROM import_account"));
  RIPEN_ASSIGN_OR_RETURN(const LedgerCounts counts, CountLedger(connection));
  summary.recommendations = counts.recommendations;
  summary.outcomes = counts.outcomes;
  summary.conflicts = counts.conflicts;
  summary.orphan_outcomes = counts.orphans;
  RIPEN_RETURN_IF_ERROR(ReadRejects(connection, summary));
  RIPEN_RETURN_IF_ERROR(ReadMappingAndNotes(connection, summary));
  RIPEN_RETURN_IF_ERROR(AddDaySpan(connection, summary));
  return summary;
}

Status AddDaySpan(duck::Connection& connection, InputSummary& summary) {
  RIPEN_ASSIGN_OR_RETURN(duck::Rows rows, connection.Query(fmt::format(
                                              "SELECT min(day), max(day) FROM {}", kAllShown)));
  RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
  if (chunk == nullptr || chunk->IsNull(0, 0)) return {};
  summary.first_day = Day(chunk->Column<std::int32_t>(0)[0]);
  summary.last_day = Day(chunk->Column<std::int32_t>(1)[0]);
  return {};
}

}  // namespace ripen::store
