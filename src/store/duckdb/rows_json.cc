#include "store/duckdb/rows_json.h"

#include <simdjson.h>

#include <deque>

namespace ripen::store {
namespace {

// Deeper nesting is refused: no event of ours has it, and recursion must end.
constexpr int kMostLevels = 8;

}  // namespace

struct JsonLineReader::Impl {
  simdjson::ondemand::parser parser;
  std::string padded;
  std::vector<JsonField> fields;
  std::deque<std::string> names;  // texts that the line itself does not hold
  std::size_t names_used = 0;

  std::string_view Keep(std::string text) {
    if (names_used == names.size()) names.emplace_back();
    names[names_used] = std::move(text);
    return names[names_used++];
  }
  simdjson::error_code Flatten(simdjson::ondemand::object object, std::string_view prefix,
                               int level);
};

simdjson::error_code JsonLineReader::Impl::Flatten(simdjson::ondemand::object object,
                                                   std::string_view prefix, int level) {
  if (level > kMostLevels) return simdjson::DEPTH_ERROR;
  for (auto entry : object) {
    simdjson::ondemand::field field;
    if (const auto error = std::move(entry).get(field)) return error;
    std::string_view name;
    if (const auto error = field.unescaped_key().get(name)) return error;
    if (!prefix.empty()) {
      std::string joined(prefix);
      joined += '.';
      joined += name;
      name = Keep(std::move(joined));
    }
    simdjson::ondemand::json_type type{};
    if (const auto error = field.value().type().get(type)) return error;
    switch (type) {
      case simdjson::ondemand::json_type::null:
        if (!field.value().is_null()) return simdjson::N_ATOM_ERROR;
        break;
      case simdjson::ondemand::json_type::string: {
        std::string_view text;
        if (const auto error = field.value().get_string().get(text)) return error;
        fields.push_back({name, text});
        break;
      }
      case simdjson::ondemand::json_type::object: {
        simdjson::ondemand::object inner;
        if (const auto error = field.value().get_object().get(inner)) return error;
        if (const auto error = Flatten(inner, name, level + 1)) return error;
        break;
      }
      case simdjson::ondemand::json_type::array: {
        simdjson::ondemand::array inner;
        if (const auto error = field.value().get_array().get(inner)) return error;
        std::string_view raw;
        if (const auto error = inner.raw_json().get(raw)) return error;
        fields.push_back({name, raw});
        break;
      }
      case simdjson::ondemand::json_type::boolean: {
        bool flag = false;
        if (const auto error = field.value().get_bool().get(flag)) return error;
        fields.push_back({name, flag ? "true" : "false"});
        break;
      }
      case simdjson::ondemand::json_type::number: {
        // Checked as a number, kept as written.
        const std::string_view raw = field.value().raw_json_token();
        simdjson::ondemand::number number;
        if (const auto error = field.value().get_number().get(number)) return error;
        std::size_t end = raw.find_first_of(" \t\r\n,}");
        fields.push_back({name, raw.substr(0, end)});
        break;
      }
    }
  }
  return simdjson::SUCCESS;
}

JsonLineReader::JsonLineReader() : impl_(std::make_unique<Impl>()) {}
JsonLineReader::~JsonLineReader() = default;

Result<const std::vector<JsonField>*> JsonLineReader::Read(std::string_view line) {
  impl_->fields.clear();
  impl_->names_used = 0;
  impl_->padded.reserve(line.size() + simdjson::SIMDJSON_PADDING);
  impl_->padded.assign(line);
  simdjson::ondemand::document document;
  simdjson::ondemand::object object;
  auto error = impl_->parser
                   .iterate(simdjson::padded_string_view(impl_->padded.data(), line.size(),
                                                         impl_->padded.capacity()))
                   .get(document);
  if (!error) error = document.get_object().get(object);
  if (error == simdjson::INCORRECT_TYPE) {
    return Fail(ErrorCode::kInvalidArgument, "the line is no JSON object");
  }
  if (!error) error = impl_->Flatten(object, "", 1);
  const char* left = nullptr;
  if (!error && !document.current_location().get(left)) error = simdjson::TRAILING_CONTENT;
  if (error) return Fail(ErrorCode::kInvalidArgument, "the line is no valid JSON");
  return &impl_->fields;
}

}  // namespace ripen::store
