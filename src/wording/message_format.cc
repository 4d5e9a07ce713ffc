#include "wording/message_format.h"

#include <algorithm>
#include <utility>

#include "base/check.h"

namespace ripen::wording {
namespace {

constexpr std::string_view kClause = "{,}";

// The index just behind the brace that closes the one at `open`.
std::size_t MatchingEnd(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < text.size(); ++i) {
    if (text[i] == '{') ++depth;
    if (text[i] == '}' && --depth == 0) return i + 1;
  }
  RIPEN_CHECK(false, "an open brace in '{}'", text);
  return text.size();
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

const Arg& Find(std::string_view name, const Args& args, std::string_view text) {
  const auto found =
      std::find_if(args.begin(), args.end(), [&](const Arg& arg) { return arg.name == name; });
  RIPEN_CHECK(found != args.end(), "no value for '{}' in '{}'", name, text);
  return *found;
}

// The form of `forms` ("one {...} other {...}") that fits the count, without its braces.
std::string_view PickForm(std::string_view forms, std::int64_t count) {
  std::string_view other;
  std::string_view one;
  while (!Trim(forms).empty()) {
    forms = Trim(forms);
    const std::size_t open = forms.find('{');
    RIPEN_CHECK(open != std::string_view::npos, "a broken plural form '{}'", forms);
    const std::string_view selector = Trim(forms.substr(0, open));
    const std::size_t end = MatchingEnd(forms, open);
    const std::string_view form = forms.substr(open + 1, end - open - 2);
    if (selector == "=0" && count == 0) return form;
    if (selector == "one") one = form;
    if (selector == "other") other = form;
    forms = forms.substr(end);
  }
  return count == 1 && !one.empty() ? one : other;
}

void CollectPlaceholders(std::string_view text, std::vector<std::string>& names) {
  for (std::size_t open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', open)) {
    const std::size_t end = MatchingEnd(text, open);
    const std::string_view inside = text.substr(open + 1, end - open - 2);
    open = end;
    const std::size_t comma = inside.find(',');
    if (comma == 0) continue;  // {,}
    names.emplace_back(Trim(inside.substr(0, comma)));
    if (comma == std::string_view::npos) continue;
    // The forms of a plural are texts of their own.
    std::string_view forms = inside.substr(inside.find(',', comma + 1) + 1);
    for (std::size_t form = forms.find('{'); form != std::string_view::npos;
         form = forms.find('{')) {
      const std::size_t form_end = MatchingEnd(forms, form);
      CollectPlaceholders(forms.substr(form + 1, form_end - form - 2), names);
      forms = forms.substr(form_end);
    }
  }
}

}  // namespace

std::string FormatMessage(std::string_view text, const Args& args) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    if (text[at] != '{') {
      out += text[at++];
      continue;
    }
    const std::size_t end = MatchingEnd(text, at);
    const std::string_view inside = text.substr(at + 1, end - at - 2);
    at = end;
    if (inside == ",") {
      out += kClause;
      continue;
    }
    const std::size_t comma = inside.find(',');
    const Arg& arg = Find(Trim(inside.substr(0, comma)), args, text);
    if (comma == std::string_view::npos) {
      out += arg.text;
      continue;
    }
    const std::size_t second = inside.find(',', comma + 1);
    RIPEN_CHECK(second != std::string_view::npos &&
                    Trim(inside.substr(comma + 1, second - comma - 1)) == "plural",
                "an unknown form in '{}'", text);
    RIPEN_CHECK(arg.count.has_value(), "'{}' is no count in '{}'", arg.name, text);
    const std::string_view form = PickForm(inside.substr(second + 1), *arg.count);
    for (std::size_t from = 0; from <= form.size();) {
      const std::size_t hash = std::min(form.find('#', from), form.size());
      out += FormatMessage(form.substr(from, hash - from), args);
      if (hash < form.size()) out += arg.text;
      from = hash + 1;
    }
  }
  return out;
}

std::string CloseClauses(std::string text) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t found = text.find(kClause); found != std::string::npos;
       found = text.find(kClause, at)) {
    out.append(text, at, found - at);
    at = found + kClause.size();
    const std::size_t next = text.find_first_not_of(' ', at);
    // A comma or full stop that follows anyway closes the clause as well.
    const bool goes_on = next != std::string::npos &&
                         std::string_view(".,;:!?)").find(text[next]) == std::string_view::npos;
    if (goes_on) out += ',';
  }
  return out.append(text, at, std::string::npos);
}

std::vector<std::string> PlaceholdersOf(std::string_view text) {
  std::vector<std::string> names;
  CollectPlaceholders(text, names);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace ripen::wording
