#include "monitor/exposure_shift.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "monitor/exposure_undo.h"
#include "monitor/exposure_view.h"
#include "monitor/exposures.h"
#include "monitor/same_time.h"
#include "monitor/shadows.h"
#include "monitor/shift_judge.h"
#include "stats/budget.h"

namespace ripen::monitor {
namespace {

// How many attributes share the weight of exposure.
struct Sharing {
  std::size_t item_attributes = 0;
  std::size_t customer_attributes = 0;
};

std::size_t KnownValues(const cube::Attribute& attribute) {
  return static_cast<std::size_t>(
      std::count(attribute.known_at_start.begin(), attribute.known_at_start.end(), true));
}

// Of one view: the total's part over the item's values, the cells' over the customer attributes,
// then over their cells. Attributes with a single value repeat the total and have none.
std::vector<double> ExposureWeights(const CubeIndex& view, const Sharing& sharing) {
  std::vector<double> weights(view.streams());
  const auto& attributes = view.snapshot().attributes;
  const auto items = static_cast<double>(sharing.item_attributes);
  const auto pairs = items * static_cast<double>(sharing.customer_attributes);
  for (const Grouping& grouping : view.groupings()) {
    if (grouping.family != kItemFamily) continue;
    std::vector<std::size_t> members;
    for (std::size_t local = 0; local < grouping.streams; ++local) {
      const std::size_t stream = grouping.first_stream + local;
      bool watched = true;
      for (const CubeIndex::Key& key : view.KeysOf(stream)) {
        const cube::Attribute& attribute = attributes[key.attribute];
        const bool is_item = key.attribute + 1 == attributes.size();
        watched = watched &&
                  (is_item ? IsWatchedValue(attribute, key.value)
                           : attribute.known_at_start[key.value] && KnownValues(attribute) > 1);
      }
      if (watched) members.push_back(stream);
    }
    const double whole =
        stats::kExposureWeight * (grouping.level() == 1 ? stats::kExposureTotalShare / items
                                                        : stats::kExposureCellShare / pairs);
    for (const std::size_t stream : members) {
      weights[stream] = whole / static_cast<double>(members.size());
    }
  }
  return weights;
}

// The customers' and the item's part of a slice of the view.
std::pair<Slice, Slice> SplitSlice(const Slice& slice, const std::string& item_attribute) {
  std::vector<Segment> who;
  std::vector<Segment> what;
  for (const Segment& segment : slice.segments) {
    (segment.attribute == item_attribute ? what : who).push_back(segment);
  }
  return {Slice::Of(std::move(who)), Slice::Of(std::move(what))};
}

// What is shared by all streams of one item attribute.
class ItemSubject : public ShiftSubject {
 public:
  ItemSubject(const RateStreams& streams, const ExposureView& view, const CubeIndex& index,
              const Visibility& visibility)
      : streams_(streams), view_(view), index_(index), visibility_(visibility), undo_(streams) {}

  void Name(std::size_t stream, Finding& finding) const override {
    finding.kind = FindingKind::kExposureShift;
    auto [who, what] =
        SplitSlice(streams_.index().SliceOf(stream), view_.snapshot.attributes.back().name);
    finding.slice = std::move(who);
    finding.item_slice = std::move(what);
  }

  bool Shows(std::size_t stream) const override {
    const auto known = index_.Find(streams_.index().SliceOf(stream));
    return known && visibility_.Shows(*known);
  }

  double RateOf(std::size_t stream, std::size_t from, std::size_t to) const override {
    const std::span<const double> events = streams_.CountedEvents(stream);
    double all_trials = 0;
    double all_events = 0;
    for (std::size_t cohort = from; cohort < to; ++cohort) {
      all_trials += TrialsOf(stream, cohort);
      all_events += events[cohort];
    }
    return all_trials > 0 ? all_events / all_trials : 0;
  }

  // Of the whole customer group, also of cells that were never shown the value.
  double TrialsOf(std::size_t stream, std::size_t cohort) const override {
    const CubeIndex& viewed = streams_.index();
    const FlatFamily& customers = viewed.families().front();
    const std::vector<CubeIndex::Key> keys = viewed.KeysOf(stream);
    const auto day = static_cast<std::size_t>(streams_.DayOf(cohort) - viewed.snapshot().first_day);
    double sum = 0;
    for (std::size_t cell = 0; cell < customers.cells(); ++cell) {
      const bool inside = std::all_of(keys.begin(), keys.end(), [&](const CubeIndex::Key& key) {
        return key.attribute >= customers.columns() ||
               customers.values[cell * customers.columns() + key.attribute] == key.value;
      });
      if (inside) sum += static_cast<double>(view_.trials[cell * viewed.days() + day]);
    }
    return sum;
  }

  Cause Undo(const Reading& reading, Finding& /*finding*/, FamilyEvents& undone) override {
    return undo_.Undo(reading, undone);
  }

