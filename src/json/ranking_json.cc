#include "json/ranking_json.h"

#include "json/json_writer.h"

namespace ripen::json {
namespace {

std::string NumberOrNull(const std::optional<double>& value) {
  return value ? Number(*value) : "null";
}

Object RangeObject(double value, double low, double high) {
  Object object;
  object.PutRate("value", value).PutRate("low", low).PutRate("high", high);
  return object;
}

struct FigureWriter {
  std::string operator()(const ConfirmedRanking& figure) const {
    return RangeObject(figure.value, figure.low, figure.high)
        .PutText("maturity", "confirmed")
        .Done();
  }
  std::string operator()(const ProvisionalRanking& figure) const {
    return RangeObject(figure.value, figure.low, figure.high)
        .PutText("maturity", "provisional")
        .PutRate("least", figure.least)
        .PutRate("most", figure.most)
        .PutDay("settles_on", figure.settles_on)
        .Done();
  }
  std::string operator()(const PendingRanking& figure) const {
    return Object()
        .PutText("maturity", "pending")
        .Put("value", "null")
        .PutText("reason", PendingReasonName(figure.reason))
        .PutDay("first_estimate_on", figure.first_estimate_on)
        .PutDay("settles_on", figure.settles_on)
        .PutRate("least", figure.least)
        .PutRate("most", figure.most)
        .Done();
  }
};

std::string NameOf(std::size_t measure) {
  return RankingMeasureName(static_cast<RankingMeasure>(measure));
}

std::string SpanJson(const RankingSpan& span) {
  Object object;
  object.PutDay("from", span.from)
      .PutDay("to", span.to)
      .PutInt("lists", span.lists)
      .PutInt("lists_open", span.lists_open)
      .PutInt("lists_without_relevant", span.lists_without_relevant);
  for (std::size_t measure = 0; measure < kRankingMeasures; ++measure) {
    object.Put(NameOf(measure), std::visit(FigureWriter{}, span.figures[measure]));
  }
  return object.Done();
}

std::string AtAgeJson(const RankingAtAge& at_age) {
  Object object;
  object.PutDay("from", at_age.from).PutDay("to", at_age.to).PutInt("lists", at_age.lists);
  for (std::size_t measure = 0; measure < kRankingMeasures; ++measure) {
    const auto& figure = at_age.figures[measure];
    object.Put(NameOf(measure),
               figure ? RangeObject(figure->value, figure->low, figure->high).Done() : "null");
  }
  return object.Done();
}

std::string RelevanceJson(const RankingRelevance& relevance) {
  return Object()
      .PutText("relevance", relevance.relevance)
      .PutInt("same_age_days", relevance.same_age_days)
      .Put("last_7", relevance.last_7 ? SpanJson(*relevance.last_7) : "null")
      .Put("last_28", relevance.last_28 ? SpanJson(*relevance.last_28) : "null")
      .Put("weeks", Lines(Each(relevance.weeks,
                               [](const RankingWeek& week) {
                                 return Object()
                                     .Put("span", SpanJson(week.span))
                                     .Put("same_age",
                                          week.same_age ? AtAgeJson(*week.same_age) : "null")
                                     .Done();
                               })))
      .Done();
}

std::string ListsJson(const RankingLists& lists) {
  return Object()
      .PutDay("from", lists.from)
      .PutDay("to", lists.to)
      .PutInt("lists", lists.lists)
      .PutInt("judged", lists.judged)
      .PutInt("without_position", lists.without_position)
      .PutInt("with_ties", lists.with_ties)
      .PutInt("with_gaps", lists.with_gaps)
      .PutInt("rows_without_list", lists.rows_without_list)
      .Put("customers", lists.customers ? std::to_string(*lists.customers) : "null")
      .PutRate("sampled_share", lists.sampled_share)
      .Done();
}

std::string CurveJson(const PositionCurve& curve) {
  const auto point = [](const PositionPoint& at) {
    return Object()
        .PutInt("position", at.position)
        .PutInt("shown", at.shown)
        .PutInt("events", at.events)
        .PutRate("rate", at.rate)
        .PutRate("low", at.low)
        .PutRate("high", at.high)
        .Done();
  };
  return Object()
      .PutText("stage", curve.stage)
      .PutDay("from", curve.from)
      .PutDay("to", curve.to)
      .PutTextOrNull("reason",
                     curve.reason ? std::optional(PendingReasonName(*curve.reason)) : std::nullopt)
      .Put("points", Lines(Each(curve.points, point)))
      .PutInt("beyond", curve.beyond)
      .PutInt("without_position", curve.without_position)
      .Done();
}

std::string CatalogueSpanJson(const CatalogueSpan& span) {
  const auto diversity = [](const ListDiversity& one) {
    return RangeObject(one.value, one.low, one.high)
        .PutText("attribute", one.attribute)
        .PutInt("lists", one.lists)
        .Done();
  };
  return Object()
      .PutDay("from", span.from)
      .PutDay("to", span.to)
      .PutInt("shown", span.shown)
      .PutInt("without_item", span.without_item)
      .PutInt("items", span.items)
      .PutInt("available", span.available)
      .PutRate("coverage", span.coverage)
      .Put("effective_items", NumberOrNull(span.effective_items))
      .PutRate("gini", span.gini)
      .PutRate("top_tenth_share", span.top_tenth_share)
      .PutRate("new_item_share", span.new_item_share)
      .Put("novelty", NumberOrNull(span.novelty))
      .Put("diversity", Array(Each(span.diversity, diversity)))
      .Done();
}

std::string CatalogueJson(const Catalogue& catalogue) {
  return Object()
      .Put("last_7", catalogue.last_7 ? CatalogueSpanJson(*catalogue.last_7) : "null")
      .Put("last_28", catalogue.last_28 ? CatalogueSpanJson(*catalogue.last_28) : "null")
      .Put("weeks", Lines(Each(catalogue.weeks, CatalogueSpanJson)))
      .Done();
}

}  // namespace

std::string RankingJson(const RankingReport& report, const ColumnTextsOf& texts_of) {
  const auto column = [&](RankingColumn missing) {
    const ColumnTexts texts = texts_of(missing);
    return Object()
        .PutText("column", RankingColumnName(missing))
        .Put("message", Object().PutText("de", texts.de).PutText("en", texts.en).Done())
        .Done();
  };
  const auto gain = [](const RankingGain& one) {
    return Object().PutText("relevance", one.relevance).Put("gain", Number(one.gain)).Done();
  };
  Object object;
  object.PutDay("as_of", report.as_of)
      .PutInt("k", static_cast<std::int64_t>(report.k))
      .Put("slice", SliceJson(report.slice))
      .Put("not_in_data", Array(Each(report.not_in_data, column)))
      .Put("gains", Array(Each(report.gains, gain)))
      .Put("lists", report.lists ? ListsJson(*report.lists) : "null")
      .Put("relevances", Lines(Each(report.relevances, RelevanceJson)))
      .Put("positions", Lines(Each(report.positions, CurveJson)))
      .Put("catalogue", report.catalogue ? CatalogueJson(*report.catalogue) : "null");
  if (report.too_few) object.PutText("reason", "too_few");
  return object.Done() + "\n";
}

}  // namespace ripen::json
