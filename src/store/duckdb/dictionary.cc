#include "store/duckdb/dictionary.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "store/duckdb/siphash.h"

namespace ripen::store {
namespace {

std::string_view BytesOf(const std::vector<std::int32_t>& codes) {
  return {reinterpret_cast<const char*>(codes.data()), codes.size() * sizeof(std::int32_t)};
}

}  // namespace

Status Dictionary::Load(duck::Connection& connection) {
  *this = Dictionary();
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Query("SELECT name, side, kinds, overflowed FROM attribute ORDER BY attribute"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) break;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      StoredAttribute attribute;
      attribute.name = std::string(chunk->Text(0, row));
      attribute.side = static_cast<Side>(chunk->Column<std::int32_t>(1)[row]);
      attribute.kinds = static_cast<unsigned>(chunk->Column<std::int32_t>(2)[row]);
      attribute.overflowed = chunk->Column<bool>(3)[row];
      by_name_[attribute.name] = attributes_.size();
      attributes_.push_back(std::move(attribute));
      lookups_.emplace_back();
    }
  }
  RIPEN_ASSIGN_OR_RETURN(rows, connection.Query("SELECT attribute, text FROM attribute_value "
                                                "ORDER BY attribute, code"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) break;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      const auto index = static_cast<std::size_t>(chunk->Column<std::int32_t>(0)[row]);
      attributes_[index].values.emplace_back(chunk->Text(1, row));
      const auto code = static_cast<std::int32_t>(attributes_[index].values.size() + 1);
      lookups_[index].codes.emplace(attributes_[index].values.back(), code);
    }
  }
  RIPEN_ASSIGN_OR_RETURN(rows,
                         connection.Query("SELECT side, codes FROM tuple ORDER BY side, tuple"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) break;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      const std::string_view bytes = chunk->Text(1, row);
      std::vector<std::int32_t> codes;
      std::int32_t code = 0;
      for (const char letter : bytes) {  // "3,5,0,2"
        if (letter == ',') {
          codes.push_back(code);
          code = 0;
        } else {
          code = code * 10 + (letter - '0');
        }
      }
      if (!bytes.empty()) codes.push_back(code);
      AddTuple(tuples_[static_cast<std::size_t>(chunk->Column<std::int32_t>(0)[row])],
               std::move(codes));
    }
  }
  for (Tuples& tuples : tuples_) tuples.saved = tuples.codes.size();
  saved_values_.clear();
  for (const StoredAttribute& attribute : attributes_) {
    saved_values_.push_back(attribute.values.size());
  }
  return {};
}

Status Dictionary::Save(duck::Connection& connection) {
  RIPEN_RETURN_IF_ERROR(connection.Run("DELETE FROM attribute"));
  RIPEN_ASSIGN_OR_RETURN(
      duck::Appender appender,
      duck::Appender::Open(connection, "attribute",
                           {duck::Type::kInteger, duck::Type::kVarchar, duck::Type::kInteger,
                            duck::Type::kInteger, duck::Type::kBool}));
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    appender.Set(0, static_cast<std::int32_t>(i));
    appender.SetText(1, attributes_[i].name);
    appender.Set(2, static_cast<std::int32_t>(attributes_[i].side));
    appender.Set(3, static_cast<std::int32_t>(attributes_[i].kinds));
    appender.Set(4, attributes_[i].overflowed);
    RIPEN_RETURN_IF_ERROR(appender.EndRow());
  }
  RIPEN_RETURN_IF_ERROR(appender.Close());
  RIPEN_ASSIGN_OR_RETURN(appender, duck::Appender::Open(connection, "attribute_value",
                                                        {duck::Type::kInteger, duck::Type::kInteger,
                                                         duck::Type::kVarchar}));
  saved_values_.resize(attributes_.size(), 0);
  for (std::size_t i = 0; i < attributes_.size(); ++i) {
    for (std::size_t v = saved_values_[i]; v < attributes_[i].values.size(); ++v) {
      appender.Set(0, static_cast<std::int32_t>(i));
      appender.Set(1, static_cast<std::int32_t>(v + 2));
      appender.SetText(2, attributes_[i].values[v]);
      RIPEN_RETURN_IF_ERROR(appender.EndRow());
    }
    saved_values_[i] = attributes_[i].values.size();
  }
  RIPEN_RETURN_IF_ERROR(appender.Close());
  RIPEN_ASSIGN_OR_RETURN(appender, duck::Appender::Open(connection, "tuple",
                                                        {duck::Type::kInteger, duck::Type::kInteger,
                                                         duck::Type::kVarchar}));
  for (std::size_t side = 0; side < 2; ++side) {
    Tuples& tuples = tuples_[side];
    for (; tuples.saved < tuples.codes.size(); ++tuples.saved) {
      appender.Set(0, static_cast<std::int32_t>(side));
      appender.Set(1, static_cast<std::int32_t>(tuples.saved));
      std::string text;
      for (const std::int32_t code : tuples.codes[tuples.saved]) {
        if (!text.empty()) text += ',';
        text += fmt::format_int(code).str();
      }
      appender.SetText(2, text);
      RIPEN_RETURN_IF_ERROR(appender.EndRow());
    }
  }
  return appender.Close();
}

