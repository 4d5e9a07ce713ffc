#include "store/duckdb/choice.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "store/duckdb/given_counts.h"
#include "store/duckdb/parse_value.h"

namespace ripen::store {
namespace {

bool Holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool IsConfigured(const ledger::StoreConfig& config, const std::string& name) {
  return Holds(config.customer, name) || Holds(config.item, name) || Holds(config.context, name) ||
         Holds(config.adjust, name);
}

AttributeKind KindOf(const ledger::StoreConfig& config, const StoredAttribute& attribute) {
  if (Holds(config.customer, attribute.name)) return AttributeKind::kCustomer;
  if (Holds(config.item, attribute.name)) return AttributeKind::kItem;
  if (Holds(config.context, attribute.name)) return AttributeKind::kContext;
  for (const AttributeKind kind :
       {AttributeKind::kCustomer, AttributeKind::kItem, AttributeKind::kContext}) {
    if ((attribute.kinds >> static_cast<unsigned>(kind) & 1) != 0) return kind;
  }
  return AttributeKind::kCustomer;
}

Result<std::vector<std::size_t>> TuplesAtStart(duck::Connection& connection, const char* column,
                                               const StartWindow& window) {
  std::vector<std::size_t> tuples;
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Query(fmt::format("SELECT DISTINCT {0} FROM {4} WHERE day BETWEEN {1} AND {2} AND "
                                   "arrival_day <= {3} ORDER BY {0}",
                                   column, window.first_day, window.first_day + kStartDays - 1,
                                   window.decided_on, kAllShown)));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return tuples;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      tuples.push_back(static_cast<std::size_t>(chunk->Column<std::int32_t>(0)[row]));
    }
  }
}

class Chooser {
 public:
  Chooser(const Dictionary& dictionary, const ledger::StoreConfig& config)
      : dictionary_(dictionary), config_(config) {}

  Choice Choose(const std::vector<std::size_t>& who, const std::vector<std::size_t>& what) {
    const std::vector<StoredAttribute>& stored = dictionary_.attributes();
    for (std::size_t i = 0; i < stored.size(); ++i) {
      Consider(i, stored[i].side == Side::kWho ? who : what);
    }
    std::sort(choice_.attributes.begin(), choice_.attributes.end(),
              [](const ChosenAttribute& a, const ChosenAttribute& b) { return a.name < b.name; });
    std::sort(choice_.notes.begin(), choice_.notes.end());
    if (config_.adjust.empty()) {
      AdjustByRule(who);
    } else {
      AdjustAsConfigured();
    }
    for (std::size_t i = 0; i < choice_.attributes.size(); ++i) {
      if (std::find(choice_.adjust.begin(), choice_.adjust.end(), i) == choice_.adjust.end()) {
        choice_.further.push_back(i);
      }
    }
    for (std::size_t first = 0; first < choice_.attributes.size(); ++first) {
      for (std::size_t second = first + 1; second < choice_.attributes.size(); ++second) {
        const auto is_further = [&](std::size_t at) {
          return std::binary_search(choice_.further.begin(), choice_.further.end(), at);
        };
        if (!is_further(first) || !is_further(second)) choice_.pairs.emplace_back(first, second);
      }
    }
    return choice_;
  }

