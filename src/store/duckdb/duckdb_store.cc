#include "store/duckdb/duckdb_store.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>
#include <system_error>

#include "store/duckdb/account.h"
#include "store/duckdb/given_counts.h"
#include "store/duckdb/importer.h"
#include "store/duckdb/probe.h"
#include "store/duckdb/schema.h"
#include "store/open_store.h"

namespace ripen::store {
namespace {

namespace fs = std::filesystem;

// The engine gets this share of the memory: it keeps more than its own limit counts, and the
// chunks and the cube need the rest.
constexpr double kEngineShare = 0.6;
constexpr std::int64_t kLeastEngineMb = 256;
// Files of more than this need the memory that the cube has, and change most of it; reading it
// again takes less time than they do.
constexpr std::uintmax_t kMostBytesBesideImage = 100'000'000;

std::uintmax_t BytesOf(const std::vector<ledger::ImportPlan>& plans) {
  std::set<std::string> files;  // one of events has two plans
  for (const ledger::ImportPlan& plan : plans) files.insert(plan.file.path);
  std::uintmax_t bytes = 0;
  for (const std::string& file : files) {
    std::error_code error;
    const std::uintmax_t size = fs::file_size(file, error);
    if (!error) bytes += size;
  }
  return bytes;
}

// Events of up to this size go to the engine's log at their commit, and to their tables when the
// log is full: nothing of them lies in the file if the commit fails.
constexpr std::uintmax_t kMostBytesInLog = 16'000'000;

bool GoesToLog(const std::vector<ledger::ImportPlan>& plans) {
  const bool events = std::all_of(plans.begin(), plans.end(), [](const ledger::ImportPlan& plan) {
    return plan.file.format == ledger::FileFormat::kNdjson && !plan.file.path.ends_with(".gz");
  });
  return events && BytesOf(plans) <= kMostBytesInLog;
}

}  // namespace

DuckDbStore::DuckDbStore(std::string path, const ledger::StoreConfig& config)
    : path_(std::move(path)), config_(config) {}

void DuckDbStore::CloseFile() {
  writing_ = duck::Connection();
  reading_ = duck::Connection();
  database_ = duck::Database();
  open_ = false;
}

DuckDbStore::~DuckDbStore() {
  CloseFile();
  std::error_code ignored;
  fs::remove_all(scratch_folder_, ignored);
}

Result<std::unique_ptr<ledger::Store>> DuckDbStore::Open(const std::string& path,
                                                         const ledger::StoreConfig& config) {
  if (path.empty()) {
    return Fail(ErrorCode::kInvalidArgument, "A store needs a path, for example ripen.duckdb.");
  }
  if (config.ladder.size() > kMostStages) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("{} stages are configured; a store keeps at most {}.",
                            config.ladder.size(), kMostStages));
  }
  std::unique_ptr<DuckDbStore> store(new DuckDbStore(path, config));
  RIPEN_RETURN_IF_ERROR(store->OpenFile());
  return store;
}

Status DuckDbStore::OpenFile() {
  std::error_code error;
  if (path_ == ":memory:") {
    scratch_folder_ = fmt::format("{}/ripen-{}-{}", fs::temp_directory_path(error).string(),
                                  getpid(), static_cast<const void*>(this));
  } else {
    if (fs::is_directory(path_, error)) {
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("The store {} is a folder; name a file.", path_));
    }
    const fs::path parent = fs::path(path_).parent_path();
    if (!parent.empty() && !fs::is_directory(parent, error)) {
      return Fail(ErrorCode::kNotFound,
                  fmt::format("The store {} cannot be made: there is no folder {}.", path_,
                              parent.string()));
    }
    scratch_folder_ = path_ + ".tmp";
  }
  const std::int64_t engine_mb = std::max(
      kLeastEngineMb,
      static_cast<std::int64_t>(kEngineShare * static_cast<double>(config_.memory_limit_mb)));
  RIPEN_ASSIGN_OR_RETURN(database_,
                         duck::Database::Open(path_, engine_mb, config_.threads, scratch_folder_));
  fs::remove_all(scratch_folder_, error);  // of a process that was killed: the file is ours now
  fs::create_directories(scratch_folder_, error);
  RIPEN_ASSIGN_OR_RETURN(writing_, database_.Connect());
  RIPEN_ASSIGN_OR_RETURN(reading_, database_.Connect());
  RIPEN_RETURN_IF_ERROR(reading_.Run("SET TimeZone = 'UTC'"));  // of Parquet's moments as text
  RIPEN_RETURN_IF_ERROR(OpenSchema(writing_, path_));
  RIPEN_RETURN_IF_ERROR(dictionary_.Load(writing_));
  RIPEN_RETURN_IF_ERROR(LoadStages());
  RIPEN_RETURN_IF_ERROR(CompareConfig());
  open_ = true;
  return {};
}

