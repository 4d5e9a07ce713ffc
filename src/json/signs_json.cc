#include "json/signs_json.h"

#include <algorithm>
#include <cmath>

#include "json/json_writer.h"

namespace ripen::json {
namespace {

constexpr double kMostEvidence = 36500;

std::string NumberOrNull(const std::optional<double>& value) {
  return value ? Number(*value) : "null";
}

// As that of findings: three significant digits, capped.
std::string EvidenceJson(const std::optional<double>& days) {
  if (!days) return "null";
  const double capped = std::min(*days, kMostEvidence);
  if (capped < 1e-9) return "0";
  const double unit = std::pow(10, std::floor(std::log10(capped)) - 2);
  return Number(std::min(std::round(capped / unit) * unit, kMostEvidence));
}

std::string DayJson(const SignDay& day) {
  return Object()
      .PutDay("shown_on", day.shown)
      .PutInt("trials", day.trials)
      .PutRate("value", day.value)
      .Done();
}

std::string PartJson(const SignPart& part) {
  return Object()
      .Put("from", NumberOrNull(part.from))
      .Put("to", NumberOrNull(part.to))
      .PutRate("usual", part.usual)
      .PutRate("share", part.share)
      .Done();
}

std::string EffectJson(const std::optional<SignEffect>& effect) {
  if (!effect) return "null";
  return Object()
      .PutText("measure", EffectMeasureName(effect->measure))
      .PutRate("value", effect->value)
      .PutRate("low", effect->low)
      .PutRate("high", effect->high)
      .PutRate("threshold", effect->threshold)
      .Done();
}

std::string SignJson(const Sign& sign, const BothTexts& message) {
  const Finding none;
  const Finding& finding = sign.finding ? *sign.finding : none;
  const auto usual = [&](double bound) {
    return sign.usual ? std::optional<double>(bound) : std::nullopt;
  };
  return Object()
      .PutText("code", SignCodeName(sign.code))
      .PutTextOrNull("reason",
                     sign.refused ? std::optional(NoSignName(*sign.refused)) : std::nullopt)
      .PutText("unit", sign.is_share ? "share" : "mean")
      .Put("days", Array(Each(sign.days, DayJson)))
      .PutRate("usual", sign.usual)
      .PutRate("usual_low", usual(sign.usual_low))
      .PutRate("usual_high", usual(sign.usual_high))
      .Put("parts", Array(Each(sign.parts, PartJson)))
      .Put("level", sign.finding ? Quoted(LevelName(finding.level)) : "null")
      .Put("finding", sign.finding ? Quoted(finding.id) : "null")
      .Put("evidence_days", EvidenceJson(sign.evidence_days))
      .Put("effect", EffectJson(sign.effect))
      .PutDay("since", finding.since)
      .PutDay("since_earliest", finding.since_earliest)
      .PutDay("since_latest", finding.since_latest)
      .PutRate("before", finding.before)
      .PutRate("after", finding.after)
      .Put("message", TextsJson(message))
      .Done();
}

}  // namespace

std::string SignsJson(const SignReport& report,
                      const std::function<BothTexts(const Sign&)>& message_of) {
  return Object()
             .PutDay("as_of", report.as_of)
             .PutTextOrNull("early_stage", report.early_stage)
             .Put("fallback", Array(Each(report.fallback, SliceJson)))
             .Put("signs",
                  Lines(Each(report.signs,
                             [&](const Sign& sign) { return SignJson(sign, message_of(sign)); })))
             .Done() +
         "\n";
}

}  // namespace ripen::json
