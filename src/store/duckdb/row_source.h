// The rows of a file as text, some thousand at a time, whatever its format.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/import_plan.h"
#include "store/duckdb/duck.h"

namespace ripen::store {

// Rows in columns. A NULL or absent cell has data() == nullptr. Views point into what the batch
// itself keeps, and hold until it is filled again.
struct TextBatch {
  std::size_t rows = 0;
  std::vector<std::vector<std::string_view>> columns;  // as asked for
  std::vector<std::int64_t> ordinals;                  // of each row: 0, 1, ... in the file
  duck::Chunk chunk;                                   // rows of the engine
  std::string texts;                                   // or of a reader of ours
};

// A row that could not be cut into cells.
struct BrokenRow {
  std::int64_t line = 0;
  std::string reason;
  std::string text;
};

// Which events of an NDJSON file are wanted. kAll: the file has no column `type`.
enum class EventType { kAll, kRecommendation, kOutcome };

struct SourceRequest {
  ledger::FileProbe file;
  std::vector<std::string> columns;  // names as in the file
  EventType events = EventType::kAll;
  bool report_broken = true;  // false: another plan of the same file reports its broken lines
  std::string scratch_folder;
};

// Reads one file from its beginning to its end.
class RowSource {
 public:
  virtual ~RowSource() = default;
  // Fills the batch; no rows at the end. Errors: kInvalidArgument when the file cannot be read on,
  // kUnavailable when a disk is full.
  [[nodiscard]] virtual Status Next(TextBatch& batch) = 0;
  // After the end: rows that could not be cut.
  [[nodiscard]] virtual Result<std::vector<BrokenRow>> BrokenRows() = 0;
  // After the end: the line (Parquet: row) of each ordinal, which must be ascending.
  [[nodiscard]] virtual Result<std::vector<std::int64_t>> LinesOf(
      const std::vector<std::int64_t>& ordinals) = 0;
  virtual double ShareDone() const = 0;
};

// `connection` is used until the source goes; it must not be the one with the open transaction.
// Errors: kInvalidArgument when a column is not in the file.
[[nodiscard]] Result<std::unique_ptr<RowSource>> OpenRowSource(const SourceRequest& request,
                                                               duck::Connection& connection);

// Fills the batch with the rows of batch.chunk, whose first has this ordinal. Requires: VARCHAR
// columns only.
void FillBatch(std::size_t columns, std::int64_t first_ordinal, TextBatch& batch);

// Used by OpenRowSource.
[[nodiscard]] Result<std::unique_ptr<RowSource>> OpenCsvSource(
    const SourceRequest& request, const std::vector<std::size_t>& columns,
    duck::Connection& connection);
[[nodiscard]] Result<std::unique_ptr<RowSource>> OpenParquetSource(
    const SourceRequest& request, const std::vector<std::size_t>& columns,
    duck::Connection& connection);
[[nodiscard]] Result<std::unique_ptr<RowSource>> OpenJsonSource(const SourceRequest& request);

}  // namespace ripen::store
