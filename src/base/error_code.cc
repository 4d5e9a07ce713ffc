#include <array>

#include "base/result.h"

namespace ripen {
namespace {

struct CodeRow {
  ErrorCode code;
  std::string_view name;
  int exit_code;
  int http_status;
};

constexpr std::array<CodeRow, 10> kCodes{{
    {ErrorCode::kInvalidArgument, "invalid_argument", 2, 400},
    {ErrorCode::kNotFound, "not_found", 2, 404},
    {ErrorCode::kAlreadyExists, "already_exists", 2, 409},
    {ErrorCode::kOutOfRange, "out_of_range", 2, 422},
    {ErrorCode::kFailedPrecondition, "failed_precondition", 3, 409},
    {ErrorCode::kDataLoss, "data_loss", 3, 500},
    {ErrorCode::kUnavailable, "unavailable", 3, 503},
    {ErrorCode::kTimeout, "timeout", 3, 504},
    {ErrorCode::kCancelled, "cancelled", 3, 499},
    {ErrorCode::kInternal, "internal", 3, 500},
}};

const CodeRow& RowOf(ErrorCode code) {
  for (const CodeRow& row : kCodes) {
    if (row.code == code) return row;
  }
  return kCodes.back();
}

}  // namespace

std::string_view ErrorCodeName(ErrorCode code) { return RowOf(code).name; }
int ExitCodeOf(ErrorCode code) { return RowOf(code).exit_code; }
int HttpStatusOf(ErrorCode code) { return RowOf(code).http_status; }

}  // namespace ripen
