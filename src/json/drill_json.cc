#include "json/drill_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "json/json_writer.h"
#include "json/slice_json.h"

namespace ripen::json {
namespace {

constexpr std::size_t kMaxRequestBytes = 64 * 1024;

std::string TextArray(const std::vector<std::string>& texts) {
  return Array(Each(texts, [](const std::string& text) { return Quoted(text); }));
}

std::string WordsJson(const DrillWords& words) {
  return Object()
      .PutText("headline", words.headline)
      .Put("details", TextArray(words.details))
      .Put("table", TextArray(words.table))
      .Done();
}

std::string IntOrNull(const std::optional<int>& number) {
  return number ? std::to_string(*number) : "null";
}

std::string SizeJson(const DrillSize& size) {
  return Object()
      .PutRate("change", size.change)
      .PutInt("runs", size.runs)
      .PutInt("noticed", size.noticed)
      .PutRate("share", size.share())
      .PutRate("low", size.low)
      .PutRate("high", size.high)
      .Put("days_median", IntOrNull(size.days_median))
      .Put("days_nine_in_ten", IntOrNull(size.days_nine_in_ten))
      .Put("named", Object()
                        .PutInt("exactly", size.exactly)
                        .PutInt("wider", size.wider)
                        .PutInt("narrower", size.narrower)
                        .Done())
      .Done();
}

tl::unexpected<Error> Wrong(std::string_view what) {
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("A drill is asked for like {{\"stage\":\"click\",\"change\":-0.25,"
                          "\"slice\":{{\"age_group\":\"25-34\"}},\"days\":10}}; {}.",
                          what));
}

DrillWords WordsOf(const nlohmann::json& words) {
  return {words.at("headline").get<std::string>(),
          words.at("details").get<std::vector<std::string>>(),
          words.at("table").get<std::vector<std::string>>()};
}

}  // namespace

std::string DrillRequestJson(const DrillRequest& request) {
  Object object;
  object.PutText("stage", request.stage)
      .Put("slice", SliceJson(request.slice))
      .PutRate("change", request.change)
      .PutInt("days", request.days);
  if (request.as_of) object.PutDay("as_of", *request.as_of);
  return object.Done();
}

Result<DrillRequest> ParseDrillRequest(std::string_view text) {
  if (text.size() > kMaxRequestBytes)
    return Wrong(fmt::format("{} bytes are too many", text.size()));
  const nlohmann::json body = nlohmann::json::parse(text, nullptr, false);
  if (!body.is_object()) return Wrong("the body is no JSON object");
  DrillRequest request;
  for (const auto& [key, value] : body.items()) {
    if (key == "stage") {
      if (!value.is_string()) return Wrong("stage is no text");
      request.stage = value.get<std::string>();
    } else if (key == "change") {
      if (!value.is_number()) return Wrong("change is no number");
      request.change = value.get<double>();
    } else if (key == "days") {
      if (!value.is_number_integer() || value < -kMostDrillDays || value > 10 * kMostDrillDays) {
        return Wrong(fmt::format("days is no whole number from 1 to {}", kMostDrillDays));
      }
      request.days = value.get<int>();
    } else if (key == "slice") {
      // Nothing nested is handed on: writing it out again would follow it to any depth.
      const bool flat =
          value.is_object() && std::none_of(value.begin(), value.end(),
                                            [](const auto& each) { return each.is_structured(); });
      if (!flat) return Wrong("slice is no object of texts");
      RIPEN_ASSIGN_OR_RETURN(request.slice, ParseSlice(value.dump()));
    } else if (key == "as_of") {
      const auto day = Day::Parse(value.is_string() ? value.get<std::string>() : "");
      if (!day) return Wrong("as_of is no day like 2026-11-20");
      request.as_of = *day;
    } else {
      return Wrong(
          fmt::format("'{}' is none of stage, change, slice, days, as_of", key.substr(0, 40)));
    }
  }
  if (request.stage.empty()) return Wrong("stage is missing");
  if (!body.contains("change")) return Wrong("change is missing");
  return request;
}

std::string DrillJson(const DrillReport& report, const DrillWords& en, const DrillWords& de) {
  return Object()
      .PutDay("as_of", report.as_of)
      .PutText("stage", report.stage)
      .Put("slice", SliceJson(report.slice))
      .PutRate("change", report.change)
      .PutInt("days", report.days)
      .PutRate("rate", report.rate)
      .PutDay("first_start", report.first_start)
      .PutDay("last_start", report.last_start)
      .Put("sizes", Array(Each(report.sizes, SizeJson)))
      .Put("message", Object().Put("en", WordsJson(en)).Put("de", WordsJson(de)).Done())
      .Done();
}

std::string DrillAnswerJson(const DrillState& state) {
  return Object()
             .PutText("id", state.id)
             .PutText("state", state.state)
             .PutRate("progress", state.progress)
             .PutTextOrNull("reason", state.reason)
             .Put("result", state.result.empty() ? "null" : state.result)
             .Done() +
         "\n";
}

Result<DrillReply> ParseDrillReply(std::string_view text) {
  try {
    const nlohmann::json body = nlohmann::json::parse(text);
    DrillReply reply;
    reply.state.id = body.at("id").get<std::string>();
    reply.state.state = body.at("state").get<std::string>();
    reply.state.progress = body.at("progress").get<double>();
    if (body.at("reason").is_string()) reply.state.reason = body["reason"].get<std::string>();
    if (body.at("result").is_object()) {
      // Sorted keys and our own numbers: the bytes of the result, not a copy of its values.
      const std::size_t from = text.find("\"result\":") + std::string_view("\"result\":").size();
      const std::size_t to = text.rfind(",\"state\":");
      reply.state.result = text.substr(from, to - from);
      reply.en = WordsOf(body["result"].at("message").at("en"));
      reply.de = WordsOf(body["result"].at("message").at("de"));
    }
    return reply;
  } catch (const nlohmann::json::exception& error) {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("The server's answer is no drill: {}.", error.what()));
  }
}

std::string ProblemDetail(std::string_view text) {
  const nlohmann::json body = nlohmann::json::parse(text, nullptr, false);
  if (body.is_object() && body.contains("detail") && body["detail"].is_string()) {
    return body["detail"].get<std::string>();
  }
  return std::string(text);
}

}  // namespace ripen::json