 private:
  const RateStreams& streams_;
  const ExposureView& view_;
  const CubeIndex& index_;
  const Visibility& visibility_;
  ExposureUndo undo_;
};

// Competitors that are the same item group told of other customers; the rest is not comparable.
void KeepComparable(const std::string& item_attribute, std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    std::vector<Slice> kept;
    for (const Slice& competitor : finding.competitors) {
      auto [who, what] = SplitSlice(competitor, item_attribute);
      if (what == finding.item_slice) kept.push_back(std::move(who));
    }
    finding.competitors = std::move(kept);
  }
}

std::vector<Finding> JudgeItem(const CubeIndex& index, ExposureView view,
                               std::span<const std::size_t> days, const Sharing& sharing,
                               const Visibility& visibility, const LookOptions& options) {
  const CubeIndex viewed(view.snapshot, std::move(view.families));
  RateStreams streams(viewed, 0, Exposures::Whole(viewed, 0), {days.begin(), days.end()},
                      ExposureWeights(viewed, sharing));
  streams.ShrinkInsideFurther();
  ItemSubject subject(streams, view, index, visibility);
  std::vector<Finding> findings = JudgeShifts(streams, subject, options.alerts, {}).findings;
  KeepComparable(view.snapshot.attributes.back().name, findings);
  return findings;
}

double RecommendationsMoved(const Finding& finding) {
  return std::abs(finding.after.value_or(0) - finding.before.value_or(0)) *
         static_cast<double>(finding.trials_since.value_or(0));
}

// Item groups overlap over attributes: winter goods that are shown less are also warm ones.
void ExplainAcrossAttributes(std::vector<Finding>& findings) {
  std::vector<Finding*> causes;
  for (Finding& finding : findings) {
    if (finding.level != Level::kInfo && !finding.explained_by) causes.push_back(&finding);
  }
  std::stable_sort(causes.begin(), causes.end(), [](const Finding* a, const Finding* b) {
    if (a->level != b->level) return a->level < b->level;
    return RecommendationsMoved(*a) > RecommendationsMoved(*b);
  });
  for (std::size_t at = 0; at < causes.size(); ++at) {
    for (std::size_t before = 0; before < at; ++before) {
      const Finding& cause = *causes[before];
      Finding& shadow = *causes[at];
      const bool related = shadow.slice.IsInside(cause.slice) || cause.slice.IsInside(shadow.slice);
      const bool same_attribute = shadow.item_slice->segments.front().attribute ==
                                  cause.item_slice->segments.front().attribute;
      if (cause.level != Level::kAlert || cause.explained_by || shadow.explained_by ||
          same_attribute || !related || !AtTheSameTime(shadow, cause)) {
        continue;
      }
      ExplainWithShadows(shadow, cause.id, findings);
    }
  }
}

}  // namespace

std::vector<Finding> FindExposureShifts(const CubeIndex& index, const Visibility& visibility,
                                        std::span<const std::size_t> days,
                                        const LookOptions& options) {
  const CustomerCells customers = ListCustomerCells(index);
  const std::vector<cube::Attribute>& attributes = index.snapshot().attributes;
  Sharing sharing;
  for (const std::size_t attribute : customers.attributes) {
    sharing.customer_attributes += KnownValues(attributes[attribute]) > 1 ? 1 : 0;
  }
  std::vector<std::size_t> items;
  for (std::size_t at = 0; at < attributes.size(); ++at) {
    if (attributes[at].kind != AttributeKind::kItem) continue;
    ++sharing.item_attributes;
    items.push_back(at);
  }
  std::vector<Finding> findings;
  for (const std::size_t item : items) {
    auto view = ViewOfItem(index, customers, item, options.accepted);
    if (!view) continue;
    for (Finding& finding :
         JudgeItem(index, std::move(*view), days, sharing, visibility, options)) {
      findings.push_back(std::move(finding));
    }
  }
  ExplainAcrossAttributes(findings);
  return findings;
}

void ExplainByRates(std::span<const Finding> findings, std::vector<Finding>& exposures) {
  for (Finding& exposure : exposures) {
    std::vector<Segment> both = exposure.slice.segments;
    both.insert(both.end(), exposure.item_slice->segments.begin(),
                exposure.item_slice->segments.end());
    const Slice whole = Slice::Of(std::move(both));
    for (const Finding& cause : findings) {
      if (cause.kind != FindingKind::kRateShift || cause.level != Level::kAlert ||
          cause.explained_by || exposure.explained_by || !whole.IsInside(cause.slice) ||
          !AtTheSameTime(exposure, cause)) {
        continue;
      }
      ExplainWithShadows(exposure, cause.id, exposures);
    }
  }
}

void ExplainByLaunch(const Finding& launch, std::vector<Finding>& exposures) {
  if (launch.slice.segments.size() != 1) return;
  for (Finding& exposure : exposures) {
    if (exposure.explained_by || !AtTheSameTime(exposure, launch) ||
        exposure.item_slice->segments.front().attribute !=
            launch.slice.segments.front().attribute) {
      continue;
    }
    ExplainWithShadows(exposure, launch.id, exposures);
  }
}

}  // namespace ripen::monitor
