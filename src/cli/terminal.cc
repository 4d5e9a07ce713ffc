#include "cli/terminal.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <cstdio>
#include <utility>

#include "wording/input_text.h"
#include "wording/phrasebook.h"

namespace ripen::cli {
namespace {

using ledger::FileShape;
using ledger::ImportPlan;

std::string_view ShapeName(FileShape shape) {
  switch (shape) {
    case FileShape::kWide: return "one row for each recommendation, outcomes in columns";
    case FileShape::kLongRecommendations: return "recommendations";
    case FileShape::kLongOutcomes: return "outcomes";
    case FileShape::kCounts: return "daily counts";
  }
  return "";
}

// "id = nr, shown_at = datum, ..." of what a plan uses.
std::string Roles(const ImportPlan& plan) {
  std::vector<std::string> roles;
  for (const ledger::RoleColumn& each : ledger::RolesOf(plan)) {
    roles.push_back(fmt::format("{} = {}", each.role, each.column));
  }
  if (!plan.constant_stage.empty())
    roles.push_back(fmt::format("stage = \"{}\"", plan.constant_stage));
  return fmt::format("{}", fmt::join(roles, ", "));
}

std::string Attributes(const ImportPlan& plan, AttributeKind kind) {
  std::vector<std::string> names;
  for (const auto& each : plan.attributes) {
    if (each.kind == kind) names.push_back(each.attribute);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

void Say(std::string_view sentence) { fmt::print(stderr, "{}\n", sentence); }

int Refuse(const Error& error) {
  Say(error.message);
  return ExitCodeOf(error.code);
}

int Print(std::string_view result) {
  const bool whole = std::fwrite(result.data(), 1, result.size(), stdout) == result.size() &&
                     (result.ends_with('\n') || std::fputc('\n', stdout) != EOF) &&
                     std::fflush(stdout) == 0;
  if (whole) return 0;
  return Refuse({ErrorCode::kUnavailable, "The answer could not be written to standard output."});
}

ledger::Progress TerminalProgress() {
  if (::isatty(STDERR_FILENO) == 0) return {};
  return [](std::string_view what, double share_done) {
    const bool done = share_done >= 1;
    fmt::print(stderr, "\r\033[K{}",
               done ? "" : fmt::format("{} {:.0f} %", what, share_done * 100));
    std::fflush(stderr);
  };
}

void SayMapping(const std::vector<ImportPlan>& plans) {
  // Parts of one export are read alike: say it once for all of them.
  std::vector<std::pair<std::string, std::vector<std::string>>> said;
  for (const ImportPlan& plan : plans) {
    std::string text = fmt::format("{}\n  {}", ShapeName(plan.shape), Roles(plan));
    const std::pair<std::string_view, AttributeKind> kinds[] = {
        {"customer", AttributeKind::kCustomer},
        {"item", AttributeKind::kItem},
        {"context", AttributeKind::kContext}};
    for (const auto& [name, kind] : kinds) {
      const std::string attributes = Attributes(plan, kind);
      if (!attributes.empty()) text += fmt::format("\n  {}: {}", name, attributes);
    }
    bool known = false;
    for (auto& [other, files] : said) {
      if (other != text) continue;
      files.push_back(plan.file.path);
      known = true;
    }
    if (!known) said.emplace_back(std::move(text), std::vector<std::string>{plan.file.path});
  }
  for (const auto& [text, files] : said) {
    constexpr std::size_t kMostNamed = 3;
    std::string names = files.size() <= kMostNamed
                            ? fmt::format("{}", fmt::join(files, ", "))
                            : fmt::format("{} and {} more", files.front(), files.size() - 1);
    Say(fmt::format("{}: {}", names, text));
  }
}

void SayAccount(const InputSummary& input, std::string_view language) {
  fmt::print(stderr, "{}", wording::InputText(input, wording::Phrasebook::For(language)));
}

}  // namespace ripen::cli
