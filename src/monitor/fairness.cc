#include "monitor/fairness.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "stats/beta_binomial.h"
#include "stats/main_effects.h"
#include "stats/rate_pair.h"

namespace ripen::monitor {
namespace {

constexpr int kNowDays = 28;
constexpr int kWeek = 7;
constexpr std::size_t kMostIntersections = 10;
constexpr double kFourFifths = .8;

struct Span {
  Day from;
  Day to;
};

GapRange RangeOf(const stats::PairRange& range) { return {range.value, range.low, range.high}; }

// `now` less `start`, which are independent.
GapRange Change(const GapRange& now, const GapRange& start) {
  const double value = now.value - start.value;
  return {value, value - std::hypot(now.value - now.low, start.high - start.value),
          value + std::hypot(now.high - now.value, start.value - start.low)};
}

// Further from nothing than it was, by the side on which it is now.
GapVerdict VerdictOf(const GapRange& change, const GapRange& now) {
  if (change.low <= 0 && change.high >= 0) return GapVerdict::kNoClearChange;
  return (change.value < 0) == (now.value < 0) ? GapVerdict::kWider : GapVerdict::kNarrower;
}

class Reader {
 public:
  Reader(const FairnessSource& source, std::size_t stage, const FairnessRequest& request)
      : source_(source), index_(source.index), stage_(stage), request_(request) {
    const cube::Snapshot& snapshot = index_.snapshot();
    report_.as_of = snapshot.as_of;
    report_.stage = snapshot.ladder[stage].name;
    report_.attribute = request.attribute;
    report_.more_is_worse = snapshot.ladder[stage].direction == Direction::kMoreIsWorse;
    report_.limit = report_.more_is_worse ? 1 / kFourFifths : kFourFifths;
    const auto start_days = static_cast<int>(FairnessStartDays(index_));
    if (start_days == 0 || !snapshot.stage_given[stage]) return;
    start_ = Span{snapshot.first_day, snapshot.first_day + (start_days - 1)};
    now_ = NowAfter(start_->to);
  }

  Result<FairnessReport> Read() {
    RIPEN_RETURN_IF_ERROR(CheckFairnessOptions(index_.snapshot(), request_.options));
    RIPEN_RETURN_IF_ERROR(FindAttributes());
    if (start_) {
      report_.start_from = start_->from;
      report_.start_to = start_->to;
    }
    if (now_) {
      report_.now_from = now_->from;
      report_.now_to = now_->to;
    }
    NamedPairs();
    for (const std::size_t attribute : attributes_) ReadAttribute(attribute);
    if (now_) Intersections();
    return std::move(report_);
  }

 private:
  // The last days: all of them where their outcomes can be expected, else those that are settled.
  std::optional<Span> NowAfter(Day start) const {
    const cube::Snapshot& snapshot = index_.snapshot();
    const auto until = [&](Day last) {
      return Span{std::max(start + 1, last - (kNowDays - 1)), last};
    };
    if (snapshot.last_day <= start) return std::nullopt;
    if (!std::holds_alternative<PendingRate>(MetricOf(0, until(snapshot.last_day)).state)) {
      return until(snapshot.last_day);
    }
    for (Day last = snapshot.last_day; last > start; last = last - 1) {
      if (source_.settling.Confirmed(stage_, last)) return until(last);
    }
    return until(snapshot.last_day);
  }

  Status FindAttributes() {
    const std::vector<cube::Attribute>& known = index_.snapshot().attributes;
    if (!request_.attribute) {
      attributes_ = FairnessAttributes(index_, request_.options);
      return {};
    }
    for (std::size_t attribute = 0; attribute < known.size(); ++attribute) {
      if (known[attribute].name == *request_.attribute) attributes_ = {attribute};
    }
    if (!attributes_.empty()) return {};
    return Fail(ErrorCode::kNotFound,
                fmt::format("No attribute is named '{}'.", *request_.attribute));
  }

  Metric MetricOf(std::size_t stream, Span span) const {
    return source_.metric(stream, span.from, span.to);
  }

  // What a rate is worth beside another one; absent where nothing, or nothing of its own, is known.
  std::optional<stats::PairedRate> WorthOf(const Metric& metric, std::size_t stream) const {
    const double trials = source_.effective_trials(stream, metric.from, metric.to);
    if (trials <= 0) return std::nullopt;
    if (const auto* settled = std::get_if<ConfirmedRate>(&metric.state)) {
      return stats::PairedRate{settled->rate, trials};
    }
    const auto* open = std::get_if<ProvisionalRate>(&metric.state);
    if (open == nullptr || open->borrowed || open->rate <= 0 || open->rate >= 1) {
      return std::nullopt;
    }
    const double deviation = (open->high - open->low) / (2 * stats::kNormal90);
    return stats::PairedRate{open->rate,
                             stats::TrialsWorth(open->rate, trials, deviation * deviation)};
  }

