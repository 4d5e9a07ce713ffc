#include "wording/group_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace ripen::wording {
namespace {

struct AttributeEntry {
  std::string_view id;
  AttributeKind kind;
  std::string_view names;  // normalised, between spaces
};

constexpr std::array kAttributes = {
    AttributeEntry{"age", AttributeKind::kCustomer,
                   " age agegroup ageband agerange agebucket alter altersgruppe altersklasse "},
    AttributeEntry{"region", AttributeKind::kCustomer,
                   " region bundesland gebiet area state province "},
    AttributeEntry{"country", AttributeKind::kCustomer, " country countrycode land laendercode "},
    AttributeEntry{"city", AttributeKind::kCustomer, " city town ort stadt "},
    AttributeEntry{"sustainability", AttributeKind::kCustomer,
                   " sustainability sustainabilitypreference sustainabilitypref nachhaltigkeit "
                   "nachhaltigkeitspraeferenz nachhaltigkeitswunsch ecopreference "},
    AttributeEntry{"gender", AttributeKind::kCustomer, " gender sex geschlecht "},
    AttributeEntry{"newness", AttributeKind::kCustomer,
                   " customertype customerstatus kundentyp kundenart kundenstatus type "},
    AttributeEntry{"income", AttributeKind::kCustomer,
                   " income incomegroup incomeband incomerange einkommen einkommensgruppe "},
    AttributeEntry{"loyalty", AttributeKind::kCustomer,
                   " loyalty loyaltytier loyaltylevel treuestufe "},
    AttributeEntry{"language", AttributeKind::kCustomer, " language locale sprache "},
    AttributeEntry{"device", AttributeKind::kContext, " device devicetype geraet geraetetyp "},
    AttributeEntry{"placement", AttributeKind::kContext, " placement platzierung "},
    AttributeEntry{"model", AttributeKind::kContext,
                   " model modelversion variant policy recommender algorithm modell "},
    AttributeEntry{"channel", AttributeKind::kContext, " channel kanal "},
    AttributeEntry{"collection", AttributeKind::kItem, " collection kollektion season saison "},
    AttributeEntry{"category", AttributeKind::kItem, " category kategorie warengruppe "},
    AttributeEntry{"brand", AttributeKind::kItem, " brand marke "},
    AttributeEntry{"price", AttributeKind::kItem, " priceband pricerange preisklasse "},
    AttributeEntry{"sustainable", AttributeKind::kItem,
                   " sustainable sustainablerange nachhaltig nachhaltigessortiment "},
};

// What values mean, per attribute, so that they read as a phrase of their own.
struct ValueEntry {
  std::string_view id;
  std::string_view form;
  std::string_view values;
};
constexpr std::array kValues = {
    ValueEntry{"sustainability", "high", " high yes true 1 ja wahr hoch important wichtig strong "},
    ValueEntry{"sustainability", "medium", " medium mittel some moderate "},
    ValueEntry{"sustainability", "low",
               " low no false 0 nein falsch niedrig gering unwichtig none "},
    ValueEntry{"sustainable", "yes", " yes true 1 ja wahr sustainable nachhaltig "},
    ValueEntry{"sustainable", "no", " no false 0 nein falsch "},
    ValueEntry{"gender", "female", " female f w woman women weiblich frau "},
    ValueEntry{"gender", "male", " male m man men maennlich mann "},
    ValueEntry{"newness", "new", " new neu neukunde newcustomer "},
    ValueEntry{"newness", "returning",
               " returning existing bestandskunde stammkunde wiederkehrend repeat bestand "},
    ValueEntry{"device", "phone", " phone mobile smartphone handy mobil "},
    ValueEntry{"device", "desktop", " desktop pc computer "},
    ValueEntry{"device", "tablet", " tablet "},
    ValueEntry{"device", "app", " app "},
};

// Lower case, umlauts spelt out, and only letters and digits.
std::string Normalised(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto byte = static_cast<unsigned char>(name[i]);
    if (byte == 0xC3 && i + 1 < name.size()) {
      const auto next = static_cast<unsigned char>(name[++i]);
      if (next == 0xA4 || next == 0x84) out += "ae";
      if (next == 0xB6 || next == 0x96) out += "oe";
      if (next == 0xBC || next == 0x9C) out += "ue";
      if (next == 0x9F) out += "ss";
    } else if (std::isalnum(byte) != 0 || byte >= 0x80) {
      out += static_cast<char>(std::tolower(byte));
    }
  }
  return out;
}

