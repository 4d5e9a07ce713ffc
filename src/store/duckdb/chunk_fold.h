// Folds some days of the ledger into counts: what one thread does.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/duckdb/cells.h"
#include "store/duckdb/counts.h"
#include "store/duckdb/duck.h"
#include "store/duckdb/fold.h"
#include "store/duckdb/parse_time.h"

namespace ripen::store {

// How to fold: the same for every day of a ledger. Views, which must outlive the folders.
struct FoldRules {
  const Dictionary& dictionary;
  const Choice& choice;
  const CellNumbers& cells;
  const FoldLadder& ladder;
  const TimeZone& report_zone;
  const std::vector<std::int64_t>& snapshot_of_src;  // kNone where a file names none
};

// Rows to fold, as SQL.
struct FoldSource {
  std::string recommendations = "rec";
  std::string events = "ev";
  std::string observations = "obs";
  std::string condition;  // on `day` and `id_key`, of all three
  // Whether they are taken away from the counts: rows as they were when the cube was counted last.
  bool before = false;
};

// Not thread safe: each thread has its own, with a connection of its own.
class ChunkFolder {
 public:
  ChunkFolder(duck::Connection& connection, const FoldRules& rules);

  // Memory: about 150 bytes a recommendation with its outcomes.
  [[nodiscard]] Status Fold(const FoldSource& source);
  // Folds without counting: what became known of each recommendation of which something did.
  using Visit = std::function<void(std::uint64_t id_key, const FoldRecommendation& fact,
                                   const std::vector<StageChange>& changes)>;
  [[nodiscard]] Status VisitRows(const FoldSource& source, const Visit& visit);
  // Counts the outcomes that wait for their recommendation.
  [[nodiscard]] Status CountOrphans();

  // What was folded since they were cleared last.
  CountMap& counts() { return counts_; }
  DayMap& days() { return days_; }
  // Of all that was folded, of the ledger as it is now.
  const MemberMap& members() const { return members_; }

 private:
  // Recommendations in columns, found by their ids, with their events as lists.
  struct Chunk {
    std::vector<std::uint64_t> id_key;
    std::vector<FoldRecommendation> fact;
    std::vector<std::int32_t> who;
    std::vector<std::int32_t> what;
    std::vector<std::int32_t> index;  // open addressing: place in the columns, -1 if free
    std::vector<std::int32_t> first_event;
    std::vector<std::int32_t> first_observation;
    std::vector<FoldEvent> events;
    std::vector<std::int32_t> next_event;
    std::vector<FoldObservation> observations;
    std::vector<std::int32_t> next_observation;
    std::int32_t Find(std::uint64_t key) const;
    void BuildIndex();
  };
  [[nodiscard]] Status LoadRecommendations(const FoldSource& source);
  [[nodiscard]] Status LoadEvents(const FoldSource& source);
  [[nodiscard]] Status LoadObservations(const FoldSource& source);
  [[nodiscard]] Status Load(const FoldSource& source);
  // Folds one recommendation of the chunk; false where there is nothing about it.
  bool FoldRow(std::size_t row);
  void FoldLoaded(std::int32_t sign);

  duck::Connection& connection_;
  FoldRules rules_;
  std::vector<int> stage_of_code_;
  DayClock clock_;
  RecordFolder folder_;
  Chunk chunk_;
  std::vector<FoldEvent> row_events_;
  std::vector<FoldObservation> row_observations_;
  CountMap counts_;
  DayMap days_;
  MemberMap members_;
};

// Visits the customer of a recommendation, if it names one, as a member of each of its values and
// of each pair of them of which counts are kept.
template <typename Visit>
void ForEachMember(const FoldRules& rules, std::int32_t who, std::int32_t what,
                   std::uint64_t customer, std::int32_t known_on, const Visit& visit) {
  if (customer == 0) return;
  const auto code_of = [&](const ChosenAttribute& attribute) {
    const Side side = rules.dictionary.attributes()[attribute.stored].side;
    return rules.dictionary.CodeIn(side, static_cast<std::size_t>(side == Side::kWho ? who : what),
                                   attribute.stored);
  };
  for (const ChosenAttribute& attribute : rules.choice.attributes) {
    visit(MemberMap::Entry{static_cast<std::int32_t>(attribute.stored), code_of(attribute),
                           customer, known_on});
  }
  for (const auto& [first, second] : rules.choice.pairs) {
    const ChosenAttribute& one = rules.choice.attributes[first];
    const ChosenAttribute& other = rules.choice.attributes[second];
    visit(MemberMap::Entry{MemberMap::PairOf(one.stored, other.stored),
                           MemberMap::CodesOf(code_of(one), code_of(other)), customer, known_on});
  }
}

// Adds a change to the cell of a recommendation in every family.
inline void AddToCells(const FoldRules& rules, std::int32_t who, std::int32_t what,
                       std::int32_t day, const StageChange& change, std::int32_t sign,
                       CountMap& counts) {
  const std::int64_t base = rules.cells.BaseCell(who, what);
  const std::int32_t gained = sign * change.gained;
  const std::int32_t lost = sign * change.lost;
  counts.Add(0, base, day, change.stage, change.base_offset, change.delay, gained, lost);
  for (std::size_t f = 0; f < rules.cells.further_count(); ++f) {
    counts.Add(static_cast<std::int32_t>(f) + 1, rules.cells.FurtherCell(base, f, who, what), day,
               change.stage, change.base_offset, change.delay, gained, lost);
  }
}

// Adds the customer of a recommendation to each of its values.
void AddMember(const FoldRules& rules, std::int32_t who, std::int32_t what, std::uint64_t customer,
               std::int32_t known_on, MemberMap& members);

}  // namespace ripen::store
