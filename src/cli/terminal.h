// What people read beside the result: sentences, accounts and progress on stderr.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/engine.h"

namespace ripen::cli {

// One sentence on stderr.
void Say(std::string_view sentence);
// The sentence of an error on stderr; returns its exit code.
int Refuse(const Error& error);
// Writes a result to stdout and its end of line; returns 0, or 3 with a sentence when stdout is
// gone.
[[nodiscard]] int Print(std::string_view result);

// Progress in place on a terminal; nothing elsewhere.
ledger::Progress TerminalProgress();

// How files are read, and what was found in them (with the notes of both).
void SayMapping(const std::vector<ledger::ImportPlan>& plans);
void SayAccount(const InputSummary& input, std::string_view language);

}  // namespace ripen::cli
