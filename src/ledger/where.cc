#include "ledger/where.h"

#include <fmt/format.h>

#include <cctype>
#include <optional>

namespace ripen::ledger {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  void SkipSpaces() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }
  bool AtEnd() const { return at_ == text_.size(); }
  std::size_t at() const { return at_; }
  char Peek() const { return AtEnd() ? '\0' : text_[at_]; }
  bool Take(char wanted) {
    if (Peek() != wanted) return false;
    ++at_;
    return true;
  }

  // The text between quotes, doubled quotes undone; nothing when the closing quote is missing.
  std::optional<std::string> Quoted(char quote) {
    if (!Take(quote)) return std::nullopt;
    std::string inside;
    while (!AtEnd()) {
      const char letter = text_[at_++];
      if (letter != quote) {
        inside += letter;
      } else if (Peek() == quote) {
        inside += quote;
        ++at_;
      } else {
        return inside;
      }
    }
    return std::nullopt;
  }

  // Letters, digits and . _ - and everything beyond ASCII; empty where there are none.
  std::string Word() {
    const std::size_t start = at_;
    while (!AtEnd()) {
      const auto letter = static_cast<unsigned char>(text_[at_]);
      if (!std::isalnum(letter) && letter < 0x80 && letter != '.' && letter != '_' &&
          letter != '-') {
        break;
      }
      ++at_;
    }
    return std::string(text_.substr(start, at_ - start));
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

bool IsAnd(const std::string& word) {
  return word.size() == 3 && std::tolower(word[0]) == 'a' && std::tolower(word[1]) == 'n' &&
         std::tolower(word[2]) == 'd';
}

}  // namespace

Result<std::vector<WhereTerm>> ParseWhere(std::string_view text) {
  Scanner scanner(text);
  const auto refuse = [&](std::string_view wanted) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("[source] where: expected {} at place {} of \"{}\"; write it like "
                            "country = 'DE' and placement = 'home'.",
                            wanted, scanner.at() + 1, text));
  };
  std::vector<WhereTerm> terms;
  scanner.SkipSpaces();
  if (scanner.AtEnd()) return terms;
  while (true) {
    WhereTerm term;
    if (scanner.Peek() == '"') {
      std::optional<std::string> column = scanner.Quoted('"');
      if (!column) return refuse("a closing \"");
      term.column = std::move(*column);
    } else {
      term.column = scanner.Word();
    }
    if (term.column.empty()) return refuse("a column");
    scanner.SkipSpaces();
    if (!scanner.Take('=')) return refuse("=");
    scanner.SkipSpaces();
    if (scanner.Peek() == '\'') {
      std::optional<std::string> value = scanner.Quoted('\'');
      if (!value) return refuse("a closing '");
      term.value = std::move(*value);
    } else {
      term.value = scanner.Word();
      if (term.value.empty()) return refuse("a value");
    }
    terms.push_back(std::move(term));
    scanner.SkipSpaces();
    if (scanner.AtEnd()) return terms;
    if (!IsAnd(scanner.Word())) return refuse("and");
    scanner.SkipSpaces();
  }
}

}  // namespace ripen::ledger
