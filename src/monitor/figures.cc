#include "monitor/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "monitor/cube_index.h"
#include "monitor/late_news.h"
#include "monitor/privacy.h"
#include "monitor/rate_streams.h"
#include "monitor/settling.h"
#include "monitor/watch_list.h"
#include "stats/overdispersion.h"
#include "stats/wilson.h"

namespace ripen::monitor {
namespace {

constexpr int kLastDays = 7;
constexpr double kSameRate = 5e-7;
constexpr const char* kKept = "kept";  // bought and not sent back; derived, no stage of the ladder

// The stages of what is bought and of what of it is sent back: the first stage whose events are
// losses of a stage of shown.
std::optional<std::pair<std::size_t, std::size_t>> KeptOf(const cube::Snapshot& snapshot) {
  for (std::size_t stage = 0; stage < snapshot.ladder.size(); ++stage) {
    const std::optional<std::size_t> base = snapshot.ladder.BaseOf(stage);
    if (base && !snapshot.ladder.BaseOf(*base) && snapshot.stage_given[stage] &&
        snapshot.stage_given[*base] &&
        snapshot.ladder[stage].direction == Direction::kMoreIsWorse) {
      return std::pair(*base, stage);
    }
  }
  return std::nullopt;
}

// A span of cohort days, inclusive.
struct Span {
  Day from;
  Day to;
  bool operator==(const Span&) const = default;
};

// What a slice showed over a span.
struct Counts {
  double trials = 0;
  double events = 0;
  double effective_trials = 0;
  double open_trials = 0;  // whose outcome may still come
  double open_base = 0;    // base events that may still come, for a stage of a stage
  bool confirmed = true;
  std::optional<Day> first_open;
};

PendingRate Because(PendingReason reason) {
  PendingRate pending;
  pending.reason = reason;
  return pending;
}

}  // namespace

struct Figures::Impl {
  Impl(const cube::Snapshot& snapshot_in, const FigureOptions& options_in)
      : snapshot(snapshot_in),
        options(options_in),
        index(snapshot_in),
        settling(snapshot_in),
        visibility(index, options_in.smallest_group),
        kept(KeptOf(snapshot_in)) {
    for (std::size_t stage = 0; stage < index.stages(); ++stage) {
      late.emplace_back(index, stage);
      std::vector<std::size_t> days;
      for (const Day day : settling.DetectorDays(stage)) days.push_back(IndexOf(day));
      rho.push_back(LearnOverdispersion(index, stage, days, RateWeights(index, {}, stage)));
      std::vector<bool>& stage_confirmed = confirmed.emplace_back();
      std::vector<double>& stage_open = open_rows.emplace_back();
      for (std::size_t day = 0; day < index.days(); ++day) {
        stage_confirmed.push_back(settling.Confirmed(stage, index.DayAt(day)));
        stage_open.push_back(static_cast<double>(settling.OpenRows(stage, index.DayAt(day))));
      }
    }
    arrivals = ReadAllArrivals(index, options.alerts);
    for (std::size_t stage = 0; stage < index.stages(); ++stage) {
      const std::optional<std::size_t> base = snapshot.ladder.BaseOf(stage);
      forecasts.push_back(!arrivals[stage]
                              ? nullptr
                              : StageForecast::Make(index, settling, stage, *arrivals[stage],
                                                    base ? forecasts[*base].get() : nullptr,
                                                    options.forecast));
    }
  }

  std::size_t IndexOf(Day day) const { return static_cast<std::size_t>(day - snapshot.first_day); }
  bool HasData() const { return index.days() > 0; }

  // The rows of a slice on a day whose answer is open: known for the total, bounded for a slice.
  double OpenOf(std::size_t stage, std::size_t stream, std::size_t day) const {
    if (confirmed[stage][day]) return 0;
    if (stream == 0 && !snapshot.ladder.BaseOf(stage)) return open_rows[stage][day];
    return std::max(0.0, index.Trials(stage, stream, day) - index.Events(stage, stream, day));
  }

