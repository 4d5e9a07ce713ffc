// The words of a finding, in every language of the product. Made by wording; carried by JSON.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ripen {

// One finding in one language: a headline that stands alone, then its details in reading order.
struct MessageText {
  std::string headline;
  std::vector<std::string> details;
};

// `params` are the facts the sentences rest on, the same in every language (dates are ISO, rates
// are fractions), for programs that word a finding themselves.
struct RenderedMessage {
  std::string template_name;  // "rate_drop", ...
  std::map<std::string, std::string> params;
  MessageText en;
  MessageText de;
};

// The six answers of an incident in one language, in the order in which they are read.
struct IncidentAnswers {
  std::string what;
  std::string who;
  std::string since;
  std::string sure;
  std::optional<std::string> cost;  // only where values are known
  std::string check_next;
};

}  // namespace ripen
