#include "server/problem.h"

#include <utility>

#include "json/problem_json.h"

namespace ripen::server {

Problem ProblemOf(const Error& error) {
  return {HttpStatusOf(error.code), error.code, error.message, ""};
}

tl::unexpected<Problem> WrongParameter(std::string parameter, std::string detail) {
  return tl::unexpected<Problem>(
      Problem{400, ErrorCode::kInvalidArgument, std::move(detail), std::move(parameter)});
}

Answer AnswerOf(const Problem& problem) {
  Answer answer;
  answer.status = problem.status;
  answer.content_type = "application/problem+json";
  answer.headers = {{"Cache-Control", "no-store"}};
  answer.body = json::ProblemJson(problem.status, ReasonPhrase(problem.status),
                                  {problem.code, problem.detail}, problem.parameter);
  return answer;
}

}  // namespace ripen::server
