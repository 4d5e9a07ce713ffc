#include "store/duckdb/row_source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "store/duckdb/file_bytes.h"

namespace ripen::store {
namespace {

Result<std::size_t> IndexOf(const ledger::FileProbe& file, const std::string& name) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < file.columns.size(); ++i) {
    if (file.columns[i].name == name) return i;
    names.push_back(file.columns[i].name);
  }
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("{} has no column '{}'; it has {}.", FileName(file.path), name,
                          fmt::join(names, ", ")));
}

// Rows of a query of the engine, in the order of the file.
class EngineSource : public RowSource {
 public:
  EngineSource(duck::Connection& connection, duck::Rows rows, std::string file_name)
      : connection_(connection), rows_(std::move(rows)), file_name_(std::move(file_name)) {}

  Status Next(TextBatch& batch) override {
    batch.rows = 0;
    auto next = rows_.Take();
    if (!next) {
      if (next.error().code == ErrorCode::kUnavailable) return tl::unexpected(next.error());
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("{} cannot be read on after row {}: {}", file_name_, rows_read_,
                              next.error().message));
    }
    batch.chunk = std::move(*next);
    FillBatch(rows_.column_count(), rows_read_, batch);
    rows_read_ += static_cast<std::int64_t>(batch.rows);
    return {};
  }
  Result<std::vector<BrokenRow>> BrokenRows() override { return std::vector<BrokenRow>{}; }
  Result<std::vector<std::int64_t>> LinesOf(const std::vector<std::int64_t>& ordinals) override {
    std::vector<std::int64_t> rows = ordinals;  // Parquet has no lines: rows, counted from 1
    for (std::int64_t& row : rows) ++row;
    return rows;
  }
  double ShareDone() const override { return connection_.ShareDone(); }

 private:
  duck::Connection& connection_;
  duck::Rows rows_;
  std::string file_name_;
  std::int64_t rows_read_ = 0;
};

// One column of a Parquet file as the text that our readers understand.
std::string AsText(const ledger::ColumnProbe& column) {
  const std::string name = duck::QuotedName(column.name);
  // The engine writes moments by the calendar of a time zone, which is slow; this is the same text.
  if (column.engine_type == "TIMESTAMP WITH TIME ZONE") {
    return fmt::format("make_timestamp(epoch_us({}))::VARCHAR || '+00'", name);
  }
  return name + "::VARCHAR";
}

}  // namespace

void FillBatch(std::size_t columns, std::int64_t first_ordinal, TextBatch& batch) {
  const duck::Chunk& chunk = batch.chunk;
  batch.rows = chunk.rows();
  batch.columns.resize(columns);
  for (std::size_t column = 0; column < columns; ++column) {
    std::vector<std::string_view>& cells = batch.columns[column];
    cells.assign(batch.rows, std::string_view());
    for (std::size_t row = 0; row < batch.rows; ++row) {
      if (!chunk.IsNull(column, row)) cells[row] = chunk.Text(column, row);
    }
  }
  batch.ordinals.resize(batch.rows);
  for (std::size_t row = 0; row < batch.rows; ++row) {
    batch.ordinals[row] = first_ordinal + static_cast<std::int64_t>(row);
  }
}

Result<std::unique_ptr<RowSource>> OpenParquetSource(const SourceRequest& request,
                                                     const std::vector<std::size_t>& columns,
                                                     duck::Connection& connection) {
  std::vector<std::string> select;
  for (const std::size_t column : columns) select.push_back(AsText(request.file.columns[column]));
  if (select.empty()) select.emplace_back("''");
  auto rows =
      connection.Stream(fmt::format("SELECT {} FROM read_parquet({})", fmt::join(select, ", "),
                                    duck::QuotedText(request.file.path)));
  if (!rows) {
    return Fail(
        ErrorCode::kInvalidArgument,
        fmt::format("{} cannot be read: {}", FileName(request.file.path), rows.error().message));
  }
  return std::make_unique<EngineSource>(connection, std::move(*rows), FileName(request.file.path));
}

Result<std::unique_ptr<RowSource>> OpenRowSource(const SourceRequest& request,
                                                 duck::Connection& connection) {
  if (request.file.format == ledger::FileFormat::kNdjson) return OpenJsonSource(request);
  std::vector<std::size_t> columns;
  for (const std::string& name : request.columns) {
    RIPEN_ASSIGN_OR_RETURN(const std::size_t index, IndexOf(request.file, name));
    columns.push_back(index);
  }
  if (request.file.format == ledger::FileFormat::kParquet) {
    return OpenParquetSource(request, columns, connection);
  }
  return OpenCsvSource(request, columns, connection);
}

}  // namespace ripen::store
