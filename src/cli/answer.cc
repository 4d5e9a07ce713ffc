#include "cli/answer.h"

#include "json/check_report_json.h"
#include "wording/check_text.h"
#include "wording/finding_text.h"
#include "wording/move_text.h"
#include "wording/phrasebook.h"
#include "wording/side_text.h"

namespace ripen::cli {

std::string AnswerText(const CheckReport& report, std::string_view language) {
  return wording::CheckText(report, wording::Phrasebook::For(language));
}

std::string AnswerJson(const CheckReport& report) {
  return json::CheckReportJson(
      report, {[&](const Finding& finding) { return wording::RenderAll(finding, report); },
               [&](const SideBySide& comparison) {
                 return json::BothTexts{
                     wording::SideText(comparison, report, wording::Phrasebook::For("en")),
                     wording::SideText(comparison, report, wording::Phrasebook::For("de"))};
               },
               [&](const TotalMove& move) {
                 return json::BothTexts{
                     wording::MoveText(move, report, wording::Phrasebook::For("en")),
                     wording::MoveText(move, report, wording::Phrasebook::For("de"))};
               }});
}

}  // namespace ripen::cli