Status DuckDbStore::EnsureOpen() {
  if (open_) return {};
  CloseFile();
  return OpenFile();
}

Status DuckDbStore::LoadStages() {
  stages_.clear();
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      writing_.Query("SELECT name, flag_given, time_given FROM stage ORDER BY code"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) break;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      stages_.push_back({std::string(chunk->Text(0, row)), chunk->Column<bool>(1)[row],
                         chunk->Column<bool>(2)[row]});
    }
  }
  for (const Stage& stage : config_.ladder.stages()) {
    const bool known = std::any_of(stages_.begin(), stages_.end(), [&](const StoredStage& stored) {
      return stored.name == stage.name;
    });
    if (!known) stages_.push_back({stage.name, false, false});
  }
  if (stages_.size() > kMostStages) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("The store {} has seen {} different stages; it keeps at most {}.",
                            path_, stages_.size(), kMostStages));
  }
  return {};
}

Status DuckDbStore::SaveStages() {
  RIPEN_RETURN_IF_ERROR(writing_.Run("DELETE FROM stage"));
  for (std::size_t code = 0; code < stages_.size(); ++code) {
    RIPEN_RETURN_IF_ERROR(writing_.Run("INSERT INTO stage VALUES (?, ?, ?, ?)",
                                       {static_cast<std::int32_t>(code), stages_[code].name,
                                        stages_[code].flag_given, stages_[code].time_given}));
  }
  return {};
}

std::string DuckDbStore::ConfigFingerprint() const {
  std::string text;
  for (const Stage& stage : config_.ladder.stages()) {
    text += fmt::format("{}/{}/{};", stage.name, stage.of, stage.window_days);
  }
  return text;
}

Status DuckDbStore::CompareConfig() {
  RIPEN_ASSIGN_OR_RETURN(const std::string zone, ReadMeta(writing_, "zone"));
  RIPEN_ASSIGN_OR_RETURN(const std::string folded, ReadMeta(writing_, "folded_ladder"));
  std::string bins;
  for (const auto& [name, edges] : config_.bins) {
    bins += name + ":";
    for (const double edge : edges) bins += fmt::format("{},", edge);
    bins += ";";
  }
  RIPEN_ASSIGN_OR_RETURN(const std::string stored_bins, ReadMeta(writing_, "bins"));
  RIPEN_ASSIGN_OR_RETURN(
      const std::int64_t rows,
      writing_.Number("SELECT (SELECT count(*) FROM rec) + (SELECT count(*) FROM given_count)"));
  if (rows > 0 && stored_bins != bins) {
    return Fail(ErrorCode::kFailedPrecondition,
                fmt::format("The store {} was filled with [segments] bins = \"{}\", now they are "
                            "\"{}\". Import the files into a new store.",
                            path_, stored_bins, bins));
  }
  if (zone == config_.report_zone.name() && folded == ConfigFingerprint() && stored_bins == bins) {
    return {};
  }
  RIPEN_RETURN_IF_ERROR(writing_.Run("BEGIN"));
  if (rows > 0 && zone != config_.report_zone.name()) RIPEN_RETURN_IF_ERROR(RecomputeDays());
  RIPEN_RETURN_IF_ERROR(WriteMeta(writing_, "zone", config_.report_zone.name()));
  RIPEN_RETURN_IF_ERROR(WriteMeta(writing_, "bins", bins));
  RIPEN_RETURN_IF_ERROR(WriteMeta(writing_, "folded_ladder", ConfigFingerprint()));
  RIPEN_RETURN_IF_ERROR(WriteMeta(writing_, "folded_choice", ""));
  return writing_.Run("COMMIT");
}

