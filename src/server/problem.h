// Problem documents (RFC 9457): every error that the server answers.
#pragma once

#include <string>

#include "base/result.h"
#include "server/exchange.h"

namespace ripen::server {

struct Problem {
  int status = 500;
  ErrorCode code = ErrorCode::kInternal;
  std::string detail;     // one sentence with the offending value
  std::string parameter;  // the query parameter that was wrong, if one was
};

// A handler's result: the body, or what was wrong.
template <typename T>
using Outcome = tl::expected<T, Problem>;

// The problem of an engine's error; the status is from the one table in base/error_code.cc.
[[nodiscard]] Problem ProblemOf(const Error& error);
// The problem of a wrong parameter: 400.
[[nodiscard]] tl::unexpected<Problem> WrongParameter(std::string parameter, std::string detail);

[[nodiscard]] Answer AnswerOf(const Problem& problem);

}  // namespace ripen::server
