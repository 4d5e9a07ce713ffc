// Flags that several verbs share, and what they open.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/engine.h"

namespace ripen::cli {

inline constexpr std::string_view kDefaultStore = "ripen.duckdb";

// --config FILE: the configuration, or its defaults.
struct ConfigFlag {
  std::string path;
  void AddTo(CLI::App& verb);
  [[nodiscard]] Result<Config> Read() const;
};

// Opens the store for a verb that wants it for itself. Errors: kNotFound when `must_exist` and it
// does not; where a running server holds it, a sentence that names the server's address.
[[nodiscard]] Result<std::unique_ptr<engine::Engine>> OpenStore(const std::string& path,
                                                                const Config& config,
                                                                bool must_exist);
// The same, on a copy of a store that is there.
[[nodiscard]] Result<std::unique_ptr<engine::Engine>> OpenCopy(const std::string& path,
                                                               const Config& config);

// "de" of --lang, else the configuration's.
std::string LanguageOf(const std::string& flag, const Config& config);

// The day of --as-of, absent when not given.
[[nodiscard]] Result<std::optional<Day>> AsOfFlag(const std::string& text, const Config& config);

// Whether --snapshot-at reads as a day or a moment; empty text is fine.
[[nodiscard]] Status CheckSnapshotFlag(const std::string& text);

}  // namespace ripen::cli
