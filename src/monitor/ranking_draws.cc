#include "monitor/ranking_draws.h"

#include <algorithm>

#include "stats/draws.h"

namespace ripen::monitor {
namespace {

// Weight of all positions together in one position's rate, in rows.
constexpr double kPriorRows = 20;
constexpr double kMostChance = .98;

}  // namespace

std::size_t RankingDraws::PositionOf(const cube::ShownRow& row) {
  if (!row.position) return 0;
  return static_cast<std::size_t>(std::clamp<std::int32_t>(
      *row.position, 1, static_cast<std::int32_t>(CellRates::kPositions) - 1));
}

RankingDraws::RankingDraws(const RankingSource& source, const RowTruth& truth,
                           const Relevance& relevance, std::size_t draws)
    : source_(source),
      truth_(truth),
      relevance_(relevance),
      draws_(std::min(draws, StageForecast::kDraws)),
      stages_(relevance.stages.size()),
      reached_(relevance.stages.size()) {
  for (std::size_t place = 0; place < relevance.stages.size(); ++place) {
    rates_.push_back(LearnRates(place));
  }
}

RankingDraws::CellRates RankingDraws::LearnRates(std::size_t place) const {
  std::array<std::array<double, CellRates::kPositions>, 2> shown{};
  std::array<std::array<double, CellRates::kPositions>, 2> events{};
  std::array<double, 2> all_shown{};
  std::array<double, 2> all_events{};
  const std::size_t stage = relevance_.stages[place];
  const std::vector<cube::ShownRow>& rows = truth_.rows().rows;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    if (truth_.DayOpen(stage, rows[row].day)) continue;
    const std::size_t before = place > 0 && truth_.Known(relevance_.stages[place - 1], row) ? 1 : 0;
    const std::size_t position = PositionOf(rows[row]);
    const double event = truth_.Known(stage, row) ? 1 : 0;
    ++shown[before][position];
    ++all_shown[before];
    events[before][position] += event;
    all_events[before] += event;
  }
  CellRates rates;
  for (std::size_t before = 0; before < 2; ++before) {
    const double mean = (all_events[before] + .5) / (all_shown[before] + 10);
    for (std::size_t position = 0; position < CellRates::kPositions; ++position) {
      rates.rate[before][position] =
          (events[before][position] + kPriorRows * mean) / (shown[before][position] + kPriorRows);
    }
  }
  return rates;
}

std::optional<PendingReason> RankingDraws::Obstacle(std::int32_t day) const {
  const std::size_t at =
      static_cast<std::size_t>(truth_.rows().first + day - source_.index.snapshot().first_day);
  for (const std::size_t stage : relevance_.AllStages()) {
    if (!truth_.DayOpen(stage, day)) continue;
    const StageForecast* forecast = source_.forecasts[stage];
    if (forecast == nullptr) return source_.settling.ReasonFor(stage, truth_.rows().first + day);
    if (const auto obstacle = forecast->Obstacle(at)) return obstacle;
  }
  return std::nullopt;
}

double RankingDraws::WeightOf(std::size_t place, std::size_t row, bool before_reached) const {
  return rates_[place].rate[before_reached ? 1 : 0][PositionOf(truth_.rows().rows[row])];
}

double RankingDraws::ExpectedWeight(std::size_t place, std::size_t row) const {
  if (place == 0) return WeightOf(place, row, false);
  if (truth_.Known(relevance_.stages[place - 1], row)) return WeightOf(place, row, true);
  if (!stages_[place - 1].open) return WeightOf(place, row, false);
  double chance = 0;
  for (const double each : stages_[place - 1].chance) chance += each;
  chance /= static_cast<double>(stages_[place - 1].chance.size());
  return (1 - chance) * WeightOf(place, row, false) + chance * WeightOf(place, row, true);
}

void RankingDraws::OpenDay(std::int32_t day, std::size_t begin_row, std::size_t end_row) {
  const std::size_t at =
      static_cast<std::size_t>(truth_.rows().first + day - source_.index.snapshot().first_day);
  for (std::size_t place = 0; place < stages_.size(); ++place) {
    OpenStage& here = stages_[place];
    const std::size_t stage = relevance_.stages[place];
    here.open = truth_.DayOpen(stage, day);
    here.chance.clear();
    if (!here.open) continue;
    const StageForecast::Eventual eventual =
        source_.forecasts[stage]->EventualOf(source_.stream, at, at);
    const double open_rows = std::max(1.0, eventual.known_trials - eventual.known_events);
    for (std::size_t draw = 0; draw < draws_; ++draw) {
      here.chance.push_back(std::clamp(eventual.drawn_more_events[draw] / open_rows, 0.0, 1.0));
    }
    double weights = 0;
    double rows = 0;
    for (std::size_t row = begin_row; row < end_row; ++row) {
      if (truth_.Known(stage, row)) continue;
      weights += ExpectedWeight(place, row);
      ++rows;
    }
    here.mean_weight = rows > 0 ? weights / rows : 1;
  }
  returns_open_ = relevance_.kept && truth_.DayOpen(relevance_.kept->second, day);
  if (returns_open_) OpenReturns(at);
}

void RankingDraws::OpenReturns(std::size_t day) {
  const StageForecast::Eventual eventual =
      source_.forecasts[relevance_.kept->second]->EventualOf(source_.stream, day, day);
  returns_of_new_.clear();
  returns_of_known_.clear();
  for (std::size_t draw = 0; draw < draws_; ++draw) {
    const double new_trials = std::max(0.0, eventual.drawn_more_trials[draw]);
    const double more = std::max(0.0, eventual.drawn_more_events[draw]);
    const double trials = std::max(1.0, eventual.known_trials + new_trials);
    const double share = std::clamp((eventual.known_events + more) / trials, 0.0, 1.0);
    const double waiting = std::max(1.0, eventual.known_trials - eventual.known_events);
    returns_of_new_.push_back(share);
    returns_of_known_.push_back(std::clamp((more - share * new_trials) / waiting, 0.0, 1.0));
  }
}

double RankingDraws::GainOf(std::size_t row, std::size_t draw) {
  stats::Draws random(
      stats::Draws::Key{source_.seed, stats::StreamKey(relevance_.name) + row, draw});
  bool before = false;
  bool sent_back = false;
  for (std::size_t place = 0; place < stages_.size(); ++place) {
    const std::size_t stage = relevance_.stages[place];
    const bool known = truth_.Known(stage, row);
    bool reached = known;
    if (!known && stages_[place].open) {
      const double chance =
          stages_[place].chance[draw] * WeightOf(place, row, before) / stages_[place].mean_weight;
      reached = random.Uniform() < std::min(chance, kMostChance);
    }
    reached_[place] = reached;
    if (reached && relevance_.kept && stage == relevance_.kept->first) {
      sent_back = truth_.Known(relevance_.kept->second, row);
      if (!sent_back && returns_open_) {
        const double chance = known ? returns_of_known_[draw] : returns_of_new_[draw];
        sent_back = random.Uniform() < chance;
      }
    }
    before = reached;
  }
  return RowTruth::GainOf(relevance_, reached_, sent_back);
}

}  // namespace ripen::monitor
