#include "monitor/responsible.h"

#include <algorithm>
#include <cmath>

#include "monitor/collection_name.h"
#include "stats/homogeneity.h"
#include "stats/slice_scan.h"
#include "stats/slice_score.h"

namespace ripen::monitor {
namespace {

constexpr std::size_t kCandidates = 60;
constexpr double kCompetitorMargin = 2;  // score by which slices can be told apart
constexpr std::size_t kMostCompetitors = 4;
constexpr double kLeastPartScore = 3;  // of a further part of the slice
constexpr std::size_t kMostParts = 4;
constexpr double kSameEverywhere = .01;  // tail probability under which a change is not the same
// Under which a value is said to be hit more than others: many attributes are asked at every alert.
constexpr double kUneven = .001;
constexpr double kShrinkage = 20;   // trials by which a slice's own reference is shrunk
constexpr double kSameSlice = .8;   // Jaccard index over which two slices are one
constexpr double kTakenOver = .25;  // of what the group is shown: a value took over
constexpr double kLeastExpected = 10;
constexpr int kThreads = 2;

struct SliceSums {
  double trials_before = 0;
  double events_before = 0;
  double trials_since = 0;
  double observed = 0;
  double expected = 0;
  double shown = 0;
};

class Search {
 public:
  Search(const RateStreams& streams, const Visibility& visibility, const cube::Cross& cross,
         CrossCounts counts, const Finding& finding, const ResponsibleOptions& options)
      : snapshot_(streams.index().snapshot()),
        index_(streams.index()),
        visibility_(visibility),
        cross_(cross),
        counts_(std::move(counts)),
        finding_(finding),
        options_(options) {
    // A cell where nothing is expected takes no part.
    for (std::size_t cell = 0; cell < cross_.cells; ++cell) {
      if (counts_.expected[cell] > 0) cells_.push_back(static_cast<std::uint32_t>(cell));
    }
    for (std::size_t attribute = 0; attribute < cross_.columns.size(); ++attribute) {
      std::vector<std::uint16_t>& column = columns_.emplace_back();
      column.reserve(cells_.size());
      for (const std::uint32_t cell : cells_) column.push_back(cross_.columns[attribute][cell]);
      scan_.sizes.push_back(snapshot_.attributes[attribute].values.size());
    }
    for (const std::uint32_t cell : cells_) {
      observed_.push_back(counts_.events_since[cell]);
      expected_.push_back(counts_.expected[cell]);
    }
    for (const auto& column : columns_) scan_.columns.emplace_back(column);
    scan_.observed = observed_;
    scan_.expected = expected_;
  }

  std::optional<Responsible> Run() {
    const auto own = PredicatesOf(finding_.slice);
    if (!own || cells_.empty()) return std::nullopt;
    const Candidate home = Measure(*own);
    if (home.sums.expected <= 0) return std::nullopt;
    std::vector<Candidate> candidates{home};
    for (const stats::ScannedSlice& found : stats::ScanSlices(scan_, ScanOptionsNow()).best) {
      if (found.predicates != *own && MayBeNamed(found.predicates, *own)) {
        candidates.push_back(Measure(found.predicates));
      }
    }
    const Candidate* best = &candidates.front();
    for (const Candidate& candidate : candidates) {
      const bool refines = std::includes(candidate.predicates.begin(), candidate.predicates.end(),
                                         own->begin(), own->end());
      if (refines && candidate.score > best->score) best = &candidate;
    }
    Responsible responsible;
    responsible.slice = SliceOf(best->predicates);
    responsible.before = best->sums.expected / best->sums.trials_since;
    responsible.after = best->sums.observed / best->sums.trials_since;
    responsible.score = best->score;
    for (const cube::Attribute& attribute : snapshot_.attributes) {
      responsible.searched.push_back(attribute.name);
    }
    AddCompetitors(candidates, *best, responsible);
    AddParts(*own, *best, responsible);
    CheckAttributes(*best, responsible);
    return responsible;
  }

 private:
  using Predicates = std::vector<stats::Predicate>;
  struct Candidate {
    Predicates predicates;
    SliceSums sums;
    double score = 0;
  };

