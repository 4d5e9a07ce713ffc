// CSV text in memory: records, fields and the guess of the delimiter. The bulk of a file is read
// by the engine; this is for the first rows and for finding line numbers again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ripen::store {

// Walks over records, pieces of text at a time: quotes may hold line ends; blank lines are none.
class RecordWalker {
 public:
  // Keeps `limit` bytes of a record at most (and one more, to tell that there were more). A quote
  // opens a quoted field only at the start of one, so after one of `delimiters`; with none given
  // every line is a record.
  RecordWalker(std::size_t limit, std::string delimiters)
      : limit_(limit), delimiters_(std::move(delimiters)) {}

  // Calls on_record(line, text) for every record that ends in `piece`; lines count from 1.
  template <typename Function>
  void Feed(std::string_view piece, const Function& on_record) {
    for (const char letter : piece) {
      if (letter == '\n') {
        ++line_;
        if (!in_quotes_) {
          EndRecord(on_record);
          continue;
        }
      }
      Track(letter);
      if (record_.size() <= limit_) record_ += letter;
    }
  }
  // The last record, where no line end follows it.
  template <typename Function>
  void Finish(const Function& on_record) {
    EndRecord(on_record);
  }
  // Bytes kept of the record that has not ended.
  std::size_t pending_bytes() const { return record_.size(); }
  std::int64_t pending_line() const { return start_line_; }

 private:
  void Track(char letter) {
    if (delimiters_.empty()) return;
    if (in_quotes_) {
      if (letter == '"') {
        in_quotes_ = false;
        just_closed_ = true;
      }
      return;
    }
    if (letter == '"' && (field_starts_ || just_closed_)) in_quotes_ = true;
    just_closed_ = false;
    field_starts_ = delimiters_.find(letter) != std::string::npos;
  }
  template <typename Function>
  void EndRecord(const Function& on_record) {
    if (!record_.empty() && record_.back() == '\r') record_.pop_back();
    if (!record_.empty()) on_record(start_line_, std::string_view(record_));
    record_.clear();
    in_quotes_ = false;
    just_closed_ = false;
    field_starts_ = true;
    start_line_ = line_;
  }
  std::size_t limit_;
  std::string delimiters_;
  bool in_quotes_ = false;
  bool just_closed_ = false;
  bool field_starts_ = true;
  std::int64_t line_ = 1;
  std::int64_t start_line_ = 1;
  std::string record_;
};

// Every character that GuessDelimiter tries.
constexpr std::string_view kDelimiterCandidates = ",;\t|\x1F^~#: ";

// The fields of one record, quotes undone.
std::vector<std::string> SplitRecord(std::string_view record, char delimiter);

// The delimiter that cuts most of the records into as many fields as the first, the more the
// better; ',' for a file of one column.
char GuessDelimiter(const std::vector<std::string>& records);

// The X of a line `sep=X`, which some spreadsheets write first.
std::optional<char> SepLine(std::string_view line);

}  // namespace ripen::store
