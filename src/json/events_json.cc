#include "json/events_json.h"

#include <algorithm>

#include "json/json_writer.h"

namespace ripen::json {

std::string EventsAnswerJson(const InputSummary& input) {
  std::int64_t rejected = 0;
  for (const RejectedRows& rows : input.rejected) rejected += rows.count;
  return Object()
             .PutInt("events", input.rows)
             .PutInt("accepted",
                     std::max<std::int64_t>(0, input.rows - input.duplicates - rejected))
             .PutInt("duplicates", input.duplicates)
             .PutInt("rejected", rejected)
             .PutInt("recommendations", input.recommendations)
             .PutInt("outcomes", input.outcomes)
             .PutInt("conflicts", input.conflicts)
             .PutInt("orphan_outcomes", input.orphan_outcomes)
             .Put("rejected_lines", Array(Each(input.first_rejected,
                                               [](const RejectedLine& line) {
                                                 return Object()
                                                     .PutInt("line", line.line)
                                                     .PutText("column", line.column)
                                                     .PutText("value", line.value)
                                                     .PutText("reason", line.reason)
                                                     .Done();
                                               })))
             .Done() +
         "\n";
}

std::string ChangedJson(Day as_of, std::uint64_t version) {
  return Object()
      .PutDay("as_of", as_of)
      .PutInt("version", static_cast<std::int64_t>(version))
      .Done();
}

}  // namespace ripen::json
