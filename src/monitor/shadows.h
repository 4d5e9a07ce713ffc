// How a finding becomes the shadow of another one.
#pragma once

#include <string>
#include <vector>

#include "model/finding.h"

namespace ripen::monitor {

// The finding follows from `cause`, the id of another one: it is at most a watch.
inline void Explain(Finding& finding, const std::string& cause) {
  finding.explained_by = cause;
  if (finding.level == Level::kAlert) finding.level = Level::kWatch;
}

// As Explain; those that followed from the finding name the cause itself, not another shadow.
inline void ExplainWithShadows(Finding& finding, const std::string& cause,
                               std::vector<Finding>& findings) {
  Explain(finding, cause);
  for (Finding& shadow : findings) {
    if (shadow.explained_by == finding.id) shadow.explained_by = cause;
  }
}

}  // namespace ripen::monitor
