#include "server/router.h"

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "server/annotations.h"
#include "server/api.h"
#include "server/events.h"
#include "server/gate.h"
#include "server/query.h"

namespace ripen::server {
namespace {

constexpr std::string_view kAllowed = "GET, HEAD, OPTIONS";
constexpr std::string_view kAllowedWrite = "POST, OPTIONS";

Answer MethodAnswer(const Request& request, std::string route,
                    std::string_view allowed = kAllowed) {
  Answer answer;
  if (request.method != "OPTIONS") {
    answer = AnswerOf(Problem{405, ErrorCode::kInvalidArgument,
                              fmt::format("{} is not answered at '{}'; {} are.",
                                          Printable(request.method), route, allowed),
                              ""});
  }
  answer.headers.emplace_back("Allow", allowed);
  answer.route = std::move(route);
  return answer;
}

// Our code does not throw, but the engine stands on libraries that may.
Answer Guarded(const std::function<Answer()>& ask) {
  std::string what = "no reason given";
  try {
    return ask();
  } catch (const std::exception& error) {
    what = error.what();
  } catch (...) {
  }
  return AnswerOf(Problem{500, ErrorCode::kInternal,
                          fmt::format("The answer could not be made: {}.", Printable(what)), ""});
}

Answer ApiAnswer(Outcome<std::string> body) {
  if (!body) return AnswerOf(body.error());
  Answer answer;
  answer.content_type = "application/json";
  answer.headers = {{"Cache-Control", "no-store"}};
  answer.body = std::move(*body);
  return answer;
}

bool IsUnder(const std::string& path, std::string_view prefix) {
  return path == prefix || path.rfind(std::string(prefix) + "/", 0) == 0;
}

}  // namespace

Router::Router(std::shared_ptr<EngineView> engine, DashboardFiles files)
    : engine_(std::move(engine)),
      files_(std::move(files)),
      drills_(std::make_shared<Drills>(engine_)) {}

std::variant<Answer, Question, Subscription> Router::EventRoute(const Request& request,
                                                                const std::string& query) const {
  if (request.method != "POST") {
    return MethodAnswer(request, std::string(kEventsPath), kAllowedWrite);
  }
  auto parameters = Parameters::Parse(query, EventParameters());
  if (!parameters) {
    Answer answer = AnswerOf(parameters.error());
    answer.route = kEventsPath;
    return answer;
  }
  return Question{std::string(kEventsPath),
                  [engine = engine_, request, given = std::move(*parameters)] {
                    return Guarded([&] { return ApiAnswer(PostEvents(*engine, request, given)); });
                  }};
}

std::variant<Answer, Question, Subscription> Router::JudgementRoute(
    const Request& request, const std::string& query,
    const std::optional<JudgementTarget>& target) const {
  const std::string route =
      target ? std::string(kIncidentsPath) + "/{id}/{action}" : std::string(kJudgementsPath);
  if (request.method != "POST") return MethodAnswer(request, route, kAllowedWrite);
  if (const auto parameters = Parameters::Parse(query, {}); !parameters) {
    Answer answer = AnswerOf(parameters.error());
    answer.route = route;
    return answer;
  }
  return Question{route, [engine = engine_, body = request.body, target] {
                    return Guarded([&] {
                      return ApiAnswer(target ? PostJudgement(*engine, *target, body)
                                              : PostJudgements(*engine, body));
                    });
                  }};
}

std::variant<Answer, Question, Subscription> Router::AnnotationRoute(
    const Request& request, const std::string& query, const std::optional<std::string>& id) const {
  const std::string route =
      id ? std::string(kAnnotationsPath) + "/{id}/take-back" : std::string(kAnnotationsPath);
  if (request.method != "POST") return MethodAnswer(request, route, kAllowedWrite);
  if (const auto parameters = Parameters::Parse(query, {}); !parameters) {
    Answer answer = AnswerOf(parameters.error());
    answer.route = route;
    return answer;
  }
  return Question{
      route, [engine = engine_, body = request.body, id] {
        return Guarded([&] {
          return ApiAnswer(id ? PostTakeBack(*engine, *id) : PostAnnotation(*engine, body));
        });
      }};
}

std::variant<Answer, Question, Subscription> Router::DrillRoute(const Request& request,
                                                                const Target& target) const {
  const bool starts = target.path == kDrillsPath;
  const std::string route = starts ? std::string(kDrillsPath) : std::string(kDrillsPath) + "/{id}";
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (starts ? request.method != "POST" : !reads) {
    return MethodAnswer(request, route, starts ? kAllowedWrite : kAllowed);
  }
  // Both only look at the list of drills: they are answered at once.
  Answer answer;
  const auto parameters = Parameters::Parse(target.query, {});
  if (!parameters) {
    answer = AnswerOf(parameters.error());
  } else if (starts && request.content_encoding.value_or("identity") != "identity") {
    answer =
        AnswerOf(Problem{415, ErrorCode::kInvalidArgument,
                         "A drill is asked for in plain JSON, without a Content-Encoding.", ""});
  } else if (starts) {
    answer = ApiAnswer(drills_->Post(request.body));
    if (answer.status == 200) answer.status = 202;
  } else {
    answer = ApiAnswer(drills_->Get(target.path.substr(kDrillsPath.size() + 1)));
  }
  answer.route = route;
  return answer;
}

std::variant<Answer, Question, Subscription> Router::Route(const Request& request) const {
  const auto refused = [](const Problem& problem) {
    Answer answer = AnswerOf(problem);
    answer.route = "(refused)";
    return answer;
  };
  if (const auto problem = Refusal(request, port_)) return refused(*problem);
  if (request.method == "OPTIONS" && request.target == "*") return MethodAnswer(request, "*");
  auto target = ParseTarget(request.target);
  if (!target) return refused(target.error());

  const ApiRoute* const route = FindApiRoute(target->path);
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (target->path == kEventsPath) return EventRoute(request, target->query);
  if (const auto judged = ParseJudgementTarget(target->path)) {
    return JudgementRoute(request, target->query, judged);
  }
  if (target->path == kJudgementsPath && request.method == "POST") {
    return JudgementRoute(request, target->query, std::nullopt);
  }
  const std::optional<std::string> taken_back = ParseTakeBack(target->path);
  if (taken_back || (target->path == kAnnotationsPath && request.method == "POST")) {
    return AnnotationRoute(request, target->query, taken_back);
  }
  if (IsUnder(target->path, kDrillsPath)) return DrillRoute(request, *target);
  if (target->path == kStreamPath) {
    if (request.method != "GET")
      return MethodAnswer(request, std::string(kStreamPath), "GET, OPTIONS");
    return Subscription{std::string(kStreamPath)};
  }
  if (route != nullptr) {
    if (!reads) return MethodAnswer(request, std::string(route->path));
    auto parameters = Parameters::Parse(target->query, route->parameters);
    if (!parameters) {
      Answer answer = AnswerOf(parameters.error());
      answer.route = route->path;
      return answer;
    }
    Question question{std::string(route->path),
                      [engine = engine_, route, given = std::move(*parameters)] {
                        return Guarded([&] { return ApiAnswer(route->answer(*engine, given)); });
                      }};
    if (route->asks_engine) return question;
    Answer answer = question.ask();
    answer.route = std::move(question.route);
    return answer;
  }
  if (IsUnder(target->path, "/api")) {
    Answer answer = AnswerOf(
        Problem{404, ErrorCode::kNotFound,
                fmt::format("There is nothing at '{}'; the routes are in api/openapi.yaml.",
                            Printable(target->path)),
                ""});
    answer.route = "(unknown)";
    return answer;
  }
  if (!reads) return MethodAnswer(request, "(page)");
  return Question{"(page)", [this, path = target->path, request] {
                    return Guarded([&] { return files_.Get(path, request); });
                  }};
}

}  // namespace ripen::server