bool ListHas(std::string_view list, const std::string& word) {
  return !word.empty() && list.find(" " + word + " ") != std::string_view::npos;
}

std::optional<std::string> ValueForm(std::string_view id, std::string_view value) {
  const std::string normalised = Normalised(value);
  for (const ValueEntry& entry : kValues) {
    if (entry.id == id && ListHas(entry.values, normalised)) return std::string(entry.form);
  }
  return std::nullopt;
}

std::optional<bool> Truth(std::string_view value) {
  const std::string normalised = Normalised(value);
  if (ListHas(" true yes ja wahr ", normalised)) return true;
  if (ListHas(" false no nein falsch ", normalised)) return false;
  return std::nullopt;
}

// An age group as written: its numbers and what stands around them.
struct AgeText {
  std::vector<std::string> numbers;
  std::string rest;  // lower case, without spaces
};

AgeText SplitAge(std::string_view value) {
  AgeText age;
  bool in_number = false;
  for (const char c : value) {
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      if (!in_number) age.numbers.emplace_back();
      age.numbers.back() += c;
      in_number = true;
    } else {
      in_number = false;
      if (c != ' ') age.rest += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
  }
  return age;
}

std::string AgeModifier(const Phrasebook& phrasebook, std::string_view value) {
  const AgeText age = SplitAge(value);
  if (age.numbers.size() == 2 && !age.rest.empty() && ListHas(" - – — to bis _ ", age.rest)) {
    return phrasebook.Say("attribute.age.range",
                          {{"from", age.numbers[0]}, {"to", age.numbers[1]}});
  }
  if (age.numbers.size() == 1) {
    if (ListHas(" + plus ab >= andover andolder undaelter undälter ", age.rest)) {
      return phrasebook.Say("attribute.age.over", {{"from", age.numbers[0]}});
    }
    if (ListHas(" < under unter ", age.rest)) {
      return phrasebook.Say("attribute.age.under", {{"to", age.numbers[0]}});
    }
    if (age.rest.empty())
      return phrasebook.Say("attribute.age.exactly", {{"from", age.numbers[0]}});
  }
  return phrasebook.Say("attribute.age.any", {{"value", PrintableValue(value)},
                                              {"quoted", phrasebook.Quote(PrintableValue(value))}});
}

// An attribute's name for people: underscores are spaces, the item's prefix goes.
std::string Spoken(std::string_view attribute) {
  if (attribute.substr(0, 5) == "item.") attribute.remove_prefix(5);
  std::string text = PrintableValue(attribute);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

}  // namespace

KnownAttribute RecogniseAttribute(std::string_view name) {
  const bool of_item = name.substr(0, 5) == "item.";
  const std::string normalised = Normalised(of_item ? name.substr(5) : name);
  std::vector<std::string> candidates{normalised};
  for (const std::string_view prefix :
       {"item", "product", "artikel", "customer", "user", "kunden", "kunde"}) {
    if (normalised.size() > prefix.size() && normalised.substr(0, prefix.size()) == prefix) {
      candidates.push_back(normalised.substr(prefix.size()));
    }
  }
  for (const std::string& candidate : candidates) {
    for (const AttributeEntry& entry : kAttributes) {
      if (!ListHas(entry.names, candidate)) continue;
      // "type" alone says nothing; it counts only behind "customer".
      if (candidate == "type" && candidate == normalised) continue;
      return {std::string(entry.id), of_item ? AttributeKind::kItem : entry.kind};
    }
  }
  return {"generic", of_item ? AttributeKind::kItem : AttributeKind::kCustomer};
}

std::string PrintableValue(std::string_view value) {
  constexpr int kMaxCharacters = 60;
  std::string out;
  int characters = 0;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    const bool continues = (byte & 0xC0U) == 0x80U;
    if (!continues && ++characters > kMaxCharacters) return out + "…";
    // A control character could command the terminal.
    out += byte < 0x20 || byte == 0x7F ? '?' : c;
  }
  return out;
}

AttributeKind GroupNames::KindOf(const std::string& attribute) const {
  for (const SegmentSummary& segment : segments_) {
    if (segment.attribute == attribute) return segment.kind;
  }
  return RecogniseAttribute(attribute).kind;
}

