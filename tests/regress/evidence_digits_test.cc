// Symptom: `check --format json` printed "evidence_days":9.620000000000001 instead of 9.62.
#include <gtest/gtest.h>

#include "json/json_writer.h"
#include "monitor/rate_shift.h"

namespace ripen {
namespace {

TEST(EvidenceDigits, PrintsThreeSignificantDigits) {
  EXPECT_EQ(json::Number(monitor::PrintedEvidence(9.6201)), "9.62");
  EXPECT_EQ(json::Number(monitor::PrintedEvidence(0.0123456)), "0.0123");
  EXPECT_EQ(json::Number(monitor::PrintedEvidence(1234.5)), "1230");
  EXPECT_EQ(json::Number(monitor::PrintedEvidence(0)), "0");
  EXPECT_EQ(json::Number(monitor::PrintedEvidence(1e30)), "36500");
}

}  // namespace
}  // namespace ripen
