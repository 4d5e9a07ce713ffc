#include "monitor/ranking_spans.h"

#include <algorithm>
#include <cmath>

#include "stats/clustered_mean.h"

namespace ripen::monitor {
namespace {

// Row-draws of one relevance: about a second.
constexpr std::size_t kMostWork = 20'000'000;
constexpr std::size_t kFewestDraws = 50;
constexpr std::size_t kMostDraws = 200;

double Quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

std::array<std::optional<double>, kRankingMeasures> ValuesOf(const stats::ListScore& score) {
  return {score.ndcg, score.reciprocal_rank, score.hit, score.precision};
}

// The means of scores that are clustered by customer.
class ScoreMeans {
 public:
  explicit ScoreMeans(std::size_t clusters) : sums_(kRankingMeasures) {
    for (auto& sums : sums_) sums.resize(clusters);
  }
  void Add(std::size_t cluster, const stats::ListScore& score) {
    const auto values = ValuesOf(score);
    for (std::size_t measure = 0; measure < kRankingMeasures; ++measure) {
      if (!values[measure]) continue;
      sums_[measure][cluster].sum += *values[measure];
      ++sums_[measure][cluster].records;
      any_[measure] = true;
    }
  }
  std::optional<ConfirmedRanking> Of(std::size_t measure) const {
    if (!any_[measure]) return std::nullopt;
    const stats::MeanRange range = stats::ClusteredMean(sums_[measure]);
    return ConfirmedRanking{range.mean, range.low, range.high};
  }