  stats::ScanOptions ScanOptionsNow() const {
    stats::ScanOptions scan;
    scan.direction = finding_.direction == Move::kFall ? stats::ScanDirection::kFalls
                                                       : stats::ScanDirection::kRises;
    scan.most_predicates = static_cast<std::size_t>(options_.slice_predicates);
    scan.dispersion = options_.dispersion;
    scan.least_expected = kLeastExpected;
    scan.keep = kCandidates;
    scan.threads = kThreads;
    return scan;
  }

  std::optional<Predicates> PredicatesOf(const Slice& slice) const {
    Predicates predicates;
    for (const Segment& segment : slice.segments) {
      const auto& attributes = snapshot_.attributes;
      const auto attribute =
          std::find_if(attributes.begin(), attributes.end(),
                       [&](const cube::Attribute& each) { return each.name == segment.attribute; });
      if (attribute == attributes.end()) return std::nullopt;
      const auto value =
          std::find(attribute->values.begin(), attribute->values.end(), segment.value);
      if (value == attribute->values.end()) return std::nullopt;
      predicates.push_back({static_cast<std::size_t>(attribute - attributes.begin()),
                            static_cast<std::uint16_t>(value - attribute->values.begin())});
    }
    std::sort(predicates.begin(), predicates.end());
    return predicates;
  }

  Slice SliceOf(const Predicates& predicates) const {
    std::vector<Segment> segments;
    for (const stats::Predicate& predicate : predicates) {
      const cube::Attribute& attribute = snapshot_.attributes[predicate.attribute];
      segments.push_back({attribute.name, attribute.values[predicate.value]});
    }
    return Slice::Of(std::move(segments));
  }

  bool Contains(const Predicates& predicates, std::size_t cell) const {
    return std::all_of(predicates.begin(), predicates.end(), [&](const stats::Predicate& each) {
      return cross_.columns[each.attribute][cell] == each.value;
    });
  }

  // The slice's sums, scored with its own rate of before: cells are shrunk towards main effects,
  // which an interaction that was always there is not part of.
  Candidate Measure(const Predicates& predicates) const {
    Candidate candidate{predicates, {}, 0};
    SliceSums& sums = candidate.sums;
    double expected_before = 0;
    for (std::size_t cell = 0; cell < cross_.cells; ++cell) {
      if (!Contains(predicates, cell)) continue;
      sums.trials_before += counts_.trials_before[cell];
      sums.events_before += counts_.events_before[cell];
      sums.trials_since += counts_.trials_since[cell];
      sums.observed += counts_.events_since[cell];
      sums.expected += counts_.expected[cell];
      sums.shown += counts_.shown[cell];
      if (counts_.trials_since[cell] > 0) {
        expected_before +=
            counts_.trials_before[cell] * counts_.expected[cell] / counts_.trials_since[cell];
      } else {
        expected_before += counts_.events_before[cell];
      }
    }
    const double typical =
        sums.trials_since > 0 ? kShrinkage * sums.expected / sums.trials_since : 0;
    if (expected_before + typical > 0) {
      sums.expected *= (sums.events_before + typical) / (expected_before + typical);
    }
    const bool moved = finding_.direction == Move::kFall ? sums.observed < sums.expected
                                                         : sums.observed > sums.expected;
    candidate.score = sums.expected > 0 && moved
                          ? stats::SliceScore(sums.observed, sums.expected, options_.dispersion,
                                              predicates.size())
                          : -2 * static_cast<double>(predicates.size());
    return candidate;
  }

  // What is too small to be shown is not named, and what is watched by itself only if it alarmed.
  bool MayBeNamed(const Predicates& predicates, const Predicates& own) const {
    std::vector<CubeIndex::Key> keys;
    for (const stats::Predicate& each : predicates) keys.push_back({each.attribute, each.value});
    double shown = 0;
    for (std::size_t cell = 0; cell < cross_.cells; ++cell) {
      if (Contains(predicates, cell)) shown += counts_.shown[cell];
    }
    if (!visibility_.ShowsCross(keys, shown)) return false;
    if (predicates == own) return true;
    const Slice slice = SliceOf(predicates);
    return !index_.Find(slice) || std::find(options_.alarmed.begin(), options_.alarmed.end(),
                                            slice) != options_.alarmed.end();
  }

