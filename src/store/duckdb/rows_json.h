// NDJSON lines as flat rows: {"customer":{"age":"25-34"}} has the column `customer.age`.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ripen::store {

// One value of one line, as text; an absent or null value has no entry.
struct JsonField {
  std::string_view column;  // flattened name
  std::string_view text;    // strings unescaped, everything else as written
};

// Reads one line after the other. Not thread safe.
class JsonLineReader {
 public:
  JsonLineReader();
  ~JsonLineReader();
  JsonLineReader(const JsonLineReader&) = delete;
  JsonLineReader& operator=(const JsonLineReader&) = delete;

  // The fields of a line in their order; valid until the next call. Objects are flattened, arrays
  // stay JSON. Errors: kInvalidArgument with what is wrong with the line.
  [[nodiscard]] Result<const std::vector<JsonField>*> Read(std::string_view line);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace ripen::store
