#include "model/slice.h"

#include <algorithm>
#include <utility>

namespace ripen {
namespace {

void AppendQuoted(std::string& text, const std::string& raw) {
  constexpr char kHex[] = "0123456789abcdef";
  text += '"';
  for (const char c : raw) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (byte < 0x20) {
      text += "\\u00";
      text += kHex[byte >> 4U];
      text += kHex[byte & 15U];
    } else {
      text += c;
    }
  }
  text += '"';
}

}  // namespace

std::optional<Segment> ParseSegment(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) return std::nullopt;
  Segment segment{text.substr(0, equals), std::nullopt};
  if (equals + 1 < text.size()) segment.value = text.substr(equals + 1);
  return segment;
}

Slice Slice::Of(std::vector<Segment> segments) {
  std::sort(segments.begin(), segments.end());
  return Slice{std::move(segments)};
}

bool Slice::IsInside(const Slice& other) const {
  return std::includes(segments.begin(), segments.end(), other.segments.begin(),
                       other.segments.end());
}

std::string Slice::Canonical() const {
  std::string text = "{";
  for (const Segment& segment : segments) {
    if (text.size() > 1) text += ',';
    AppendQuoted(text, segment.attribute);
    text += ':';
    if (segment.value) {
      AppendQuoted(text, *segment.value);
    } else {
      text += "null";
    }
  }
  return text + "}";
}

}  // namespace ripen
