#include "ingest/attribute_guess.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "ingest/column_name.h"
#include "ingest/role_table.h"

namespace ripen::ingest {
namespace {

using ledger::ColumnProbe;
using ledger::FileProbe;

template <typename Names>
bool Contains(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// An attribute's name, kind and whether `[segments]` or the file itself says so.
struct AttributeGuess {
  std::string attribute;
  AttributeKind kind = AttributeKind::kCustomer;
  bool listed = false;
};

bool Listed(const std::vector<std::string>& list, const std::string& column,
            const std::string& attribute) {
  return Contains(list, column) || Contains(list, attribute);
}

AttributeGuess GuessAttribute(const std::string& column, bool flattened,
                              const SegmentsConfig& segments) {
  AttributeGuess guess{column, AttributeKind::kCustomer, false};
  const AttributeWords& table = AttributeTable();
  const std::vector<std::string> words = WordsOf(column);
  const auto any_word = [&](const std::vector<std::string_view>& wanted) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return Contains(wanted, word); });
  };
  const std::size_t dot = column.find('.');
  const std::string owner = dot == std::string::npos ? "" : column.substr(0, dot);
  if (flattened && (owner == "customer" || owner == "item" || owner == "context")) {
    guess.attribute = column.substr(dot + 1);
    guess.kind = owner == "item"      ? AttributeKind::kItem
                 : owner == "context" ? AttributeKind::kContext
                                      : AttributeKind::kCustomer;
  } else if (words.size() > 1 && Contains(table.customer_prefixes, words.front())) {
    guess.kind = AttributeKind::kCustomer;
  } else if ((words.size() > 1 && Contains(table.item_prefixes, words.front())) ||
             any_word(table.item_words) || Contains(table.item_words, NormaliseName(column))) {
    guess.kind = AttributeKind::kItem;
  } else if (any_word(table.context_words)) {
    guess.kind = AttributeKind::kContext;
  } else {
    for (std::size_t at = 0; at + 1 < words.size(); ++at) {
      if (Contains(table.item_words, words[at] + words[at + 1])) guess.kind = AttributeKind::kItem;
    }
  }
  const std::pair<const std::vector<std::string>*, AttributeKind> lists[] = {
      {&segments.customer, AttributeKind::kCustomer},
      {&segments.item, AttributeKind::kItem},
      {&segments.context, AttributeKind::kContext}};
  for (const auto& [list, kind] : lists) {
    if (!Listed(*list, column, guess.attribute)) continue;
    guess.kind = kind;
    guess.listed = true;
  }
  return guess;
}

bool KindIsListed(const SegmentsConfig& segments, AttributeKind kind) {
  switch (kind) {
    case AttributeKind::kCustomer: return !segments.customer.empty();
    case AttributeKind::kItem: return !segments.item.empty();
    case AttributeKind::kContext: return !segments.context.empty();
  }
  return false;
}

// A bare "outcome", "stage", "day" or "count" may well be an attribute of a wide file.
bool MayBeAttribute(Role role) {
  switch (role) {
    case Role::kOutcomeStage:
    case Role::kRetracted:
    case Role::kDay:
    case Role::kDelay:
    case Role::kBaseOffset:
    case Role::kCount: return true;
    default: return false;
  }
}

// A column whose name is an alias of a role or stage that another column already plays.
bool IsSpareRoleColumn(const std::string& column) {
  const std::string name = NormaliseName(column);
  const bool role = std::any_of(RoleTable().begin(), RoleTable().end(), [&](const RoleNames& row) {
    return !MayBeAttribute(row.role) && Contains(row.names, name);
  });
  return role || std::any_of(StageTable().begin(), StageTable().end(), [&](const StageNames& row) {
           return Contains(row.flags, name) || Contains(row.times, name);
         });
}