  Counts Count(std::size_t stage, std::size_t stream, Span span) const {
    Counts counts;
    const double level_rho = rho[stage][index.GroupingOf(stream).level()];
    const std::optional<std::size_t> base = snapshot.ladder.BaseOf(stage);
    for (std::size_t day = IndexOf(span.from); day <= IndexOf(span.to); ++day) {
      const double trials = index.Trials(stage, stream, day);
      counts.trials += trials;
      counts.events += index.Events(stage, stream, day);
      counts.effective_trials += trials * stats::EffectiveShare(trials, level_rho);
      if (confirmed[stage][day]) continue;
      if (!counts.first_open) counts.first_open = index.DayAt(day);
      counts.confirmed = false;
      counts.open_trials += OpenOf(stage, stream, day);
      if (base) counts.open_base += OpenOf(*base, stream, day);
    }
    return counts;
  }

  // What keeps the open days of a span from being predicted, if anything does.
  std::optional<PendingReason> Obstacle(std::size_t stage, Span span) const {
    if (!forecasts[stage]) return PendingReason::kWindowOpen;
    for (std::size_t day = IndexOf(span.from); day <= IndexOf(span.to); ++day) {
      if (confirmed[stage][day]) continue;
      if (const auto obstacle = forecasts[stage]->Obstacle(day)) return obstacle;
    }
    return std::nullopt;
  }

  ProvisionalRate Provisional(std::size_t stage, std::size_t stream, Span span) const {
    const Forecast forecast = forecasts[stage]->Of(stream, IndexOf(span.from), IndexOf(span.to));
    return {forecast.rate,          forecast.low,           forecast.high,
            forecast.arrived_share, SettlesOn(stage, span), forecast.borrowed};
  }

  PendingRate Pending(std::size_t stage, const Counts& counts, Span span) const {
    PendingRate pending;
    pending.reason = settling.ReasonFor(stage, *counts.first_open);
    const std::optional<PendingReason> obstacle = Obstacle(stage, span);
    if (obstacle == PendingReason::kDelayChanged) pending.reason = *obstacle;
    if (snapshot.ladder.BaseOf(stage) && counts.trials <= 0) {
      pending.reason = PendingReason::kNoBaseEvents;
    }
    bool waits_for_window = true;
    for (std::size_t day = IndexOf(span.from); day <= IndexOf(span.to); ++day) {
      if (confirmed[stage][day]) continue;
      const Day settles = settling.SettlesOn(stage, index.DayAt(day));
      // A day past its window waits for answers that have no date.
      if (settles <= snapshot.as_of) waits_for_window = false;
      if (!pending.settles_on || settles > *pending.settles_on) pending.settles_on = settles;
    }
    if (!waits_for_window) pending.settles_on.reset();
    if (snapshot.stage_has_times[stage]) {
      const Day estimate = settling.SettlesOn(stage, snapshot.first_day);
      if (estimate > snapshot.as_of) pending.first_estimate_on = estimate;
    }
    const double most_trials = counts.trials + counts.open_base;
    if (counts.trials > 0) {
      pending.least = std::clamp(counts.events / most_trials, 0.0, 1.0);
      pending.most = std::clamp(
          (counts.events + counts.open_trials + counts.open_base) / most_trials, 0.0, 1.0);
    }
    return pending;
  }

