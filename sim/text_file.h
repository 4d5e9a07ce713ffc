// A text file written line by line, in large pieces; or gathered, with lines repeated and shuffled.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ripen::sim {

// Repeat and shuffle: what happens to a file on its way from the shop.
struct Mess {
  std::uint64_t seed = 0;
  std::uint64_t stream = 0;      // of its draws; one for each file
  double duplicate_share = .05;  // lines that are in the file twice
};

class TextFile {
 public:
  // Replaces the file. With a mess, all lines but the header are held until Close.
  [[nodiscard]] static Result<TextFile> Create(const std::string& path, std::optional<Mess> mess);

  // Append one line here, without its end, then call EndLine.
  std::string& line() { return buffer_; }
  void EndLine();
  // The first line stays first.
  void EndHeader();
  // Writes the rest. Errors: kUnavailable with the path, also for what failed earlier.
  [[nodiscard]] Status Close();

  const std::string& path() const { return path_; }
  std::int64_t duplicates() const { return duplicates_; }

 private:
  struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  void Flush();
  void WriteMessyLines();

  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
  std::string buffer_;
  std::optional<Mess> mess_;
  std::vector<std::string> lines_;
  std::int64_t duplicates_ = 0;
  bool failed_ = false;
};

// `value` with at least `width` digits.
void AppendPadded(std::string& out, std::int64_t value, int width);

}  // namespace ripen::sim