// The days in rec and ev are days of the report's zone: another zone, other days.
Status DuckDbStore::RecomputeDays() {
  DayClock clock(config_.report_zone);
  const auto recompute = [&](const std::string& table, const std::string& micros,
                             const std::string& day, std::uint8_t whole_bit) -> Status {
    RIPEN_RETURN_IF_ERROR(
        writing_.Run("CREATE OR REPLACE TEMP TABLE day_of (rid BIGINT, day INTEGER)"));
    RIPEN_ASSIGN_OR_RETURN(
        duck::Appender appender,
        duck::Appender::Open(writing_, "day_of", {duck::Type::kBigint, duck::Type::kInteger}));
    RIPEN_ASSIGN_OR_RETURN(
        duck::Rows rows,
        reading_.Stream(fmt::format("SELECT rowid, {} FROM {} WHERE (bits & {}) = 0 AND {} <> {}",
                                    micros, table, whole_bit, micros, kNone)));
    for (;;) {
      RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
      if (chunk == nullptr) break;
      for (std::size_t row = 0; row < chunk->rows(); ++row) {
        appender.Set(0, chunk->Column<std::int64_t>(0)[row]);
        appender.Set(1, clock.DayOf(chunk->Column<std::int64_t>(1)[row]));
        RIPEN_RETURN_IF_ERROR(appender.EndRow());
      }
    }
    RIPEN_RETURN_IF_ERROR(appender.Close());
    return writing_.Run(fmt::format(
        "UPDATE {0} SET {1} = day_of.day FROM day_of WHERE {0}.rowid = day_of.rid AND {0}.{1} <> "
        "day_of.day",
        table, day));
  };
  for (const char* table : {"rec", "rec_other"}) {
    RIPEN_RETURN_IF_ERROR(recompute(table, "shown", "day", kEventWholeDay));
    RIPEN_RETURN_IF_ERROR(recompute(table, "arrival", "arrival_day", kArrivalWholeDay));
  }
  RIPEN_RETURN_IF_ERROR(recompute("ev", "happened", "happened_day", kEventWholeDay));
  RIPEN_RETURN_IF_ERROR(recompute("ev", "arrival", "arrival_day", kArrivalWholeDay));
  for (const char* table : {"ev", "obs"}) {
    RIPEN_RETURN_IF_ERROR(writing_.Run(fmt::format(
        "UPDATE {0} SET day = rec.day FROM rec WHERE rec.id_key = {0}.id_key AND {0}.day <> "
        "rec.day",
        table)));
  }
  return {};
}

void DuckDbStore::Recover() {
  (void)writing_.Run("ROLLBACK");  // where it fails there is no transaction left
  (void)WorkInAnyOrder(writing_, config_.threads);
  (void)dictionary_.Load(writing_);
  (void)LoadStages();
  choices_.clear();
}

// What the engine wrote before the disk was full lies behind the last good block, where nothing
// points to: the space is given back. Nothing was committed since `bytes_before`.
void DuckDbStore::GiveSpaceBack(std::uintmax_t bytes_before) {
  CloseFile();
  std::error_code error;
  const std::uintmax_t log = fs::file_size(path_ + ".wal", error);
  const bool has_log = !error && log > 0;
  const std::uintmax_t bytes = fs::file_size(path_, error);
  if (!error && !has_log && bytes > bytes_before) fs::resize_file(path_, bytes_before, error);
  (void)EnsureOpen();  // where it fails the next call says why
}

Result<ledger::FileProbe> DuckDbStore::Probe(const std::string& path) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  return ProbeFile(path, reading_);
}

