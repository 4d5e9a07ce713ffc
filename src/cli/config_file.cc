#include "cli/config_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

#include "base/nearest_name.h"
#include "base/time_zone.h"
#include "cli/config_annotations.h"
#include "cli/config_keys.h"

namespace ripen::cli {
namespace {

constexpr const char* kPairForm =
    "fairness_pairs must look like [[\"age_group=25-34\", \"age_group=35-44\"]].";

// The configuration as it is read; the first thing wrong is kept and everything after it skipped.
class Reader {
 public:
  Reader(const toml::table& root, std::string name) : root_(root), name_(std::move(name)) {}

  Result<Config> Read() {
    CheckNames("", root_, "",
               {"source", "report", "stages", "segments", "alerts", "privacy", "annotations"});
    if (const auto seed = Integer(root_, "seed", 0, 9'007'199'254'740'991)) {
      config_.seed = static_cast<std::uint64_t>(*seed);
    }
    ReadReport();
    ReadStages();
    ReadSource();
    ReadSegments();
    ReadAlerts();
    ReadPrivacy();
    ReadAnnotations();
    if (error_) return tl::unexpected<Error>(*error_);
    return std::move(config_);
  }

 private:
  void Refuse(const toml::node* at, std::string sentence) {
    if (error_) return;
    const std::string place =
        at == nullptr ? name_ : fmt::format("{}:{}", name_, at->source().begin.line);
    error_ = Error{ErrorCode::kInvalidArgument, fmt::format("{}: {}", place, sentence)};
  }

  // Refuses keys that `section` of the key table does not have, with the nearest one.
  void CheckNames(std::string_view section, const toml::table& table, std::string_view shown,
                  std::vector<std::string> known) {
    for (const ConfigKey& key : ConfigKeys()) {
      if (key.section == section) known.emplace_back(key.key);
    }
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      const auto nearest = NearestName(name, known);
      Refuse(&node, fmt::format("{} has no key \"{}\"{}",
                                shown.empty() ? "the file" : fmt::format("[{}]", shown), name,
                                nearest ? fmt::format("; did you mean \"{}\"?", *nearest)
                                        : fmt::format("; it has {}.", fmt::join(known, ", "))));
    }
  }

  const toml::table* Section(std::string_view section) {
    const toml::node* node = root_.get(section);
    if (node == nullptr) return nullptr;
    if (!node->is_table()) {
      Refuse(node, fmt::format("{} must be a table, [{}].", section, section));
      return nullptr;
    }
    CheckNames(section, *node->as_table(), section, {});
    return node->as_table();
  }

  std::optional<std::string> Text(const toml::table& table, std::string_view key) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::nullopt;
    if (const auto* text = node->as_string()) return text->get();
    Refuse(node, fmt::format("{} must be a text in quotes.", key));
    return std::nullopt;
  }

  std::optional<std::int64_t> Integer(const toml::table& table, std::string_view key,
                                      std::int64_t least, std::int64_t most) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::nullopt;
    const auto* number = node->as_integer();
    if (number == nullptr) {
      Refuse(node, fmt::format("{} must be a whole number.", key));
      return std::nullopt;
    }
    if (number->get() < least || number->get() > most) {
      Refuse(node, fmt::format("{} must be {} to {}, got {}.", key, least, most, number->get()));
      return std::nullopt;
    }
    return number->get();
  }

  std::optional<double> Number(const toml::table& table, std::string_view key, double least,
                               double most) {
    const toml::node* node = table.get(key);
    if (node == nullptr) return std::nullopt;
    const std::optional<double> number = node->value<double>();
    if (!number || !node->is_number()) {
      Refuse(node, fmt::format("{} must be a number.", key));
      return std::nullopt;
    }
    if (!(*number >= least && *number <= most)) {
      Refuse(node, fmt::format("{} must be {} to {}, got {}.", key, least, most, *number));
      return std::nullopt;
    }
    return number;
  }

