#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

#include "cli/config_file.h"
#include "cli/config_keys.h"

namespace ripen::cli {
namespace {

using ledger::AttributeColumn;
using ledger::FileShape;
using ledger::ImportPlan;

// A TOML basic string.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"' || letter == '\\') {
      quoted += '\\';
      quoted += letter;
    } else if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) {
      quoted += fmt::format("\\u{:04x}", static_cast<int>(letter));
    } else {
      quoted += letter;
    }
  }
  return quoted + '"';
}

std::string BareOrQuoted(const std::string& key) {
  const bool bare = !key.empty() && std::all_of(key.begin(), key.end(), [](unsigned char letter) {
    return std::isalnum(letter) != 0 || letter == '_' || letter == '-';
  });
  return bare ? key : Quoted(key);
}

std::string QuotedList(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  for (const std::string& text : texts) quoted.push_back(Quoted(text));
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

// Role -> column as the plans use them.
std::map<std::string, std::string> RolesOf(const std::vector<ImportPlan>& plans) {
  std::map<std::string, std::string> roles;
  for (const ImportPlan& plan : plans) {
    for (ledger::RoleColumn& each : ledger::RolesOf(plan)) {
      roles.emplace(std::move(each.role), std::move(each.column));
    }
  }
  return roles;
}

std::vector<std::string> AttributesOf(const std::vector<ImportPlan>& plans, AttributeKind kind) {
  std::vector<std::string> columns;
  for (const ImportPlan& plan : plans) {
    for (const AttributeColumn& each : plan.attributes) {
      const bool known = std::find(columns.begin(), columns.end(), each.column) != columns.end();
      if (each.kind == kind && !known) columns.push_back(each.column);
    }
  }
  return columns;
}

class Starter {
 public:
  Starter(const std::vector<ImportPlan>& plans, const Config& config)
      : plans_(plans), config_(config) {}

  std::string Write() {
    text_ =
        "# How Ripen reads and watches these files. Every key may be left out; a line with its\n"
        "# default stands as a comment. Use it with: ripen check FILE --config ripen.toml\n\n";
    Line("", "seed", config_.seed == 1 ? "" : fmt::format("{}", config_.seed));
    Source();
    Head("report");
    Line("report", "timezone", Unless(config_.report.time_zone, "UTC"));
    Line("report", "language", Unless(config_.report.language, "en"));
    Line("report", "currency", Unless(config_.report.currency, "EUR"));
    Stages();
    Head("segments");
    Line("segments", "customer", List(AttributesOf(plans_, AttributeKind::kCustomer)));
    Line("segments", "item", List(AttributesOf(plans_, AttributeKind::kItem)));
    Line("segments", "context", List(AttributesOf(plans_, AttributeKind::kContext)));
    Line("segments", "adjust", List(config_.segments.adjust));
    Line("segments", "fairness", List(config_.segments.fairness));
    Line("segments", "fairness_pairs", Pairs());
    Line("segments", "bins", Bins());
    Line("segments", "fallback", Segments(config_.segments.fallback));
    Head("alerts");
    Line("alerts", "false_alarm_every", Number(config_.alerts.false_alarm_every_days, 90));
    Line("alerts", "watch", Number(config_.alerts.watch_days, 7));
    Line("alerts", "slice_attributes", Number(config_.alerts.slice_attributes, 3));
    Line("alerts", "key_segments", Segments(config_.alerts.key_segments));
    Head("privacy");
    Line("privacy", "smallest_group",
         Number(static_cast<double>(config_.privacy.smallest_group), 20));
    Line("privacy", "keep_days", Number(config_.privacy.keep_days, 0));
    Annotations();
    return std::move(text_);
  }

 private:
  static std::string Unless(const std::string& value, std::string_view default_value) {
    return value == default_value ? "" : Quoted(value);
  }
  static std::string Number(double value, double default_value) {
    return value == default_value ? "" : fmt::format("{}", value);
  }
  static std::string List(const std::vector<std::string>& texts) {
    return texts.empty() ? "" : QuotedList(texts);
  }

  void Head(std::string_view section) { text_ += fmt::format("\n[{}]\n", section); }

  // A key with its explanation; without a value of its own the default as a comment.
  void Line(std::string_view section, std::string_view key, const std::string& value) {
    const auto at = std::find_if(
        ConfigKeys().begin(), ConfigKeys().end(),
        [&](const ConfigKey& each) { return each.section == section && each.key == key; });
    text_ += fmt::format("# {}\n", at->explanation);
    text_ += value.empty() ? fmt::format("# {} = {}\n", key, at->default_text)
                           : fmt::format("{} = {}\n", key, value);
  }

  void Source() {
    Head("source");
    Line("source", "timezone", Unless(config_.source.time_zone, ""));
    Line("source", "date_order", Unless(config_.source.date_order, ""));
    Line("source", "where", Unless(config_.source.where, ""));
    Line("source", "stage", Unless(config_.source.stage, ""));
    text_ += "# role = column of the file\n[source.columns]\n";
    for (const auto& [role, column] : RolesOf(plans_)) {
      text_ += fmt::format("{} = {}\n", BareOrQuoted(role), Quoted(column));
    }
  }

  // The default ladder stands as a comment: stages without a column are then left out.
  void Stages() {
    text_ +=
        "\n# The ladder of outcomes. Windows of nested stages add up: a return of a purchase "
        "settles\n# 14 + 30 days after the recommendation was shown.\n";
    for (const ConfigKey& key : ConfigKeys()) {
      if (key.section == "stages.NAME") {
        text_ += fmt::format("# {}, default {}: {}\n", key.key, key.default_text, key.explanation);
      }
    }
    const std::string_view mark = config_.stages_configured ? "" : "# ";
    for (const Stage& stage : config_.stages.stages()) {
      const bool worse = stage.direction == Direction::kMoreIsWorse;
      text_ += fmt::format("{0}[stages.{1}]\n{0}of = {2}\n{0}window = {3}\n{0}direction = {4}\n",
                           mark, BareOrQuoted(stage.name), Quoted(stage.of), stage.window_days,
                           worse ? "\"more_is_worse\"" : "\"more_is_better\"");
    }
  }

  void Annotations() {
    text_ +=
        "\n# What the shop did or will do. A launch, or what says new_epoch, is no alarm: "
        "everything "
        "is\n# judged anew from its day on.\n";
    for (const ConfigKey& key : ConfigKeys()) {
      if (key.section == "annotations") {
        text_ += fmt::format("# {} = {}: {}\n", key.key, key.default_text, key.explanation);
      }
    }
    for (const Annotation& each : config_.annotations) Annotate(each);
  }

  void Annotate(const Annotation& each) {
    text_ += fmt::format("[[annotations]]\nday = {}\nkind = {}\ntitle = {}\nnew_epoch = {}\n",
                         each.day.Iso(), Quoted(AnnotationKindName(each.kind)), Quoted(each.title),
                         each.new_epoch);
    if (each.item) {
      text_ += fmt::format("item = {}\n",
                           Quoted(each.item->attribute + "=" + each.item->value.value_or("")));
    }
    if (!each.note.empty()) text_ += fmt::format("note = {}\n", Quoted(each.note));
    if (each.last_day) text_ += fmt::format("last_day = {}\n", each.last_day->Iso());
    if (each.told_on) text_ += fmt::format("told = {}\n", each.told_on->Iso());
  }

  std::string Bins() const {
    std::vector<std::string> entries;
    for (const auto& [attribute, edges] : config_.segments.bins) {
      entries.push_back(fmt::format("{} = [{}]", BareOrQuoted(attribute), fmt::join(edges, ", ")));
    }
    return entries.empty() ? "" : fmt::format("{{ {} }}", fmt::join(entries, ", "));
  }

  static std::string Segments(const std::vector<Segment>& segments) {
    std::vector<std::string> texts;
    for (const Segment& segment : segments) {
      texts.push_back(segment.attribute + "=" + segment.value.value_or(""));
    }
    return List(texts);
  }

  std::string Pairs() const {
    const auto text = [](const Segment& segment) {
      return Quoted(segment.attribute + "=" + segment.value.value_or(""));
    };
    std::vector<std::string> pairs;
    for (const FairnessPairConfig& pair : config_.segments.fairness_pairs) {
      pairs.push_back(fmt::format("[{}, {}]", text(pair.group), text(pair.against)));
    }
    return pairs.empty() ? "" : fmt::format("[{}]", fmt::join(pairs, ", "));
  }

  const std::vector<ImportPlan>& plans_;
  const Config& config_;
  std::string text_;
};

}  // namespace

std::string StarterConfig(const std::vector<ImportPlan>& plans, const Config& config) {
  return Starter(plans, config).Write();
}

}  // namespace ripen::cli
