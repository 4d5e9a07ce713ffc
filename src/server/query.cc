#include "server/query.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ripen::server {
namespace {

constexpr std::size_t kPrintableBytes = 80;

int HexValue(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

// nullopt for a broken escape, a control character or broken UTF-8.
std::optional<std::string> Decode(std::string_view text, bool plus_is_space) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char character = text[i];
    if (character == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      const int high = HexValue(text[i + 1]);
      const int low = HexValue(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      character = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (character == '+' && plus_is_space) {
      character = ' ';
    }
    if (static_cast<unsigned char>(character) < 0x20 || character == 0x7f) return std::nullopt;
    decoded += character;
  }
  if (!IsUtf8(decoded)) return std::nullopt;
  return decoded;
}

// The length of the UTF-8 sequence at the start of `text`; 0 if it is broken.
std::size_t SequenceLength(std::string_view text) {
  const auto byte = [&](std::size_t index) { return static_cast<unsigned char>(text[index]); };
  const auto follows = [&](std::size_t index) {
    return index < text.size() && (byte(index) & 0xC0) == 0x80;
  };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!follows(1) || !follows(2)) return 0;
    const bool overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = first == 0xED && byte(1) > 0x9F;
    return overlong || surrogate ? 0 : 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!follows(1) || !follows(2) || !follows(3)) return 0;
    const bool overlong = first == 0xF0 && byte(1) < 0x90;
    const bool beyond = first == 0xF4 && byte(1) > 0x8F;
    return overlong || beyond ? 0 : 4;
  }
  return 0;
}

tl::unexpected<Problem> Refuse(int status, std::string detail) {
  return tl::unexpected<Problem>(
      Problem{status, ErrorCode::kInvalidArgument, std::move(detail), ""});
}

std::string Joined(const std::vector<std::string_view>& names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = SequenceLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string Printable(std::string_view text) {
  std::string printable;
  while (!text.empty()) {
    if (printable.size() >= kPrintableBytes) return printable + "...";
    const std::size_t length = SequenceLength(text);
    const auto first = static_cast<unsigned char>(text.front());
    if (length == 0 || first < 0x20 || first == 0x7f) {
      printable += '?';
      text.remove_prefix(1);
    } else {
      printable += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
  return printable;
}

Outcome<Target> ParseTarget(std::string_view target) {
  if (target.size() > kMaxTargetBytes) {
    return Refuse(414, fmt::format("The address has {} bytes; at most {} are read.", target.size(),
                                   kMaxTargetBytes));
  }
  if (target.empty() || target.front() != '/') {
    return Refuse(400, fmt::format("The address '{}' does not start with '/'.", Printable(target)));
  }
  const std::size_t question = std::min(target.find('?'), target.size());
  const auto path = Decode(target.substr(0, question), false);
  if (!path) {
    return Refuse(400, fmt::format("The path '{}' has a broken escape or is not UTF-8.",
                                   Printable(target.substr(0, question))));
  }
  const bool climbs =
      path->find("/../") != std::string::npos || path->find("/./") != std::string::npos ||
      path->find("//") != std::string::npos || path->find('\\') != std::string::npos ||
      (path->size() >= 3 && path->compare(path->size() - 3, 3, "/..") == 0) ||
      (path->size() >= 2 && path->compare(path->size() - 2, 2, "/.") == 0);
  if (climbs) {
    return Refuse(400, fmt::format("The path '{}' is not plain: no '..', '.', '//' or '\\'.",
                                   Printable(*path)));
  }
  Target parsed{*path, ""};
  if (question < target.size()) parsed.query = std::string(target.substr(question + 1));
  return parsed;
}

Outcome<Parameters> Parameters::Parse(std::string_view query,
                                      const std::vector<std::string_view>& allowed) {
  Parameters parameters;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto name = Decode(pair.substr(0, equals), true);
    const auto value = Decode(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value) {
      return Refuse(400, fmt::format("The parameter '{}' has a broken escape or is not UTF-8.",
                                     Printable(pair)));
    }
    if (std::find(allowed.begin(), allowed.end(), *name) == allowed.end()) {
      return WrongParameter(
          Printable(*name),
          allowed.empty()
              ? fmt::format("There is no parameter '{}' here; none is read.", Printable(*name))
              : fmt::format("There is no parameter '{}' here; there are {}.", Printable(*name),
                            Joined(allowed)));
    }
    if (!parameters.values_.emplace(*name, *value).second) {
      return WrongParameter(*name, fmt::format("The parameter '{}' is given twice.", *name));
    }
  }
  return parameters;
}

std::optional<std::string> Parameters::Text(const std::string& name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return std::nullopt;
  return found->second;
}

Outcome<std::optional<Day>> Parameters::Date(const std::string& name) const {
  const auto text = Text(name);
  if (!text) return std::nullopt;
  const auto day = Day::Parse(*text);
  if (!day) {
    return WrongParameter(name, fmt::format("{}: '{}' is no date; one is written as 2026-11-20.",
                                            name, Printable(*text)));
  }
  return *day;
}

}  // namespace ripen::server
