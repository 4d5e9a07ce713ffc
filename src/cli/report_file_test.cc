#include "cli/report_file.h"

#include <gtest/gtest.h>

namespace ripen::cli {
namespace {

std::optional<std::string> Asset(std::string_view name) {
  if (name == "a.css") return "p{color:red}@font-face{src:url(./f.woff2) format('woff2')}";
  if (name == "b.css") return "svg{fill:url(#hatch)}";
  if (name == "f.woff2") return "Man";
  return std::nullopt;
}

TEST(SelfContained, PutsStylesAndFontsInAndTakesProgramsOut) {
  const std::string file = SelfContained(
      R"(<!doctype html><html><head><title>T</title><script type="module" src="./x.js"></script>)"
      R"(<link rel="modulepreload" href="./y.js"><link rel="stylesheet" crossorigin="" href="./assets/a.css">)"
      R"(<link rel="stylesheet" href="/assets/b.css?v=1"></head><body><p>3 &lt; 4</p><noscript>no</noscript></body></html>)",
      Asset);
  EXPECT_EQ(file.find("script"), std::string::npos);
  EXPECT_EQ(file.find("<link"), std::string::npos);
  EXPECT_NE(file.find("url(data:font/woff2;base64,TWFu)"), std::string::npos);
  EXPECT_NE(file.find("fill:url(#hatch)"), std::string::npos);
  EXPECT_NE(file.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(file.find("<body><p>3 &lt; 4</p></body></html>"), std::string::npos);
  EXPECT_NE(file.find("<title>T</title>"), std::string::npos);
}

TEST(SelfContained, EndsWithATagThatIsCut) {
  EXPECT_EQ(SelfContained("<p>a</p><di", Asset), "<p>a</p>");
  EXPECT_EQ(SelfContained("text alone", Asset), "text alone");
}

}  // namespace
}  // namespace ripen::cli
