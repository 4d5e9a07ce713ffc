#include "base/result.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <string>

namespace ripen {
namespace {

constexpr ErrorCode kAllCodes[] = {
    ErrorCode::kInvalidArgument, ErrorCode::kNotFound, ErrorCode::kAlreadyExists,
    ErrorCode::kOutOfRange,      ErrorCode::kDataLoss, ErrorCode::kFailedPrecondition,
    ErrorCode::kUnavailable,     ErrorCode::kTimeout,  ErrorCode::kCancelled,
    ErrorCode::kInternal,
};

TEST(ErrorCode, EveryCodeHasItsOwnNameAnExitCodeAndAStatus) {
  std::set<std::string_view> names;
  for (const ErrorCode code : kAllCodes) {
    EXPECT_TRUE(names.insert(ErrorCodeName(code)).second) << ErrorCodeName(code);
    EXPECT_TRUE(ExitCodeOf(code) == 2 || ExitCodeOf(code) == 3) << ErrorCodeName(code);
    EXPECT_GE(HttpStatusOf(code), 400) << ErrorCodeName(code);
  }
  EXPECT_EQ(names.size(), 10U);
}

TEST(ErrorCode, WhatTheUserCanMendEndsWithTwo) {
  EXPECT_EQ(ExitCodeOf(ErrorCode::kInvalidArgument), 2);
  EXPECT_EQ(ExitCodeOf(ErrorCode::kNotFound), 2);
  EXPECT_EQ(ExitCodeOf(ErrorCode::kUnavailable), 3);
  EXPECT_EQ(ExitCodeOf(ErrorCode::kInternal), 3);
  EXPECT_EQ(HttpStatusOf(ErrorCode::kNotFound), 404);
  EXPECT_EQ(ErrorCodeName(ErrorCode::kDataLoss), "data_loss");
}

Result<std::unique_ptr<int>> Half(int number) {
  if (number % 2 != 0) return Fail(ErrorCode::kOutOfRange, "Half: " + std::to_string(number));
  return std::make_unique<int>(number / 2);
}

Result<int> Quarter(int number) {
  RIPEN_ASSIGN_OR_RETURN(const auto half, Half(number));
  RIPEN_ASSIGN_OR_RETURN(const auto quarter, Half(*half));
  return *quarter;
}

Status OnlyQuarters(int number, bool& reached) {
  RIPEN_RETURN_IF_ERROR(Quarter(number));
  reached = true;
  return {};
}

TEST(Result, TheMacrosHandOnTheFirstErrorAndMoveTheValue) {
  EXPECT_EQ(Quarter(12).value(), 3);
  const Result<int> first = Quarter(7);
  ASSERT_FALSE(first);
  EXPECT_EQ(first.error().message, "Half: 7");
  const Result<int> second = Quarter(6);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().message, "Half: 3");
  EXPECT_EQ(second.error().code, ErrorCode::kOutOfRange);
}

TEST(Result, AStatusStopsAtTheErrorAndGoesOnWithoutOne) {
  bool reached = false;
  EXPECT_FALSE(OnlyQuarters(6, reached));
  EXPECT_FALSE(reached);
  EXPECT_TRUE(OnlyQuarters(8, reached));
  EXPECT_TRUE(reached);
}

}  // namespace
}  // namespace ripen
