#include "server/annotations.h"

#include <utility>

#include "json/annotation_json.h"

namespace ripen::server {
namespace {

Outcome<std::string> AnswerWith(const Result<Annotation>& annotation) {
  if (annotation) return json::AnnotationJson(*annotation) + "\n";
  Problem problem = ProblemOf(annotation.error());
  if (annotation.error().code == ErrorCode::kFailedPrecondition) problem.status = 409;
  return tl::unexpected<Problem>(std::move(problem));
}

}  // namespace

Outcome<std::string> GetAnnotations(EngineView& engine, const Parameters& parameters) {
  auto as_of = parameters.Date("as_of");
  if (!as_of) return tl::unexpected<Problem>(std::move(as_of).error());
  const auto report = engine.ReadAnnotations(*as_of);
  if (!report) return tl::unexpected<Problem>(ProblemOf(report.error()));
  return json::AnnotationsJson(*report);
}

std::optional<std::string> ParseTakeBack(std::string_view path) {
  constexpr std::string_view kEnd = "/take-back";
  if (path.substr(0, kAnnotationsPath.size()) != kAnnotationsPath) return std::nullopt;
  path.remove_prefix(kAnnotationsPath.size());
  if (path.size() <= kEnd.size() + 1 || path.front() != '/' ||
      path.substr(path.size() - kEnd.size()) != kEnd) {
    return std::nullopt;
  }
  const std::string_view id = path.substr(1, path.size() - kEnd.size() - 1);
  if (id.find('/') != std::string_view::npos) return std::nullopt;
  return std::string(id);
}

Outcome<std::string> PostAnnotation(EngineView& engine, const std::string& body) {
  const auto given = json::ParseAnnotation(body);
  if (!given) return AnswerWith(given);
  return AnswerWith(engine.Annotate(*given));
}

Outcome<std::string> PostTakeBack(EngineView& engine, const std::string& id) {
  return AnswerWith(engine.TakeBackAnnotation(Printable(id)));
}

}  // namespace ripen::server
