#include "sim/truth_json.h"

#include <fmt/format.h>

#include <filesystem>

#include "sim/chosen_change.h"

namespace ripen::sim {
namespace {

// Names and values of a world hold no quotes, backslashes or control characters.
std::string Quoted(std::string_view text) { return fmt::format("\"{}\"", text); }

std::string SliceJson(const std::vector<Condition>& slice, Language language) {
  std::string out = "{";
  for (const Condition& condition : slice) {
    if (out.size() > 1) out += ", ";
    out += fmt::format("{}: {}", Quoted(AttributeName(condition.attribute, language)),
                       Quoted(ValueName(condition.attribute, condition.value, language)));
  }
  return out + "}";
}

struct Levels {
  std::string before = "null";
  std::string after = "null";
};

Levels LevelsOf(const ExpectedFinding& finding, const WorldOptions& options,
                const Scenario& scenario, const Generator& generator) {
  Levels levels;
  const auto number = [](double value) { return fmt::format("{:.4f}", value); };
  if (finding.kind == "rate_shift" && finding.stage == "return") {
    levels = {number(kReturnRate), number(kReturnRate * scenario.effects.front().factor)};
  } else if (finding.kind == "rate_shift" && finding.stage == "purchase" &&
             ChoosesChange(options)) {
    // Written as its factor: the level of a group's purchases follows from its clicks.
  } else if (finding.kind == "rate_shift" || finding.kind == "mix_shift") {
    levels = {number(generator.ExpectedClickRate(finding.slice, false)),
              number(generator.ExpectedClickRate(finding.slice, true))};
  }
  return levels;
}

std::string ListsJson(const std::vector<ListTruth::OfDay>& days) {
  if (days.empty()) return "";
  std::string text;
  for (const ListTruth::OfDay& day : days) {
    text += fmt::format("{}\n    {{\"day\": \"{}\"", text.empty() ? "" : ",", day.day.Iso());
    for (std::size_t meaning = 0; meaning < kListMeanings.size(); ++meaning) {
      const ListSums& sums = day.sums[meaning];
      text += fmt::format(
          ", \"{}\": {{\"lists\": {}, \"hits\": {}, \"ndcg\": {:.9f}, \"reciprocal_rank\": "
          "{:.9f}}}",
          kListMeanings[meaning], sums.lists, sums.hits, sums.ndcg, sums.reciprocal_rank);
    }
    text += "}";
  }
  return fmt::format(",\n  \"lists\": [{}\n  ]", text);
}

}  // namespace

std::string TruthJson(const WorldOptions& options, const Scenario& scenario,
                      const Generator& generator, const WorldWriter& writer,
                      const std::vector<ListTruth::OfDay>& lists, Day first_day, Day last_day) {
  const auto stage_json = [](const ExpectedFinding& finding) {
    return finding.stage.empty() ? std::string("null") : Quoted(finding.stage);
  };
  std::string slice = "null";
  std::string stage = "null";
  Levels levels;
  std::string expected;
  for (const ExpectedFinding& finding : scenario.expected) {
    const Levels own = LevelsOf(finding, options, scenario, generator);
    if (expected.empty()) {
      slice = SliceJson(finding.slice, options.language);
      stage = stage_json(finding);
      levels = own;
    }
    expected += fmt::format(
        "{}\n    {{\"kind\": {}, \"stage\": {}, \"slice\": {}, \"item_slice\": {}, "
        "\"direction\": {}, \"before\": {}, \"after\": {}}}",
        expected.empty() ? "" : ",", Quoted(finding.kind), stage_json(finding),
        SliceJson(finding.slice, options.language),
        finding.item_slice.empty() ? "null" : SliceJson(finding.item_slice, options.language),
        finding.direction.empty() ? "null" : Quoted(finding.direction), own.before, own.after);
  }
  std::string files;
  for (const std::string& file : writer.files) {
    files += fmt::format("{}{}", files.empty() ? "" : ", ",
                         Quoted(std::filesystem::path(file).filename().string()));
  }
  std::string factor;
  if (ChoosesChange(options)) factor = fmt::format("  \"factor\": {},\n", options.change_factor);
  std::string change_day = "null";
  if (generator.change_day()) change_day = Quoted(generator.change_day()->Iso());
  return fmt::format(
      "{{\n"
      "  \"scenario\": {},\n  \"summary\": {},\n  \"seed\": {},\n  \"files\": [{}],\n"
      "  \"first_day\": \"{}\",\n  \"last_day\": \"{}\",\n  \"recommendations\": {},\n"
      "  \"outcomes\": {},\n  \"duplicate_lines\": {},\n  \"late_outcomes\": {},\n"
      "  \"orphan_outcomes\": {},\n  \"retracted_outcomes\": {},\n  \"earlier_rows\": {},\n"
      "  \"change_day\": {},\n  \"stage\": {},\n  \"slice\": {},\n"
      "{}  \"before\": {},\n  \"after\": {},\n  \"expected\": [{}]{}\n}}\n",
      Quoted(scenario.name), Quoted(scenario.summary), options.seed, files, first_day.Iso(),
      last_day.Iso(), writer.recommendations, writer.outcomes, writer.mess.duplicate_lines,
      writer.mess.late_outcomes, writer.mess.orphan_outcomes, writer.mess.retracted_outcomes,
      writer.mess.earlier_rows, change_day, stage, slice, factor, levels.before, levels.after,
      expected.empty() ? "" : expected + "\n  ", ListsJson(lists));
}

}  // namespace ripen::sim
