#include "json/json_writer.h"

#include <fmt/format.h>

#include <cmath>

#include "base/check.h"

namespace ripen::json {
namespace {

// The length of the UTF-8 character at `at`, or 0 where the bytes are none (overlong forms,
// surrogates and values beyond U+10FFFF included).
std::size_t Utf8Length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  const auto continues = [&](std::size_t i) {
    return at + i < text.size() && (byte(i) & 0xC0U) == 0x80U;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!continues(1) || !continues(2)) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

std::string Joined(const std::vector<std::string>& items, std::string_view separator) {
  std::string text;
  for (const std::string& item : items) {
    if (!text.empty()) text += separator;
    text += item;
  }
  return text;
}

}  // namespace

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = Utf8Length(text, at);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      ++at;
      continue;
    }
    const char c = text[at];
    if (length > 1) {
      out += text.substr(at, length);
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
    at += length;
  }
  return out + '"';
}

std::string Rate(double fraction) {
  RIPEN_CHECK(std::isfinite(fraction), "a rate of {} is no number for JSON", fraction);
  std::string text = fmt::format("{:.6f}", fraction);
  return text == "-0.000000" ? "0.000000" : text;
}

std::string Number(double value) {
  RIPEN_CHECK(std::isfinite(value), "{} is no number for JSON", value);
  return value == 0 ? "0" : fmt::format("{}", value);
}

std::string Bool(bool value) { return value ? "true" : "false"; }

std::string IsoDay(Day day) { return '"' + day.Iso() + '"'; }

Object& Object::Put(std::string key, std::string json_value) {
  const bool fresh = members_.emplace(key, std::move(json_value)).second;
  RIPEN_CHECK(fresh, "the key '{}' is written twice", key);
  return *this;
}

std::string Object::Done() const {
  std::vector<std::string> parts;
  parts.reserve(members_.size());
  for (const auto& [key, value] : members_) parts.push_back(Quoted(key) + ':' + value);
  return '{' + Joined(parts, ",") + '}';
}

std::string Array(const std::vector<std::string>& items) { return '[' + Joined(items, ",") + ']'; }

std::string Lines(const std::vector<std::string>& items) {
  return items.empty() ? "[]" : "[\n" + Joined(items, ",\n") + "\n]";
}

std::string SliceJson(const Slice& slice) {
  Object object;
  for (const Segment& segment : slice.segments)
    object.PutTextOrNull(segment.attribute, segment.value);
  return object.Done();
}

}  // namespace ripen::json