  std::vector<std::string> Texts(const toml::table& table, std::string_view key) {
    std::vector<std::string> texts;
    const toml::node* node = table.get(key);
    if (node == nullptr) return texts;
    const auto* array = node->as_array();
    if (array == nullptr) {
      Refuse(node, fmt::format("{} must be a list, like [\"a\", \"b\"].", key));
      return texts;
    }
    for (const toml::node& each : *array) {
      const auto* text = each.as_string();
      if (text == nullptr || text->get().empty()) {
        Refuse(&each, fmt::format("{} must hold texts in quotes.", key));
        return texts;
      }
      texts.push_back(text->get());
    }
    return texts;
  }

  // The text under `key` if it is one of `allowed`.
  std::optional<std::string> OneOf(const toml::table& table, std::string_view key,
                                   const std::vector<std::string>& allowed) {
    std::optional<std::string> text = Text(table, key);
    if (!text || std::find(allowed.begin(), allowed.end(), *text) != allowed.end()) return text;
    Refuse(table.get(key), fmt::format("{} must be \"{}\", got \"{}\".", key,
                                       fmt::join(allowed, "\" or \""), *text));
    return std::nullopt;
  }

  std::optional<std::string> Zone(const toml::table& table) {
    std::optional<std::string> zone = Text(table, "timezone");
    if (!zone || zone->empty()) return zone;
    if (const auto found = TimeZone::Find(*zone); !found) {
      Refuse(table.get("timezone"), found.error().message);
    }
    return zone;
  }

  void ReadReport() {
    const toml::table* table = Section("report");
    if (table == nullptr) return;
    if (const auto zone = Zone(*table); zone && !zone->empty()) config_.report.time_zone = *zone;
    if (const auto language = OneOf(*table, "language", {"en", "de"})) {
      config_.report.language = *language;
    }
    if (const auto currency = Text(*table, "currency")) {
      const bool three_letters =
          currency->size() == 3 && std::all_of(currency->begin(), currency->end(),
                                               [](char c) { return c >= 'A' && c <= 'Z'; });
      if (!three_letters) {
        Refuse(table->get("currency"),
               fmt::format("currency must be three capital letters, got \"{}\".", *currency));
      }
      config_.report.currency = *currency;
    }
  }

  // Stages in the order in which the file names them: a table keeps no order of its own.
  void ReadStages() {
    const toml::node* node = root_.get("stages");
    if (node == nullptr) return;
    const toml::table* tables = node->as_table();
    if (tables == nullptr) return Refuse(node, "stages must be tables, [stages.NAME].");
    std::vector<std::pair<std::string, const toml::table*>> in_order;
    for (const auto& [name, each] : *tables) {
      if (!each.is_table()) {
        return Refuse(
            &each, fmt::format("stages.{} must be a table, [stages.{}].", name.str(), name.str()));
      }
      in_order.emplace_back(std::string(name.str()), each.as_table());
    }
    std::sort(in_order.begin(), in_order.end(), [](const auto& a, const auto& b) {
      const auto place = [](const toml::table* table) {
        return std::pair(table->source().begin.line, table->source().begin.column);
      };
      return place(a.second) < place(b.second);
    });
    std::vector<Stage> stages;
    for (const auto& [name, table] : in_order) {
      CheckNames("stages.NAME", *table, "stages." + name, {});
      Stage stage{name, "shown", 1, 0, Direction::kMoreIsBetter};
      if (auto of = Text(*table, "of")) stage.of = *of;
      if (const auto window = Integer(*table, "window", 1, 400)) {
        stage.window_days = static_cast<int>(*window);
      }
      const auto direction = OneOf(*table, "direction", {"more_is_better", "more_is_worse"});
      if (direction && *direction == "more_is_worse") stage.direction = Direction::kMoreIsWorse;
      stages.push_back(std::move(stage));
    }
    if (error_) return;
    auto ladder = StageLadder::Make(std::move(stages));
    if (!ladder) return Refuse(node, ladder.error().message);
    config_.stages = std::move(*ladder);
    config_.stages_configured = true;
  }

