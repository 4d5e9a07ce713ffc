#include "wording/wrap.h"

namespace ripen::wording {

int ColumnsOf(std::string_view text) {
  int columns = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++columns;
  }
  return columns;
}

std::string Wrap(std::string_view text, std::string_view first, std::string_view rest, int width) {
  std::string out;
  std::string line(first);
  bool empty = true;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find(' ', at);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view word = text.substr(at, end - at);
    at = end + 1;
    if (word.empty()) continue;
    if (!empty && ColumnsOf(line) + 1 + ColumnsOf(word) > width) {
      out += line + '\n';
      line = rest;
      empty = true;
    }
    if (!empty) line += ' ';
    line += word;
    empty = false;
  }
  return out + line + '\n';
}

}  // namespace ripen::wording
