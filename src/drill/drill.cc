#include "drill/drill.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "base/parallel.h"
#include "cube/replay.h"
#include "drill/injection.h"
#include "drill/target.h"
#include "monitor/look.h"
#include "stats/wilson.h"

namespace ripen::drill {
namespace {

constexpr int kReferenceDays = 11;
constexpr int kMostPlaces = 20;
constexpr double kHighestRate = .95;
constexpr double kGrid[] = {.05, .10, .15, .25, .35, .50};

enum class Named { kExactly, kWider, kNarrower };

struct Notice {
  int days = 0;  // whole days of the change that were known
  Named named = Named::kExactly;
};

// The sizes to be replayed, smallest first: the one asked for and the grid.
std::vector<double> SizesFor(double change, double rate) {
  std::vector<double> sizes = {std::abs(change)};
  for (const double size : kGrid) {
    if (change > 0 && rate * (1 + size) > kHighestRate) continue;
    if (std::abs(size - std::abs(change)) > 1e-9) sizes.push_back(size);
  }
  std::sort(sizes.begin(), sizes.end());
  return sizes;
}

// The days on which the change begins.
std::vector<Day> StartDays(const cube::Snapshot& snapshot, int days) {
  const Day latest = snapshot.as_of - (days - 1);
  const int longest = latest - snapshot.first_day;
  const Day earliest = snapshot.first_day + std::max(kReferenceDays, (longest + 1) / 2);
  std::vector<Day> starts;
  if (earliest > latest) return starts;
  const int span = latest - earliest;
  const int places = std::min(kMostPlaces, span + 1);
  for (int place = 0; place < places; ++place) {
    starts.push_back(places == 1 ? latest : earliest + place * span / (places - 1));
  }
  return starts;
}

class Replay {
 public:
  Replay(const cube::Snapshot& history, const Target& target, const DrillRequest& request,
         const DrillOptions& options, std::vector<double> sizes, const Injector& injector)
      : history_(history),
        target_(target),
        request_(request),
        sizes_(std::move(sizes)),
        injector_(injector),
        seed_(options.seed),
        untouched_(static_cast<std::size_t>(history.as_of - history.first_day) + 1) {
    look_.alerts = options.alerts;
    look_.smallest_group = options.smallest_group;
    look_.seed = options.seed;
    look_.accepted = options.accepted;
    look_.only_stage = target.stage;
  }

  // By size: when the change was noticed. A larger size is noticed no later than a smaller one.
  std::vector<std::optional<Notice>> Run(Day start, std::uint64_t run) {
    std::vector<std::optional<Notice>> notices(sizes_.size());
    const Injection injection = injector_.Draw(start, seed_, run);
    std::size_t size = sizes_.size();
    std::optional<cube::Snapshot> changed;
    for (int days = 1; size > 0 && days <= request_.days;) {
      if (!changed) changed = Apply(history_, target_.stage, injection, sizes_[size - 1]);
      const auto named = Look(*changed, start + (days - 1));
      if (!named) {
        ++days;
        continue;
      }
      notices[--size] = Notice{days, *named};
      changed.reset();
    }
    return notices;
  }

 private:
  std::vector<Slice> AlertsOn(const cube::Snapshot& history, Day day) const {
    std::vector<Slice> slices;
    const Move direction = request_.change < 0 ? Move::kFall : Move::kRise;
    const cube::Snapshot known = cube::AsKnownOn(history, day);
    monitor::LookOptions options = look_;
    std::erase_if(options.accepted, [&](const AcceptedChange& each) { return each.from > day; });
    for (const Finding& finding : monitor::TakeLook(known, {}, options).findings) {
      if (finding.kind == FindingKind::kRateShift && finding.level == Level::kAlert &&
          !finding.explained_by && finding.stage == request_.stage &&
          finding.direction == direction) {
        slices.push_back(finding.slice);
      }
    }
    return slices;
  }

  // The best name that the look gives to the change, if the untouched history does not say it too.
  std::optional<Named> Look(const cube::Snapshot& changed, Day day) {
    std::optional<Named> best;
    for (const Slice& slice : AlertsOn(changed, day)) {
      std::optional<Named> named;
      if (slice == target_.slice) {
        named = Named::kExactly;
      } else if (target_.slice.IsInside(slice)) {
        named = Named::kWider;
      } else if (slice.IsInside(target_.slice)) {
        named = Named::kNarrower;
      }
      if (!named || (best && *best <= *named) || SaidAnyway(slice, day)) continue;
      best = named;
    }
    return best;
  }

  bool SaidAnyway(const Slice& slice, Day day) {
    Untouched& untouched = untouched_[static_cast<std::size_t>(day - history_.first_day)];
    std::call_once(untouched.once, [&] { untouched.alerts = AlertsOn(history_, day); });
    return std::find(untouched.alerts.begin(), untouched.alerts.end(), slice) !=
           untouched.alerts.end();
  }

  struct Untouched {
    std::once_flag once;
    std::vector<Slice> alerts;
  };

