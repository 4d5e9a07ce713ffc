// What is still to come of single rows, by draws: the open outcomes of a day are those that the
// stage's forecast predicts for it, spread over its open rows.
//
// A row's chance is q = theta (1 - G) / (1 - theta G) of the day as the forecast has it (draws of
// what remains over open rows), times how often its cell (position, and whether the stage before
// was reached) had the outcome on settled days, over the mean of the day's open rows. So what is
// drawn adds up to the forecast of the stage, and the order within lists is that of settled days.
// Rows are independent given the draw. Fails when. Customers take several items of one list or
// none: then hit rates are drawn too high. The hard bounds hold all the same.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "monitor/forecast.h"
#include "monitor/relevance.h"

namespace ripen::monitor {

struct RankingSource {
  const CubeIndex& index;
  const Settling& settling;
  std::vector<const StageForecast*> forecasts;  // by stage; null where nothing can be predicted
  KeptStages kept;
  std::size_t stream = 0;
  std::uint64_t seed = 1;
};

// Keeps references. Not thread safe.
class RankingDraws {
 public:
  RankingDraws(const RankingSource& source, const RowTruth& truth, const Relevance& relevance,
               std::size_t draws);
  // Why the day cannot be predicted; absent where it can or is settled.
  std::optional<PendingReason> Obstacle(std::int32_t day) const;
  // Prepares a day that has no obstacle. Cost: its rows.
  void OpenDay(std::int32_t day, std::size_t begin_row, std::size_t end_row);
  // The gain that a row of the opened day ends with in a draw. The same row and draw give the same
  // gain.
  double GainOf(std::size_t row, std::size_t draw);

 private:
  // How often cells had the outcome on settled days: by position (bounded) and stage before.
  struct CellRates {
    static constexpr std::size_t kPositions = 52;  // missing, 1..50, beyond
    std::array<std::array<double, kPositions>, 2> rate{};
  };
  struct OpenStage {
    bool open = false;
    std::vector<double> chance;  // by draw: of an open row of mean weight
    double mean_weight = 1;
  };
  static std::size_t PositionOf(const cube::ShownRow& row);
  CellRates LearnRates(std::size_t place) const;
  double WeightOf(std::size_t place, std::size_t row, bool before_reached) const;
  double ExpectedWeight(std::size_t place, std::size_t row) const;
  void OpenReturns(std::size_t day);

  const RankingSource& source_;
  const RowTruth& truth_;
  const Relevance& relevance_;
  std::size_t draws_;
  std::vector<CellRates> rates_;  // by place in relevance.stages
  std::vector<OpenStage> stages_;
  std::vector<double> returns_of_new_;    // by draw: of purchases still to come
  std::vector<double> returns_of_known_;  // by draw: of purchases that are known
  bool returns_open_ = false;
  std::vector<bool> reached_;
};

}  // namespace ripen::monitor
