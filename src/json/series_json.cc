#include "json/series_json.h"

#include "json/json_writer.h"
#include "json/metric_json.h"

namespace ripen::json {

std::string_view GrainName(Grain grain) {
  switch (grain) {
    case Grain::kDay: return "day";
    case Grain::kWeek: return "week";
    case Grain::kSpan: return "span";
  }
  return "span";
}

std::string SeriesJson(Day as_of, std::string_view stage, Grain grain,
                       const std::vector<Series>& series) {
  const auto one = [](const Series& line) {
    return Object()
        .Put("slice", SliceJson(line.slice))
        .Put("points", Lines(Each(line.points, MetricJson)))
        .Done();
  };
  return Object()
             .PutDay("as_of", as_of)
             .PutText("stage", stage)
             .PutText("by", GrainName(grain))
             .Put("series", Lines(Each(series, one)))
             .Done() +
         "\n";
}

}  // namespace ripen::json
