#include "json/slice_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace ripen::json {
namespace {

constexpr std::size_t kMostQuoted = 80;

std::string Excerpt(std::string_view text) {
  if (text.size() <= kMostQuoted) return std::string(text);
  return std::string(text.substr(0, kMostQuoted)) + "...";
}

tl::unexpected<Error> Wrong(std::string_view what, std::string_view text) {
  return Fail(
      ErrorCode::kInvalidArgument,
      fmt::format("A group must be given as JSON like {{\"age_group\":\"25-34\"}}; {}: '{}'.", what,
                  Excerpt(text)));
}

// Takes the parser's events one by one, so that a name given twice is seen and nothing nested is
// ever built.
class SliceReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::vector<Segment> segments;
  std::string problem;  // what was wrong
  bool out_of_range = false;

  bool null() override { return Take(std::nullopt); }
  bool string(string_t& value) override {
    if (value.size() > kMaxSliceValueBytes) {
      return Stop(fmt::format("a value of {} bytes is over the limit of {}", value.size(),
                              kMaxSliceValueBytes),
                  true);
    }
    return Take(value);
  }
  bool key(string_t& name) override {
    if (name.empty() || name.size() > kMaxSliceValueBytes) {
      return Stop("an attribute's name must have 1 to 256 bytes");
    }
    if (segments.size() >= kMaxSliceAttributes) {
      return Stop(fmt::format("more than {} attributes", kMaxSliceAttributes), true);
    }
    for (const Segment& segment : segments) {
      if (segment.attribute == name) return Stop(fmt::format("'{}' is given twice", name));
    }
    name_ = name;
    return true;
  }
  bool start_object(std::size_t) override {
    if (open_) return Stop("a value is no text");
    open_ = true;
    return true;
  }
  bool end_object() override { return true; }
  bool boolean(bool) override { return Stop("a value is no text"); }
  bool number_integer(number_integer_t) override { return Stop("a value is no text"); }
  bool number_unsigned(number_unsigned_t) override { return Stop("a value is no text"); }
  bool number_float(number_float_t, const string_t&) override { return Stop("a value is no text"); }
  bool binary(binary_t&) override { return Stop("a value is no text"); }
  bool start_array(std::size_t) override { return Stop("a list is no group"); }
  bool end_array() override { return true; }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    return Stop(fmt::format("this is no JSON from byte {} on", position));
  }

 private:
  bool Take(AttributeValue value) {
    if (!open_) return Stop("this is no object");
    segments.push_back({name_, std::move(value)});
    return true;
  }
  bool Stop(std::string what, bool beyond = false) {
    if (problem.empty()) problem = std::move(what);
    out_of_range = out_of_range || beyond;
    return false;
  }

  bool open_ = false;
  std::string name_;
};

}  // namespace

Result<Slice> ParseSlice(std::string_view json) {
  if (json.size() > kMaxSliceBytes) {
    return Fail(ErrorCode::kOutOfRange, fmt::format("A group of {} bytes is over the limit of {}.",
                                                    json.size(), kMaxSliceBytes));
  }
  SliceReader reader;
  if (!nlohmann::json::sax_parse(json, &reader)) {
    if (reader.out_of_range) {
      return Fail(ErrorCode::kOutOfRange,
                  fmt::format("The group is too large: {}.", reader.problem));
    }
    return Wrong(reader.problem, json);
  }
  return Slice::Of(std::move(reader.segments));
}

}  // namespace ripen::json
