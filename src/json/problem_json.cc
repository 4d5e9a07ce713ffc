#include "json/problem_json.h"

#include "json/json_writer.h"

namespace ripen::json {

std::string ProblemJson(int status, std::string_view title, const Error& error,
                        std::string_view parameter) {
  Object object;
  object.PutText("type", "about:blank").PutText("title", title).PutInt("status", status);
  object.PutText("detail", error.message).PutText("code", ErrorCodeName(error.code));
  if (!parameter.empty()) object.PutText("parameter", parameter);
  return object.Done() + "\n";
}

}  // namespace ripen::json
