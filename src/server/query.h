// The text of a request target: path, parameters and the typed values in them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "server/problem.h"

namespace ripen::server {

constexpr std::size_t kMaxTargetBytes = 8192;

struct Target {
  std::string path;   // decoded, without ".." or control characters
  std::string query;  // raw, without '?'
};

// Errors: 414 for more than kMaxTargetBytes; 400 for a target that is no absolute path, has broken
// escapes, is not UTF-8, or climbs ("..").
[[nodiscard]] Outcome<Target> ParseTarget(std::string_view target);

// The parameters of one request, checked as they are taken.
class Parameters {
 public:
  // Errors (400): a name that is not `allowed`, one given twice, broken escapes, not UTF-8.
  [[nodiscard]] static Outcome<Parameters> Parse(std::string_view query,
                                                 const std::vector<std::string_view>& allowed);

  // nullopt if it is not given. An empty value is given.
  std::optional<std::string> Text(const std::string& name) const;
  // Errors (400): a text that is no date.
  [[nodiscard]] Outcome<std::optional<Day>> Date(const std::string& name) const;

 private:
  std::map<std::string, std::string> values_;
};

// `text` for an error sentence: at most 80 bytes, control characters and broken UTF-8 replaced.
std::string Printable(std::string_view text);

bool IsUtf8(std::string_view text);

}  // namespace ripen::server