Result<InputSummary> DuckDbStore::Import(const std::vector<ledger::ImportPlan>& plans,
                                         const ledger::Progress& progress) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  // So that the file ends where the last commit does: see GiveSpaceBack.
  if (!GoesToLog(plans)) RIPEN_RETURN_IF_ERROR(writing_.Run("CHECKPOINT"));
  std::error_code error;
  const std::uintmax_t bytes_before = fs::file_size(path_, error);
  early_image_.reset();
  if (BytesOf(plans) > kMostBytesBesideImage) image_.reset();
  const auto run = [&]() -> Result<InputSummary> {
    RIPEN_RETURN_IF_ERROR(writing_.Run("BEGIN"));
    const ImportTools tools{writing_, reading_, config_, dictionary_, stages_, scratch_folder_};
    RIPEN_ASSIGN_OR_RETURN(InputSummary summary, ImportFiles(tools, plans, progress));
    RIPEN_RETURN_IF_ERROR(SaveStages());
    RIPEN_RETURN_IF_ERROR(NoteReceived(plans));
    choices_.clear();
    RIPEN_ASSIGN_OR_RETURN(const std::optional<StartWindow> window, LatestWindow());
    if (window) {
      RIPEN_ASSIGN_OR_RETURN(const Choice choice, ChoiceOf(*window));
      summary.notes.insert(summary.notes.end(), choice.notes.begin(), choice.notes.end());
    }
    RIPEN_RETURN_IF_ERROR(writing_.Run("COMMIT"));
    return summary;
  };
  Result<InputSummary> summary = run();
  if (!summary) Recover();
  if (!summary && summary.error().code == ErrorCode::kUnavailable && !error) {
    GiveSpaceBack(bytes_before);
  }
  fresh_ = false;
  if (!summary) image_.reset();
  return summary;
}

// When live input came last is kept with the store.
Status DuckDbStore::NoteReceived(const std::vector<ledger::ImportPlan>& plans) {
  std::int64_t last = kNone;
  for (const ledger::ImportPlan& plan : plans) {
    if (plan.received_at) last = std::max(last, plan.received_at->micros());
  }
  return last == kNone ? Status() : WriteMeta(writing_, "last_received", fmt::format("{}", last));
}

Status DuckDbStore::Refresh(const ledger::Progress& progress) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  return RefreshLocked(progress);
}

Result<ledger::StoreStatus> DuckDbStore::ReadStatus() {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  ledger::StoreStatus status;
  status.location = path_;
  status.format_version = kFormatVersion;
  std::error_code error;
  for (const std::string& file : {path_, path_ + ".wal"}) {
    const std::uintmax_t bytes = fs::file_size(file, error);
    if (!error) status.bytes += static_cast<std::int64_t>(bytes);
  }
  RIPEN_ASSIGN_OR_RETURN(status.input, ReadAccounts(writing_));
  RIPEN_ASSIGN_OR_RETURN(const std::optional<StartWindow> window, LatestWindow());
  if (window) {
    RIPEN_ASSIGN_OR_RETURN(const Choice choice, ChoiceOf(*window));
    status.input.notes.insert(status.input.notes.end(), choice.notes.begin(), choice.notes.end());
  }
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      writing_.Query(fmt::format(
          "SELECT min(arrival_day), max(greatest(day, arrival_day)), (SELECT "
          "max(greatest(happened_day, arrival_day)) FROM ev WHERE bits < {1}), (SELECT max(day + "
          "base_offset + delay) FROM given_count) FROM {0}",
          kAllShown, kTooEarly)));
  RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
  for (std::size_t column = 0; chunk != nullptr && column < 4; ++column) {
    if (chunk->IsNull(column, 0)) continue;
    const Day day(chunk->Column<std::int32_t>(column)[0]);
    if (column == 0) {
      status.first_known = day;
    } else {
      status.newest_day = status.newest_day ? std::max(*status.newest_day, day) : day;
    }
  }
  RIPEN_ASSIGN_OR_RETURN(const std::string received, ReadMeta(writing_, "last_received"));
  std::int64_t micros = 0;
  const auto read = std::from_chars(received.data(), received.data() + received.size(), micros);
  if (!received.empty() && read.ec == std::errc{}) status.last_received = Moment(micros);
  return status;
}

Result<std::unique_ptr<ledger::Store>> OpenDuckDb(const std::string& path,
                                                  const ledger::StoreConfig& config) {
  return DuckDbStore::Open(path, config);
}

}  // namespace ripen::store
