// Two values of an attribute shown on the same days, such as two versions of a model: does one have
// more outcomes among the same customers, however often one looks?
//
// Every value is compared with the one shown most, on the days on which both were shown and whose
// outcomes are settled (settling.h: DetectorDays), each of which enters once. A stratum is a cross
// of the other adjustment attributes: each is taken in, in their order, unless its strata become so
// small that their days hold one value alone (`least_kept`), judged on the first `days_for_strata`
// common days. So a
// mix of customers that differs does not speak; that it differs is said, and a comparison is
// refused where an attribute that could not be taken in differs by `most_unheld` or more. The
// statistic is stats/two_sample.h, alpha divided by the number of values compared with one, and
// everything is worked out anew from the counts as known on the snapshot's day.
//
// Fails when. Values were given to customers by something that is no attribute: whether they were
// given at random is not in the counts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/side_by_side.h"
#include "monitor/cube_index.h"
#include "monitor/held_mix.h"
#include "monitor/privacy.h"
#include "monitor/settling.h"
#include "stats/two_sample.h"

namespace ripen::monitor {

struct SidesOptions {
  stats::TwoSampleOptions statistic;  // its alpha is that of all values of an attribute together
  std::size_t most_values = 10;       // values shown less are left out
  HeldMixOptions mix;
};

struct SidesRequest {
  std::string stage;
  std::optional<std::string> attribute;  // absent: attributes of the context of 2 to 10 values
};

// Keeps references; all must outlive it.
class SidesReader {
 public:
  SidesReader(const CubeIndex& index, const Settling& settling, const Visibility& visibility,
              SidesOptions options = {})
      : index_(index), settling_(settling), visibility_(visibility), options_(options) {}

  // Errors: kNotFound for an unknown stage or attribute. What cannot be compared is an answer with
  // `refused`; an attribute with fewer than two values that may be shown has no comparisons. Cost:
  // the cells of the attribute's family, a few times for each value.
  [[nodiscard]] Result<SidesReport> Compare(const SidesRequest& request) const;
  // For `check`: attributes of the context, every stage that the data hold; those shown on other
  // days are left out.
  std::vector<SideBySide> OfContext() const;

 private:
  void CompareValues(std::size_t attribute, std::size_t stage,
                     std::vector<SideBySide>& comparisons) const;
  std::vector<std::size_t> ContextAttributes() const;

  const CubeIndex& index_;
  const Settling& settling_;
  const Visibility& visibility_;
  SidesOptions options_;
};

}  // namespace ripen::monitor
