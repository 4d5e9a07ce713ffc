// The [[annotations]] of ripen.toml: what the shop did or will do, by day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include "base/result.h"
#include "model/annotation.h"

namespace ripen::cli {

// What is wrong with a table, and where it stands.
struct TomlComplaint {
  const toml::node* at = nullptr;
  std::string sentence;
};

// Appends the annotation of one table, whose keys are known to be of [[annotations]]. `day`,
// `last_day` and `told` are TOML dates or texts like "2026-04-01"; nullopt where all is well.
std::optional<TomlComplaint> ReadAnnotation(const toml::table& table,
                                            std::vector<Annotation>& annotations);

}  // namespace ripen::cli
