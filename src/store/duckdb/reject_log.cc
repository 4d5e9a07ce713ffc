#include "store/duckdb/reject_log.h"

#include <fmt/format.h>

#include <algorithm>

#include "store/duckdb/file_bytes.h"

namespace ripen::store {
namespace {

constexpr std::size_t kShownBytes = 80;

}  // namespace

std::string CutText(std::string_view text) {
  if (text.size() <= kShownBytes) return std::string(text);
  std::size_t end = kShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return std::string(text.substr(0, end));
}

void RejectLog::Count(Detail detail) {
  ++count_;
  Group& group = groups_[{detail.reason, detail.column}];
  ++group.count;
  if (group.count > 1 && details_.size() >= kMostDetails) return;
  if (group.count == 1) group.first = details_.size();
  details_.push_back(std::move(detail));
}

void RejectLog::Add(std::int64_t ordinal, std::string_view column, std::string_view value,
                    std::string_view reason) {
  Count({path_, ordinal, std::string(column), CutText(value), std::string(reason)});
}

void RejectLog::AddLine(const std::string& path, std::int64_t line, std::string_view column,
                        std::string_view value, std::string_view reason) {
  Count({path, line, std::string(column), CutText(value), std::string(reason)});
}

Status RejectLog::FinishFile(RowSource& source) {
  std::vector<std::int64_t> ordinals;
  for (std::size_t i = file_starts_; i < details_.size(); ++i) {
    ordinals.push_back(details_[i].line);
  }
  RIPEN_ASSIGN_OR_RETURN(const std::vector<BrokenRow> broken, source.BrokenRows());
  std::vector<std::int64_t> wanted = ordinals;
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  RIPEN_ASSIGN_OR_RETURN(const std::vector<std::int64_t> lines, source.LinesOf(wanted));
  for (std::size_t i = 0; i < ordinals.size(); ++i) {
    const auto at = std::lower_bound(wanted.begin(), wanted.end(), ordinals[i]) - wanted.begin();
    details_[file_starts_ + i].line = lines[static_cast<std::size_t>(at)];
  }
  for (const BrokenRow& row : broken) AddLine(path_, row.line, "", row.text, row.reason);
  file_starts_ = details_.size();
  return {};
}

std::string RejectLog::PlaceOf(const Detail& detail) const {
  return fmt::format("{}:{}", FileName(detail.path), detail.line);
}

std::vector<RejectedRows> RejectLog::Summary() const {
  std::vector<RejectedRows> summary;
  for (const auto& [key, group] : groups_) {
    const Detail& first = details_[group.first];
    summary.push_back({key.first, key.second, group.count, PlaceOf(first), first.value});
  }
  std::stable_sort(summary.begin(), summary.end(),
                   [](const RejectedRows& a, const RejectedRows& b) { return a.count > b.count; });
  return summary;
}

std::string RejectLog::ExampleOf(const std::string& path) const {
  std::map<std::pair<std::string, std::string>, std::pair<std::int64_t, const Detail*>> counts;
  for (const Detail& detail : details_) {
    if (detail.path != path) continue;
    auto& [count, first] = counts[{detail.reason, detail.column}];
    if (++count == 1) first = &detail;
  }
  const Detail* most = nullptr;
  std::int64_t best = 0;
  for (const auto& [key, entry] : counts) {
    if (entry.first <= best) continue;
    best = entry.first;
    most = entry.second;
  }
  if (most == nullptr) return "";
  return fmt::format("{}, {}'{}': {}", PlaceOf(*most),
                     most->column.empty() ? "" : fmt::format("column {}, ", most->column),
                     most->value, most->reason);
}

std::vector<RejectedLine> RejectLog::First(std::size_t most) const {
  std::vector<RejectedLine> lines;
  for (const Detail& detail : details_) {
    if (lines.size() == most) break;
    lines.push_back({detail.line, detail.column, detail.value, detail.reason});
  }
  return lines;
}

Status RejectLog::Save(duck::Connection& connection, std::int32_t import) const {
  RIPEN_ASSIGN_OR_RETURN(
      duck::Appender appender,
      duck::Appender::Open(connection, "set_aside",
                           {duck::Type::kInteger, duck::Type::kVarchar, duck::Type::kVarchar,
                            duck::Type::kVarchar, duck::Type::kVarchar}));
  for (const Detail& detail : details_) {
    appender.Set(0, import);
    appender.SetText(1, PlaceOf(detail));
    appender.SetText(2, detail.column);
    appender.SetText(3, detail.value);
    appender.SetText(4, detail.reason);
    RIPEN_RETURN_IF_ERROR(appender.EndRow());
  }
  RIPEN_RETURN_IF_ERROR(appender.Close());
  for (const RejectedRows& row : Summary()) {
    RIPEN_RETURN_IF_ERROR(
        connection.Run("INSERT INTO import_reject VALUES (?, ?, ?, ?, ?, ?)",
                       {import, row.reason, row.column, row.count, row.first, row.first_value}));
  }
  return {};
}

}  // namespace ripen::store