  // Shared trials since over the trials of both.
  double Jaccard(const Predicates& a, const Predicates& b) const {
    double both = 0;
    double either = 0;
    for (std::size_t cell = 0; cell < cross_.cells; ++cell) {
      const bool in_a = Contains(a, cell);
      const bool in_b = Contains(b, cell);
      if (in_a && in_b) both += counts_.trials_since[cell];
      if (in_a || in_b) either += counts_.trials_since[cell];
    }
    return either > 0 ? both / either : 0;
  }

  // Slices about as good, but for those that hold the same customers and say so with more words.
  void AddCompetitors(const std::vector<Candidate>& candidates, const Candidate& best,
                      Responsible& responsible) const {
    std::vector<const Candidate*> close;
    for (const Candidate& candidate : candidates) {
      const bool same_and_longer =
          std::includes(candidate.predicates.begin(), candidate.predicates.end(),
                        best.predicates.begin(), best.predicates.end());
      if (&candidate == &best || candidate.score < best.score - kCompetitorMargin ||
          (same_and_longer && Jaccard(candidate.predicates, best.predicates) > kSameSlice)) {
        continue;
      }
      close.push_back(&candidate);
    }
    std::stable_sort(close.begin(), close.end(),
                     [](const Candidate* a, const Candidate* b) { return a->score > b->score; });
    if (close.size() > kMostCompetitors) close.resize(kMostCompetitors);
    for (const Candidate* candidate : close) {
      responsible.competitors.push_back(SliceOf(candidate->predicates));
    }
  }

  // The change may sit in several parts of the alert's slice: found one by one, each as expected
  // once it is found.
  void AddParts(const Predicates& own, const Candidate& best, Responsible& responsible) {
    if (best.predicates == own) return;
    std::vector<double> rest = observed_;
    stats::ScanCells cells = scan_;
    cells.observed = rest;
    const auto settle = [&](const Predicates& predicates) {
      for (std::size_t at = 0; at < cells_.size(); ++at) {
        if (Contains(predicates, cells_[at])) rest[at] = expected_[at];
      }
    };
    responsible.parts.push_back(responsible.slice);
    settle(best.predicates);
    stats::ScanOptions scan = ScanOptionsNow();
    while (responsible.parts.size() < kMostParts) {
      const stats::ScanResult found = stats::ScanSlices(cells, scan);
      const auto next =
          std::find_if(found.best.begin(), found.best.end(), [&](const stats::ScannedSlice& each) {
            return each.score >= kLeastPartScore && each.predicates != own &&
                   std::includes(each.predicates.begin(), each.predicates.end(), own.begin(),
                                 own.end()) &&
                   MayBeNamed(each.predicates, own);
          });
      if (next == found.best.end()) break;
      responsible.parts.push_back(SliceOf(next->predicates));
      settle(next->predicates);
    }
    if (responsible.parts.size() == 1) responsible.parts.clear();
  }

  // By value of an attribute, inside the slice.
  struct Parts {
    std::vector<stats::Part> outcomes;
    std::vector<double> before;  // trials
    std::vector<double> since;
  };
  Parts Split(const Candidate& best, std::size_t attribute) const {
    const std::size_t values = snapshot_.attributes[attribute].values.size();
    Parts parts{std::vector<stats::Part>(values), std::vector<double>(values),
                std::vector<double>(values)};
    for (std::size_t cell = 0; cell < cross_.cells; ++cell) {
      if (!Contains(best.predicates, cell)) continue;
      const std::uint16_t value = cross_.columns[attribute][cell];
      parts.outcomes[value].observed += counts_.events_since[cell];
      parts.outcomes[value].expected += counts_.expected[cell];
      parts.before[value] += counts_.trials_before[cell];
      parts.since[value] += counts_.trials_since[cell];
    }
    return parts;
  }

  void CheckAttributes(const Candidate& best, Responsible& responsible) const {
    for (std::size_t attribute = 0; attribute < snapshot_.attributes.size(); ++attribute) {
      const bool fixed =
          std::any_of(best.predicates.begin(), best.predicates.end(),
                      [&](const stats::Predicate& each) { return each.attribute == attribute; });
      if (fixed) continue;
      const cube::Attribute& given = snapshot_.attributes[attribute];
      const Parts parts = Split(best, attribute);
      const double rate = best.sums.observed / std::max(best.sums.trials_since, 1.0);
      const auto tail =
          stats::HomogeneityTail(parts.outcomes, std::min(rate, .999), options_.dispersion);
      if (tail && *tail > kSameEverywhere) responsible.same_in.push_back(given.name);
      if (given.kind == AttributeKind::kContext ||
          (given.kind == AttributeKind::kItem && NamesACollection(given.name))) {
        responsible.suspects.push_back(Judge(attribute, parts, tail));
      }
    }
    std::sort(responsible.same_in.begin(), responsible.same_in.end());
  }

