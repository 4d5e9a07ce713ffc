// CSV through the engine's parallel reader, every cell as text.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdio>
#include <unordered_set>

#include "store/duckdb/csv_text.h"
#include "store/duckdb/endless_line.h"
#include "store/duckdb/file_bytes.h"
#include "store/duckdb/row_source.h"

namespace ripen::store {
namespace {

// A copy in UTF-8 that goes with its owner.
class ScratchFile {
 public:
  ScratchFile() = default;
  explicit ScratchFile(std::string path) : path_(std::move(path)) {}
  ScratchFile(ScratchFile&& other) noexcept : path_(std::exchange(other.path_, "")) {}
  ScratchFile& operator=(ScratchFile&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
  }
  ~ScratchFile() {
    if (!path_.empty()) std::remove(path_.c_str());
  }

 private:
  std::string path_;
};

class CsvSource : public RowSource {
 public:
  CsvSource(const SourceRequest& request, FileLook look, duck::Connection& connection)
      : request_(request), look_(look), connection_(connection) {}

  Status Start(const std::vector<std::size_t>& columns) {
    std::string path = request_.file.path;
    if (NeedsTranscoding(look_)) {
      const std::string copy =
          fmt::format("{}/{}.utf8.csv", request_.scratch_folder, static_cast<const void*>(this));
      scratch_ = ScratchFile(copy);
      RIPEN_RETURN_IF_ERROR(WriteUtf8Copy(path, look_, copy));
      path = copy;
      look_.gzip = false;
    }
    std::vector<std::string> types;
    for (std::size_t i = 0; i < request_.file.columns.size(); ++i) {
      types.push_back(fmt::format("'c{}': 'VARCHAR'", i));
    }
    std::vector<std::string> select;
    for (const std::size_t column : columns) select.push_back(fmt::format("c{}", column));
    const std::string sql = fmt::format(
        "SELECT {} FROM read_csv({}, columns = {{{}}}, auto_detect = false, header = false, "
        "skip = {}, delim = {}, quote = '\"', escape = '\"', store_rejects = true, "
        "rejects_limit = 0, max_line_size = {}, compression = '{}', null_padding = false, "
        "strict_mode = true)",
        fmt::join(select, ", "), duck::QuotedText(path), fmt::join(types, ", "),
        request_.file.header_line, duck::QuotedText(std::string(1, request_.file.delimiter)),
        kLineLimit, look_.gzip ? "gzip" : "none");
    RIPEN_RETURN_IF_ERROR(
        connection_.Run("DROP TABLE IF EXISTS reject_errors; DROP TABLE IF EXISTS reject_scans"));
    auto rows = connection_.Stream(sql);
    if (!rows) return Unreadable(rows.error());
    rows_ = std::move(*rows);
    return {};
  }

  Status Next(TextBatch& batch) override {
    batch.rows = 0;
    auto next = rows_.Take();
    if (!next) return Unreadable(next.error());
    batch.chunk = std::move(*next);
    FillBatch(rows_.column_count(), rows_read_, batch);
    rows_read_ += static_cast<std::int64_t>(batch.rows);
    return {};
  }

  Result<std::vector<BrokenRow>> BrokenRows() override {
    std::vector<BrokenRow> broken;
    bool quotes_broken = false;
    RIPEN_ASSIGN_OR_RETURN(
        duck::Rows rows,
        connection_.Query("SELECT line::BIGINT, any_value(error_type::VARCHAR), "
                          "any_value(left(csv_line, 200)) FROM reject_errors GROUP BY line "
                          "ORDER BY line"));
    for (;;) {
      RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
      if (chunk == nullptr) break;
      for (std::size_t row = 0; row < chunk->rows(); ++row) {
        BrokenRow each;
        each.line = chunk->Column<std::int64_t>(0)[row];
        each.reason = ReasonOf(chunk->Text(1, row));
        if (!chunk->IsNull(2, row)) each.text = std::string(chunk->Text(2, row));
        quotes_broken = quotes_broken || chunk->Text(1, row) == "UNQUOTED VALUE";
        broken_lines_.insert(each.line);
        broken.push_back(std::move(each));
      }
    }
    if (quotes_broken) RIPEN_RETURN_IF_ERROR(CheckNothingSwallowed(broken));
    return broken;
  }

