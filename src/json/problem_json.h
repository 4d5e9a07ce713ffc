// An error as an RFC 9457 problem document.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ripen::json {

// {"type":"about:blank","title","status","detail","code"}, with "parameter" if one was wrong.
// `title` says what the status means, `error.message` what happened.
std::string ProblemJson(int status, std::string_view title, const Error& error,
                        std::string_view parameter = "");

}  // namespace ripen::json
