#include "json/total_move_json.h"

#include "json/json_writer.h"
#include "json/metric_json.h"

namespace ripen::json {
namespace {

std::string EffectJson(const MoveEffect& effect) {
  return Object()
      .PutRate("value", effect.value)
      .PutRate("low", effect.low)
      .PutRate("high", effect.high)
      .Done();
}

std::string TermJson(const MoveTerm& term, const std::string& attribute) {
  return Object()
      .Put("slice", term.others ? "null" : SliceJson(Slice::Of({{attribute, term.value}})))
      .PutBool("others", term.others)
      .PutRate("share_before", term.share_before)
      .PutRate("share_after", term.share_after)
      .PutRate("rate_before", term.rate_before)
      .PutRate("rate_after", term.rate_after)
      .Put("rate", EffectJson(term.rate))
      .Put("mix", EffectJson(term.mix))
      .Done();
}

std::string FigureOrNull(const std::optional<Metric>& metric) {
  return metric ? MetricJson(*metric) : "null";
}

}  // namespace

std::string TotalMoveJson(const TotalMove& move, const BothTexts& message) {
  const auto effect = [&](const MoveEffect& each) {
    return move.refused ? std::string("null") : EffectJson(each);
  };
  return Object()
      .PutDay("as_of", move.as_of)
      .PutText("stage", move.stage)
      .PutTextOrNull("attribute", move.attribute)
      .PutDay("from", move.from)
      .PutDay("to", move.to)
      .PutDay("before_from", move.before_from)
      .PutDay("before_to", move.before_to)
      .PutTextOrNull("reason",
                     move.refused ? std::optional(NoMoveName(*move.refused)) : std::nullopt)
      .Put("before", FigureOrNull(move.before))
      .Put("after", FigureOrNull(move.after))
      .Put("move", effect(move.move))
      .Put("rate", effect(move.rate))
      .Put("mix", effect(move.mix))
      .PutBool("simpson", move.simpson)
      .Put("terms", Array(Each(move.terms,
                               [&](const MoveTerm& term) {
                                 return TermJson(term, move.attribute.value_or(""));
                               })))
      .Put("mix_by_attribute", Array(Each(move.mix_by_attribute,
                                          [](const MixOfAttribute& mix) {
                                            return Object()
                                                .PutText("attribute", mix.attribute)
                                                .PutRate("effect", mix.effect)
                                                .Done();
                                          })))
      .Put("message", TextsJson(message))
      .Done();
}

}  // namespace ripen::json
