// A report as people and as programs read it.
#pragma once

#include <string>
#include <string_view>

#include "model/check_report.h"

namespace ripen::cli {

std::string AnswerText(const CheckReport& report, std::string_view language);
std::string AnswerJson(const CheckReport& report);

}  // namespace ripen::cli