  void ReadSource() {
    const toml::table* table = Section("source");
    if (table == nullptr) return;
    if (const toml::node* node = table->get("columns")) {
      if (!node->is_table()) return Refuse(node, "columns must be a table of role = \"column\".");
      for (const auto& [role, column] : *node->as_table()) {
        const auto* text = column.as_string();
        if (text == nullptr || text->get().empty()) {
          return Refuse(&column, fmt::format("columns.{} must be the name of a column in quotes.",
                                             role.str()));
        }
        config_.source.columns[std::string(role.str())] = text->get();
      }
    }
    if (const auto zone = Zone(*table)) config_.source.time_zone = *zone;
    if (const auto order = OneOf(*table, "date_order", {"", "dmy", "mdy"})) {
      config_.source.date_order = *order;
    }
    if (const auto where = Text(*table, "where")) config_.source.where = *where;
    if (const auto stage = Text(*table, "stage"); stage && !stage->empty()) {
      if (!config_.stages.IndexOf(*stage)) {
        std::vector<std::string> known;
        for (const Stage& each : config_.stages.stages()) known.push_back(each.name);
        Refuse(table->get("stage"),
               fmt::format("stage must be one of {}, got \"{}\".", fmt::join(known, ", "), *stage));
      }
      config_.source.stage = *stage;
    }
  }

  void ReadSegments() {
    const toml::table* table = Section("segments");
    if (table == nullptr) return;
    SegmentsConfig& segments = config_.segments;
    segments.customer = Texts(*table, "customer");
    segments.item = Texts(*table, "item");
    segments.context = Texts(*table, "context");
    segments.adjust = Texts(*table, "adjust");
    segments.fairness = Texts(*table, "fairness");
    segments.fallback = ReadSegments(*table, "fallback", "model=popular");
    for (const Segment& segment : segments.fallback) {
      if (segment.attribute != segments.fallback.front().attribute) {
        Refuse(table->get("fallback"),
               fmt::format("fallback must name values of one attribute, got {} and {}.",
                           segments.fallback.front().attribute, segment.attribute));
      }
    }
    if (const toml::node* pairs = table->get("fairness_pairs")) ReadFairnessPairs(*pairs);
    std::set<std::string> listed;
    for (const auto* list : {&segments.customer, &segments.item, &segments.context}) {
      for (const std::string& name : *list) {
        if (!listed.insert(name).second) {
          Refuse(table, fmt::format("[segments] lists \"{}\" twice.", name));
        }
      }
    }
    const toml::node* node = table->get("bins");
    if (node == nullptr) return;
    if (!node->is_table()) return Refuse(node, "bins must be a table of attribute = [edges].");
    for (const auto& [attribute, edges] : *node->as_table()) ReadBins(attribute.str(), edges);
  }

  void ReadFairnessPairs(const toml::node& node) {
    const auto* pairs = node.as_array();
    if (pairs == nullptr) return Refuse(&node, kPairForm);
    for (const toml::node& each : *pairs) {
      const auto* two = each.as_array();
      if (two == nullptr || two->size() != 2) return Refuse(&each, kPairForm);
      const auto group = ParseSegment(two->get(0)->value_or(std::string()));
      const auto against = ParseSegment(two->get(1)->value_or(std::string()));
      if (!group || !against) return Refuse(&each, kPairForm);
      if (group->attribute != against->attribute || group->value == against->value) {
        return Refuse(&each, fmt::format("fairness_pairs compares two values of one attribute, got "
                                         "{} and {}.",
                                         SegmentText(*group), SegmentText(*against)));
      }
      config_.segments.fairness_pairs.push_back({*group, *against});
    }
  }

  static std::string SegmentText(const Segment& segment) {
    return fmt::format("\"{}={}\"", segment.attribute, segment.value.value_or(""));
  }

