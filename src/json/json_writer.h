// Writes JSON. Numbers, escaping and layout are the same on every machine, so that the same answer
// is the same bytes.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "model/slice.h"

namespace ripen::json {

// A JSON string with its quotes. Control characters, quotes and backslashes are escaped; a byte
// that is not UTF-8 becomes U+FFFD, so the result is always valid.
std::string Quoted(std::string_view text);
// A fraction with 6 decimals ("0.225948"); other numbers as `%.6g`-like shortest text. Neither ever
// writes NaN or infinity: those are a broken invariant.
std::string Rate(double fraction);
std::string Number(double value);
std::string Bool(bool value);
std::string IsoDay(Day day);

// One object under construction; keys come out sorted. Values are ready JSON texts.
class Object {
 public:
  Object& Put(std::string key, std::string json_value);
  Object& PutText(std::string key, std::string_view text) {
    return Put(std::move(key), Quoted(text));
  }
  Object& PutInt(std::string key, std::int64_t value) {
    return Put(std::move(key), std::to_string(value));
  }
  Object& PutBool(std::string key, bool value) { return Put(std::move(key), Bool(value)); }
  Object& PutDay(std::string key, Day day) { return Put(std::move(key), IsoDay(day)); }
  Object& PutDay(std::string key, const std::optional<Day>& day) {
    return Put(std::move(key), day ? IsoDay(*day) : "null");
  }
  Object& PutRate(std::string key, double rate) { return Put(std::move(key), Rate(rate)); }
  Object& PutRate(std::string key, const std::optional<double>& rate) {
    return Put(std::move(key), rate ? Rate(*rate) : "null");
  }
  Object& PutTextOrNull(std::string key, const std::optional<std::string>& text) {
    return Put(std::move(key), text ? Quoted(*text) : "null");
  }
  std::string Done() const;

 private:
  std::map<std::string, std::string> members_;
};

// ["a","b"] of ready JSON texts.
std::string Array(const std::vector<std::string>& items);
// The same, one item a line, for long lists that people may open.
std::string Lines(const std::vector<std::string>& items);

template <typename Items, typename ToJson>
std::vector<std::string> Each(const Items& items, const ToJson& to_json) {
  std::vector<std::string> texts;
  texts.reserve(items.size());
  for (const auto& item : items) texts.push_back(to_json(item));
  return texts;
}

// {"age_group":"25-34","region":null}
std::string SliceJson(const Slice& slice);

}  // namespace ripen::json
