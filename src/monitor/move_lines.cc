#include "monitor/move_lines.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <variant>

#include "stats/overdispersion.h"

namespace ripen::monitor {
namespace {

constexpr std::size_t kMostLines = 60;

double TrialsOf(const CubeIndex& index, std::size_t stage, std::size_t stream, MoveDays days) {
  double sum = 0;
  for (std::size_t day = days.from; day <= days.to; ++day) {
    sum += index.Trials(stage, stream, day);
  }
  return sum;
}

// Moves the parts so that they sum to `total`, by their own size or, where there is none, by
// `else_by`.
void ShareOut(std::vector<double>& parts, const std::vector<double>& else_by, double total) {
  const bool any = std::any_of(parts.begin(), parts.end(), [](double part) { return part > 0; });
  const std::vector<double> weights = any ? parts : else_by;
  stats::MoveToTotal(parts, weights, total);
}

}  // namespace

std::vector<MoveLine> LinesOf(const CubeIndex& index, const Visibility& visibility,
                              std::size_t stage, const Grouping& grouping, MoveDays before,
                              MoveDays after) {
  struct Group {
    std::size_t stream;
    double trials;
    bool shown;
  };
  std::vector<Group> groups;
  std::size_t shown = 0;
  for (std::size_t value = 0; value < grouping.streams; ++value) {
    const std::size_t stream = grouping.first_stream + value;
    const double trials =
        TrialsOf(index, stage, stream, before) + TrialsOf(index, stage, stream, after);
    if (trials <= 0) continue;
    groups.push_back({stream, trials, visibility.Shows(stream)});
    shown += groups.back().shown ? 1 : 0;
  }
  std::vector<std::size_t> by_size(groups.size());
  std::iota(by_size.begin(), by_size.end(), std::size_t{0});
  std::stable_sort(by_size.begin(), by_size.end(), [&](std::size_t a, std::size_t b) {
    return groups[a].trials > groups[b].trials;
  });
  // From the smallest up. A hidden group that is the only one shown anything in these days is told
  // alone: a visible one joined to it would say that it is.
  for (auto at = by_size.rbegin(); at != by_size.rend(); ++at) {
    if (shown <= kMostLines) break;
    if (!groups[*at].shown) continue;
    groups[*at].shown = false;
    --shown;
  }
  std::vector<MoveLine> lines;
  MoveLine others;
  for (const Group& group : groups) {
    if (group.shown) {
      lines.push_back({group.stream - grouping.first_stream, {group.stream}});
    } else {
      others.streams.push_back(group.stream);
    }
  }
  if (!others.streams.empty()) lines.push_back(std::move(others));
  return lines;
}

LineReader::Known LineReader::Count(MoveDays days, bool settled) const {
  const CubeIndex& index = source_.index;
  Known known;
  known.lines.resize(lines_.size());
  for (std::size_t day = days.from; day <= days.to; ++day) {
    // Days differ by their rate, so that a young one is as noisy as what is due of it.
    const double due = settled ? 1 : source_.forecast->ShareKnown(day);
    double all = 0;
    for (std::size_t at = 0; at < lines_.size(); ++at) {
      double trials = 0;
      for (const std::size_t stream : lines_[at].streams) {
        trials += index.Trials(stage_, stream, day);
        known.lines[at].events += index.Events(stage_, stream, day);
      }
      known.lines[at].trials += trials;
      known.lines[at].effective_trials +=
          trials * stats::EffectiveShare(trials * due, source_.rho[1]);
      all += trials;
    }
    known.total.trials += all;
    known.total.events += index.Events(stage_, 0, day);
    known.total.effective_trials += all * stats::EffectiveShare(all * due, source_.rho[0]);
  }
  return known;
}

std::vector<StageForecast::Eventual> LineReader::Predict(
    MoveDays days, const Known& known, const StageForecast::Eventual& total) const {
  std::vector<StageForecast::Eventual> lines;
  for (std::size_t at = 0; at < lines_.size(); ++at) {
    if (lines_[at].value) {
      lines.push_back(source_.forecast->EventualOf(lines_[at].streams.front(), days.from, days.to));
      continue;
    }
    const double of_trials =
        known.total.trials > 0 ? known.lines[at].trials / known.total.trials : 0;
    const double of_events =
        known.total.events > 0 ? known.lines[at].events / known.total.events : of_trials;
    StageForecast::Eventual others = total;
    others.more_trials *= of_trials;
    others.more_events *= of_events;
    for (double& each : others.drawn_more_trials) each *= of_trials;
    for (double& each : others.drawn_more_events) each *= of_events;
    lines.push_back(std::move(others));
  }
  return lines;
}

LineCounts LineReader::Read(MoveDays days, const Metric& total, std::string_view period) const {
  const auto* open = std::get_if<ProvisionalRate>(&total.state);
  const Known known = Count(days, open == nullptr);
  const std::size_t lines = lines_.size();
  StageForecast::Eventual whole;
  std::vector<StageForecast::Eventual> ahead(lines);
  if (open != nullptr) {
    whole = source_.forecast->EventualOf(0, days.from, days.to);
    ahead = Predict(days, known, whole);
  }
  std::vector<double> known_trials;
  for (const stats::CountedGroup& line : known.lines) known_trials.push_back(line.trials);

  // Adds what is still to come, which together is `more_trials` and `more_events`.
  const auto complete = [&](std::vector<stats::CountedGroup>& groups, std::vector<double> trials,
                            std::vector<double> events, double more_trials, double more_events) {
    ShareOut(trials, known_trials, more_trials);
    ShareOut(events, known_trials, more_events);
    for (std::size_t at = 0; at < lines; ++at) {
      groups[at].trials += trials[at];
      groups[at].events += events[at];
    }
  };

  LineCounts counts;
  counts.point = known.lines;
  std::vector<double> trials(lines);
  std::vector<double> events(lines);
  if (open != nullptr) {
    for (std::size_t at = 0; at < lines; ++at) {
      trials[at] = ahead[at].more_trials;
      events[at] = ahead[at].more_events;
    }
    const double all_trials = known.total.trials + whole.more_trials;
    complete(counts.point, trials, events, whole.more_trials,
             open->rate * all_trials - known.total.events);
  }
  const std::string stage = source_.index.snapshot().ladder[stage_].name;
  const auto key = [&](const std::string& name) {
    return stats::StreamKey("move/" + stage + "/" + std::string(period) + "/" + name);
  };
  std::vector<std::uint64_t> keys;
  for (const MoveLine& line : lines_) {
    keys.push_back(key(line.value ? source_.index.SliceOf(line.streams.front()).Canonical()
                                  : std::string("others")));
  }
  for (std::size_t draw = 0; draw < StageForecast::kDraws; ++draw) {
    std::vector<stats::Draws> of_group;
    for (const std::uint64_t each : keys) {
      of_group.emplace_back(stats::Draws::Key{source_.seed, each, draw});
    }
    stats::Draws of_total({source_.seed, key("{}"), draw});
    // What has come is a sample; what is to come holds its own chance already.
    const std::vector<double> drawn =
        stats::DrawCounted(known.lines, known.total.effective_trials, of_group, of_total);
    std::vector<stats::CountedGroup> groups = known.lines;
    for (std::size_t at = 0; at < lines; ++at) groups[at].events = drawn[at];
    if (open != nullptr) {
      for (std::size_t at = 0; at < lines; ++at) {
        trials[at] = ahead[at].drawn_more_trials[draw];
        events[at] = ahead[at].drawn_more_events[draw];
      }
      complete(groups, trials, events, whole.drawn_more_trials[draw],
               whole.drawn_more_events[draw]);
    }
    counts.draws.push_back(std::move(groups));
  }
  return counts;
}

}  // namespace ripen::monitor