  void ReadBins(std::string_view attribute, const toml::node& node) {
    std::vector<double> edges;
    if (const auto* array = node.as_array()) {
      for (const toml::node& each : *array) {
        const std::optional<double> edge = each.is_number() ? each.value<double>() : std::nullopt;
        if (!edge || !std::isfinite(*edge) || (!edges.empty() && *edge <= edges.back())) {
          edges.clear();
          break;
        }
        edges.push_back(*edge);
      }
    }
    if (edges.empty() || edges.size() > 50) {
      return Refuse(&node, fmt::format("bins.{} must be 1 to 50 rising numbers, like [20, 50, "
                                       "100].",
                                       attribute));
    }
    config_.segments.bins[std::string(attribute)] = std::move(edges);
  }

  void ReadAlerts() {
    const toml::table* table = Section("alerts");
    if (table == nullptr) return;
    AlertsConfig& alerts = config_.alerts;
    alerts.false_alarm_every_days =
        Number(*table, "false_alarm_every", 1, 3650).value_or(alerts.false_alarm_every_days);
    alerts.watch_days = Number(*table, "watch", 1, 3650).value_or(alerts.watch_days);
    if (alerts.watch_days > alerts.false_alarm_every_days) {
      Refuse(table, fmt::format("watch must not be above false_alarm_every, got {} and {}.",
                                alerts.watch_days, alerts.false_alarm_every_days));
    }
    alerts.slice_attributes = static_cast<int>(
        Integer(*table, "slice_attributes", 1, 3).value_or(alerts.slice_attributes));
    alerts.key_segments = ReadSegments(*table, "key_segments", "age_group=25-34");
  }

  // "attribute=value" texts; without a value the unknown one.
  std::vector<Segment> ReadSegments(const toml::table& table, std::string_view key,
                                    std::string_view example) {
    std::vector<Segment> segments;
    for (const std::string& text : Texts(table, key)) {
      const auto segment = ParseSegment(text);
      if (!segment) {
        Refuse(table.get(key),
               fmt::format("{} must look like \"{}\", got \"{}\".", key, example, text));
        return {};
      }
      segments.push_back(*segment);
    }
    return segments;
  }

  void ReadPrivacy() {
    const toml::table* table = Section("privacy");
    if (table == nullptr) return;
    PrivacyConfig& privacy = config_.privacy;
    privacy.smallest_group =
        Integer(*table, "smallest_group", 1, 1'000'000).value_or(privacy.smallest_group);
    privacy.keep_days =
        static_cast<int>(Integer(*table, "keep_days", 0, 36'500).value_or(privacy.keep_days));
  }

  void ReadAnnotations() {
    const toml::node* node = root_.get("annotations");
    if (node == nullptr) return;
    const auto* list = node->as_array();
    if (list == nullptr) return Refuse(node, "annotations must be tables, [[annotations]].");
    for (const toml::node& each : *list) {
      if (!each.is_table()) return Refuse(&each, "annotations must be tables, [[annotations]].");
      CheckNames("annotations", *each.as_table(), "[annotations]", {});
      if (const auto wrong = ReadAnnotation(*each.as_table(), config_.annotations)) {
        return Refuse(wrong->at, wrong->sentence);
      }
    }
  }

  const toml::table& root_;
  const std::string name_;
  Config config_;
  std::optional<Error> error_;
};

}  // namespace

Result<Config> ParseConfig(std::string_view text, const std::string& name) {
  const toml::parse_result parsed = toml::parse(text, name);
  if (!parsed) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("{}:{}: {}.", name, parsed.error().source().begin.line,
                            parsed.error().description()));
  }
  return Reader(parsed.table(), name).Read();
}

Result<Config> ReadConfig(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return Fail(ErrorCode::kNotFound, fmt::format("No configuration can be read at {}.", path));
  }
  std::ostringstream text;
  text << file.rdbuf();
  return ParseConfig(text.str(), path);
}

}  // namespace ripen::cli
