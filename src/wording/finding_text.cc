#include "wording/finding_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "wording/finding_writer.h"

namespace ripen::wording {
namespace {

std::map<std::string, std::string> ParamsOf(const Finding& finding) {
  std::map<std::string, std::string> params;
  const auto number = [](double value) { return fmt::format("{:.6f}", value); };
  params["slice"] = finding.slice.Canonical();
  if (finding.stage) params["stage"] = *finding.stage;
  if (finding.since) params["since"] = finding.since->Iso();
  if (finding.before) params["before"] = number(*finding.before);
  if (finding.after) params["after"] = number(*finding.after);
  if (finding.before && finding.after && *finding.before > 0) {
    params["ratio"] = number(*finding.after / *finding.before);
  }
  if (finding.code) params["code"] = *finding.code;
  if (finding.item_slice) params["item_slice"] = finding.item_slice->Canonical();
  if (finding.against) params["against"] = finding.against->Canonical();
  if (finding.observed) params["observed"] = number(*finding.observed);
  if (finding.expected) params["expected"] = number(*finding.expected);
  if (finding.mix_attribute) params["mix_attribute"] = *finding.mix_attribute;
  if (finding.mix_effect) params["mix_effect"] = number(*finding.mix_effect);
  return params;
}

}  // namespace

Message Render(const Finding& finding, const CheckReport& report, const Phrasebook& phrasebook) {
  FindingWriter writer(finding, report, phrasebook);
  Message message;
  message.params = ParamsOf(finding);
  message.template_name = writer.TemplateName();
  message.text = writer.Write();
  return message;
}

RenderedMessage RenderAll(const Finding& finding, const CheckReport& report) {
  Message english = Render(finding, report, Phrasebook::For("en"));
  Message german = Render(finding, report, Phrasebook::For("de"));
  return {std::move(english.template_name), std::move(english.params), std::move(english.text),
          std::move(german.text)};
}

}  // namespace ripen::wording