  FourFifths Judge(const std::optional<GapRange>& ratio) const {
    if (!ratio) return FourFifths::kCannotSayYet;
    const bool more = report_.more_is_worse;
    if (more ? ratio->low > report_.limit : ratio->high < report_.limit) return FourFifths::kBelow;
    const bool holds = more ? ratio->high > report_.limit : ratio->low < report_.limit;
    return holds ? FourFifths::kMayBeBelow : FourFifths::kNotBelow;
  }

  FairnessFigure Compare(std::size_t group, std::size_t against, Span span) const {
    FairnessFigure figure{span.from, span.to, MetricOf(group, span), MetricOf(against, span), {},
                          {},        {}};
    const auto one = WorthOf(figure.group, group);
    const auto other = WorthOf(figure.against, against);
    if (one && other) {
      figure.difference = RangeOf(stats::DifferenceRange(*one, *other));
      if (const auto ratio = stats::RatioRange(*one, *other)) figure.ratio = RangeOf(*ratio);
    }
    figure.four_fifths = Judge(figure.ratio);
    return figure;
  }

  void Fill(std::size_t group, std::size_t against, FairnessPair& pair) const {
    pair.group = index_.SliceOf(group);
    pair.against = index_.SliceOf(against);
    if (!now_) {
      pair.reason = FairnessReason::kNothingSince;
      return;
    }
    pair.start = Compare(group, against, *start_);
    pair.now = Compare(group, against, *now_);
    if (pair.start->difference && pair.now->difference) {
      pair.change = Change(*pair.now->difference, *pair.start->difference);
      pair.verdict = VerdictOf(*pair.change, *pair.now->difference);
    }
    const cube::Snapshot& snapshot = index_.snapshot();
    const Day first = snapshot.first_day;
    for (Day monday = first.monday(); monday <= snapshot.last_day; monday = monday + kWeek) {
      pair.weeks.push_back(
          Compare(group, against,
                  {std::max(monday, first), std::min(monday + (kWeek - 1), snapshot.last_day)}));
    }
  }

  void NamedPairs() {
    for (const FairnessPairConfig& named : request_.options.pairs) {
      if (request_.attribute && named.group.attribute != *request_.attribute) continue;
      const auto group = index_.Find(Slice::Of({named.group}));
      const auto against = index_.Find(Slice::Of({named.against}));
      FairnessPair pair;
      pair.attribute = named.group.attribute;
      pair.named = true;
      if (!start_) {
        pair.reason = FairnessReason::kStageNotGiven;
      } else if (!group || !against || !source_.visibility.Shows(*group) ||
                 !source_.visibility.Shows(*against)) {
        pair.reason = FairnessReason::kTooFewGroups;
      } else {
        Fill(*group, *against, pair);
      }
      report_.pairs.push_back(std::move(pair));
    }
  }

  void ReadAttribute(std::size_t attribute) {
    const BestAndWorst chosen =
        ChooseBestAndWorst(index_, source_.settling, source_.visibility, stage_, attribute);
    const std::string& name = index_.snapshot().attributes[attribute].name;
    FairnessPair pair;
    pair.attribute = name;
    pair.reason = chosen.reason;
    pair.first_on = chosen.first_on;
    if (!chosen.reason) Fill(chosen.worst, chosen.best, pair);
    report_.pairs.push_back(std::move(pair));
    report_.attributes.push_back({name, chosen.reason, chosen.first_on, {}});
    if (start_) AddGroups(attribute, chosen, report_.attributes.back());
  }

