// The log of ranges that were given: appended, never changed.
#include <fmt/format.h>

#include "store/duckdb/duckdb_store.h"
#include "store/duckdb/schema.h"

namespace ripen::store {

Status DuckDbStore::LogIssued(const std::vector<IssuedFigure>& figures) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  if (figures.empty()) return {};
  const std::int32_t day = figures.front().as_of.days_since_epoch();
  RIPEN_ASSIGN_OR_RETURN(
      const std::int64_t kept,
      writing_.Number(fmt::format("SELECT count(*) FROM issued_range WHERE as_of >= {}", day)));
  if (kept > 0) return {};
  using duck::Type;
  RIPEN_RETURN_IF_ERROR(writing_.Run("BEGIN"));
  const auto run = [&]() -> Status {
    RIPEN_ASSIGN_OR_RETURN(
        duck::Appender out,
        duck::Appender::Open(writing_, "issued_range",
                             {Type::kInteger, Type::kInteger, Type::kVarchar, Type::kVarchar,
                              Type::kVarchar, Type::kInteger, Type::kInteger, Type::kBigint,
                              Type::kBigint, Type::kDouble, Type::kDouble, Type::kDouble}));
    const auto text_or_null = [&](std::size_t column, const std::optional<std::string>& text) {
      if (text) {
        out.SetText(column, *text);
      } else {
        out.SetNull(column);
      }
    };
    std::int32_t position = 0;
    for (const IssuedFigure& figure : figures) {
      const Segment* segment = figure.slice.IsTotal() ? nullptr : &figure.slice.segments.front();
      out.Set(0, day);
      out.Set(1, position++);
      out.SetText(2, figure.stage);
      text_or_null(3, segment == nullptr ? std::nullopt : std::optional(segment->attribute));
      text_or_null(4, segment == nullptr ? std::nullopt : segment->value);
      out.Set(5, figure.from.days_since_epoch());
      out.Set(6, figure.to.days_since_epoch());
      out.Set(7, figure.trials);
      out.Set(8, figure.events_so_far);
      out.Set(9, figure.rate);
      out.Set(10, figure.low);
      out.Set(11, figure.high);
      RIPEN_RETURN_IF_ERROR(out.EndRow());
    }
    RIPEN_RETURN_IF_ERROR(out.Close());
    return writing_.Run("COMMIT");
  };
  Status status = run();
  if (!status) Recover();
  return status;
}

Result<std::vector<IssuedFigure>> DuckDbStore::ReadIssued() {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  std::vector<IssuedFigure> figures;
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      writing_.Query("SELECT as_of, stage, attribute, value, from_day, to_day, trials, "
                     "events_so_far, rate, low, high FROM issued_range ORDER BY as_of, position"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return figures;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      IssuedFigure figure;
      figure.as_of = Day(chunk->Column<std::int32_t>(0)[row]);
      figure.stage = std::string(chunk->Text(1, row));
      if (!chunk->IsNull(2, row)) {
        Segment segment{std::string(chunk->Text(2, row)), std::nullopt};
        if (!chunk->IsNull(3, row)) segment.value = std::string(chunk->Text(3, row));
        figure.slice.segments.push_back(std::move(segment));
      }
      figure.from = Day(chunk->Column<std::int32_t>(4)[row]);
      figure.to = Day(chunk->Column<std::int32_t>(5)[row]);
      figure.trials = chunk->Column<std::int64_t>(6)[row];
      figure.events_so_far = chunk->Column<std::int64_t>(7)[row];
      figure.rate = chunk->Column<double>(8)[row];
      figure.low = chunk->Column<double>(9)[row];
      figure.high = chunk->Column<double>(10)[row];
      figures.push_back(std::move(figure));
    }
  }
}

}  // namespace ripen::store
