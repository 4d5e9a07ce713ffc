#include "server/problem_json.h"

#include <fmt/format.h>

#include <utility>

namespace ripen::server {
namespace {

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char character : text) {
    if (character == '"' || character == '\\') {
      quoted += '\\';
      quoted += character;
    } else if (static_cast<unsigned char>(character) < 0x20) {
      quoted += fmt::format("\\u{:04x}", static_cast<unsigned>(character));
    } else {
      quoted += character;
    }
  }
  return quoted += '"';
}

}  // namespace

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
  std::string body = fmt::format("{{\"code\":{},\"detail\":{}", Quoted(ErrorCodeName(problem.code)),
                                 Quoted(problem.detail));
  if (!problem.parameter.empty()) {
    body += fmt::format(",\"parameter\":{}", Quoted(problem.parameter));
  }
  body += fmt::format(",\"status\":{},\"title\":{},\"type\":\"about:blank\"}}\n", problem.status,
                      Quoted(ReasonPhrase(problem.status)));
  answer.body = std::move(body);
  return answer;
}

}  // namespace ripen::server