std::size_t Dictionary::AttributeOf(const std::string& name, AttributeKind kind) {
  const unsigned bit = 1U << static_cast<unsigned>(kind);
  const auto found = by_name_.find(name);
  if (found != by_name_.end()) {
    attributes_[found->second].kinds |= bit;
    return found->second;
  }
  StoredAttribute attribute;
  attribute.name = name;
  attribute.side = kind == AttributeKind::kItem ? Side::kWhat : Side::kWho;
  attribute.kinds = bit;
  by_name_[name] = attributes_.size();
  attributes_.push_back(std::move(attribute));
  lookups_.emplace_back();
  return attributes_.size() - 1;
}

std::int32_t Dictionary::CodeOf(std::size_t attribute, std::string_view text) {
  Lookup& lookup = lookups_[attribute];
  Recent& recent = lookup.recent[SlotOf(text)];
  if (recent.code >= 0 && recent.text == text) return recent.code;
  const auto found = lookup.codes.find(text);
  if (found != lookup.codes.end()) {
    recent = {found->first, found->second};
    return found->second;
  }
  StoredAttribute& stored = attributes_[attribute];
  if (stored.values.size() >= kMostStoredValues) {
    stored.overflowed = true;
    return kUncountedCode;
  }
  stored.values.emplace_back(text);
  const auto code = static_cast<std::int32_t>(stored.values.size() + 1);
  const auto added = lookup.codes.emplace(std::string(text), code).first;
  recent = {added->first, code};
  return code;
}

std::uint64_t Dictionary::HashContent(const std::vector<std::int32_t>& codes) const {
  std::vector<std::size_t> order(codes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return attributes_[a].name < attributes_[b].name;
  });
  std::string text;
  for (const std::size_t attribute : order) {
    const AttributeValue value = attributes_[attribute].ValueOf(codes[attribute]);
    if (!value) continue;
    text += attributes_[attribute].name;
    text += '\x1F';
    text += *value;
    text += '\x1E';
  }
  return SipHash(kContentKey, text);
}

std::int32_t Dictionary::AddTuple(Tuples& tuples, std::vector<std::int32_t> codes) {
  const auto id = static_cast<std::int32_t>(tuples.codes.size());
  tuples.ids.emplace(std::string(BytesOf(codes)), id);
  tuples.contents.push_back(HashContent(codes));
  const auto missing = std::count(codes.begin(), codes.end(), kMissingCode);
  tuples.given.push_back(codes.size() - static_cast<std::size_t>(missing));
  tuples.codes.push_back(std::move(codes));
  return id;
}

std::int32_t Dictionary::TupleOf(Side side, const std::vector<std::size_t>& attributes,
                                 const std::vector<std::int32_t>& codes) {
  std::uint64_t mix = 0;
  std::size_t given = 0;
  for (const std::int32_t code : codes) {
    if (code == kMissingCode) continue;
    mix = (mix ^ static_cast<std::uint64_t>(code)) * 0x9E3779B97F4A7C15ULL;
    ++given;
  }
  Tuples& tuples = tuples_[static_cast<std::size_t>(side)];
  std::int32_t& recent = tuples.recent[mix >> 52];
  if (recent >= 0 && tuples.given[static_cast<std::size_t>(recent)] == given) {
    bool same = true;
    for (std::size_t i = 0; same && i < codes.size(); ++i) {
      same = CodeIn(side, static_cast<std::size_t>(recent), attributes[i]) == codes[i];
    }
    if (same) return recent;
  }
  row_codes_.clear();
  for (std::size_t i = 0; i < codes.size(); ++i) {
    if (codes[i] == kMissingCode) continue;
    if (attributes[i] >= row_codes_.size()) row_codes_.resize(attributes[i] + 1, kMissingCode);
    row_codes_[attributes[i]] = codes[i];
  }
  const auto found = tuples.ids.find(BytesOf(row_codes_));
  recent = found != tuples.ids.end() ? found->second : AddTuple(tuples, row_codes_);
  return recent;
}

}  // namespace ripen::store