  const cube::Snapshot& history_;
  const Target& target_;
  const DrillRequest& request_;
  std::vector<double> sizes_;
  const Injector& injector_;
  std::uint64_t seed_;
  monitor::LookOptions look_;
  std::vector<Untouched> untouched_;  // by day
};

// The days by which this share of all runs had noticed; `days` of those that did, ascending.
std::optional<int> DaysOfShare(const std::vector<int>& days, int runs, double share) {
  const auto needed = static_cast<std::size_t>(std::ceil(share * runs - 1e-9));
  if (needed == 0 || days.size() < needed) return std::nullopt;
  return days[needed - 1];
}

DrillSize Summarise(const std::vector<std::vector<std::optional<Notice>>>& runs, std::size_t size,
                    double change, int covered_days, int horizon) {
  DrillSize result;
  result.change = change;
  result.runs = static_cast<int>(runs.size());
  std::vector<int> days;
  for (const auto& run : runs) {
    if (!run[size]) continue;
    days.push_back(run[size]->days);
    result.exactly += run[size]->named == Named::kExactly ? 1 : 0;
    result.wider += run[size]->named == Named::kWider ? 1 : 0;
    result.narrower += run[size]->named == Named::kNarrower ? 1 : 0;
  }
  std::sort(days.begin(), days.end());
  result.noticed = static_cast<int>(days.size());
  result.days_median = DaysOfShare(days, result.runs, .5);
  result.days_nine_in_ten = DaysOfShare(days, result.runs, .9);
  const double spells = covered_days / static_cast<double>(result.days_median.value_or(horizon));
  const ShareRange range = RangeOfShare(result.noticed, result.runs, spells, change);
  result.low = range.low;
  result.high = range.high;
  return result;
}

}  // namespace

ShareRange RangeOfShare(int noticed, int runs, double spells, double change) {
  const double alike = std::max(1.0, runs / std::max(1.0, spells));
  const double kept = change < 0 ? 1 + change : 1 / (1 + change);
  const double effective = runs / (1 + (alike - 1) * kept);
  const auto wilson = stats::WilsonInterval(static_cast<double>(noticed) / runs, effective);
  return {wilson.low, wilson.high};
}

Result<DrillReport> RunDrill(const cube::Snapshot& snapshot, const DrillRequest& request,
                             const DrillOptions& options, const Progress& progress) {
  if (snapshot.truth.empty() || snapshot.families.empty()) {
    return Fail(ErrorCode::kInvalidArgument, "There is no history to replay yet.");
  }
  RIPEN_ASSIGN_OR_RETURN(const Target target,
                         FindTarget(snapshot, request, options.smallest_group));
  const std::vector<Day> starts = StartDays(snapshot, request.days);
  if (starts.empty()) {
    return Fail(
        ErrorCode::kInvalidArgument,
        fmt::format("The history from {} to {} is too short: {} days before a change and "
                    "{} to notice it in are needed.",
                    snapshot.first_day.Iso(), snapshot.as_of.Iso(), kReferenceDays, request.days));
  }
  const cube::Snapshot history = OnlyFor(snapshot, target.stage);
  const double sign = request.change < 0 ? -1 : 1;
  const double rate = Injector(history, target, sign).rate();
  if (rate <= 0) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("The group {} has no outcome of '{}' that could change.",
                            request.slice.Canonical(), request.stage));
  }
  if (rate * (1 + request.change) > kHighestRate) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("A rise by {:.4g} % would take {:.4g} in 100 beyond {:.0f} in 100.",
                            request.change * 100, rate * 100, kHighestRate * 100));
  }
  const std::vector<double> sizes = SizesFor(request.change, rate);
  const Injector injector(history, target, sign * sizes.back());
  Replay replay(history, target, request, options, sizes, injector);

  std::vector<std::vector<std::optional<Notice>>> runs(static_cast<std::size_t>(options.runs));
  std::mutex mutex;
  std::size_t done = 0;
  bool ended = false;
  ParallelFor(runs.size(), options.threads, [&](std::size_t run) {
    {
      const std::lock_guard lock(mutex);
      if (ended) return;
    }
    runs[run] = replay.Run(starts[run % starts.size()], run);
    const std::lock_guard lock(mutex);
    ++done;
    if (progress && !ended) {
      ended = !progress(static_cast<double>(done) / static_cast<double>(runs.size()));
    }
  });
  if (ended) return Fail(ErrorCode::kCancelled, "The drill was ended before it was done.");

  DrillReport report;
  report.as_of = snapshot.as_of;
  report.stage = request.stage;
  report.slice = request.slice;
  report.change = request.change;
  report.days = request.days;
  report.rate = rate;
  report.first_start = starts.front();
  report.last_start = starts.back();
  const int covered = starts.back() - starts.front() + request.days;
  for (std::size_t size = 0; size < sizes.size(); ++size) {
    report.sizes.push_back(Summarise(runs, size, sign * sizes[size], covered, request.days));
  }
  for (std::size_t stage = 0; stage < snapshot.ladder.size(); ++stage) {
    StageSummary summary;
    summary.stage = snapshot.ladder[stage];
    summary.given = snapshot.stage_given[stage];
    report.stages.push_back(std::move(summary));
  }
  for (const cube::Attribute& attribute : snapshot.attributes) {
    report.segments.push_back({attribute.name, attribute.kind, {}});
  }
  return report;
}

}  // namespace ripen::drill
