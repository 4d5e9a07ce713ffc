// The figures of one meaning of relevant over any days of the rows.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "monitor/ranked_lists.h"
#include "monitor/ranking_draws.h"

namespace ripen::monitor {

// Keeps references; all must outlive it. Not thread safe.
class RankingSpans {
 public:
  // Cost: the lists' bounds, one for each pattern of open items, and the draws of all open days.
  RankingSpans(const RankingSource& source, const RowTruth& truth, const RankedLists& lists,
               const Relevance& relevance);

  // Requires: days of the rows.
  RankingSpan Read(Day from, Day to) const;
  // By the days of the span that have reached the age; absent where none has.
  std::optional<RankingAtAge> AtAge(Day from, Day to) const;

 private:
  // One list that is judged.
  struct Judged {
    const RankedList* list = nullptr;
    stats::ListBounds bounds;
    bool open = false;
    bool relevant_so_far = false;
  };
  // Sums over the lists of one day in one draw: of the measures, and the lists that NDCG counts.
  struct DaySums {
    std::array<double, kRankingMeasures> sum{};
    std::array<double, kRankingMeasures> count{};
  };

  const stats::ListBounds& BoundsOf(const RankedList& list);
  void Draw(std::size_t draws);
  void AddDraw(const Judged& judged, std::size_t draw, RankingDraws& random, DaySums& sums) const;
  static void Add(const stats::ListScore& score, DaySums& sums);
  std::vector<const Judged*> Between(Day from, Day to) const;
  std::array<RankingFigure, kRankingMeasures> Confirmed(
      const std::vector<const Judged*>& lists) const;
  std::array<std::optional<stats::Bounds>, kRankingMeasures> BoundsOver(
      const std::vector<const Judged*>& lists) const;
  std::optional<PendingReason> Obstacle(Day from, Day to) const;
  Day SettlesOn(Day from, Day to) const;
  RankingFigure Open(std::size_t measure, const stats::Bounds& bounds, Day from, Day to,
                     const std::optional<PendingReason>& obstacle) const;

  const RankingSource& source_;
  const RowTruth& truth_;
  const RankedLists& lists_;
  const Relevance& relevance_;
  std::vector<Judged> judged_;             // by day
  std::vector<std::size_t> first_judged_;  // by day, and the end
  std::map<std::pair<const stats::RankedShape*, std::vector<stats::GainSet>>, stats::ListBounds>
      patterns_;
  std::vector<std::optional<PendingReason>> obstacles_;  // by day
  std::vector<std::vector<DaySums>> drawn_;              // by day and draw; empty: not open
  std::size_t draws_ = 0;
};

}  // namespace ripen::monitor
