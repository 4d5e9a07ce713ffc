#include "store/duckdb/importer.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>

#include "store/duckdb/account.h"
#include "store/duckdb/file_bytes.h"
#include "store/duckdb/given_counts.h"
#include "store/duckdb/ledger_fold.h"
#include "store/duckdb/read_ahead.h"
#include "store/duckdb/resolve.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

// A refusal below this many rows in all needs no percentage to be clear; above it, over 50 %.
constexpr double kMostBadShare = 0.5;

struct OpenFile {
  const ledger::ImportPlan* plan = nullptr;
  std::unique_ptr<RowLoader> loader;
  std::unique_ptr<RowSource> source;
  std::int64_t broken = 0;
  std::int64_t late_bad = 0;  // set aside after reading: the far future, before its recommendation
};

constexpr std::size_t kMostRejectedLines = 100;  // listed one by one in an answer

class Importer {
 public:
  Importer(const ImportTools& tools, const ledger::Progress& progress)
      : tools_(tools),
        progress_(progress),
        context_(tools.config, tools.dictionary, tools.stages, rejects_) {}

  Result<InputSummary> Run(const std::vector<ledger::ImportPlan>& plans) {
    if (plans.empty()) {
      return Fail(ErrorCode::kInvalidArgument, "Import: no file was given.");
    }
    RIPEN_RETURN_IF_ERROR(Begin());
    const bool gives_counts = std::any_of(
        plans.begin(), plans.end(),
        [](const ledger::ImportPlan& plan) { return plan.shape == ledger::FileShape::kCounts; });
    const auto count = gives_counts ? CountLedger : CountRows;
    RIPEN_ASSIGN_OR_RETURN(const LedgerCounts before, count(tools_.writing));
    RIPEN_RETURN_IF_ERROR(ReadFilesInOrder(tools_.reading));
    for (std::size_t i = 0; i < plans.size(); ++i) {
      RIPEN_RETURN_IF_ERROR(ReadFile(plans, i));
    }
    RIPEN_RETURN_IF_ERROR(WorkInAnyOrder(tools_.reading, tools_.config.threads));
    RIPEN_RETURN_IF_ERROR(context_.CloseAppenders());
    const std::vector<FarRow> far = context_.census.TakeFarRows();
    RIPEN_RETURN_IF_ERROR(SetAsideFarRows(far));
    RIPEN_RETURN_IF_ERROR(SaveSources());
    Say("joining", 0.8);
    ResolveOptions options;
    options.first_src = first_src_;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      if (files_[i].plan->shape == ledger::FileShape::kLongRecommendations) {
        options.long_srcs.push_back(first_src_ + static_cast<std::int32_t>(i));
      }
    }
    if (context_.repeated_ids) options.repeated_ids = context_.repeated_ids->Noted();
    if (context_.repeated_events) options.repeated_events = context_.repeated_events->Noted();
    RIPEN_ASSIGN_OR_RETURN(const Resolution resolution, ResolveNewRows(tools_.writing, options));
    RIPEN_RETURN_IF_ERROR(SetAsideEarly(resolution.early));
    RIPEN_ASSIGN_OR_RETURN(
        const GivenCheck given,
        CheckGivenCounts(tools_.writing, MakeFoldLadder(tools_.config.ladder, tools_.stages),
                         first_src_));
    RIPEN_RETURN_IF_ERROR(SetAsideExcess(given.excess));
    for (const OpenFile& file : files_) RIPEN_RETURN_IF_ERROR(CheckShare(file));
    RIPEN_ASSIGN_OR_RETURN(const LedgerCounts after, count(tools_.writing));
    return Finish(before, after, resolution, given);
  }

 private:
  Status Begin() {
    RIPEN_ASSIGN_OR_RETURN(
        const std::int64_t import,
        tools_.writing.Number("SELECT coalesce(max(import), 0)::BIGINT + 1 FROM import_account"));
    RIPEN_ASSIGN_OR_RETURN(
        const std::int64_t src,
        tools_.writing.Number("SELECT coalesce(max(src), 0)::BIGINT + 1 FROM source"));
    import_ = static_cast<std::int32_t>(import);
    first_src_ = static_cast<std::int32_t>(src);
    RIPEN_ASSIGN_OR_RETURN(context_.customer_key, CustomerKey(tools_.writing));
    if (first_src_ == 1) {  // the first import: nothing to compare with but its own rows
      context_.repeated_ids.emplace();
      context_.repeated_events.emplace();
    }
    return context_.OpenAppenders(tools_.writing);
  }

  void Say(std::string_view what, double share) const {
    if (progress_) progress_(what, share);
  }

  static bool HasColumn(const ledger::FileProbe& file, std::string_view name) {
    return std::any_of(file.columns.begin(), file.columns.end(),
                       [&](const ledger::ColumnProbe& column) { return column.name == name; });
  }

  Status ReadFile(const std::vector<ledger::ImportPlan>& plans, std::size_t index) {
    const ledger::ImportPlan& plan = plans[index];
    OpenFile file;
    file.plan = &plan;
    RIPEN_ASSIGN_OR_RETURN(
        file.loader, MakeRowLoader(plan, first_src_ + static_cast<std::int32_t>(index), context_));
    SourceRequest request;
    request.file = plan.file;
    request.columns = file.loader->columns();
    request.scratch_folder = tools_.scratch_folder;
    if (plan.file.format == ledger::FileFormat::kNdjson && HasColumn(plan.file, "type")) {
      request.events = plan.shape == ledger::FileShape::kLongOutcomes ? EventType::kOutcome
                                                                      : EventType::kRecommendation;
    }
    for (std::size_t i = 0; i < index; ++i) {
      if (plans[i].file.path == plan.file.path) request.report_broken = false;
    }
    RIPEN_ASSIGN_OR_RETURN(file.source, OpenRowSource(request, tools_.reading));
    rejects_.StartFile(plan.file.path);
    RIPEN_RETURN_IF_ERROR(ReadRows(file, index, plans.size()));
    const std::int64_t before = rejects_.count();
    RIPEN_RETURN_IF_ERROR(rejects_.FinishFile(*file.source));
    file.broken = rejects_.count() - before;
    RIPEN_RETURN_IF_ERROR(CheckShare(file));
    files_.push_back(std::move(file));
    return {};
  }

  Status ReadRows(OpenFile& file, std::size_t index, std::size_t files) {
    ReadAhead source(*file.source);
    auto told = std::chrono::steady_clock::now();
    for (;;) {
      RIPEN_ASSIGN_OR_RETURN(const TextBatch* batch, source.Next());
      if (batch->rows == 0) return {};
      RIPEN_RETURN_IF_ERROR(file.loader->Take(*batch));
      const auto now = std::chrono::steady_clock::now();
      if (now - told > std::chrono::milliseconds(250)) {
        told = now;
        Say("reading", 0.8 * (static_cast<double>(index) + file.source->ShareDone()) /
                           static_cast<double>(files));
      }
    }
  }

  // Refuses a file that is mostly bad.
  Status CheckShare(const OpenFile& file) const {
    const std::int64_t rows = file.loader->rows() + file.broken;
    const std::int64_t bad = file.loader->bad_rows() + file.broken + file.late_bad;
    const std::string& path = file.plan->file.path;
    if (rows == 0) {
      if (!file.plan->where.empty()) {
        return Fail(ErrorCode::kInvalidArgument,
                    fmt::format("{}: no row meets [source] where = \"{}\"; nothing was stored.",
                                path, file.plan->where));
      }
      if (HasColumn(file.plan->file, "type")) return {};  // its other kind of event has the rows
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("{} holds no rows; nothing was stored.", path));
    }
    if (bad == rows) {
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("{}: none of its {} rows can be used; nothing was stored. First: {}.",
                              path, rows, rejects_.ExampleOf(path)));
    }
    if (static_cast<double>(bad) > kMostBadShare * static_cast<double>(rows)) {
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("{}: {} of its {} rows would have to be set aside, which is over "
                              "half; nothing was stored. Most often: {}.",
                              path, bad, rows, rejects_.ExampleOf(path)));
    }
    return {};
  }

  // The lines of rows (src, ordinal), which are sorted by src and ordinal.
  template <typename Row, typename Visit>
  Status VisitLines(const std::vector<Row>& rows, const Visit& visit) {
    for (std::size_t first = 0; first < rows.size();) {
      std::size_t end = first;
      std::vector<std::int64_t> ordinals;
      while (end < rows.size() && rows[end].src == rows[first].src) {
        if (ordinals.empty() || ordinals.back() != OrdinalOf(rows[end])) {
          ordinals.push_back(OrdinalOf(rows[end]));
        }
        ++end;
      }
      if (rows[first].src >= first_src_) {
        OpenFile& file = files_[static_cast<std::size_t>(rows[first].src - first_src_)];
        RIPEN_ASSIGN_OR_RETURN(const std::vector<std::int64_t> lines,
                               file.source->LinesOf(ordinals));
        for (std::size_t i = first, at = 0; i < end; ++i) {
          while (ordinals[at] != OrdinalOf(rows[i])) ++at;
          visit(&file, file.plan->file.path, lines[at], rows[i]);
        }
      } else {
        RIPEN_ASSIGN_OR_RETURN(const std::string path, PathOf(rows[first].src));
        for (std::size_t i = first; i < end; ++i) {
          visit(nullptr, path, OrdinalOf(rows[i]) + 1, rows[i]);
        }
      }
      first = end;
    }
    return {};
  }
  static std::int64_t OrdinalOf(const FarRow& row) { return row.ordinal; }
  static std::int64_t OrdinalOf(const EarlyOutcome& row) { return row.row; }
  static std::int64_t OrdinalOf(const ExcessCount& row) { return row.row; }

  Result<std::string> PathOf(std::int32_t src) {
    RIPEN_ASSIGN_OR_RETURN(duck::Rows rows,
                           tools_.writing.Query("SELECT path FROM source WHERE src = ?", {src}));
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    return chunk == nullptr ? std::string() : std::string(chunk->Text(0, 0));
  }

  Status SetAsideFarRows(std::vector<FarRow> far) {
    if (far.empty()) return {};
    std::sort(far.begin(), far.end(), [](const FarRow& a, const FarRow& b) {
      return std::pair(a.src, a.ordinal) < std::pair(b.src, b.ordinal);
    });
    RIPEN_RETURN_IF_ERROR(
        tools_.writing.Run("CREATE OR REPLACE TEMP TABLE far (src INTEGER, row BIGINT)"));
    RIPEN_ASSIGN_OR_RETURN(
        duck::Appender appender,
        duck::Appender::Open(tools_.writing, "far", {duck::Type::kInteger, duck::Type::kBigint}));
    for (const FarRow& row : far) {
      appender.Set(0, row.src);
      appender.Set(1, row.ordinal);
      RIPEN_RETURN_IF_ERROR(appender.EndRow());
    }
    RIPEN_RETURN_IF_ERROR(appender.Close());
    for (const char* table : {"rec", "obs", "ev", "ev_staged", "given_count"}) {
      RIPEN_RETURN_IF_ERROR(tools_.writing.Run(fmt::format(
          "DELETE FROM {0} USING far WHERE {0}.src = far.src AND {0}.row = far.row", table)));
    }
    return VisitLines(
        far, [&](OpenFile* file, const std::string& path, std::int64_t line, const FarRow& row) {
          ++file->late_bad;
          rejects_.AddLine(path, line, file->loader->ColumnName(row.column), Day(row.day).Iso(),
                           "time in the future");
        });
  }

  Status SetAsideEarly(const std::vector<EarlyOutcome>& early) {
    return VisitLines(early, [&](OpenFile* file, const std::string& path, std::int64_t line,
                                 const EarlyOutcome& row) {
      if (file != nullptr) ++file->late_bad;
      rejects_.AddLine(path, line, file == nullptr ? "" : file->plan->outcome_time,
                       Moment(row.happened).Rfc3339(), "outcome before its recommendation");
    });
  }

  Status SetAsideExcess(const std::vector<ExcessCount>& excess) {
    return VisitLines(excess, [&](OpenFile* file, const std::string& path, std::int64_t line,
                                  const ExcessCount& row) {
      ++file->late_bad;
      rejects_.AddLine(path, line, file->plan->count, fmt::format("{}", row.count),
                       "more outcomes than there is to have outcomes; a count is that of its own "
                       "delay, not of all delays up to it");
    });
  }

  Status SaveSources() {
    std::int64_t newest = kNone;
    if (!context_.census.empty()) {
      newest = context_.report_clock.StartOf(context_.census.newest() + 1) - 1;
    }
    for (std::size_t i = 0; i < files_.size(); ++i) {
      RIPEN_ASSIGN_OR_RETURN(const std::optional<std::int64_t> named,
                             SnapshotMoment(*files_[i].plan, context_.report_clock));
      const std::int64_t snapshot = named.value_or(newest);
      const std::int32_t day = snapshot == kNone ? 0 : context_.report_clock.DayOf(snapshot);
      RIPEN_RETURN_IF_ERROR(tools_.writing.Run("INSERT INTO source VALUES (?, ?, ?, ?, ?)",
                                               {first_src_ + static_cast<std::int32_t>(i), import_,
                                                files_[i].plan->file.path, snapshot, day}));
    }
    return {};
  }

  Result<InputSummary> Finish(const LedgerCounts& before, const LedgerCounts& after,
                              const Resolution& resolution, const GivenCheck& given) {
    InputSummary summary;
    std::set<std::string> said;
    for (const OpenFile& file : files_) {
      summary.rows += file.loader->rows() + file.broken;
      AddMapping(*file.plan, summary.mapping);
      for (const std::string& note : file.plan->notes) {
        if (said.insert(note).second) summary.notes.push_back(note);
      }
    }
    for (const StoredAttribute& attribute : tools_.dictionary.attributes()) {
      if (attribute.overflowed) {
        summary.notes.push_back(
            fmt::format("{} has over {} different values; it is kept out of the groups.",
                        attribute.name, kMostStoredValues));
      }
    }
    summary.recommendations = after.recommendations - before.recommendations;
    summary.outcomes = after.outcomes - before.outcomes;
    summary.conflicts = after.conflicts - before.conflicts;
    summary.orphan_outcomes = std::max<std::int64_t>(0, after.orphans - before.orphans);
    summary.duplicates = resolution.duplicates + given.duplicates;
    if (given.corrected > 0) {
      summary.notes.push_back(fmt::format(
          "{} counts have another number than before; from now on the new ones are known.",
          given.corrected));
    }
    summary.rejected = rejects_.Summary();
    summary.first_rejected = rejects_.First(kMostRejectedLines);
    RIPEN_RETURN_IF_ERROR(SaveAccount(tools_.writing, import_, summary));
    RIPEN_RETURN_IF_ERROR(rejects_.Save(tools_.writing, import_));
    RIPEN_RETURN_IF_ERROR(tools_.dictionary.Save(tools_.writing));
    RIPEN_RETURN_IF_ERROR(AddDaySpan(tools_.writing, summary));
    return summary;
  }

  const ImportTools& tools_;
  const ledger::Progress& progress_;
  RejectLog rejects_;
  LoadContext context_;
  std::vector<OpenFile> files_;
  std::int32_t import_ = 0;
  std::int32_t first_src_ = 0;
};

}  // namespace

// The order is for the line numbers. More threads of the engine would only wait for each other, and
// ours have work for two cores.
Status ReadFilesInOrder(duck::Connection& connection) {
  return connection.Run("SET preserve_insertion_order = true; SET threads = 1");
}

Status WorkInAnyOrder(duck::Connection& connection, int threads) {
  return connection.Run(
      fmt::format("SET preserve_insertion_order = false; SET threads = {}", threads));
}

Result<InputSummary> ImportFiles(const ImportTools& tools,
                                 const std::vector<ledger::ImportPlan>& plans,
                                 const ledger::Progress& progress) {
  return Importer(tools, progress).Run(plans);
}

}  // namespace ripen::store