  // Walks over the file again: rows do not know their lines, as quotes may hold line ends.
  Result<std::vector<std::int64_t>> LinesOf(const std::vector<std::int64_t>& ordinals) override {
    std::vector<std::int64_t> lines;
    if (ordinals.empty()) return lines;
    FileLook look = look_;
    RIPEN_ASSIGN_OR_RETURN(look, LookAtFile(request_.file.path));
    RIPEN_ASSIGN_OR_RETURN(Utf8Reader reader, Utf8Reader::Open(request_.file.path, look));
    RecordWalker walker(0, std::string(1, request_.file.delimiter));
    std::int64_t ordinal = 0;
    const auto visit = [&](std::int64_t line, std::string_view) {
      if (line <= request_.file.header_line || broken_lines_.contains(line)) return;
      if (lines.size() < ordinals.size() && ordinals[lines.size()] == ordinal) {
        lines.push_back(line);
      }
      ++ordinal;
    };
    std::string piece;
    while (lines.size() < ordinals.size()) {
      RIPEN_RETURN_IF_ERROR(reader.Next(piece));
      if (piece.empty()) {
        walker.Finish(visit);
        break;
      }
      walker.Feed(piece, visit);
    }
    lines.resize(ordinals.size(), 0);
    return lines;
  }

  double ShareDone() const override { return connection_.ShareDone(); }

 private:
  Status Unreadable(const Error& error) const {
    if (error.code == ErrorCode::kUnavailable) return tl::unexpected(error);
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("{} cannot be read on after row {}: {}", FileName(request_.file.path),
                            rows_read_, error.message));
  }
  // A quote that is not closed takes the lines after it into its cell; they must not get lost.
  Status CheckNothingSwallowed(const std::vector<BrokenRow>& broken) const {
    RIPEN_ASSIGN_OR_RETURN(const FileLook look, LookAtFile(request_.file.path));
    RIPEN_ASSIGN_OR_RETURN(const std::int64_t lines, CountFilledLines(request_.file.path, look));
    const std::int64_t rows = lines - request_.file.header_line;
    const std::int64_t told = rows_read_ + static_cast<std::int64_t>(broken.size());
    if (rows <= told) return {};
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("{}: a quote near line {} is not closed, so {} of {} lines cannot be "
                            "told apart; nothing was stored.",
                            FileName(request_.file.path), broken.front().line, rows - told, rows));
  }
  std::string ReasonOf(std::string_view type) const {
    const std::size_t columns = request_.file.columns.size();
    if (type == "MISSING COLUMNS") {
      return fmt::format("the row has fewer than the {} columns of the header", columns);
    }
    if (type == "TOO MANY COLUMNS") {
      return fmt::format("the row has more than the {} columns of the header", columns);
    }
    if (type == "UNQUOTED VALUE") return "a quote in the row is not closed";
    if (type == "LINE SIZE OVER MAXIMUM") return "the line is longer than 1 MB";
    if (type == "INVALID ENCODING" || type == "INVALID UNICODE") {
      return "the row is no valid UTF-8 text";
    }
    return fmt::format("the row cannot be read ({})", type);
  }

  SourceRequest request_;
  FileLook look_;
  duck::Connection& connection_;
  ScratchFile scratch_;
  duck::Rows rows_;
  std::int64_t rows_read_ = 0;
  std::unordered_set<std::int64_t> broken_lines_;
};

}  // namespace

Result<std::unique_ptr<RowSource>> OpenCsvSource(const SourceRequest& request,
                                                 const std::vector<std::size_t>& columns,
                                                 duck::Connection& connection) {
  RIPEN_ASSIGN_OR_RETURN(const FileLook look, LookAtFile(request.file.path));
  auto source = std::make_unique<CsvSource>(request, look, connection);
  RIPEN_RETURN_IF_ERROR(source->Start(columns));
  return source;
}

}  // namespace ripen::store
