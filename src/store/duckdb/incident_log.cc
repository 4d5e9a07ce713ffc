// What looks said, what people decided, and what an outcome is worth.
#include <fmt/format.h>

#include <algorithm>

#include "store/duckdb/duckdb_store.h"
#include "store/duckdb/schema.h"

namespace ripen::store {

Status DuckDbStore::DropLooksFrom(std::int32_t day) {
  return writing_.Run(fmt::format("DELETE FROM look WHERE as_of >= {}", day));
}

Status DuckDbStore::KeepLooks(const std::string& fingerprint,
                              const std::vector<ledger::KeptLook>& looks) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  if (looks.empty()) return {};
  RIPEN_RETURN_IF_ERROR(writing_.Run("BEGIN"));
  const auto run = [&]() -> Status {
    using duck::Type;
    RIPEN_ASSIGN_OR_RETURN(
        duck::Appender out,
        duck::Appender::Open(writing_, "look", {Type::kInteger, Type::kVarchar, Type::kVarchar}));
    for (const ledger::KeptLook& look : looks) {
      out.Set(0, look.as_of.days_since_epoch());
      out.SetText(1, fingerprint);
      out.SetText(2, look.record);
      RIPEN_RETURN_IF_ERROR(out.EndRow());
    }
    RIPEN_RETURN_IF_ERROR(out.Close());
    return writing_.Run("COMMIT");
  };
  Status status = run();
  if (!status) Recover();
  return status;
}

Result<std::vector<ledger::KeptLook>> DuckDbStore::ReadLooks(const std::string& fingerprint) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  RIPEN_RETURN_IF_ERROR(RefreshLocked(nullptr));  // drops what does not hold any more
  std::vector<ledger::KeptLook> looks;
  bool others = false;
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      writing_.Query("SELECT as_of, record, fingerprint FROM look ORDER BY as_of"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) break;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      if (chunk->Text(2, row) != fingerprint) {
        others = true;
        continue;
      }
      looks.push_back({Day(chunk->Column<std::int32_t>(0)[row]), std::string(chunk->Text(1, row))});
    }
  }
  if (others) {
    RIPEN_RETURN_IF_ERROR(writing_.Run("DELETE FROM look WHERE fingerprint <> ?", {fingerprint}));
  }
  return looks;
}

Status DuckDbStore::AddJudgements(const std::vector<Judgement>& judgements) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  RIPEN_RETURN_IF_ERROR(writing_.Run("BEGIN"));
  const auto run = [&]() -> Status {
    for (const Judgement& judgement : judgements) {
      RIPEN_RETURN_IF_ERROR(writing_.Run(
          fmt::format("INSERT INTO judgement SELECT * FROM (SELECT ? AS incident, ? AS action, {}, "
                      "{}, ? AS note) AS given(incident, action, as_of, given_at, note) WHERE NOT "
                      "EXISTS (SELECT 1 FROM judgement AS kept WHERE kept.incident = "
                      "given.incident AND kept.action = given.action AND kept.as_of = given.as_of "
                      "AND kept.given_at = given.given_at AND kept.note = given.note)",
                      judgement.as_of.days_since_epoch(), judgement.at.micros()),
          {judgement.incident, JudgementActionName(judgement.action), judgement.note}));
      // Later looks take what was accepted as given.
      RIPEN_RETURN_IF_ERROR(DropLooksFrom(judgement.as_of.days_since_epoch() + 1));
    }
    return writing_.Run("COMMIT");
  };
  Status status = run();
  if (!status) Recover();
  return status;
}

Result<std::vector<Judgement>> DuckDbStore::ReadJudgements() {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  std::vector<Judgement> judgements;
  RIPEN_ASSIGN_OR_RETURN(duck::Rows rows,
                         writing_.Query("SELECT incident, action, as_of, given_at, note FROM "
                                        "judgement ORDER BY given_at, incident, action"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return judgements;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      const std::string action(chunk->Text(1, row));
      const auto known = ParseJudgementAction(action);
      if (!known) {
        return Fail(ErrorCode::kDataLoss,
                    fmt::format("The store holds a judgement '{}', which this release does not "
                                "know.",
                                action));
      }
      judgements.push_back(
          {std::string(chunk->Text(0, row)), *known, Day(chunk->Column<std::int32_t>(2)[row]),
           Moment(chunk->Column<std::int64_t>(3)[row]), std::string(chunk->Text(4, row))});
    }
  }
}

Result<ledger::OutcomeValue> DuckDbStore::ReadValue(const std::string& stage, Day as_of) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  ledger::OutcomeValue value;
  const auto stored = std::find_if(stages_.begin(), stages_.end(),
                                   [&](const StoredStage& each) { return each.name == stage; });
  if (stored == stages_.end()) return value;
  const auto code = static_cast<unsigned>(stored - stages_.begin());
  const std::int32_t day = as_of.days_since_epoch();
  // An outcome's own value, else that of what was recommended; a cell of a wide row has only that.
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      writing_.Query(fmt::format(
          "SELECT count(*)::BIGINT, avg(value)::DOUBLE, coalesce(mode(currency), '') FROM ("
          "SELECT coalesce(nullif(ev.value, {0}), rec.value) AS value, rec.currency FROM ev JOIN "
          "rec USING (id_key) WHERE ev.stage = {1} AND ev.kind = {2} AND ev.bits < {3} AND "
          "ev.arrival_day <= {4} "
          "UNION ALL SELECT any_value(rec.value), any_value(rec.currency) FROM obs JOIN rec USING "
          "(id_key) WHERE (obs.flags >> {5}) & 7 = {6} AND rec.day <= {4} GROUP BY id_key) WHERE "
          "value IS NOT NULL AND value <> {0}",
          kNone, code, kOutcomeEvent, kTooEarly, day, code * kBitsPerStage,
          static_cast<int>(CellState::kTrue))));
  RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
  if (chunk == nullptr || chunk->IsNull(0, 0)) return value;
  value.outcomes = chunk->Column<std::int64_t>(0)[0];
  if (value.outcomes == 0) return value;
  value.mean = chunk->Column<double>(1)[0];
  value.currency = std::string(chunk->Text(2, 0));
  return value;
}

}  // namespace ripen::store
