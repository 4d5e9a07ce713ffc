// Errors are values: every fallible function of Ripen returns a Result<T> or a Status.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>

namespace ripen {

// What kind of thing went wrong. One table (base/error_code.cc) maps a code to an exit code and an
// HTTP status; nothing else decides on them.
enum class ErrorCode {
  kInvalidArgument,     // the caller's input can never work: bad flag, unreadable file, bad config
  kNotFound,            // a file, a store or a group that was named does not exist
  kAlreadyExists,       // creating what is there already
  kOutOfRange,          // a value beyond its documented bounds
  kFailedPrecondition,  // right request, wrong moment: another process holds the store
  kDataLoss,            // stored bytes do not read back
  kUnavailable,         // disk full, server gone: trying again later may work
  kTimeout,
  kCancelled,
  kInternal,  // a broken promise of ours
};

// An error: a code for programs and one sentence, with the offending value, for people.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

// Builds the unexpected side: `return Fail(ErrorCode::kNotFound, "No file named x.csv.");`
[[nodiscard]] inline tl::unexpected<Error> Fail(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

// The name of a code as logs and problem documents print it, e.g. "not_found".
std::string_view ErrorCodeName(ErrorCode code);
// The exit code of the command line: 2 for what the user can mend, 3 for everything else.
int ExitCodeOf(ErrorCode code);
// The status of an HTTP answer, e.g. 404.
int HttpStatusOf(ErrorCode code);

}  // namespace ripen

#define RIPEN_CONCAT_INNER_(a, b) a##b
#define RIPEN_CONCAT_(a, b) RIPEN_CONCAT_INNER_(a, b)

// Evaluates `expr` (a Status or Result) and returns its error from the calling function, if any.
#define RIPEN_RETURN_IF_ERROR(expr)                                            \
  do {                                                                         \
    if (auto ripen_status_ = (expr); !ripen_status_) {                         \
      return tl::unexpected<::ripen::Error>(std::move(ripen_status_).error()); \
    }                                                                          \
  } while (false)

// `RIPEN_ASSIGN_OR_RETURN(const auto rows, Read(path));` binds the value or returns the error.
#define RIPEN_ASSIGN_OR_RETURN(lhs, expr) \
  RIPEN_ASSIGN_OR_RETURN_(RIPEN_CONCAT_(ripen_result_, __COUNTER__), lhs, expr)
#define RIPEN_ASSIGN_OR_RETURN_(result, lhs, expr)                    \
  auto result = (expr);                                               \
  if (!result) {                                                      \
    return tl::unexpected<::ripen::Error>(std::move(result).error()); \
  }                                                                   \
  lhs = std::move(*result)
