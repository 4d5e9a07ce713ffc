// The Store: an append-only ledger of events with one law of folding, and the cube of counts that
// follows from it. Implemented by store/duckdb; a ClickHouse store can follow with the same
// answers.
//
// The law: the state of a recommendation is the join of all events about it, whatever their order
// or number. Per id the fact with the earliest arrival, ties broken by content, conflicts counted;
// per stage the earliest event inside its window that is not retracted, known from the later of its
// own arrival and its recommendation's.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cube/cross.h"
#include "cube/shown_rows.h"
#include "cube/sign_counts.h"
#include "cube/snapshot.h"
#include "ledger/import_plan.h"
#include "model/annotation.h"
#include "model/backtest.h"
#include "model/check_report.h"
#include "model/incident.h"

namespace ripen::ledger {

// What a store needs to know of the configuration. It is kept with the store; opening an existing
// store with other stages or another time zone refolds the ledger.
struct StoreConfig {
  StageLadder ladder = StageLadder::Default();
  TimeZone report_zone;
  std::vector<std::string> adjust;    // `[segments] adjust`; empty = chosen by rule
  std::vector<std::string> customer;  // `[segments]` overrides of an attribute's kind,
  std::vector<std::string> item;      // and columns to use although they have many
  std::vector<std::string> context;   // values
  std::map<std::string, std::vector<double>> bins;  // numeric attribute -> inner bin edges
  std::int64_t memory_limit_mb = 1536;
  int threads = 2;
};

struct StoreStatus {
  std::string location;
  int format_version = 0;
  std::int64_t bytes = 0;
  InputSummary input;              // over everything stored
  std::optional<Day> newest_day;   // the last day that a shown, outcome or arrival time names
  std::optional<Day> first_known;  // the first day on which a recommendation had arrived
  // When live input came last; absent where all of it came as files.
  std::optional<Moment> last_received;
  // The day that reads answer for where none is asked for. Set by the engine.
  std::optional<Day> as_of;
};

// What one day's look said, as the engine wrote it down.
struct KeptLook {
  Day as_of;
  std::string record;
};

// The value of one outcome of a stage, where events or recommendations carry values.
struct OutcomeValue {
  std::int64_t outcomes = 0;  // with a value
  double mean = 0;            // minor units of the currency
  std::string currency;       // empty where none is given
};

class Store {
 public:
  virtual ~Store() = default;

  // Looks at a file: format, delimiter, columns and a sample. Errors: kNotFound, kInvalidArgument
  // with a sentence for empty, binary, compressed-archive or otherwise unusable files.
  [[nodiscard]] virtual Result<FileProbe> Probe(const std::string& path) = 0;

  // Reads the files of one import in one transaction: all of it is stored, or nothing. Refuses a
  // file with over 50 % bad rows or without one usable row. Returns the account of this import.
  [[nodiscard]] virtual Result<InputSummary> Import(const std::vector<ImportPlan>& plans,
                                                    const Progress& progress) = 0;

  // Brings the cube up to date with the ledger; work follows the days that changed. Import leaves
  // the cube stale; ReadSnapshot refreshes by itself.
  [[nodiscard]] virtual Status Refresh(const Progress& progress) = 0;

  // The cube as known on `as_of`: what had arrived before the next local midnight.
  [[nodiscard]] virtual Result<cube::Snapshot> ReadSnapshot(Day as_of) = 0;

  // The cross of all attributes on the days first..last, as known on the snapshot's day. Requires:
  // the snapshot was read from this store since its last import. Cost: the ledger's rows of these
  // days; none of it where the snapshot holds the cross itself.
  [[nodiscard]] virtual Result<cube::Cross> ReadCross(const cube::Snapshot& snapshot, Day first,
                                                      Day last) = 0;

  // Single recommendations of some days, as known on the day asked for, with what became known of
  // them. Errors: kNotFound for an attribute or value that is not stored, kInvalidArgument for one
  // of items or for more than one. Cost: the ledger's rows of these days.
  [[nodiscard]] virtual Result<cube::ShownRows> ReadShown(const cube::ShownRequest& request) = 0;
  // How often each item was shown on the days first..last, by day, then item. Cost: as above, in
  // the engine's own aggregation.
  [[nodiscard]] virtual Result<std::vector<cube::ItemCount>> ReadItems(
      const cube::ShownRequest& request) = 0;

  // What can be counted before any outcome, as known on a day. Of rows alone: daily counts that
  // were given have neither scores nor items. Cost: passes over the recommendations' columns.
  [[nodiscard]] virtual Result<cube::SignCounts> ReadSignCounts(Day as_of) = 0;

  // What came of the recommendations with a score, in a group of any attributes (empty: in all), by
  // bin of the score. Cost: folds the ledger's rows of the group.
  [[nodiscard]] virtual Result<cube::ScoredOutcomes> ReadScoredOutcomes(Day as_of,
                                                                        const Slice& group) = 0;

  [[nodiscard]] virtual Result<StoreStatus> ReadStatus() = 0;

  // Keeps ranges as they were given, all of one as-of day. A day that is kept already, or lies
  // before one that is, is left alone: what was said first was said.
  [[nodiscard]] virtual Status LogIssued(const std::vector<IssuedFigure>& figures) = 0;
  // By as-of day, then in the order given.
  [[nodiscard]] virtual Result<std::vector<IssuedFigure>> ReadIssued() = 0;

  // Keeps what looks said, to be read again instead of looked again. `fingerprint`: of everything
  // beside the ledger that a look depends on. A look is dropped by itself as soon as something that
  // was known on its day is another now, as after the import of older days.
  [[nodiscard]] virtual Status KeepLooks(const std::string& fingerprint,
                                         const std::vector<KeptLook>& looks) = 0;
  // Those of one fingerprint, by day. Drops those of all others.
  [[nodiscard]] virtual Result<std::vector<KeptLook>> ReadLooks(const std::string& fingerprint) = 0;

  // What people decided, in the order of its moments. A judgement that is there already, word for
  // word, is not added again. Looks of later days are dropped: they take what was accepted as
  // given.
  [[nodiscard]] virtual Status AddJudgements(const std::vector<Judgement>& judgements) = 0;
  [[nodiscard]] virtual Result<std::vector<Judgement>> ReadJudgements() = 0;

  // What people told of the shop's calendar, in the order of its moments. An event that is there
  // already is not added again. Looks from the event's as-of day on are dropped.
  [[nodiscard]] virtual Status AddAnnotations(const std::vector<AnnotationEvent>& events) = 0;
  [[nodiscard]] virtual Result<std::vector<AnnotationEvent>> ReadAnnotations() = 0;

  // Of the stage's outcomes known on a day. Cost: a pass over the stage's events.
  [[nodiscard]] virtual Result<OutcomeValue> ReadValue(const std::string& stage, Day as_of) = 0;
};

}  // namespace ripen::ledger
