#include "store/duckdb/probe.h"

#include <fmt/format.h>

#include <set>
#include <unordered_map>
#include <unordered_set>

#include "store/duckdb/csv_text.h"
#include "store/duckdb/endless_line.h"
#include "store/duckdb/file_bytes.h"
#include "store/duckdb/parse_value.h"
#include "store/duckdb/rows_json.h"
#include "store/duckdb/siphash.h"

namespace ripen::store {
namespace {

constexpr std::int64_t kSampleRows = 20'000;
constexpr std::size_t kSampleBytes = 32 << 20;
constexpr std::size_t kShownRows = 100;
constexpr std::size_t kMostColumns = 2'000;

// Collects the sample of every column, row by row.
class SampleTaker {
 public:
  explicit SampleTaker(ledger::FileProbe& probe) : probe_(probe), seen_(probe.columns.size()) {}
  void AddColumn(std::string name) {
    ledger::ColumnProbe column;
    column.name = std::move(name);
    column.engine_type = "VARCHAR";
    column.sample.resize(std::min<std::size_t>(kShownRows, probe_.sampled_rows));
    probe_.columns.push_back(std::move(column));
    seen_.emplace_back();
  }
  void Take(std::size_t column, std::string_view text) {
    ledger::ColumnProbe& probe = probe_.columns[column];
    Seen& seen = seen_[column];
    const bool empty = IsNotKnown(text);
    if (probe_.sampled_rows < static_cast<std::int64_t>(kShownRows)) {
      probe.sample.resize(static_cast<std::size_t>(probe_.sampled_rows) + 1);
      if (!empty) probe.sample.back() = std::string(text.substr(0, 1000));
    }
    if (empty) return;
    if (seen.values.insert(SipHash(kContentKey, text)).second && seen.numeric) {
      double number = 0;
      seen.numeric = store::ReadNumber(text, number) == NumberTrouble::kNone;
    }
  }
  void EndRow() { ++probe_.sampled_rows; }
  void Finish() {
    const auto shown = std::min<std::size_t>(kShownRows, probe_.sampled_rows);
    for (std::size_t i = 0; i < probe_.columns.size(); ++i) {
      probe_.columns[i].sample.resize(shown);
      probe_.columns[i].distinct_in_sample = static_cast<std::int64_t>(seen_[i].values.size());
      probe_.columns[i].numeric_in_sample = seen_[i].numeric && !seen_[i].values.empty();
    }
  }

 private:
  struct Seen {
    std::unordered_set<std::uint64_t> values;
    bool numeric = true;
  };
  ledger::FileProbe& probe_;
  std::vector<Seen> seen_;
};

std::string Trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

// Column names as people can name them: never empty, never twice.
std::vector<std::string> UsableNames(std::vector<std::string> names) {
  std::set<std::string> taken;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string name = Trimmed(names[i]);
    if (name.empty()) name = fmt::format("column{}", i + 1);
    std::string unique = name;
    for (int again = 2; !taken.insert(unique).second; ++again) {
      unique = fmt::format("{}_{}", name, again);
    }
    names[i] = unique;
  }
  return names;
}

struct FirstRecords {
  std::vector<std::string> records;
  std::vector<std::int64_t> lines;
};

tl::unexpected<Error> LineTooLong(const std::string& path, std::int64_t line) {
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("{}: line {} is longer than 1 MB; this is no table that can be read.",
                          path, line));
}

Result<FirstRecords> ReadFirstRecords(const std::string& path, const FileLook& look,
                                      std::string delimiters) {
  RIPEN_ASSIGN_OR_RETURN(Utf8Reader reader, Utf8Reader::Open(path, look));
  RecordWalker walker(kLineLimit, std::move(delimiters));
  FirstRecords first;
  const auto keep = [&](std::int64_t line, std::string_view record) {
    first.records.emplace_back(record);
    first.lines.push_back(line);
  };
  std::string piece;
  std::size_t bytes = 0;
  while (bytes < kSampleBytes &&
         first.records.size() <= static_cast<std::size_t>(kSampleRows) + 2) {
    RIPEN_RETURN_IF_ERROR(reader.Next(piece));
    if (piece.empty()) {
      walker.Finish(keep);
      break;
    }
    bytes += piece.size();
    walker.Feed(piece, keep);
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(2, first.records.size()); ++i) {
    if (first.records[i].size() > kLineLimit) return LineTooLong(path, first.lines[i]);
  }
  if (first.records.size() < 2 && walker.pending_bytes() > kLineLimit) {
    return LineTooLong(path, walker.pending_line());
  }
  return first;
}

