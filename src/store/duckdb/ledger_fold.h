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
#include "store/duckdb/row_loader.h"

namespace ripen::store {

// What to fold: all days, or those in the table `dirty`, or those up to one.
struct FoldSpan {
  bool only_dirty = false;
  std::optional<std::int32_t> last_day;
};

// Receives the counts of some whole days and clears them. Called by one thread at a time.
using CountSink = std::function<Status(CountMap& counts, DayMap& days)>;

// Which stored stage is which of the ladder.
FoldLadder MakeFoldLadder(const StageLadder& ladder, const std::vector<StoredStage>& stages);

// Reads what is committed, through connections of its own. The database, the dictionary and the
// choice must outlive it.
class LedgerFolder {
 public:
  LedgerFolder(duck::Database& database, const Dictionary& dictionary, const Choice& choice,
               FoldLadder ladder, TimeZone report_zone, int threads);

  // Members of the folded days are added to `members`. `progress` may be empty. Memory: some 75 MB
  // and the counts of a chunk for each thread.
  [[nodiscard]] Status Fold(const FoldSpan& span, MemberMap& members, const CountSink& sink,
                            const ledger::Progress& progress);
  // Only the members, of all days.
  [[nodiscard]] Status CountMembers(MemberMap& members);

 private:
  // Days that are folded together, as SQL conditions: several for a day too large for one.
  struct DayGroup {
    std::vector<std::string> conditions;
  };
  [[nodiscard]] Result<std::vector<DayGroup>> Groups(const FoldSpan& span,
                                                     duck::Connection& connection) const;
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
