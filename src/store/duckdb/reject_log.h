// Rows set aside: counted by reason and column, the first of each shown, the details kept.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/check_report.h"
#include "store/duckdb/duck.h"
#include "store/duckdb/row_source.h"

namespace ripen::store {

// Details kept of one import; the counts go on.
constexpr std::size_t kMostDetails = 100'000;

// The rejects of one import over all its files. Not thread safe.
class RejectLog {
 public:
  // Everything that follows is about this file.
  void StartFile(std::string path) { path_ = std::move(path); }
  // One row of the current file. Ordinals ascend within a file.
  void Add(std::int64_t ordinal, std::string_view column, std::string_view value,
           std::string_view reason);
  // One row whose line is known, of any file.
  void AddLine(const std::string& path, std::int64_t line, std::string_view column,
               std::string_view value, std::string_view reason);
  // Turns the ordinals of the current file into lines. Call when the source is at its end.
  [[nodiscard]] Status FinishFile(RowSource& source);

  std::int64_t count() const { return count_; }
  // Most rows first, then by reason and column.
  std::vector<RejectedRows> Summary() const;
  // The first `most` rows set aside, as they came.
  std::vector<RejectedLine> First(std::size_t most) const;
  // The commonest reason of one file: "file.csv:3, column shown_at, '...': reason".
  std::string ExampleOf(const std::string& path) const;
  [[nodiscard]] Status Save(duck::Connection& connection, std::int32_t import) const;

 private:
  struct Detail {
    std::string path;
    std::int64_t line = 0;
    std::string column;
    std::string value;
    std::string reason;
  };
  struct Group {
    std::int64_t count = 0;
    std::size_t first = 0;  // index into details_
  };
  void Count(Detail detail);
  std::string PlaceOf(const Detail& detail) const;

  std::string path_;
  std::int64_t count_ = 0;
  std::vector<Detail> details_;
  std::size_t file_starts_ = 0;  // first detail of the current file
  std::map<std::pair<std::string, std::string>, Group> groups_;
};

// `text` cut at 80 bytes, between characters.
std::string CutText(std::string_view text);

}  // namespace ripen::store
