#include "wording/drill_text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "wording/group_name.h"
#include "wording/message_format.h"
#include "wording/stage_words.h"
#include "wording/wrap.h"

namespace ripen::wording {
namespace {

constexpr double kMost = .9;    // of the replays: "in 9 of 10 cases"
constexpr double kHardly = .1;  // "hardly"

class DrillWriter {
 public:
  DrillWriter(const DrillReport& report, const Phrasebook& phrasebook)
      : report_(report), phrasebook_(phrasebook) {
    const auto asked = std::find_if(
        report.sizes.begin(), report.sizes.end(),
        [&](const DrillSize& size) { return std::abs(size.change - report.change) < 1e-9; });
    asked_ = asked == report.sizes.end() ? report.sizes.back() : *asked;
  }

  std::string Headline() const {
    const GroupNames names(phrasebook_, report_.segments);
    const StageWords stages(phrasebook_, report_.stages);
    const bool most = asked_.days_nine_in_ten.has_value();
    const bool hardly = asked_.share() <= kHardly;
    Args args{{"size", SizeWords(asked_)},
              {"stage", stages.Plural(report_.stage)},
              {"group", names.Name(report_.slice)},
              phrasebook_.CountArg("days", most ? *asked_.days_nine_in_ten : report_.days),
              {"noticed", phrasebook_.Count(asked_.noticed)},
              {"runs", phrasebook_.Count(asked_.runs)},
              {"tail", Tail()}};
    const std::string prefix = report_.change < 0 ? "drill.fall." : "drill.rise.";
    return CloseClauses(phrasebook_.Say(prefix + (most     ? "nine"
                                                  : hardly ? "hardly"
                                                           : "some"),
                                        args));
  }

  std::vector<std::string> Details() const {
    std::vector<std::string> details;
    if (asked_.noticed > 0) {
      details.push_back(
          phrasebook_.Say("drill.named", {{"exactly", phrasebook_.Count(asked_.exactly)},
                                          {"noticed", phrasebook_.Count(asked_.noticed)},
                                          {"wider", phrasebook_.Count(asked_.wider)},
                                          {"narrower", phrasebook_.Count(asked_.narrower)}}));
    }
    details.push_back(phrasebook_.Say("drill.range", {{"range", Range(asked_)}}));
    details.push_back(phrasebook_.Say(
        "drill.how", {{"between", phrasebook_.Between(report_.first_start, report_.last_start,
                                                      report_.as_of)}}));
    details.push_back(phrasebook_.Say("drill.limits"));
    return details;
  }

  std::vector<std::string> Table() const {
    std::vector<std::vector<std::string>> rows(1);
    for (const char* key :
         {"size", "noticed", "range", "half", "nine", "exactly", "wider", "part"}) {
      rows[0].push_back(phrasebook_.Say(std::string("drill.table.") + key));
    }
    const auto days = [&](std::optional<int> count) {
      return count ? phrasebook_.Count(*count) : std::string("–");
    };
    for (const DrillSize& size : report_.sizes) {
      rows.push_back({phrasebook_.Say("drill.change", {{"sign", size.change < 0 ? "−" : "+"},
                                                       {"percent", Percent(size)}}),
                      phrasebook_.Say("drill.of", {{"count", phrasebook_.Count(size.noticed)},
                                                   {"all", phrasebook_.Count(size.runs)}}),
                      Range(size), days(size.days_median), days(size.days_nine_in_ten),
                      phrasebook_.Count(size.exactly), phrasebook_.Count(size.wider),
                      phrasebook_.Count(size.narrower)});
    }
    std::vector<int> widths(rows[0].size());
    for (const auto& row : rows) {
      for (std::size_t column = 0; column < row.size(); ++column) {
        widths[column] = std::max(widths[column], ColumnsOf(row[column]));
      }
    }
    std::vector<std::string> lines;
    for (const auto& row : rows) {
      std::string line;
      for (std::size_t column = 0; column < row.size(); ++column) {
        const auto pad = static_cast<std::size_t>(widths[column] - ColumnsOf(row[column]));
        line += std::string(pad + (column > 0 ? 2 : 0), ' ') + row[column];
      }
      lines.push_back(std::move(line));
    }
    return lines;
  }

 private:
  std::string Percent(const DrillSize& size) const {
    return phrasebook_.Number(std::abs(size.change) * 100, 1);
  }

  // "a quarter", "15 %".
  std::string SizeWords(const DrillSize& size) const {
    const double percent = std::abs(size.change) * 100;
    const std::string key = "drill.part." + std::to_string(std::lround(percent));
    if (std::abs(percent - std::round(percent)) < 1e-6 && phrasebook_.Has(key)) {
      return phrasebook_.Say(key);
    }
    return phrasebook_.Say("drill.part.other", {{"percent", Percent(size)}});
  }

  std::string Range(const DrillSize& size) const {
    return std::to_string(std::lround(size.low * 100)) + "–" +
           std::to_string(std::lround(size.high * 100));
  }

  // What smaller changes do, or from which size on it is noticed.
  std::string Tail() const {
    if (asked_.share() <= kHardly) {
      const auto from =
          std::find_if(report_.sizes.begin(), report_.sizes.end(), [](const DrillSize& size) {
            return size.days_nine_in_ten.has_value() && size.share() >= kMost;
          });
      if (from == report_.sizes.end()) return phrasebook_.Say("drill.tail.none");
      return phrasebook_.Say(
          "drill.tail.from",
          {{"size", SizeWords(*from)}, phrasebook_.CountArg("days", *from->days_nine_in_ten)});
    }
    const DrillSize* below = nullptr;
    for (const DrillSize& size : report_.sizes) {
      if (size.share() <= kHardly) below = &size;
    }
    if (below == nullptr) return phrasebook_.Say("drill.tail.none");
    return phrasebook_.Say("drill.tail.below", {{"size", SizeWords(*below)},
                                                phrasebook_.CountArg("days", report_.days)});
  }

  const DrillReport& report_;
  const Phrasebook& phrasebook_;
  DrillSize asked_;
};

}  // namespace

DrillText RenderDrill(const DrillReport& report, const Phrasebook& phrasebook) {
  const DrillWriter writer(report, phrasebook);
  return {writer.Headline(), writer.Details(), writer.Table()};
}

std::string DrillPage(const DrillText& text) {
  std::string page = Wrap(text.headline, "", "") + "\n";
  for (const std::string& line : text.table) page += "  " + line + "\n";
  page += "\n";
  for (const std::string& detail : text.details) page += Wrap(detail, "", "");
  return page;
}

}  // namespace ripen::wording