  Suspect Judge(std::size_t attribute, const Parts& parts, std::optional<double> tail) const {
    const cube::Attribute& given = snapshot_.attributes[attribute];
    Suspect suspect;
    suspect.attribute = given.name;
    double before = 0;
    double since = 0;
    for (std::size_t value = 0; value < parts.before.size(); ++value) {
      before += parts.before[value];
      since += parts.since[value];
    }
    if (before <= 0 || since <= 0) return suspect;
    std::size_t grown = 0;
    double most_growth = -1;
    for (std::size_t value = 0; value < parts.before.size(); ++value) {
      const double growth = parts.since[value] / since - parts.before[value] / before;
      if (growth > most_growth && visibility_.ShowsValue(attribute, value)) {
        most_growth = growth;
        grown = value;
      }
    }
    const auto name = [&](std::size_t value) {
      suspect.value = given.values[value];
      suspect.share_before = parts.before[value] / before;
      suspect.share_since = parts.since[value] / since;
    };
    if (most_growth >= kTakenOver) {
      suspect.verdict = SuspectVerdict::kSwitched;
      name(grown);
      return suspect;
    }
    if (!tail) return suspect;
    if (*tail > kSameEverywhere) {
      suspect.verdict = SuspectVerdict::kSameEverywhere;
      return suspect;
    }
    if (*tail < kUneven) JudgeUneven(attribute, parts, suspect, name);
    return suspect;
  }

  // The change differs between values: is it with one of them alone?
  template <typename Name>
  void JudgeUneven(std::size_t attribute, const Parts& parts, Suspect& suspect,
                   const Name& name) const {
    const double sign = finding_.direction == Move::kFall ? -1 : 1;
    std::optional<std::size_t> strongest;
    double strength = 0;
    for (std::size_t value = 0; value < parts.outcomes.size(); ++value) {
      const stats::Part& part = parts.outcomes[value];
      if (part.expected < kLeastExpected || !visibility_.ShowsValue(attribute, value)) continue;
      const double change = sign * (part.observed / part.expected - 1);
      if (!strongest || change > strength) {
        strongest = value;
        strength = change;
      }
    }
    if (!strongest) return;
    name(*strongest);
    stats::Part rest;
    for (std::size_t value = 0; value < parts.outcomes.size(); ++value) {
      if (value == *strongest) continue;
      rest.observed += parts.outcomes[value].observed;
      rest.expected += parts.outcomes[value].expected;
    }
    const bool rest_moved = sign * (rest.observed - rest.expected) > 0;
    const double rest_gain =
        rest.expected > 0 ? stats::PoissonGain(rest.observed, rest.expected) / options_.dispersion
                          : 0;
    suspect.verdict = rest.expected >= kLeastExpected && (!rest_moved || rest_gain < 2)
                          ? SuspectVerdict::kOnlyWith
                          : SuspectVerdict::kStrongerWith;
  }

  const cube::Snapshot& snapshot_;
  const CubeIndex& index_;
  const Visibility& visibility_;
  const cube::Cross& cross_;
  const CrossCounts counts_;
  const Finding& finding_;
  const ResponsibleOptions& options_;
  std::vector<std::uint32_t> cells_;  // of the cross, that take part in the scan
  std::vector<std::vector<std::uint16_t>> columns_;
  std::vector<double> observed_;
  std::vector<double> expected_;
  stats::ScanCells scan_;
};

}  // namespace

std::optional<Responsible> FindResponsible(const RateStreams& streams,
                                           const StageArrivals* arrivals,
                                           const Visibility& visibility, const cube::Cross& cross,
                                           const Finding& finding,
                                           std::span<const OtherCause> others,
                                           const ResponsibleOptions& options) {
  return Search(streams, visibility, cross,
                CountCross(streams, arrivals, cross, *finding.since, others), finding, options)
      .Run();
}

}  // namespace ripen::monitor
