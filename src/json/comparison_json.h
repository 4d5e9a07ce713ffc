// Periods, the record of our ranges and what changed, as JSON.
#pragma once

#include <functional>
#include <string>

#include "model/backtest.h"
#include "model/comparison.h"
#include "model/message.h"

namespace ripen::json {

// Sentences in both languages, made by the caller: json knows no words.
struct BothTexts {
  MessageText en;
  MessageText de;
};
// {"de":{"details","headline"},"en":{...}}
std::string TextsJson(const BothTexts& texts);
struct BothLines {
  std::string en;
  std::string de;
};
std::string LinesJson(const BothLines& lines);

// {"against","as_of","before":{"from","to"}|null,"by","collections":{"before","now"}|null,
// "confirmed","lines":[{"before":{"events","rate","trials"},"message":{"de","en"},"now":{...},
// "ratio":{"high","low","value"}|null,"slice"}],"message","now","reason","stage","youngest_age"}
std::string PeriodsJson(const PeriodComparison& comparison, const BothTexts& message,
                        const std::function<BothLines(const PeriodLine&)>& line_message);

// {"as_of","first_day","last_day","stages":[{"all":score,"by_age":[{"factor","from_age","learned",
// "score","to_age"}],"by_size":[{"score","size"}],"last":score,"message","stage"}]} with score =
// {"bias","days","half_width","held","ranges","wis"}
std::string BacktestJson(const BacktestReport& report,
                         const std::function<BothLines(const StageRecord&)>& message);

// {"as_of","changes":[{"message","now":metric,"then":metric,"why":{"corrections","late_outcomes",
// "late_trials","new_outcomes"}}],"since","unchanged"}
std::string ChangesJson(const ChangeReport& report,
                        const std::function<BothTexts(const Change&)>& message);

}  // namespace ripen::json
