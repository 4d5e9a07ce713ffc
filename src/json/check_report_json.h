// The answer of `ripen check --format json` and GET /api/v1/check; docs/format/json.md describes
// it.
#pragma once

#include <string>
#include <string_view>

#include "json/finding_json.h"
#include "json/side_by_side_json.h"
#include "json/total_move_json.h"
#include "model/check_report.h"

namespace ripen::json {

constexpr std::string_view kRipenVersion = "0.1.0";

// Sentences, made by the caller: json knows no words.
struct ReportWords {
  MessageOf message_of;
  SideMessageOf side_message_of;
  MoveTextsOf move_texts_of;
};

// Keys sorted, metrics by stage (ladder order), slice, from, to, findings in the contract's order;
// ends with a line feed.
std::string CheckReportJson(const CheckReport& report, const ReportWords& words);

}  // namespace ripen::json