  // `stage` may be one beyond the ladder: kept.
  Metric Make(std::size_t stage, std::size_t stream, const Slice& slice, Span span) const {
    if (stage == index.stages()) return MakeKept(stream, slice, span);
    Metric metric{snapshot.ladder[stage].name, slice, span.from, span.to, 0, 0, PendingRate{}};
    if (!snapshot.stage_given[stage]) {
      metric.state = Because(PendingReason::kStageNotGiven);
      return metric;
    }
    if (!visibility.Shows(stream)) {
      metric.state = Because(PendingReason::kTooFew);
      return metric;
    }
    const Counts counts = Count(stage, stream, span);
    metric.trials = static_cast<std::int64_t>(counts.trials);
    metric.events_so_far = static_cast<std::int64_t>(counts.events);
    if (!counts.confirmed) {
      if (counts.trials > 0 && !Obstacle(stage, span)) {
        metric.state = Provisional(stage, stream, span);
      } else {
        metric.state = Pending(stage, counts, span);
      }
      return metric;
    }
    if (counts.trials <= 0) {
      metric.state = Because(snapshot.ladder.BaseOf(stage) ? PendingReason::kNoBaseEvents
                                                           : PendingReason::kTooFew);
      return metric;
    }
    const double rate = std::clamp(counts.events / counts.trials, 0.0, 1.0);
    const stats::RateInterval interval = stats::WilsonInterval(rate, counts.effective_trials);
    std::optional<double> was = late[stage].RateBefore(stream, IndexOf(span.from), IndexOf(span.to),
                                                       counts.trials, counts.events);
    // Printed with six decimals: what is the same there was not revised.
    if (was && std::abs(*was - rate) < kSameRate) was.reset();
    metric.state = ConfirmedRate{rate, interval.low, interval.high, was};
    return metric;
  }

  // Bought and not sent back, of shown: settled when both stages are.
  Metric MakeKept(std::size_t stream, const Slice& slice, Span span) const {
    const auto [bought, returned] = *kept;
    Metric metric{kKept, slice, span.from, span.to, 0, 0, PendingRate{}};
    if (!visibility.Shows(stream)) {
      metric.state = Because(PendingReason::kTooFew);
      return metric;
    }
    const Counts buys = Count(bought, stream, span);
    const Counts returns = Count(returned, stream, span);
    metric.trials = static_cast<std::int64_t>(buys.trials);
    metric.events_so_far = static_cast<std::int64_t>(buys.events - returns.events);
    if (buys.trials <= 0) {
      metric.state = Because(PendingReason::kTooFew);
      return metric;
    }
    const double rate = std::clamp((buys.events - returns.events) / buys.trials, 0.0, 1.0);
    if (buys.confirmed && returns.confirmed) {
      const stats::RateInterval interval = stats::WilsonInterval(rate, buys.effective_trials);
      metric.state = ConfirmedRate{rate, interval.low, interval.high, std::nullopt};
      return metric;
    }
    if (!Obstacle(bought, span) && !Obstacle(returned, span) && returns.trials > 0) {
      const Forecast forecast = forecasts[bought]->OfDifference(
          *forecasts[returned], stream, IndexOf(span.from), IndexOf(span.to));
      metric.state = ProvisionalRate{forecast.rate,
                                     forecast.low,
                                     forecast.high,
                                     forecast.arrived_share,
                                     SettlesOn(returned, span),
                                     forecast.borrowed};
      return metric;
    }
    PendingRate pending =
        Pending(returns.confirmed ? bought : returned, returns.confirmed ? buys : returns, span);
    // Everything bought may still come back, and everything open may still be bought and kept.
    pending.least = 0;
    pending.most = std::clamp(rate + buys.open_trials / buys.trials, 0.0, 1.0);
    metric.state = pending;
    return metric;
  }

  // Settled on the last of the span's open days.
  Day SettlesOn(std::size_t stage, Span span) const {
    Day settles_on = span.from;
    for (std::size_t day = IndexOf(span.from); day <= IndexOf(span.to); ++day) {
      if (confirmed[stage][day]) continue;
      settles_on = std::max(settles_on, settling.SettlesOn(stage, index.DayAt(day)));
    }
    return settles_on;
  }

