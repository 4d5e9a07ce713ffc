// Folds days of the ledger into counts, some hundred thousand recommendations at a time.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "ledger/import_plan.h"
#include "ledger/store.h"
#include "store/duckdb/cells.h"
#include "store/duckdb/counts.h"
#include "store/duckdb/duck.h"
#include "store/duckdb/fold.h"
#include "store/duckdb/parse_time.h"
#include "store/duckdb/row_loader.h"

namespace ripen::store {

// What to fold: all days, or those in the table `dirty`, or those up to one.
struct FoldSpan {
  bool only_dirty = false;
  std::optional<std::int32_t> last_day;
};

// Receives the counts of some whole days and clears them.
using CountSink = std::function<Status(CountMap& counts, DayMap& days)>;

// Which stored stage is which of the ladder.
FoldLadder MakeFoldLadder(const StageLadder& ladder, const std::vector<StoredStage>& stages);

class LedgerFolder {
 public:
  LedgerFolder(duck::Connection& connection, const Dictionary& dictionary, const Choice& choice,
               const FoldLadder& ladder, const TimeZone& report_zone);

  // Members of the folded days are added to `members`. `progress` may be empty.
  [[nodiscard]] Status Fold(const FoldSpan& span, MemberMap& members, const CountSink& sink,
                            const ledger::Progress& progress);
  // Only the members, of all days.
  [[nodiscard]] Status CountMembers(MemberMap& members);

 private:
  struct DayLoad {
    std::int32_t day;
    std::int64_t rows;
  };
  // Recommendations of one chunk, in columns, found by their ids.
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
  [[nodiscard]] Result<std::vector<DayLoad>> Days(const FoldSpan& span);
  [[nodiscard]] Status LoadSnapshots();
  [[nodiscard]] Status FoldChunk(const std::string& condition, MemberMap& members);
  [[nodiscard]] Status LoadRecommendations(const std::string& condition, MemberMap& members);
  [[nodiscard]] Status LoadEvents(const std::string& condition);
  [[nodiscard]] Status LoadObservations(const std::string& condition);
  void FoldLoaded();
  [[nodiscard]] Status CountOrphans();
  void AddMember(std::int32_t who, std::int32_t what, std::uint64_t customer, std::int32_t known_on,
                 MemberMap& members) const;

  duck::Connection& connection_;
  const Dictionary& dictionary_;
  const Choice& choice_;
  CellNumbers cells_;
  FoldLadder ladder_;
  std::vector<int> stage_of_code_;
  DayClock clock_;
  RecordFolder folder_;
  std::vector<std::int64_t> snapshot_of_src_;
  Chunk chunk_;
  CountMap counts_;
  DayMap days_;
};

}  // namespace ripen::store
