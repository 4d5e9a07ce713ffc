#include "monitor/side_by_side.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/nearest_name.h"
#include "monitor/value_pair.h"

namespace ripen::monitor {
namespace {

constexpr double kMostEvidence = 1e6;

double PrintedEvidence(double log_evidence) {
  const double evidence = std::exp(std::min(log_evidence, std::log(kMostEvidence)));
  if (evidence <= 0) return 0;
  const double unit = std::pow(10, std::floor(std::log10(evidence)) - 2);
  return std::min(std::round(evidence / unit) * unit, kMostEvidence);
}

// One comparison under way.
class Comparer {
 public:
  Comparer(const CubeIndex& index, const Settling& settling, const SidesOptions& options,
           const ValuePair& pair, std::size_t stage, SideBySide& answer)
      : index_(index),
        settling_(settling),
        options_(options),
        pair_(pair),
        stage_(stage),
        answer_(answer) {}

  void Compare() {
    if (!index_.snapshot().stage_given[stage_]) return Refuse(NotSideBySide::kStageNotGiven);
    const std::vector<BothCounts> shown = pair_.ByDay(0);
    std::vector<std::size_t> common;
    for (std::size_t day = 0; day < shown.size(); ++day) {
      if (shown[day].a > 0 && shown[day].b > 0) common.push_back(day);
    }
    if (common.empty()) return Refuse(NotSideBySide::kNotSameDays);
    const std::vector<Day> settled = settling_.DetectorDays(stage_);
    std::vector<std::size_t> days;
    for (const std::size_t day : common) {
      if (std::binary_search(settled.begin(), settled.end(), index_.DayAt(day))) {
        days.push_back(day);
      }
    }
    if (!days.empty()) {
      answer_.from = index_.DayAt(days.front());
      answer_.to = index_.DayAt(days.back());
      answer_.days = static_cast<int>(days.size());
    }
    const std::size_t needed = options_.statistic.learning_days;
    if (days.size() <= needed) {
      if (common.size() <= needed) return Refuse(NotSideBySide::kTooFew);
      const Day first = settling_.SettlesOn(stage_, index_.DayAt(common[needed]));
      if (first > index_.snapshot().as_of) answer_.first_on = first;
      return Refuse(NotSideBySide::kNotSettled);
    }
    std::vector<bool> wanted(index_.days());
    for (const std::size_t day : days) wanted[day] = true;
    HeldMix mix = HoldMixSame(index_, pair_, stage_, shown, days, options_.mix);
    answer_.held_same = std::move(mix.held_same);
    answer_.mix_differs = std::move(mix.mix_differs);
    if (!mix.comparable) return Refuse(NotSideBySide::kMixDiffers);
    strata_ = std::move(mix.strata);
    Watch(days, wanted);
  }

 private:
  void Refuse(NotSideBySide reason) { answer_.refused = reason; }

  void Watch(const std::vector<std::size_t>& days, const std::vector<bool>& wanted) {
    const std::size_t strata =
        strata_.empty() ? 0 : 1 + *std::max_element(strata_.begin(), strata_.end());
    stats::TwoRates watch(strata, options_.statistic);
    const auto blocks = pair_.Blocks(strata_, index_.TrialsColumn(stage_), 1 + stage_, wanted);
    for (const std::size_t day : days) {
      watch.AddDay(blocks[day]);
      for (const stats::TwoArmCell& block : blocks[day]) {
        answer_.arm.trials += std::llround(block.a.trials);
        answer_.arm.events += std::llround(block.a.events);
        answer_.against.trials += std::llround(block.b.trials);
        answer_.against.events += std::llround(block.b.events);
      }
    }
    const stats::TwoSampleState& state = watch.state();
    if (!state.low) return Refuse(NotSideBySide::kTooFew);
    answer_.arm.rate = state.level_a;
    answer_.against.rate = state.level_b;
    answer_.difference = state.difference;
    answer_.low = std::max(*state.low, -1.0);
    answer_.high = std::min(*state.high, 1.0);
    answer_.evidence = PrintedEvidence(state.log_evidence);
    answer_.highest_evidence = PrintedEvidence(state.highest_log_evidence);
    answer_.verdict = SidesVerdict::kNoneYet;
    if (!watch.first_claim()) return;
    answer_.claimed_with = index_.DayAt(days[*watch.first_claim()]);
    // A flag may have settled the day before its time: then the morning is not known.
    const Day morning = settling_.SettlesOn(stage_, *answer_.claimed_with);
    if (morning <= index_.snapshot().as_of + 1) answer_.claimed_on = morning;
    answer_.verdict = !state.RangeLeavesOutZero() ? SidesVerdict::kFaded
                      : state.difference > 0      ? SidesVerdict::kMore
                                                  : SidesVerdict::kFewer;
  }

