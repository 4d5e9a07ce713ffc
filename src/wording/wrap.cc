#include "wording/wrap.h"

namespace ripen::wording {

int ColumnsOf(std::string_view text) {
  int columns = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U) ++columns;
  }
  return columns;
}

namespace {

constexpr int kMostTogether = 30;  // columns that may be kept on one line

// Whether a line may not end between two words: "19. November" and "24 in 100" stay together.
bool StayTogether(std::string_view word, std::string_view next) {
  if (word.empty() || next.empty()) return false;
  const bool number =
      word != "100" && word.find_first_not_of("0123456789.,") == std::string_view::npos;
  const bool ends_sentence = word.size() > 4 && word.back() == '.';
  return (number && !ends_sentence) ||
         ((word == "in" || word == "von") && next.substr(0, 3) == "100");
}

std::string_view NextWord(std::string_view text, std::size_t at) {
  const std::size_t begin = text.find_first_not_of(' ', at);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find(' ', begin) - begin);
}

}  // namespace

std::string Wrap(std::string_view text, std::string_view first, std::string_view rest, int width) {
  std::string out;
  std::string line(first);
  bool empty = true;
  std::size_t at = 0;
  while (at < text.size()) {
    std::string word(NextWord(text, at));
    if (word.empty()) break;
    at = text.find_first_not_of(' ', at) + word.size();
    for (std::string_view last = word, next = NextWord(text, at);
         StayTogether(last, next) && ColumnsOf(word) + 1 + ColumnsOf(next) <= kMostTogether;
         last = next, next = NextWord(text, at)) {
      word.append(" ").append(next);
      at = text.find_first_not_of(' ', at) + next.size();
    }
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
