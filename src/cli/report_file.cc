#include "cli/report_file.h"

#include <fmt/format.h>

#include "base/base64.h"

namespace ripen::cli {
namespace {

constexpr std::string_view kPolicy =
    R"(<meta http-equiv="Content-Security-Policy" content="default-src 'none'; )"
    R"(style-src 'unsafe-inline'; font-src data:; img-src data:">)";

// "./assets/a.css?x" -> "a.css".
std::string_view NameOf(std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  return address.substr(address.rfind('/') + 1);
}

std::string_view AttributeOf(std::string_view tag, std::string_view name) {
  const std::string start = fmt::format(" {}=\"", name);
  const std::size_t at = tag.find(start);
  if (at == std::string_view::npos) return {};
  const std::size_t from = at + start.size();
  return tag.substr(from, tag.find('"', from) - from);
}

// A stylesheet with the files it names inside.
std::string WithFonts(std::string_view style, const AssetOf& asset) {
  constexpr std::string_view kStart = "url(";
  std::string result;
  for (;;) {
    const std::size_t at = style.find(kStart);
    const std::size_t end = at == std::string_view::npos ? at : style.find(')', at);
    if (end == std::string_view::npos) return result.append(style);
    std::string_view address = style.substr(at + kStart.size(), end - at - kStart.size());
    result.append(style.substr(0, at));
    style.remove_prefix(end);
    while (!address.empty() && (address.front() == '"' || address.front() == '\'')) {
      address = address.substr(1, address.size() - 2);
    }
    const auto bytes = address.starts_with("#") ? std::nullopt : asset(NameOf(address));
    result += bytes ? fmt::format("url(data:font/woff2;base64,{}", Base64(*bytes))
                    : fmt::format("url({}", address);
  }
}

}  // namespace

std::string SelfContained(std::string_view drawn, const AssetOf& asset) {
  std::string result;
  std::string styles;
  while (!drawn.empty()) {
    const std::size_t at = drawn.find('<');
    result.append(drawn.substr(0, at));
    if (at == std::string_view::npos) break;
    drawn.remove_prefix(at);
    const std::size_t close = drawn.find('>');
    if (close == std::string_view::npos) break;
    const std::string_view tag = drawn.substr(0, close + 1);
    const bool program = tag.starts_with("<script");
    if (program || tag.starts_with("<noscript")) {
      const std::string_view end = program ? "</script>" : "</noscript>";
      const std::size_t behind = drawn.find(end);
      drawn.remove_prefix(behind == std::string_view::npos ? drawn.size() : behind + end.size());
      continue;
    }
    if (tag.starts_with("<link")) {
      if (AttributeOf(tag, "rel") == "stylesheet") {
        if (const auto style = asset(NameOf(AttributeOf(tag, "href")))) {
          styles += WithFonts(*style, asset);
        }
      }
    } else if (tag == "</head>") {
      result.append(kPolicy).append("<style>").append(styles).append("</style></head>");
    } else {
      result.append(tag);
    }
    drawn.remove_prefix(tag.size());
  }
  return result;
}

}  // namespace ripen::cli
