#include "monitor/sign_series.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>
#include <string_view>

#include "monitor/cube_index.h"
#include "monitor/privacy.h"

namespace ripen::monitor {
namespace {

// Of fifty bins of scores so many make a printed tenth, which is also what is judged.
constexpr std::size_t kBinsOfTenth = 5;
// Of a stage's outcomes; under it the outcomes of the first day are no sign of the others.
constexpr double kLeastEarlyShare = .05;

constexpr std::array<std::string_view, 12> kFallbackNames{
    "fallback",    "default",    "popular",     "popularity", "most_popular",     "bestseller",
    "bestsellers", "top_seller", "top_sellers", "topseller",  "non_personalised", "ersatz"};

std::string Plain(std::string text) {
  for (char& letter : text) {
    letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
    if (letter == '-' || letter == ' ') letter = '_';
  }
  return text;
}

bool IsNamedFallback(const AttributeValue& value) {
  return value && std::find(kFallbackNames.begin(), kFallbackNames.end(), Plain(*value)) !=
                      kFallbackNames.end();
}

void AddShareDay(SignSeries& series, Day day, double trials, double events) {
  series.days.push_back(day);
  series.counts.push_back(trials - events);
  series.counts.push_back(events);
}

SignSeries Refused(SignCode code, NoSign reason) {
  SignSeries series;
  series.code = code;
  series.refused = reason;
  return series;
}

std::vector<Segment> NamedFallbacks(const cube::Snapshot& snapshot) {
  std::vector<Segment> named;
  for (const cube::Attribute& attribute : snapshot.attributes) {
    if (attribute.kind != AttributeKind::kContext || !named.empty()) continue;
    for (const AttributeValue& value : attribute.values) {
      if (IsNamedFallback(value)) named.push_back({attribute.name, value});
    }
  }
  return named;
}

}  // namespace

double SignSeries::TrialsOf(std::size_t day) const {
  const auto first = counts.begin() + static_cast<std::ptrdiff_t>(day * bins);
  return std::accumulate(first, first + static_cast<std::ptrdiff_t>(bins), 0.0);
}

double SignSeries::ValueOf(std::size_t day) const {
  double sum = 0;
  for (std::size_t bin = 0; bin < bins; ++bin) {
    sum += At(day, bin) * (position_of.empty() ? (bin == 1 ? 1.0 : 0.0) : position_of[bin]);
  }
  return sum / TrialsOf(day);
}

SignSeries NewItems(const cube::SignCounts& counts) {
  SignSeries series;
  series.code = SignCode::kNewItems;
  bool any = false;
  for (const cube::SignDay& day : counts.days) {
    any = any || day.with_item > 0;
    if (!day.new_items || day.with_item == 0) continue;
    AddShareDay(series, day.shown, static_cast<double>(day.with_item),
                static_cast<double>(*day.new_items));
  }
  if (!any) return Refused(series.code, NoSign::kNotGiven);
  return series;
}

SignSeries Scores(const cube::SignCounts& counts) {
  SignSeries series;
  series.code = SignCode::kScoreDistribution;
  if (counts.bins.edges.size() < 2) return Refused(series.code, NoSign::kNotGiven);
  series.bins = counts.bins.size();
  series.position_of = counts.bins.typical;
  // Bins below the lowest edge and above the highest belong to the outer tenths.
  const std::size_t inner = series.bins - 2;
  const std::size_t tenths = (inner + kBinsOfTenth - 1) / kBinsOfTenth;
  series.part_of_bin.push_back(0);
  for (std::size_t bin = 0; bin < inner; ++bin) {
    // The first inner bin holds the lowest score alone.
    series.part_of_bin.push_back(std::min(bin == 0 ? 0 : (bin - 1) / kBinsOfTenth, tenths - 1));
  }
  series.part_of_bin.push_back(series.part_of_bin.back());
  series.parts.resize(series.part_of_bin.back() + 1);
  for (std::size_t part = 0; part < series.parts.size(); ++part) {
    const std::size_t edge = part * kBinsOfTenth;
    if (part > 0) series.parts[part].from = counts.bins.edges[edge];
    if (part + 1 < series.parts.size())
      series.parts[part].to = counts.bins.edges[edge + kBinsOfTenth];
  }
  for (const cube::SignDay& day : counts.days) {
    if (std::accumulate(day.scores.begin(), day.scores.end(), std::int64_t{0}) == 0) continue;
    series.days.push_back(day.shown);
    for (const std::int64_t count : day.scores) series.counts.push_back(static_cast<double>(count));
  }
  return series;
}

SignSeries Positions(const cube::SignCounts& counts) {
  SignSeries series;
  series.code = SignCode::kPositionMix;
  series.bins = cube::kPositions + 1;
  series.parts.resize(series.bins);
  for (std::size_t bin = 0; bin < series.bins; ++bin) {
    const double position = static_cast<double>(bin + 1);
    series.position_of.push_back(position);
    series.part_of_bin.push_back(bin);
    series.parts[bin].from = position;
    if (bin < cube::kPositions) series.parts[bin].to = position;
  }
  for (const cube::SignDay& day : counts.days) {
    if (std::accumulate(day.positions.begin(), day.positions.end(), std::int64_t{0}) == 0) continue;
    series.days.push_back(day.shown);
    for (const std::int64_t count : day.positions) {
      series.counts.push_back(static_cast<double>(count));
    }
  }
  if (series.days.empty()) return Refused(series.code, NoSign::kNotGiven);
  return series;
}

SignSeries Fallbacks(const cube::Snapshot& snapshot, const SignOptions& options,
                     std::vector<Slice>& fallback) {
  const std::vector<Segment> segments =
      options.fallback.empty() ? NamedFallbacks(snapshot) : options.fallback;
  if (segments.empty()) return Refused(SignCode::kFallbackShare, NoSign::kNoFallbackKnown);
  const CubeIndex index(snapshot);
  const Visibility visibility(index, options.smallest_group);
  std::vector<std::size_t> streams;
  for (const Segment& segment : segments) {
    const Slice slice = Slice::Of({segment});
    const auto stream = index.Find(slice);
    if (!stream || !visibility.Shows(*stream)) continue;
    streams.push_back(*stream);
    fallback.push_back(slice);
  }
  SignSeries series;
  series.code = SignCode::kFallbackShare;
  if (streams.empty()) return Refused(series.code, NoSign::kNoFallbackKnown);
  for (std::size_t day = 0; day < index.days(); ++day) {
    if (index.Shown(0, day) <= 0) continue;
    double events = 0;
    for (const std::size_t stream : streams) events += index.Shown(stream, day);
    AddShareDay(series, index.DayAt(day), index.Shown(0, day), events);
  }
  return series;
}

SignSeries EarlyOutcomes(const cube::Snapshot& snapshot, std::optional<std::string>& stage) {
  SignSeries series;
  series.code = SignCode::kEarlyClicks;
  for (std::size_t at = 0; at < snapshot.ladder.size(); ++at) {
    if (snapshot.ladder.BaseOf(at) || !snapshot.stage_given[at] || !snapshot.stage_has_times[at]) {
      continue;
    }
    const auto days = static_cast<std::size_t>(snapshot.last_day - snapshot.first_day) + 1;
    std::vector<double> shown(days);
    std::array<std::vector<double>, 2> by_age{std::vector<double>(days), std::vector<double>(days)};
    double all = 0;
    for (const cube::CountRow& row : snapshot.families.front().shown) {
      shown[static_cast<std::size_t>(row.shown - snapshot.first_day)] +=
          static_cast<double>(row.gained - row.lost);
    }
    for (const cube::CountRow& row : snapshot.families.front().stages[at]) {
      const auto net = static_cast<double>(row.gained - row.lost);
      all += net;
      const auto day = static_cast<std::size_t>(row.shown - snapshot.first_day);
      for (int age = 0; age < 2; ++age) {
        if (row.delay <= age) by_age[static_cast<std::size_t>(age)][day] += net;
      }
    }
    const double first_day = std::accumulate(by_age[0].begin(), by_age[0].end(), 0.0);
    const std::size_t age = first_day < kLeastEarlyShare * all ? 1 : 0;
    stage = snapshot.ladder[at].name;
    for (std::size_t day = 0; day < days; ++day) {
      const Day date = snapshot.first_day + static_cast<int>(day);
      // A day counts at an age that it has reached.
      if (shown[day] <= 0 || snapshot.as_of - date < static_cast<int>(age)) continue;
      AddShareDay(series, date, shown[day], std::clamp(by_age[age][day], 0.0, shown[day]));
    }
    return series;
  }
  return Refused(series.code, NoSign::kNotGiven);
}

}  // namespace ripen::monitor