 private:
  void Consider(std::size_t index, const std::vector<std::size_t>& tuples) {
    const StoredAttribute& stored = dictionary_.attributes()[index];
    ChosenAttribute chosen;
    chosen.stored = index;
    chosen.name = stored.name;
    chosen.kind = KindOf(config_, stored);
    std::set<std::int32_t> codes;
    for (const std::size_t tuple : tuples) {
      codes.insert(dictionary_.CodeIn(stored.side, tuple, index));
    }
    chosen.start_codes.assign(codes.begin(), codes.end());
    bool numeric = true;
    std::size_t values = 0;
    for (const std::int32_t code : codes) {
      const AttributeValue value = stored.ValueOf(code);
      if (!value) continue;
      ++values;
      double number = 0;
      numeric = numeric && ReadNumber(*value, number) == NumberTrouble::kNone;
    }
    if (values == 0) return;
    const bool binned = config_.bins.contains(stored.name);
    if (stored.overflowed) return;  // the import said so
    if (numeric && !binned && values > kMostNumericValues) {
      choice_.notes.push_back(fmt::format(
          "{} is a number with {} different values in the first days; it makes no groups unless "
          "[segments] bins says how.",
          stored.name, values));
      return;
    }
    if (values > kMostSegmentValues && !IsConfigured(config_, stored.name)) {
      choice_.notes.push_back(fmt::format(
          "{} has {} different values in the first days; it makes no groups unless [segments] "
          "names it.",
          stored.name, values));
      return;
    }
    choice_.attributes.push_back(std::move(chosen));
  }

  // The values of an attribute at the start, missing not counted.
  std::size_t ValuesOf(std::size_t attribute) const {
    std::size_t values = 0;
    for (const std::int32_t code : choice_.attributes[attribute].start_codes) {
      if (code != kMissingCode) ++values;
    }
    return values;
  }

  // Customer and context attributes, fewest values first, while the cells stay few.
  void AdjustByRule(const std::vector<std::size_t>& who) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < choice_.attributes.size(); ++i) {
      const ChosenAttribute& attribute = choice_.attributes[i];
      if (attribute.kind != AttributeKind::kItem &&
          dictionary_.attributes()[attribute.stored].side == Side::kWho) {
        order.push_back(i);
      }
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return ValuesOf(a) < ValuesOf(b); });
    for (const std::size_t next : order) {
      choice_.adjust.push_back(next);
      std::set<std::vector<std::int32_t>> cells;
      for (const std::size_t tuple : who) {
        std::vector<std::int32_t> cell;
        for (const std::size_t attribute : choice_.adjust) {
          cell.push_back(
              dictionary_.CodeIn(Side::kWho, tuple, choice_.attributes[attribute].stored));
        }
        cells.insert(std::move(cell));
      }
      if (cells.size() >= kMostBaseCells) {
        choice_.adjust.pop_back();
        break;
      }
    }
  }

  void AdjustAsConfigured() {
    for (const std::string& name : config_.adjust) {
      bool found = false;
      for (std::size_t i = 0; i < choice_.attributes.size(); ++i) {
        if (choice_.attributes[i].name != name) continue;
        found = true;
        if (std::find(choice_.adjust.begin(), choice_.adjust.end(), i) == choice_.adjust.end()) {
          choice_.adjust.push_back(i);
        }
      }
      if (!found) {
        choice_.notes.push_back(
            fmt::format("[segments] adjust names {}, which makes no groups here.", name));
      }
    }
  }

  const Dictionary& dictionary_;
  const ledger::StoreConfig& config_;
  Choice choice_;
};

}  // namespace

std::string Choice::Fingerprint() const {
  std::string text = "pairs|";  // their members are counted with the cells
  for (const ChosenAttribute& attribute : attributes) {
    text += fmt::format("{}:{};", attribute.stored, static_cast<int>(attribute.kind));
  }
  text += "|";
  for (const std::size_t index : adjust) text += fmt::format("{};", index);
  return text;
}

Result<Choice> ChooseAttributes(duck::Connection& connection, const Dictionary& dictionary,
                                const ledger::StoreConfig& config, const StartWindow& window) {
  RIPEN_ASSIGN_OR_RETURN(const std::vector<std::size_t> who,
                         TuplesAtStart(connection, "who", window));
  RIPEN_ASSIGN_OR_RETURN(const std::vector<std::size_t> what,
                         TuplesAtStart(connection, "what", window));
  return Chooser(dictionary, config).Choose(who, what);
}

}  // namespace ripen::store