  // The three spans of the contract, each once, in order of (from, to).
  std::vector<Span> Spans(std::size_t stage) const {
    std::vector<Span> spans{{snapshot.first_day, snapshot.last_day}};
    if (stage == index.stages()) stage = kept->second;
    if (const auto through = settling.ConfirmedThrough(stage)) {
      spans.push_back({snapshot.first_day, *through});
    }
    spans.push_back(
        {std::max(snapshot.first_day, snapshot.last_day - (kLastDays - 1)), snapshot.last_day});
    std::sort(spans.begin(), spans.end(), [](const Span& a, const Span& b) {
      return std::pair(a.from, a.to) < std::pair(b.from, b.to);
    });
    spans.erase(std::unique(spans.begin(), spans.end()), spans.end());
    return spans;
  }

  Result<std::pair<std::size_t, std::size_t>> Find(const std::string& stage,
                                                   const Slice& slice) const {
    const std::optional<std::size_t> stage_index =
        stage == kKept && kept ? index.stages() : snapshot.ladder.IndexOf(stage);
    if (!stage_index) {
      return Fail(ErrorCode::kNotFound, fmt::format("No stage is named '{}'.", stage));
    }
    const std::optional<std::size_t> stream = index.Find(slice);
    if (!stream) {
      return Fail(
          ErrorCode::kNotFound,
          fmt::format("No group {} of at most two attributes is known.", slice.Canonical()));
    }
    return std::pair(*stage_index, *stream);
  }

