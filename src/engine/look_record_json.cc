#include "engine/look_record_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace ripen::engine {
namespace {

using nlohmann::json;

json SliceOf(const Slice& slice) {
  json segments = json::array();
  for (const Segment& segment : slice.segments) {
    segments.push_back({segment.attribute, segment.value ? json(*segment.value) : json()});
  }
  return segments;
}

Slice ParseSlice(const json& segments) {
  Slice slice;
  for (const json& segment : segments) {
    slice.segments.push_back(
        {segment.at(0).get<std::string>(),
         segment.at(1).is_null() ? AttributeValue() : segment.at(1).get<std::string>()});
  }
  return slice;
}

template <typename T, typename Write>
void PutIf(json& object, const char* key, const std::optional<T>& value, const Write& write) {
  if (value) object[key] = write(*value);
}

template <typename T, typename Read>
void TakeIf(const json& object, const char* key, std::optional<T>& value, const Read& read) {
  if (const auto at = object.find(key); at != object.end()) value = read(*at);
}

constexpr auto kPlain = [](const auto& value) { return json(value); };
constexpr auto kDay = [](Day day) { return json(day.days_since_epoch()); };
constexpr auto kTakeDay = [](const json& value) { return Day(value.get<std::int32_t>()); };
constexpr auto kTakeText = [](const json& value) { return value.get<std::string>(); };
constexpr auto kTakeNumber = [](const json& value) { return value.get<double>(); };

json FindingOf(const Finding& finding) {
  json object{{"id", finding.id},
              {"kind", static_cast<int>(finding.kind)},
              {"level", static_cast<int>(finding.level)},
              {"slice", SliceOf(finding.slice)},
              {"gradual", finding.gradual},
              {"certainty", static_cast<int>(finding.certainty)}};
  PutIf(object, "stage", finding.stage, kPlain);
  PutIf(object, "item_slice", finding.item_slice, SliceOf);
  PutIf(object, "against", finding.against, SliceOf);
  PutIf(object, "against_before", finding.against_before, kPlain);
  PutIf(object, "against_after", finding.against_after, kPlain);
  PutIf(object, "direction", finding.direction,
        [](Move move) { return json(static_cast<int>(move)); });
  PutIf(object, "worse", finding.worse, kPlain);
  PutIf(object, "since", finding.since, kDay);
  PutIf(object, "since_earliest", finding.since_earliest, kDay);
  PutIf(object, "since_latest", finding.since_latest, kDay);
  PutIf(object, "before", finding.before, kPlain);
  PutIf(object, "after", finding.after, kPlain);
  PutIf(object, "maturity", finding.maturity,
        [](Maturity maturity) { return json(static_cast<int>(maturity)); });
  PutIf(object, "evidence_days", finding.evidence_days, kPlain);
  PutIf(object, "trials_since", finding.trials_since, kPlain);
  PutIf(object, "explained_by", finding.explained_by, kPlain);
  PutIf(object, "code", finding.code, kPlain);
  PutIf(object, "observed", finding.observed, kPlain);
  PutIf(object, "expected", finding.expected, kPlain);
  return object;
}

Finding ParseFinding(const json& object) {
  Finding finding;
  finding.id = object.at("id").get<std::string>();
  finding.kind = static_cast<FindingKind>(object.at("kind").get<int>());
  finding.level = static_cast<Level>(object.at("level").get<int>());
  finding.slice = ParseSlice(object.at("slice"));
  finding.gradual = object.at("gradual").get<bool>();
  finding.certainty = static_cast<Certainty>(object.at("certainty").get<int>());
  TakeIf(object, "stage", finding.stage, kTakeText);
  TakeIf(object, "item_slice", finding.item_slice, ParseSlice);
  TakeIf(object, "against", finding.against, ParseSlice);
  TakeIf(object, "against_before", finding.against_before, kTakeNumber);
  TakeIf(object, "against_after", finding.against_after, kTakeNumber);
  TakeIf(object, "direction", finding.direction,
         [](const json& value) { return static_cast<Move>(value.get<int>()); });
  TakeIf(object, "worse", finding.worse, [](const json& value) { return value.get<bool>(); });
  TakeIf(object, "since", finding.since, kTakeDay);
  TakeIf(object, "since_earliest", finding.since_earliest, kTakeDay);
  TakeIf(object, "since_latest", finding.since_latest, kTakeDay);
  TakeIf(object, "before", finding.before, kTakeNumber);
  TakeIf(object, "after", finding.after, kTakeNumber);
  TakeIf(object, "maturity", finding.maturity,
         [](const json& value) { return static_cast<Maturity>(value.get<int>()); });
  TakeIf(object, "evidence_days", finding.evidence_days, kTakeNumber);
  TakeIf(object, "trials_since", finding.trials_since,
         [](const json& value) { return value.get<std::int64_t>(); });
  TakeIf(object, "explained_by", finding.explained_by, kTakeText);
  TakeIf(object, "code", finding.code, kTakeText);
  TakeIf(object, "observed", finding.observed, kTakeNumber);
  TakeIf(object, "expected", finding.expected, kTakeNumber);
  return finding;
}

}  // namespace

std::string LookRecordJson(const std::vector<Finding>& findings) {
  json record = json::array();
  for (const Finding& finding : findings) record.push_back(FindingOf(finding));
  return record.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<std::vector<Finding>> ParseLookRecord(const std::string& record) {
  std::vector<Finding> findings;
  try {
    for (const json& object : json::parse(record)) findings.push_back(ParseFinding(object));
  } catch (const json::exception& error) {
    return Fail(ErrorCode::kDataLoss,
                fmt::format("A kept look cannot be read ({}); it starts with \"{}\".", error.what(),
                            record.substr(0, 40)));
  }
  return findings;
}

}  // namespace ripen::engine
