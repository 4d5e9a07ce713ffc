// Runs a Chromium without a window, which draws the pages of a report.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/result.h"

namespace ripen::cli {

// Its program: RIPEN_CHROMIUM, else what is called chromium, chromium-browser or google-chrome.
// Errors: kFailedPrecondition where there is none, with what to install.
[[nodiscard]] Result<std::string> FindChromium();

// Runs it with these arguments and what it needs to run unseen; its output goes to the file
// `output`. Its profile is a temporary folder. Errors: kUnavailable where it cannot be started,
// ends with an error or takes longer than `patience`; it is then ended.
[[nodiscard]] Status RunChromium(const std::string& program,
                                 const std::vector<std::string>& arguments,
                                 const std::string& output, std::chrono::seconds patience);

}  // namespace ripen::cli
