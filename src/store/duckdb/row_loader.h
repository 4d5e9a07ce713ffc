// Checks the rows of one plan and hands the good ones to the ledger's tables.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ledger/import_plan.h"
#include "ledger/store.h"
#include "ledger/where.h"
#include "store/duckdb/day_census.h"
#include "store/duckdb/dictionary.h"
#include "store/duckdb/duck.h"
#include "store/duckdb/parse_time.h"
#include "store/duckdb/reject_log.h"
#include "store/duckdb/repeat_filter.h"
#include "store/duckdb/row_source.h"
#include "store/duckdb/siphash.h"

namespace ripen::store {

// Texts longer than this are set aside (ids, attribute values).
constexpr std::size_t kMostTextBytes = 256;

// A stage as the store knows it. Codes stay when the ladder changes.
struct StoredStage {
  std::string name;
  bool flag_given = false;  // some file has a boolean of it
  bool time_given = false;  // some file has a time of it
};

// What the loaders of one import share.
struct LoadContext {
  const ledger::StoreConfig& config;
  Dictionary& dictionary;
  std::vector<StoredStage>& stages;
  RejectLog& rejects;
  DayCensus census;
  DayClock report_clock;
  SipKey customer_key;
  duck::AppendThread append_thread;
  duck::Appender recommendations;
  duck::Appender observations;
  duck::Appender events;
  duck::Appender staged_events;  // of long files: their recommendation is not looked up yet
  duck::Appender given_counts;
  // Of recommendations' ids and of events' contents, where the store was empty.
  std::optional<RepeatFilter> repeated_ids;
  std::optional<RepeatFilter> repeated_events;

  LoadContext(const ledger::StoreConfig& store_config, Dictionary& store_dictionary,
              std::vector<StoredStage>& store_stages, RejectLog& log)
      : config(store_config),
        dictionary(store_dictionary),
        stages(store_stages),
        rejects(log),
        report_clock(store_config.report_zone) {}
  [[nodiscard]] Status OpenAppenders(duck::Connection& connection);
  [[nodiscard]] Status CloseAppenders();
};

class RowLoader {
 public:
  virtual ~RowLoader() = default;
  // The columns of the batches, as Take expects them.
  const std::vector<std::string>& columns() const { return columns_; }
  [[nodiscard]] Status Take(const TextBatch& batch);
  std::int64_t rows() const { return rows_; }
  std::int64_t bad_rows() const { return bad_rows_; }
  std::int64_t good_rows() const { return rows_ - bad_rows_; }
  // The name of the column that a FarRow names.
  const std::string& ColumnName(std::int32_t column) const {
    return columns_[static_cast<std::size_t>(column)];
  }

 protected:
  // Requires: the plan, the context outlive the loader.
  RowLoader(const ledger::ImportPlan& plan, std::int32_t src, LoadContext& context);
  // Called before the rows of a batch: what is quicker column by column.
  virtual void Prepare(const TextBatch& /*batch*/) {}
  // One row; false when it was set aside.
  [[nodiscard]] virtual Result<bool> TakeRow(const TextBatch& batch, std::size_t row) = 0;

  // The place of a column in the batches, -1 for an empty name.
  int Want(const std::string& column);
  std::string_view Cell(const TextBatch& batch, std::size_t row, int column) const {
    return column < 0 ? std::string_view() : batch.columns[static_cast<std::size_t>(column)][row];
  }
  bool Reject(const TextBatch& batch, std::size_t row, int column, std::string_view reason);
  // Readers of cells; false (and set aside) where the text cannot be read. An empty cell is kNone.
  bool ReadTime(const TextBatch& batch, std::size_t row, int column,
                std::optional<StampedTime>& time);
  // The given arrival, or the moment of receipt of live input, which comes before the column.
  bool ReadArrival(const TextBatch& batch, std::size_t row, int column,
                   std::optional<StampedTime>& arrived);
  bool ReadMoney(const TextBatch& batch, std::size_t row, int column, std::int64_t& minor);
  // The text of an id-like cell, empty where not known; false where it is too long.
  bool ReadText(const TextBatch& batch, std::size_t row, int column, std::string_view& text);
  std::int64_t MicrosOf(const StampedTime& time);
  // The later of an event and its arrival.
  StampedTime ArrivalOf(const StampedTime& event, const std::optional<StampedTime>& arrived);
  // Remembers the latest day of the row.
  void Note(const StampedTime& time, int column);
  void NoteDay(std::int32_t day, int column);
  // The code of a stage of the ladder.
  std::optional<std::uint8_t> StageCodeOf(std::string_view name) const;
  // "there is no such stage; the stages are ..."
  std::string NoSuchStage() const;

  const ledger::ImportPlan& plan_;
  std::int32_t src_;
  LoadContext& context_;
  FarRow latest_;

 private:
  friend Result<std::unique_ptr<RowLoader>> MakeRowLoader(const ledger::ImportPlan& plan,
                                                          std::int32_t src, LoadContext& context);
  bool Wanted(const TextBatch& batch, std::size_t row) const;

  std::vector<std::string> columns_;
  std::vector<std::pair<int, std::string>> where_;
  TimeReader times_;
  std::int64_t rows_ = 0;
  std::int64_t bad_rows_ = 0;
};

// Errors: kInvalidArgument for a bad `where` or a plan that lacks what its shape needs.
[[nodiscard]] Result<std::unique_ptr<RowLoader>> MakeRowLoader(const ledger::ImportPlan& plan,
                                                               std::int32_t src,
                                                               LoadContext& context);
// Used by MakeRowLoader.
[[nodiscard]] Result<std::unique_ptr<RowLoader>> MakeRecommendationLoader(
    const ledger::ImportPlan& plan, std::int32_t src, LoadContext& context);
[[nodiscard]] Result<std::unique_ptr<RowLoader>> MakeOutcomeLoader(const ledger::ImportPlan& plan,
                                                                   std::int32_t src,
                                                                   LoadContext& context);
[[nodiscard]] Result<std::unique_ptr<RowLoader>> MakeCountLoader(const ledger::ImportPlan& plan,
                                                                 std::int32_t src,
                                                                 LoadContext& context);

// The snapshot moment that the plan itself names, if any. Errors: kInvalidArgument.
[[nodiscard]] Result<std::optional<std::int64_t>> SnapshotMoment(const ledger::ImportPlan& plan,
                                                                 DayClock& report_clock);

}  // namespace ripen::store