  void AddGroups(std::size_t attribute, const BestAndWorst& chosen, FairnessAttribute& into) const {
    std::vector<stats::GroupCount> counts;
    std::vector<std::optional<stats::PairedRate>> worth;
    std::vector<std::size_t> streams;
    const cube::Attribute& known = index_.snapshot().attributes[attribute];
    for (std::size_t value = 0; value < known.values.size(); ++value) {
      const auto stream = index_.Find(Slice::Of({{known.name, known.values[value]}}));
      if (!stream || !source_.visibility.Shows(*stream)) continue;
      FairnessGroup group;
      group.slice = index_.SliceOf(*stream);
      group.start = MetricOf(*stream, *start_);
      if (now_) group.now = MetricOf(*stream, *now_);
      worth.push_back(now_ ? WorthOf(*group.now, *stream) : std::nullopt);
      if (worth.back()) {
        counts.push_back({worth.back()->trials, worth.back()->trials * worth.back()->rate});
      }
      streams.push_back(*stream);
      into.groups.push_back(std::move(group));
    }
    const auto prior = stats::FitGroupPrior(counts);
    std::optional<stats::PairedRate> best;
    for (std::size_t at = 0; at < streams.size(); ++at) {
      if (!chosen.reason && streams[at] == chosen.best) best = worth[at];
    }
    for (std::size_t at = 0; at < streams.size(); ++at) {
      FairnessGroup& group = into.groups[at];
      if (prior && worth[at]) {
        group.shrunk =
            stats::ShrunkenRate({worth[at]->trials, worth[at]->trials * worth[at]->rate}, *prior);
      }
      group.best = !chosen.reason && streams[at] == chosen.best;
      group.worst = !chosen.reason && streams[at] == chosen.worst;
      if (best && worth[at] && !group.best) {
        if (const auto ratio = stats::RatioRange(*worth[at], *best)) group.ratio = RangeOf(*ratio);
      }
      group.four_fifths = Judge(group.ratio);
    }
  }

  bool IsCompared(std::size_t attribute) const {
    const auto compared = FairnessAttributes(index_, request_.options);
    return std::find(compared.begin(), compared.end(), attribute) != compared.end();
  }

  // Those of two attributes that are compared, one of them asked for.
  void Intersections() {
    for (const Grouping& grouping : index_.groupings()) {
      if (grouping.level() != 2) continue;
      const auto& columns = index_.families()[grouping.family].attributes;
      const std::size_t one = columns[grouping.columns[0]];
      const std::size_t other = columns[grouping.columns[1]];
      const auto asked = [&](std::size_t attribute) {
        return std::find(attributes_.begin(), attributes_.end(), attribute) != attributes_.end();
      };
      if (!(asked(one) && (asked(other) || IsCompared(other))) &&
          !(asked(other) && IsCompared(one))) {
        continue;
      }
      Cross(grouping);
    }
    std::vector<FairnessIntersection>& found = report_.intersections;
    std::stable_sort(found.begin(), found.end(), [&](const auto& a, const auto& b) {
      return report_.more_is_worse ? a.shrunk > b.shrunk : a.shrunk < b.shrunk;
    });
    if (found.size() > kMostIntersections) {
      found.erase(found.begin() + kMostIntersections, found.end());
    }
  }

  void Cross(const Grouping& grouping) {
    std::vector<std::uint16_t> values;
    std::vector<double> trials;
    std::vector<double> events;
    std::vector<FairnessIntersection> crossed;
    for (std::size_t local = 0; local < grouping.streams; ++local) {
      const std::size_t stream = grouping.first_stream + local;
      if (!source_.visibility.Shows(stream)) continue;
      Metric metric = MetricOf(stream, *now_);
      const auto worth = WorthOf(metric, stream);
      if (!worth) continue;
      for (const CubeIndex::Key& key : index_.KeysOf(stream)) {
        values.push_back(static_cast<std::uint16_t>(key.value));
      }
      trials.push_back(worth->trials);
      events.push_back(worth->trials * worth->rate);
      crossed.push_back({index_.SliceOf(stream), std::move(metric), 0, 0});
    }
    if (crossed.empty()) return;
    const auto keys = index_.KeysOf(grouping.first_stream);
    const std::vector<cube::Attribute>& known = index_.snapshot().attributes;
    const std::vector<std::size_t> sizes{known[keys[0].attribute].values.size(),
                                         known[keys[1].attribute].values.size()};
    const std::vector<std::int32_t> all(crossed.size(), 0);
    const std::vector<double> expected =
        stats::MainEffectRates({values, sizes}, trials, events, all, 1);
    std::vector<stats::GroupCount> counts;
    for (std::size_t at = 0; at < crossed.size(); ++at) counts.push_back({trials[at], events[at]});
    const double weight = stats::FitWeightAround(counts, expected);
    for (std::size_t at = 0; at < crossed.size(); ++at) {
      crossed[at].expected = expected[at];
      crossed[at].shrunk = stats::ShrunkenRate(counts[at], {expected[at], weight});
      report_.intersections.push_back(std::move(crossed[at]));
    }
  }

  const FairnessSource& source_;
  const CubeIndex& index_;
  std::size_t stage_;
  const FairnessRequest& request_;
  std::optional<Span> start_;
  std::optional<Span> now_;
  std::vector<std::size_t> attributes_;
  FairnessReport report_;
};

}  // namespace

Result<FairnessReport> ReadFairness(const FairnessSource& source, std::size_t stage,
                                    const FairnessRequest& request) {
  return Reader(source, stage, request).Read();
}

}  // namespace ripen::monitor