// Brings the attributes down to what a store takes: of those the user did not list, the ones with
// the most values go first, then the later ones. Returns the columns that went.
std::vector<std::string> LimitAttributes(const FileProbe& probe, const Config& config,
                                         std::vector<ledger::AttributeColumn>& attributes) {
  std::vector<std::string> gone;
  while (attributes.size() > ledger::kMostAttributes) {
    auto worst = attributes.end();
    std::int64_t most = -1;
    for (auto at = attributes.begin(); at != attributes.end(); ++at) {
      const bool flattened = probe.format == ledger::FileFormat::kNdjson;
      if (GuessAttribute(at->column, flattened, config.segments).listed) continue;
      const auto column =
          std::find_if(probe.columns.begin(), probe.columns.end(),
                       [&](const ColumnProbe& each) { return each.name == at->column; });
      if (column->distinct_in_sample >= most) {
        most = column->distinct_in_sample;
        worst = at;
      }
    }
    if (worst == attributes.end()) break;  // all are listed: the store says how many are too many
    gone.push_back(worst->column);
    attributes.erase(worst);
  }
  return gone;
}

}  // namespace

bool IsConfigured(const Config& config, const std::string& column) {
  return std::any_of(config.source.columns.begin(), config.source.columns.end(),
                     [&](const auto& entry) { return entry.second == column; });
}

AttributeGuesses GuessAttributes(const FileProbe& probe, const Config& config,
                                 const std::set<std::string>& taken) {
  AttributeGuesses guesses;
  const bool flattened = probe.format == ledger::FileFormat::kNdjson;
  std::vector<std::string> ignored_times;
  std::vector<std::string> ignored_roles;
  std::vector<std::string> unlisted;
  std::vector<ledger::AttributeColumn> attributes;
  for (const ColumnProbe& column : probe.columns) {
    if (column.name.empty() || taken.contains(column.name)) continue;
    const AttributeGuess guess = GuessAttribute(column.name, flattened, config.segments);
    if (!guess.listed) {
      if (IsSpareRoleColumn(column.name) || IsConfigured(config, column.name)) {
        ignored_roles.push_back(column.name);
        continue;
      }
      if (LooksLikeTime(column)) {
        ignored_times.push_back(column.name);
        continue;
      }
      if (KindIsListed(config.segments, guess.kind)) {
        unlisted.push_back(column.name);
        continue;
      }
    }
    attributes.push_back({column.name, guess.attribute, guess.kind});
  }
  const std::vector<std::string> crowded_out = LimitAttributes(probe, config, attributes);
  const auto count = [&](const std::string& name) {
    return std::count_if(attributes.begin(), attributes.end(),
                         [&](const auto& each) { return each.attribute == name; });
  };
  // On a name clash the customer's attribute keeps the bare name.
  std::vector<std::string> renamed;
  for (const auto& each : attributes) renamed.push_back(each.attribute);
  for (std::size_t at = 0; at < attributes.size(); ++at) {
    if (count(attributes[at].attribute) < 2) continue;
    if (attributes[at].kind == AttributeKind::kItem) renamed[at].insert(0, "item.");
    if (attributes[at].kind == AttributeKind::kContext) renamed[at].insert(0, "context.");
  }
  for (std::size_t at = 0; at < attributes.size(); ++at) attributes[at].attribute = renamed[at];
  guesses.attributes = std::move(attributes);
  const auto note = [&](const std::vector<std::string>& columns, std::string_view why) {
    if (!columns.empty())
      guesses.notes.push_back(fmt::format("Ignored: {} ({}).", fmt::join(columns, ", "), why));
  };
  note(ignored_times, "named or filled like a time, but it fits no role");
  note(ignored_roles, "another column plays that role, or the stage is not configured");
  note(unlisted, "not listed under [segments]");
  note(crowded_out, fmt::format("at most {} attributes; list the ones you want under [segments]",
                                ledger::kMostAttributes));
  return guesses;
}

}  // namespace ripen::ingest
