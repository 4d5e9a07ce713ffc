// What makes an item of a list relevant, and which gains it may still end with.
//
// Meanings: every stage of shown that the data hold (gain 1); "kept", where what was bought can be
// sent back (gain 1 for bought and not sent back); "graded", where there are at least two stages of
// shown: the furthest stage reached, in the ladder's order, 1, 3, 5, ..., and the next of these for
// kept. A purchase that is sent back stays a purchase. So gains never fall as outcomes come, but
// for "kept".
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cube/shown_rows.h"
#include "model/ranking.h"
#include "monitor/cube_index.h"
#include "monitor/settling.h"
#include "stats/ranking.h"

namespace ripen::monitor {

// What was bought, and the stage that sends it back.
using KeptStages = std::optional<std::pair<std::size_t, std::size_t>>;

enum class RelevanceKind { kStage, kKept, kGraded };

struct Relevance {
  std::string name;
  RelevanceKind kind = RelevanceKind::kStage;
  std::vector<std::size_t> stages;  // of shown, in the ladder's order; for kept: bought
  KeptStages kept;                  // for kept and graded
  std::vector<double> levels;       // gains, ascending from 0
  int same_age_days = 1;
  // Every stage that has to settle.
  std::vector<std::size_t> AllStages() const;
};

std::vector<Relevance> RelevancesOf(const cube::Snapshot& snapshot, const KeptStages& kept);
// The gains of "graded"; empty where there is none.
std::vector<RankingGain> GainsOf(const std::vector<Relevance>& relevances);

// What is known and what is open of single rows. Keeps references.
class RowTruth {
 public:
  // Days of the rows lie inside the snapshot's. Cost: stages times days.
  RowTruth(const cube::Snapshot& snapshot, const Settling& settling, const cube::ShownRows& rows);

  bool Known(std::size_t stage, std::size_t row) const {
    return rows_.known_at_age[stage][row] >= 0;
  }
  // Known at an age of so many days, and not sent back by then.
  bool KnownAt(std::size_t stage, std::size_t row, int age) const {
    const int known = rows_.known_at_age[stage][row];
    return known >= 0 && known <= age;
  }
  // Whether the outcome of a row without one can still come.
  bool DayOpen(std::size_t stage, std::int32_t day) const {
    return open_[stage][static_cast<std::size_t>(day)];
  }
  bool DayOpen(const Relevance& relevance, std::int32_t day) const;

  stats::GainSet Possible(const Relevance& relevance, std::size_t row) const;
  double GainAt(const Relevance& relevance, std::size_t row, int age) const;
  // The gain of a row of which is known what it ends with. `reached`: by place in
  // relevance.stages.
  static double GainOf(const Relevance& relevance, const std::vector<bool>& reached,
                       bool sent_back);

  const cube::ShownRows& rows() const { return rows_; }

 private:
  const cube::ShownRows& rows_;
  std::vector<std::vector<bool>> open_;  // by stage and day
};

}  // namespace ripen::monitor