std::string GroupNames::AttributeLabel(const std::string& attribute) const {
  const std::string key = fmt::format("attribute.{}.label", RecogniseAttribute(attribute).id);
  return phrasebook_.Has(key) ? phrasebook_.Say(key) : Capitalised(Spoken(attribute));
}

std::string GroupNames::AttributeWord(const std::string& attribute) const {
  if (RecogniseAttribute(attribute).id == "generic") return phrasebook_.Quote(Spoken(attribute));
  std::string label = AttributeLabel(attribute);
  if (phrasebook_.language() == "en") {
    label[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(label[0])));
  }
  return label;
}

std::string GroupNames::ValueLabel(const Segment& segment) const {
  if (!segment.value || segment.value->empty()) return phrasebook_.Say("value.missing");
  if (const auto truth = Truth(*segment.value)) {
    return phrasebook_.Say(*truth ? "value.yes" : "value.no");
  }
  return PrintableValue(*segment.value);
}

std::string GroupNames::NoOther(const std::string& attribute) const {
  return phrasebook_.Say(fmt::format("attribute.{}.no_other", RecogniseAttribute(attribute).id),
                         {{"attribute", phrasebook_.Quote(Spoken(attribute))}});
}

std::string GroupNames::Modifier(const Segment& segment) const {
  std::string id = RecogniseAttribute(segment.attribute).id;
  if (id == "sustainability" && KindOf(segment.attribute) == AttributeKind::kItem) {
    id = "sustainable";
  }
  const std::string prefix = "attribute." + id;
  const std::string attribute = Spoken(segment.attribute);
  if (!segment.value || segment.value->empty()) {
    return phrasebook_.Say(prefix + ".missing", {{"attribute", attribute}});
  }
  if (id == "age") return AgeModifier(phrasebook_, *segment.value);
  if (const auto form = ValueForm(id, *segment.value)) {
    return phrasebook_.Say(fmt::format("{}.{}", prefix, *form));
  }
  const std::string value = ValueLabel(segment);
  return phrasebook_.Say(
      prefix + ".any",
      {{"attribute", attribute}, {"value", value}, {"quoted", phrasebook_.Quote(value)}});
}

GroupWords GroupNames::Words(const Slice& slice) const {
  GroupWords words;
  std::string noun = phrasebook_.Say("people");
  bool noun_taken = false;
  std::string modifiers;
  std::string clauses;  // subordinate clauses come last
  bool has_people = false;
  for (const Segment& segment : slice.segments) {
    const AttributeKind kind = KindOf(segment.attribute);
    if (kind == AttributeKind::kItem) {
      words.items = JoinWords(words.items, Modifier(segment));
      continue;
    }
    if (kind == AttributeKind::kContext) {
      words.context = JoinWords(words.context, Modifier(segment));
      continue;
    }
    has_people = true;
    const std::string id = RecogniseAttribute(segment.attribute).id;
    const auto form = segment.value ? ValueForm(id, *segment.value) : std::nullopt;
    const std::string noun_key = fmt::format("attribute.{}.{}.noun", id, form.value_or(""));
    if (form && !noun_taken && phrasebook_.Has(noun_key)) {
      noun = phrasebook_.Say(noun_key);
      noun_taken = true;
      continue;
    }
    const std::string modifier = Modifier(segment);
    const bool is_clause = modifier.find("{,}") != std::string::npos;
    std::string& part = is_clause ? clauses : modifiers;
    part = JoinWords(part, modifier);
  }
  if (has_people) words.people = JoinWords(JoinWords(noun, modifiers), clauses);
  return words;
}

std::string GroupNames::People(const Slice& slice) const {
  const GroupWords words = Words(slice);
  return words.people.empty() ? phrasebook_.Say("people.all") : words.people;
}

std::string GroupNames::Name(const Slice& slice) const {
  if (slice.IsTotal()) return phrasebook_.Say("group.total");
  const GroupWords words = Words(slice);
  if (words.items.empty() && words.context.empty()) return words.people;
  if (words.items.empty() && words.people.empty()) {
    return phrasebook_.Say("group.context", {{"modifiers", words.context}});
  }
  std::string name = words.people;
  if (!words.items.empty()) {
    const std::string items = phrasebook_.Say("group.items", {{"modifiers", words.items}});
    name = name.empty() ? items
                        : phrasebook_.Say("format.list.comma", {{"first", items}, {"last", name}});
  }
  return JoinWords(name, words.context);
}

}  // namespace ripen::wording
