#include "cli/config_annotations.h"

#include <fmt/format.h>

#include <utility>

namespace ripen::cli {
namespace {

// Reads the keys of one table; the first thing wrong is kept.
class Keys {
 public:
  explicit Keys(const toml::table& table) : table_(table) {}

  std::optional<Day> Date(std::string_view key) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return std::nullopt;
    std::string text;
    if (const auto* date = node->as_date()) {
      text = fmt::format("{:04}-{:02}-{:02}", date->get().year, date->get().month, date->get().day);
    } else if (const auto* quoted = node->as_string()) {
      text = quoted->get();
    } else {
      Refuse(node, fmt::format("{} must be a day, like 2026-04-01.", key));
      return std::nullopt;
    }
    const auto day = Day::Parse(text);
    if (!day)
      Refuse(node, fmt::format("{} must be a day, like 2026-04-01, got \"{}\".", key, text));
    return day ? std::optional<Day>(*day) : std::nullopt;
  }

  std::string Text(std::string_view key) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return "";
    if (const auto* text = node->as_string()) return text->get();
    Refuse(node, fmt::format("{} must be a text in quotes.", key));
    return "";
  }

  std::optional<bool> Flag(std::string_view key) {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return std::nullopt;
    if (const auto* flag = node->as_boolean()) return flag->get();
    Refuse(node, fmt::format("{} must be true or false.", key));
    return std::nullopt;
  }

  std::optional<Segment> Item() {
    const std::string text = Text("item");
    if (text.empty()) return std::nullopt;
    auto item = ParseSegment(text);
    if (item && item->value) return item;
    Refuse(table_.get("item"),
           fmt::format("item must look like \"collection=Summer\", got \"{}\".", text));
    return std::nullopt;
  }

  void Refuse(const toml::node* at, std::string sentence) {
    if (!complaint_) complaint_ = TomlComplaint{at == nullptr ? &table_ : at, std::move(sentence)};
  }
  const std::optional<TomlComplaint>& complaint() const { return complaint_; }

 private:
  const toml::table& table_;
  std::optional<TomlComplaint> complaint_;
};

}  // namespace

std::optional<TomlComplaint> ReadAnnotation(const toml::table& table,
                                            std::vector<Annotation>& annotations) {
  Keys keys(table);
  Annotation annotation;
  const std::string kind = keys.Text("kind");
  if (const auto known = ParseAnnotationKind(kind.empty() ? "launch" : kind)) {
    annotation.kind = *known;
  } else {
    keys.Refuse(table.get("kind"), fmt::format("kind must be \"launch\", \"campaign\", "
                                               "\"model_version\" or \"other\", got \"{}\".",
                                               kind));
  }
  const auto day = keys.Date("day");
  if (!day) keys.Refuse(nullptr, "[[annotations]] needs a day, like day = 2026-04-01.");
  annotation.day = day.value_or(Day());
  annotation.last_day = keys.Date("last_day");
  annotation.told_on = keys.Date("told");
  annotation.item = keys.Item();
  annotation.title = keys.Text("title");
  annotation.note = keys.Text("note");
  annotation.new_epoch = keys.Flag("new_epoch").value_or(OpensEpochByDefault(annotation.kind));
  if (keys.complaint()) return keys.complaint();
  auto checked = CheckedAnnotation(std::move(annotation));
  if (!checked) return TomlComplaint{&table, checked.error().message};
  if (annotations.size() >= kMostAnnotations) {
    return TomlComplaint{&table, fmt::format("{} annotations are the most.", kMostAnnotations)};
  }
  annotations.push_back(*std::move(checked));
  return std::nullopt;
}

}  // namespace ripen::cli
