// Folds days of the ledger into counts, some hundred thousand recommendations at a time, on several
// threads.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/import_plan.h"
#include "ledger/store.h"
#include "store/duckdb/chunk_fold.h"
#include "store/duckdb/late.h"
#include "store/duckdb/row_loader.h"

namespace ripen::store {

// Recommendations that are counted in numbered cells instead of by attributes.
struct FoldCells {
  std::string recommendations;  // SQL: a table like rec, with the cell's number as `who`
  std::size_t count = 0;
};

// What to fold: all days, or those named (ascending), or those up to one.
struct FoldSpan {
  std::optional<std::vector<std::int32_t>> days;
  std::optional<std::int32_t> last_day;
  std::optional<FoldCells> cells;  // absent: all that is stored, by the choice's attributes
};

// Receives the counts of some whole days, or what changed on them, and clears them. Called by one
// thread at a time.
using CountSink = std::function<Status(CountMap& counts, DayMap& days)>;

// Which stored stage is which of the ladder.
FoldLadder MakeFoldLadder(const StageLadder& ladder, const std::vector<StoredStage>& stages);

// Reads what is committed, through connections of its own. The database, the dictionary and the
// choice must outlive it.
class LedgerFolder {
 public:
  LedgerFolder(duck::Database& database, const Dictionary& dictionary, const Choice& choice,
               FoldLadder ladder, TimeZone report_zone, int threads);

  // Members of the folded days are added to `members`. `progress` may be empty. Orphans are not
  // counted. Memory: some 75 MB and the counts of a chunk for each thread. With cells of its own a
  // folder folds nothing else.
  [[nodiscard]] Status Fold(const FoldSpan& span, MemberMap& members, const CountSink& sink,
                            const ledger::Progress& progress);
  // Folds only the ids that late data touched (late.h): as they are now, less as they were before.
  // Leaves out `counted` days (ascending), which are folded as a whole. Members are those of new
  // recommendations.
  [[nodiscard]] Status FoldTouched(const LateChanges& late,
                                   const std::vector<std::int32_t>& counted, MemberMap& members,
                                   const CountSink& sink);
  // The outcomes that wait for their recommendation: all of them, under the day kOrphanDay.
  [[nodiscard]] Status CountOrphans(const CountSink& sink);
  // What became known of single recommendations, without counting.
  [[nodiscard]] Status VisitRows(const FoldSource& source, const ChunkFolder::Visit& visit);
  // Only the members, of all days.
  [[nodiscard]] Status CountMembers(MemberMap& members);
  // Whether a recommendation that late data replaced may be among `members` as it was before: they
  // would then have to be counted again.
  [[nodiscard]] Result<bool> RestsOnReplaced(const MemberMap& members);

 private:
  // Days that are folded together; in several parts where they are too large for one.
  struct DayGroup {
    std::vector<FoldSource> parts;
  };
  struct DayLoad {
    std::int32_t day = 0;
    std::int64_t rows = 0;
  };
  // Days in groups of some size: ascending, each group's rows at most `most` unless it is one day.
  static std::vector<std::vector<DayLoad>> Grouped(const std::vector<DayLoad>& days,
                                                   std::int64_t most);
  [[nodiscard]] static Result<std::vector<DayLoad>> ReadLoads(duck::Connection& connection,
                                                              const std::string& sql);
  [[nodiscard]] Result<std::vector<DayGroup>> Groups(const FoldSpan& span,
                                                     duck::Connection& connection) const;
  [[nodiscard]] Result<std::vector<DayGroup>> TouchedGroups(
      const LateChanges& late, const std::vector<std::int32_t>& counted,
      duck::Connection& connection) const;
  [[nodiscard]] Status FoldGroups(const std::vector<DayGroup>& groups, duck::Connection& first,
                                  MemberMap& members, const CountSink& sink,
                                  const ledger::Progress& progress);
  // Counts that were given, which are few beside rows: by one thread.
  [[nodiscard]] Status FoldGiven(const FoldSpan& span, duck::Connection& connection,
                                 const CountSink& sink);
  [[nodiscard]] Status LoadSnapshots(duck::Connection& connection);
  FoldRules Rules() const {
    return {dictionary_, choice_, cells_, ladder_, report_zone_, snapshot_of_src_};
  }

  duck::Database& database_;
  const Dictionary& dictionary_;
  const Choice& choice_;
  CellNumbers cells_;
  FoldLadder ladder_;
  TimeZone report_zone_;
  int threads_;
  std::vector<std::int64_t> snapshot_of_src_;
};

}  // namespace ripen::store
