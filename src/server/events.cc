#include "server/events.h"

#include <fmt/format.h>

#include "json/events_json.h"

namespace ripen::server {

const std::vector<std::string_view>& EventParameters() {
  static const std::vector<std::string_view> names = {"history"};
  return names;
}

Outcome<std::string> PostEvents(EngineView& engine, const Request& request,
                                const Parameters& parameters) {
  engine::EventBatch batch;
  const std::string encoding = request.content_encoding.value_or("identity");
  if (encoding != "gzip" && encoding != "identity") {
    return tl::unexpected<Problem>(Problem{
        415, ErrorCode::kInvalidArgument,
        fmt::format("Content-Encoding is gzip or none, not '{}'.", Printable(encoding)), ""});
  }
  const std::string history = parameters.Text("history").value_or("false");
  if (history != "true" && history != "false") {
    return WrongParameter("history",
                          fmt::format("history is true or false, not '{}'.", Printable(history)));
  }
  batch.body = request.body;
  batch.gzip = encoding == "gzip";
  batch.history = history == "true";
  const Result<InputSummary> taken = engine.TakeEvents(batch);
  if (taken) return json::EventsAnswerJson(*taken);
  Problem problem = ProblemOf(taken.error());
  if (taken.error().code == ErrorCode::kOutOfRange) problem.status = 413;
  return tl::unexpected<Problem>(std::move(problem));
}

}  // namespace ripen::server