Result<ledger::FileProbe> ProbeCsv(const std::string& path, const FileLook& look) {
  ledger::FileProbe probe;
  probe.path = path;
  RIPEN_ASSIGN_OR_RETURN(const std::optional<std::int64_t> endless, FindEndlessLine(path, look));
  if (endless) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("{}: the line at byte {} has over 1 MB and does not end; this is no "
                            "table that can be read.",
                            path, *endless));
  }
  RIPEN_ASSIGN_OR_RETURN(FirstRecords first,
                         ReadFirstRecords(path, look, std::string(kDelimiterCandidates)));
  std::vector<std::string>& records = first.records;
  if (records.empty()) return Fail(ErrorCode::kInvalidArgument, path + " is empty.");
  std::size_t header = 0;
  if (const auto named = SepLine(records.front())) {
    probe.delimiter = *named;
    header = 1;
    if (records.size() < 2) return Fail(ErrorCode::kInvalidArgument, path + " holds no header.");
  } else {
    const auto few = records.begin() + std::min<std::ptrdiff_t>(100, std::ssize(records));
    probe.delimiter = GuessDelimiter({records.begin(), few});
  }
  probe.header_line = static_cast<int>(first.lines[header]);
  if (records[header].find('\n') != std::string::npos) {
    return Fail(
        ErrorCode::kInvalidArgument,
        fmt::format("{}: a column name holds a line break; write the header on one line.", path));
  }
  SampleTaker sample(probe);
  std::vector<std::string> names = SplitRecord(records[header], probe.delimiter);
  if (names.size() > kMostColumns) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("{} has {} columns; at most {} can be read.", path, names.size(),
                            kMostColumns));
  }
  for (std::string& name : UsableNames(std::move(names))) sample.AddColumn(std::move(name));
  for (std::size_t i = header + 1; i < records.size() && probe.sampled_rows < kSampleRows; ++i) {
    const std::vector<std::string> fields = SplitRecord(records[i], probe.delimiter);
    if (fields.size() != probe.columns.size()) continue;  // set aside when it is read
    for (std::size_t column = 0; column < fields.size(); ++column) {
      sample.Take(column, fields[column]);
    }
    sample.EndRow();
  }
  if (records.size() == header + 1) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("{} holds a header line but no rows.", path));
  }
  sample.Finish();
  return probe;
}

Result<ledger::FileProbe> ProbeJson(const std::string& path, const FileLook& look) {
  ledger::FileProbe probe;
  probe.path = path;
  probe.format = ledger::FileFormat::kNdjson;
  RIPEN_ASSIGN_OR_RETURN(const FirstRecords first, ReadFirstRecords(path, look, ""));
  SampleTaker sample(probe);
  std::unordered_map<std::string, std::size_t> columns;
  JsonLineReader reader;
  std::string trouble;
  for (std::size_t i = 0; i < first.records.size() && probe.sampled_rows < kSampleRows; ++i) {
    const auto fields = reader.Read(first.records[i]);
    if (!fields) {
      if (trouble.empty()) {
        trouble = fmt::format("line {}: {}", first.lines[i], fields.error().message);
      }
      continue;
    }
    for (const JsonField& field : **fields) {
      const auto [entry, is_new] = columns.try_emplace(std::string(field.column), columns.size());
      if (is_new && columns.size() > kMostColumns) {
        return Fail(ErrorCode::kInvalidArgument,
                    fmt::format("{} has over {} different fields; it cannot be read as events.",
                                path, kMostColumns));
      }
      if (is_new) sample.AddColumn(std::string(field.column));
      sample.Take(entry->second, field.text);
    }
    sample.EndRow();
  }
  sample.Finish();
  if (probe.sampled_rows > 0 && !probe.columns.empty()) return probe;
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("{} holds no event that can be read{}.", path,
                          trouble.empty() ? "" : " (" + trouble + ")"));
}

Result<ledger::FileProbe> ProbeParquet(const std::string& path, duck::Connection& connection) {
  ledger::FileProbe probe;
  probe.path = path;
  probe.format = ledger::FileFormat::kParquet;
  const std::string source = fmt::format("read_parquet({})", duck::QuotedText(path));
  auto described = connection.Query(
      "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " + source + ")");
  if (!described) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("{} begins like a Parquet file, but cannot be read as one.", path));
  }
  SampleTaker sample(probe);
  std::string select;
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, described->Next());
    if (chunk == nullptr) break;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      const std::string name(chunk->Text(0, row));
      sample.AddColumn(name);
      probe.columns.back().engine_type = std::string(chunk->Text(1, row));
      select += (select.empty() ? "" : ", ") + duck::QuotedName(name) + "::VARCHAR";
    }
  }
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Query(fmt::format("SELECT {} FROM {} LIMIT {}", select, source, kSampleRows)));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) break;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      for (std::size_t column = 0; column < probe.columns.size(); ++column) {
        sample.Take(column, chunk->IsNull(column, row) ? "" : chunk->Text(column, row));
      }
      sample.EndRow();
    }
  }
  sample.Finish();
  if (probe.sampled_rows > 0) return probe;
  return Fail(ErrorCode::kInvalidArgument, fmt::format("{} holds columns but no rows.", path));
}

}  // namespace

Result<ledger::FileProbe> ProbeFile(const std::string& path, duck::Connection& connection) {
  RIPEN_ASSIGN_OR_RETURN(const FileLook look, LookAtFile(path));
  switch (look.format) {
    case ledger::FileFormat::kParquet: return ProbeParquet(path, connection);
    case ledger::FileFormat::kNdjson: return ProbeJson(path, look);
    case ledger::FileFormat::kCsv: return ProbeCsv(path, look);
  }
  return Fail(ErrorCode::kInternal, "ProbeFile: unknown format");
}

}  // namespace ripen::store