 private:
  std::vector<std::vector<stats::ClusterSum>> sums_;
  std::array<bool, kRankingMeasures> any_{};
};

}  // namespace

RankingSpans::RankingSpans(const RankingSource& source, const RowTruth& truth,
                           const RankedLists& lists, const Relevance& relevance)
    : source_(source), truth_(truth), lists_(lists), relevance_(relevance) {
  const auto days = static_cast<std::size_t>(truth.rows().last - truth.rows().first) + 1;
  first_judged_.assign(days + 1, 0);
  std::size_t open_items = 0;
  for (const RankedList& list : lists.lists()) {
    if (list.shape == nullptr) continue;
    Judged judged{&list, BoundsOf(list), truth.DayOpen(relevance, list.day), false};
    bool any_open = false;
    for (std::size_t row = list.begin; row < list.end; ++row) {
      const stats::GainSet possible = truth.Possible(relevance, row);
      any_open = any_open || (possible & (possible - 1)) != 0;
      judged.relevant_so_far =
          judged.relevant_so_far || truth.GainAt(relevance, row, INT16_MAX) > 0;
    }
    judged.open = any_open;
    if (any_open) open_items += list.items();
    judged_.push_back(judged);
    ++first_judged_[static_cast<std::size_t>(list.day) + 1];
  }
  for (std::size_t day = 0; day < days; ++day) first_judged_[day + 1] += first_judged_[day];
  const std::size_t most = open_items == 0 ? kMostDraws : kMostWork / open_items;
  Draw(std::clamp(most, kFewestDraws, kMostDraws));
}

const stats::ListBounds& RankingSpans::BoundsOf(const RankedList& list) {
  std::vector<stats::GainSet> possible;
  for (std::size_t row = list.begin; row < list.end; ++row) {
    possible.push_back(truth_.Possible(relevance_, row));
  }
  const auto [at, is_new] = patterns_.try_emplace({list.shape, possible});
  if (is_new) at->second = stats::BoundList(*list.shape, relevance_.levels, possible);
  return at->second;
}

void RankingSpans::Add(const stats::ListScore& score, DaySums& sums) {
  const auto values = ValuesOf(score);
  for (std::size_t measure = 0; measure < kRankingMeasures; ++measure) {
    if (!values[measure]) continue;
    sums.sum[measure] += *values[measure];
    ++sums.count[measure];
  }
}

void RankingSpans::AddDraw(const Judged& judged, std::size_t draw, RankingDraws& random,
                           DaySums& sums) const {
  std::vector<double> gains;
  for (std::size_t row = judged.list->begin; row < judged.list->end; ++row) {
    gains.push_back(random.GainOf(row, draw));
  }
  Add(stats::ScoreList(*judged.list->shape, gains), sums);
}

// Lists of open days, day by day; settled days are summed once.
void RankingSpans::Draw(std::size_t draws) {
  draws_ = draws;
  RankingDraws random(source_, truth_, relevance_, draws);
  const std::size_t days = first_judged_.size() - 1;
  drawn_.resize(days);
  obstacles_.resize(days);
  const std::vector<cube::ShownRow>& rows = truth_.rows().rows;
  std::size_t begin = 0;
  for (std::size_t day = 0; day < days; ++day) {
    std::size_t end = begin;
    while (end < rows.size() && rows[end].day == static_cast<std::int32_t>(day)) ++end;
    obstacles_[day] = random.Obstacle(static_cast<std::int32_t>(day));
    if (!obstacles_[day]) {
      random.OpenDay(static_cast<std::int32_t>(day), begin, end);
      DaySums settled;
      std::vector<const Judged*> open;
      for (std::size_t at = first_judged_[day]; at < first_judged_[day + 1]; ++at) {
        if (judged_[at].open) {
          open.push_back(&judged_[at]);
        } else {
          AddDraw(judged_[at], 0, random, settled);
        }
      }
      drawn_[day].assign(open.empty() ? 1 : draws, settled);
      if (!open.empty()) {
        for (std::size_t draw = 0; draw < draws; ++draw) {
          for (const Judged* judged : open) AddDraw(*judged, draw, random, drawn_[day][draw]);
        }
      }
    }
    begin = end;
  }
}

std::vector<const RankingSpans::Judged*> RankingSpans::Between(Day from, Day to) const {
  std::vector<const Judged*> lists;
  const std::size_t first = first_judged_[static_cast<std::size_t>(from - truth_.rows().first)];
  const std::size_t last = first_judged_[static_cast<std::size_t>(to - truth_.rows().first) + 1];
  for (std::size_t at = first; at < last; ++at) lists.push_back(&judged_[at]);
  return lists;
}

std::array<RankingFigure, kRankingMeasures> RankingSpans::Confirmed(
    const std::vector<const Judged*>& lists) const {
  ScoreMeans means(lists_.clusters());
  for (const Judged* judged : lists) {
    stats::ListScore score;
    if (judged->bounds.ndcg) score.ndcg = judged->bounds.ndcg->least;
    score.reciprocal_rank = judged->bounds.reciprocal_rank.least;
    score.hit = judged->bounds.hit.least;
    score.precision = judged->bounds.precision.least;
    means.Add(judged->list->cluster, score);
  }
  std::array<RankingFigure, kRankingMeasures> figures;
  for (std::size_t measure = 0; measure < kRankingMeasures; ++measure) {
    if (const auto mean = means.Of(measure)) {
      figures[measure] = *mean;
    } else {
      figures[measure] = PendingRanking{PendingReason::kTooFew, {}, {}, {}, {}};
    }
  }
  return figures;
}

std::array<std::optional<stats::Bounds>, kRankingMeasures> RankingSpans::BoundsOver(
    const std::vector<const Judged*>& lists) const {
  std::array<std::vector<stats::MayCount>, kRankingMeasures> counts;
  for (const Judged* judged : lists) {
    const stats::ListBounds& bounds = judged->bounds;
    if (bounds.ndcg) counts[0].push_back({*bounds.ndcg, !bounds.may_have_nothing});
    counts[1].push_back({bounds.reciprocal_rank, true});
    counts[2].push_back({bounds.hit, true});
    counts[3].push_back({bounds.precision, true});
  }
  std::array<std::optional<stats::Bounds>, kRankingMeasures> all;
  for (std::size_t measure = 0; measure < kRankingMeasures; ++measure) {
    all[measure] = stats::BoundMean(counts[measure]);
  }
  return all;
}

std::optional<PendingReason> RankingSpans::Obstacle(Day from, Day to) const {
  for (Day day = from; day <= to; day = day + 1) {
    const auto at = static_cast<std::size_t>(day - truth_.rows().first);
    if (obstacles_[at]) return obstacles_[at];
  }
  return std::nullopt;
}

Day RankingSpans::SettlesOn(Day from, Day to) const {
  Day last = from;
  for (const std::size_t stage : relevance_.AllStages()) {
    for (Day day = from; day <= to; day = day + 1) {
      last = std::max(last, source_.settling.SettlesOn(stage, day));
    }
  }
  return last;
}

RankingFigure RankingSpans::Open(std::size_t measure, const stats::Bounds& bounds, Day from, Day to,
                                 const std::optional<PendingReason>& obstacle) const {
  const Day as_of = source_.index.snapshot().as_of;
  const Day settles = SettlesOn(from, to);
  PendingRanking pending{PendingReason::kWindowOpen, {}, {}, bounds.least, bounds.most};
  if (settles > as_of) pending.settles_on = settles;
  if (obstacle) {
    pending.reason = *obstacle;
    const cube::Snapshot& snapshot = source_.index.snapshot();
    for (const std::size_t stage : relevance_.AllStages()) {
      const Day estimate = snapshot.first_day + snapshot.ladder.SettlingDays(stage) + 1;
      if (estimate > as_of && snapshot.stage_has_times[stage] &&
          (!pending.first_estimate_on || estimate > *pending.first_estimate_on)) {
        pending.first_estimate_on = estimate;
      }
    }
    return pending;
  }
  std::vector<double> values;
  for (std::size_t draw = 0; draw < draws_; ++draw) {
    double sum = 0;
    double count = 0;
    for (Day day = from; day <= to; day = day + 1) {
      const std::vector<DaySums>& drawn =
          drawn_[static_cast<std::size_t>(day - truth_.rows().first)];
      const DaySums& sums = drawn[drawn.size() == 1 ? 0 : draw];
      sum += sums.sum[measure];
      count += sums.count[measure];
    }
    if (count > 0) values.push_back(sum / count);
  }
  if (values.size() < draws_) {
    pending.reason = PendingReason::kTooFew;
    return pending;
  }
  std::sort(values.begin(), values.end());
  const auto inside = [&](double value) { return std::clamp(value, bounds.least, bounds.most); };
  return ProvisionalRanking{inside(Quantile(values, .5)),
                            inside(Quantile(values, .05)),
                            inside(Quantile(values, .95)),
                            bounds.least,
                            bounds.most,
                            settles};
}

RankingSpan RankingSpans::Read(Day from, Day to) const {
  const std::vector<const Judged*> lists = Between(from, to);
  RankingSpan span;
  span.from = from;
  span.to = to;
  span.lists = static_cast<std::int64_t>(lists.size());
  for (const Judged* judged : lists) {
    span.lists_open += judged->open ? 1 : 0;
    span.lists_without_relevant += judged->relevant_so_far ? 0 : 1;
  }
  bool open = false;
  for (Day day = from; day <= to; day = day + 1) {
    open = open || truth_.DayOpen(relevance_, static_cast<std::int32_t>(day - truth_.rows().first));
  }
  if (!open) {
    span.figures = Confirmed(lists);
    return span;
  }
  const auto bounds = BoundsOver(lists);
  const std::optional<PendingReason> obstacle = Obstacle(from, to);
  for (std::size_t measure = 0; measure < kRankingMeasures; ++measure) {
    span.figures[measure] = bounds[measure]
                                ? Open(measure, *bounds[measure], from, to, obstacle)
                                : PendingRanking{PendingReason::kTooFew, {}, {}, {}, {}};
  }
  return span;
}

std::optional<RankingAtAge> RankingSpans::AtAge(Day from, Day to) const {
  const Day oldest = source_.index.snapshot().as_of - relevance_.same_age_days;
  to = std::min(to, oldest);
  if (to < from) return std::nullopt;
  RankingAtAge at_age;
  at_age.from = from;
  at_age.to = to;
  ScoreMeans means(lists_.clusters());
  std::vector<double> gains;
  for (const Judged* judged : Between(from, to)) {
    gains.clear();
    for (std::size_t row = judged->list->begin; row < judged->list->end; ++row) {
      gains.push_back(truth_.GainAt(relevance_, row, relevance_.same_age_days));
    }
    means.Add(judged->list->cluster, stats::ScoreList(*judged->list->shape, gains));
    ++at_age.lists;
  }
  for (std::size_t measure = 0; measure < kRankingMeasures; ++measure) {
    at_age.figures[measure] = means.Of(measure);
  }
  return at_age;
}

}  // namespace ripen::monitor
