// NDJSON line by line.
#include <fmt/format.h>

#include <atomic>
#include <unordered_map>

#include "store/duckdb/csv_text.h"
#include "store/duckdb/file_bytes.h"
#include "store/duckdb/row_source.h"
#include "store/duckdb/rows_json.h"

namespace ripen::store {
namespace {

class JsonSource : public RowSource {
 public:
  explicit JsonSource(const SourceRequest& request) : request_(request), walker_(kLineLimit, "") {
    for (std::size_t i = 0; i < request.columns.size(); ++i) wanted_[request.columns[i]] = i;
  }
  Status Start() {
    RIPEN_ASSIGN_OR_RETURN(look_, LookAtFile(request_.file.path));
    RIPEN_ASSIGN_OR_RETURN(Utf8Reader reader, Utf8Reader::Open(request_.file.path, look_));
    bytes_ = std::make_unique<Utf8Reader>(std::move(reader));
    return {};
  }

  Status Next(TextBatch& batch) override {
    batch.rows = 0;
    batch.ordinals.clear();
    batch.columns.assign(request_.columns.size(), {});
    batch.texts.clear();
    cells_.clear();
    while (batch.rows == 0 && !at_end_) {
      RIPEN_RETURN_IF_ERROR(ReadPiece(batch));
    }
    for (std::size_t row = 0; row < batch.rows; ++row) {
      for (std::size_t column = 0; column < batch.columns.size(); ++column) {
        const Cell& cell = cells_[row * batch.columns.size() + column];
        batch.columns[column].push_back(
            cell.given ? std::string_view(batch.texts).substr(cell.start, cell.length)
                       : std::string_view());
      }
    }
    return {};
  }
  Result<std::vector<BrokenRow>> BrokenRows() override { return broken_; }
  Result<std::vector<std::int64_t>> LinesOf(const std::vector<std::int64_t>& ordinals) override {
    return ordinals;  // the ordinal of an event is its line
  }
  double ShareDone() const override {
    return look_.bytes == 0 || look_.gzip
               ? 0
               : static_cast<double>(read_.load()) / static_cast<double>(look_.bytes);
  }

 private:
  struct Cell {
    std::size_t start = 0;
    std::size_t length = 0;
    bool given = false;
  };

  Status ReadPiece(TextBatch& batch) {
    const auto take = [&](std::int64_t line, std::string_view text) {
      if (text.find_first_not_of(" \t\r") != std::string_view::npos) Take(line, text, batch);
    };
    RIPEN_RETURN_IF_ERROR(bytes_->Next(piece_));
    read_ += static_cast<std::int64_t>(piece_.size());
    if (piece_.empty()) {
      at_end_ = true;
      walker_.Finish(take);
    } else {
      walker_.Feed(piece_, take);
    }
    return {};
  }

  void Break(std::int64_t line, std::string reason, std::string_view text) {
    if (request_.report_broken) {
      broken_.push_back({line, std::move(reason), std::string(text.substr(0, 200))});
    }
  }

  void Take(std::int64_t line, std::string_view text, TextBatch& batch) {
    if (text.size() > kLineLimit) return Break(line, "the line is longer than 1 MB", text);
    const auto fields = reader_.Read(text);
    if (!fields) return Break(line, fields.error().message, text);
    if (request_.events != EventType::kAll) {
      std::string_view type;
      for (const JsonField& field : **fields) {
        if (field.column == "type") type = field.text;
      }
      if (type != "recommendation" && type != "outcome") {
        return Break(line, "the type of the event is neither recommendation nor outcome", text);
      }
      if ((type == "outcome") != (request_.events == EventType::kOutcome)) return;
    }
    const std::size_t first = cells_.size();
    cells_.resize(first + request_.columns.size());
    for (const JsonField& field : **fields) {
      const auto found = wanted_.find(field.column);
      if (found == wanted_.end()) continue;
      cells_[first + found->second] = {batch.texts.size(), field.text.size(), true};
      batch.texts += field.text;
    }
    batch.ordinals.push_back(line);
    ++batch.rows;
  }

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  SourceRequest request_;
  FileLook look_;
  RecordWalker walker_;
  JsonLineReader reader_;
  std::unique_ptr<Utf8Reader> bytes_;
  std::unordered_map<std::string, std::size_t, TextHash, std::equal_to<>> wanted_;
  std::vector<BrokenRow> broken_;
  std::string piece_;
  std::vector<Cell> cells_;
  std::atomic<std::int64_t> read_ = 0;  // asked for by another thread
  bool at_end_ = false;
};

}  // namespace

Result<std::unique_ptr<RowSource>> OpenJsonSource(const SourceRequest& request) {
  auto source = std::make_unique<JsonSource>(request);
  RIPEN_RETURN_IF_ERROR(source->Start());
  return source;
}

}  // namespace ripen::store