  const CubeIndex& index_;
  const Settling& settling_;
  const SidesOptions& options_;
  const ValuePair& pair_;
  std::size_t stage_;
  SideBySide& answer_;
  std::vector<std::uint32_t> strata_;
};

}  // namespace

std::vector<std::size_t> SidesReader::ContextAttributes() const {
  const std::vector<cube::Attribute>& attributes = index_.snapshot().attributes;
  std::vector<std::size_t> chosen;
  for (std::size_t attribute = 0; attribute < attributes.size(); ++attribute) {
    const std::size_t values = attributes[attribute].values.size();
    if (attributes[attribute].kind == AttributeKind::kContext && values >= 2 &&
        values <= options_.most_values) {
      chosen.push_back(attribute);
    }
  }
  std::sort(chosen.begin(), chosen.end(),
            [&](std::size_t a, std::size_t b) { return attributes[a].name < attributes[b].name; });
  return chosen;
}

void SidesReader::CompareValues(std::size_t attribute, std::size_t stage,
                                std::vector<SideBySide>& comparisons) const {
  const cube::Attribute& described = index_.snapshot().attributes[attribute];
  std::vector<std::pair<double, std::size_t>> values;  // by recommendations
  for (std::size_t value = 0; value < described.values.size(); ++value) {
    if (!visibility_.ShowsValue(attribute, value)) continue;
    const auto stream = index_.Find(Slice{{{described.name, described.values[value]}}});
    if (!stream) continue;
    double shown = 0;
    for (std::size_t day = 0; day < index_.days(); ++day) shown += index_.Shown(*stream, day);
    if (shown > 0) values.emplace_back(-shown, value);
  }
  std::sort(values.begin(), values.end());
  if (values.size() > options_.most_values) values.resize(options_.most_values);
  if (values.size() < 2) return;
  SidesOptions options = options_;
  options.statistic.alpha /= static_cast<double>(values.size() - 1);
  const std::size_t largest = values.front().second;
  for (std::size_t at = 1; at < values.size(); ++at) {
    SideBySide answer;
    answer.attribute = described.name;
    answer.stage = index_.snapshot().ladder[stage].name;
    answer.arm.value = described.values[values[at].second];
    answer.against.value = described.values[largest];
    answer.level = 1 - options.statistic.alpha;
    const ValuePair pair(index_, attribute, values[at].second, largest);
    Comparer(index_, settling_, options, pair, stage, answer).Compare();
    comparisons.push_back(std::move(answer));
  }
}

Result<SidesReport> SidesReader::Compare(const SidesRequest& request) const {
  const cube::Snapshot& snapshot = index_.snapshot();
  const auto stage = snapshot.ladder.IndexOf(request.stage);
  if (!stage) {
    return Fail(ErrorCode::kNotFound, fmt::format("No stage is named '{}'.", request.stage));
  }
  SidesReport report{snapshot.as_of, request.stage, request.attribute, {}};
  std::vector<std::size_t> attributes = ContextAttributes();
  if (request.attribute) {
    attributes.clear();
    std::vector<std::string> known;
    for (std::size_t at = 0; at < snapshot.attributes.size(); ++at) {
      known.push_back(snapshot.attributes[at].name);
      if (snapshot.attributes[at].name == *request.attribute) attributes.push_back(at);
    }
    if (attributes.empty()) {
      const auto nearest = NearestName(*request.attribute, known);
      return Fail(ErrorCode::kNotFound,
                  fmt::format("No attribute is named '{}'{}.", *request.attribute,
                              nearest ? fmt::format("; the nearest is '{}'", *nearest) : ""));
    }
  }
  for (const std::size_t attribute : attributes) {
    CompareValues(attribute, *stage, report.comparisons);
  }
  return report;
}

std::vector<SideBySide> SidesReader::OfContext() const {
  std::vector<SideBySide> comparisons;
  for (const std::size_t attribute : ContextAttributes()) {
    for (std::size_t stage = 0; stage < index_.stages(); ++stage) {
      if (index_.snapshot().stage_given[stage]) CompareValues(attribute, stage, comparisons);
    }
  }
  std::erase_if(comparisons, [](const SideBySide& comparison) {
    return comparison.refused == NotSideBySide::kNotSameDays;
  });
  return comparisons;
}

}  // namespace ripen::monitor