  const cube::Snapshot& snapshot;
  FigureOptions options;
  CubeIndex index;
  Settling settling;
  Visibility visibility;
  std::optional<std::pair<std::size_t, std::size_t>> kept;  // bought, sent back
  std::vector<LevelOverdispersion> rho;                     // by stage
  std::vector<std::vector<bool>> confirmed;                 // by stage and day
  std::vector<std::vector<double>> open_rows;               // by stage and day
  std::vector<LateNews> late;                               // by stage
  std::vector<std::optional<StageArrivals>> arrivals;       // by stage
  std::vector<std::unique_ptr<StageForecast>> forecasts;  // by stage; null: nothing to predict with
};

Figures::Figures(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Figures::Figures(Figures&&) noexcept = default;
Figures& Figures::operator=(Figures&&) noexcept = default;
Figures::~Figures() = default;

Figures Figures::Make(const cube::Snapshot& snapshot, const FigureOptions& options) {
  return Figures(std::make_unique<Impl>(snapshot, options));
}

std::vector<StageSummary> Figures::Stages() const {
  std::vector<StageSummary> summaries;
  for (std::size_t stage = 0; stage < impl_->index.stages(); ++stage) {
    const cube::Snapshot& snapshot = impl_->snapshot;
    summaries.push_back({snapshot.ladder[stage], snapshot.stage_given[stage],
                         snapshot.stage_has_times[stage], impl_->settling.ConfirmedThrough(stage),
                         impl_->settling.SettledShare(stage)});
  }
  return summaries;
}

std::vector<SegmentSummary> Figures::Segments() const {
  std::vector<SegmentSummary> segments;
  const std::vector<cube::Attribute>& attributes = impl_->snapshot.attributes;
  for (std::size_t attribute = 0; attribute < attributes.size(); ++attribute) {
    SegmentSummary segment{attributes[attribute].name, attributes[attribute].kind, {}};
    for (std::size_t value = 0; value < attributes[attribute].values.size(); ++value) {
      const AttributeValue& name = attributes[attribute].values[value];
      const auto stream = impl_->index.Find(Slice::Of({{segment.attribute, name}}));
      double shown = 0;
      for (std::size_t day = 0; stream && day < impl_->index.days(); ++day) {
        shown += impl_->index.Shown(*stream, day);
      }
      segment.values.push_back({name, static_cast<std::int64_t>(shown),
                                !impl_->visibility.ShowsValue(attribute, value)});
    }
    segments.push_back(std::move(segment));
  }
  return segments;
}

std::vector<Metric> Figures::All() const {
  std::vector<Metric> metrics;
  if (!impl_->HasData()) return metrics;
  struct Shown {
    std::string canonical;
    Slice slice;
    std::size_t stream;
  };
  std::vector<Shown> shown;
  for (std::size_t stream = 0; stream < impl_->index.streams(); ++stream) {
    if (!impl_->visibility.Shows(stream)) continue;
    Slice slice = impl_->index.SliceOf(stream);
    std::string canonical = slice.Canonical();
    shown.push_back({std::move(canonical), std::move(slice), stream});
  }
  std::sort(shown.begin(), shown.end(),
            [](const Shown& a, const Shown& b) { return a.canonical < b.canonical; });
  const std::size_t stages = impl_->index.stages();
  for (std::size_t stage = 0; stage < stages + (impl_->kept ? 1 : 0); ++stage) {
    const std::vector<Span> spans = impl_->Spans(stage);
    if (stage < stages && !impl_->snapshot.stage_given[stage]) {
      metrics.push_back(impl_->Make(stage, 0, {}, spans.front()));
      continue;
    }
    for (const Shown& group : shown) {
      for (const Span& span : spans) {
        metrics.push_back(impl_->Make(stage, group.stream, group.slice, span));
      }
    }
  }
  return metrics;
}

Result<Metric> Figures::Of(const std::string& stage, const Slice& slice, Day from, Day to) const {
  if (from > to) {
    return Fail(ErrorCode::kOutOfRange,
                fmt::format("The first day {} is after the last day {}.", from.Iso(), to.Iso()));
  }
  RIPEN_ASSIGN_OR_RETURN(const auto found, impl_->Find(stage, slice));
  const Span asked{from, to};
  if (!impl_->HasData() || to < impl_->snapshot.first_day || from > impl_->snapshot.last_day) {
    return Metric{stage, slice, from, to, 0, 0, Because(PendingReason::kTooFew)};
  }
  const Span known{std::max(from, impl_->snapshot.first_day),
                   std::min(to, impl_->snapshot.last_day)};
  Metric metric = impl_->Make(found.first, found.second, slice, known);
  metric.from = asked.from;
  metric.to = asked.to;
  return metric;
}

Result<std::vector<Metric>> Figures::ByDay(const std::string& stage, const Slice& slice) const {
  RIPEN_ASSIGN_OR_RETURN(const auto found, impl_->Find(stage, slice));
  std::vector<Metric> metrics;
  for (std::size_t day = 0; day < impl_->index.days(); ++day) {
    const Day shown = impl_->index.DayAt(day);
    metrics.push_back(impl_->Make(found.first, found.second, slice, {shown, shown}));
  }
  return metrics;
}

Result<std::vector<Metric>> Figures::ByWeek(const std::string& stage, const Slice& slice) const {
  RIPEN_ASSIGN_OR_RETURN(const auto found, impl_->Find(stage, slice));
  std::vector<Metric> metrics;
  if (!impl_->HasData()) return metrics;
  const cube::Snapshot& snapshot = impl_->snapshot;
  for (Day monday = snapshot.first_day.monday(); monday <= snapshot.last_day;
       monday = monday + kLastDays) {
    const Span week{std::max(monday, snapshot.first_day),
                    std::min(monday + (kLastDays - 1), snapshot.last_day)};
    metrics.push_back(impl_->Make(found.first, found.second, slice, week));
  }
  return metrics;
}

Figures::Source Figures::SourceOf(std::size_t stage) const {
  Source source;
  if (!impl_->arrivals[stage]) return source;
  const StageArrivals& arrivals = *impl_->arrivals[stage];
  for (std::size_t day = arrivals.days(); day-- > 0;) {
    if (arrivals.by_day[day] > 0) {
      source.last_arrival = impl_->index.DayAt(day);
      break;
    }
    if (arrivals.silent[day]) source.late_since = impl_->index.DayAt(day);
  }
  return source;
}

Result<PeriodComparison> Figures::Compare(const PeriodRequest& request) const {
  return ComparePeriods(impl_->index, impl_->settling, impl_->arrivals, impl_->visibility, request);
}

Result<SidesReport> Figures::CompareSides(const SidesRequest& request) const {
  return SidesReader(impl_->index, impl_->settling, impl_->visibility).Compare(request);
}

std::vector<SideBySide> Figures::ContextSides() const {
  return SidesReader(impl_->index, impl_->settling, impl_->visibility).OfContext();
}

Result<ExposureReport> Figures::Exposure(const ExposureRequest& request) const {
  return ReadExposure(impl_->index, impl_->visibility, request);
}

Result<FairnessReport> Figures::Fairness(const FairnessRequest& request) const {
  const auto stage = impl_->snapshot.ladder.IndexOf(request.stage);
  if (!stage)
    return Fail(ErrorCode::kNotFound, fmt::format("No stage is named '{}'.", request.stage));
  const FairnessSource source{
      impl_->index, impl_->settling, impl_->visibility,
      [&](std::size_t stream, Day from, Day to) {
        return impl_->Make(*stage, stream, impl_->index.SliceOf(stream), {from, to});
      },
      [&](std::size_t stream, Day from, Day to) {
        return impl_->Count(*stage, stream, {from, to}).effective_trials;
      }};
  return ReadFairness(source, *stage, request);
}

Result<TotalMove> Figures::Move(const MoveRequest& request) const {
  const auto stage = impl_->snapshot.ladder.IndexOf(request.stage);
  if (!stage)
    return Fail(ErrorCode::kNotFound, fmt::format("No stage is named '{}'.", request.stage));
  const MoveSource source{impl_->index,
                          impl_->visibility,
                          impl_->forecasts[*stage].get(),
                          impl_->arrivals[*stage] ? &*impl_->arrivals[*stage] : nullptr,
                          impl_->rho[*stage],
                          impl_->options.forecast.seed,
                          [&](Day from, Day to) {
                            return impl_->Make(*stage, 0, {}, {from, to});
                          }};
  return ReadTotalMove(source, *stage, request);
}

Result<bool> Figures::MayShow(const Slice& slice) const {
  const std::optional<std::size_t> stream = impl_->index.Find(slice);
  if (!stream) {
    return Fail(ErrorCode::kNotFound, fmt::format("No group {} is known.", slice.Canonical()));
  }
  return impl_->visibility.Shows(*stream);
}

RankingReport Figures::Rank(const RankingRequest& request, const cube::ShownRows& rows,
                            const std::vector<cube::ItemCount>& items) const {
  RankingSource source{
      impl_->index, impl_->settling, {}, impl_->kept, 0, impl_->options.forecast.seed};
  for (const auto& forecast : impl_->forecasts) source.forecasts.push_back(forecast.get());
  if (const auto stream = impl_->index.Find(request.slice)) source.stream = *stream;
  return ReadRanking(source, request, rows, items);
}

Result<CollectionsReport> Figures::Collections(const CollectionsRequest& request) const {
  const CollectionsSource source{impl_->index, impl_->settling, impl_->visibility, impl_->arrivals,
                                 [this](const std::string& stage, const Slice& slice, Day from,
                                        Day to) { return Of(stage, slice, from, to); }};
  return ReadCollections(source, request);
}

Maturity Figures::MaturityOf(std::size_t stage, Day shown) const {
  if (impl_->settling.Confirmed(stage, shown)) return Maturity::kConfirmed;
  return impl_->Obstacle(stage, {shown, shown}) ? Maturity::kPending : Maturity::kProvisional;
}

Day Figures::SettlesOn(std::size_t stage, Day shown) const {
  return impl_->settling.SettlesOn(stage, shown);
}

}  // namespace ripen::monitor
