// The store's cube: folding what changed, keeping the counts, answering for any as-of day.
#include <fmt/format.h>

#include <algorithm>

#include "store/duckdb/duckdb_store.h"
#include "store/duckdb/schema.h"

namespace ripen::store {

StartWindow DuckDbStore::WindowOf(const CubeImage::KnownDays& known, std::int32_t as_of) {
  // A history that arrived long after it was shown is decided when it arrived.
  return {known.first_shown,
          std::min(as_of, std::max(known.first_shown + kStartDays - 1, known.first_arrival))};
}

Result<std::optional<StartWindow>> DuckDbStore::LatestWindow() {
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      writing_.Query("SELECT min(day), min(arrival_day), max(arrival_day) FROM rec"));
  RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
  if (chunk == nullptr || chunk->IsNull(0, 0)) return std::optional<StartWindow>();
  return std::optional<StartWindow>(
      WindowOf({chunk->Column<std::int32_t>(0)[0], chunk->Column<std::int32_t>(1)[0]},
               chunk->Column<std::int32_t>(2)[0]));
}

Result<Choice> DuckDbStore::ChoiceOf(const StartWindow& window) {
  const auto found = choices_.find(window);
  if (found != choices_.end()) return found->second;
  RIPEN_ASSIGN_OR_RETURN(Choice choice, ChooseAttributes(writing_, dictionary_, config_, window));
  choices_.emplace(window, choice);
  return choice;
}

Status DuckDbStore::RefreshLocked(const ledger::Progress& progress) {
  if (fresh_ && image_ != nullptr) return {};
  RIPEN_ASSIGN_OR_RETURN(const std::optional<StartWindow> window, LatestWindow());
  Choice choice;
  if (window) {
    RIPEN_ASSIGN_OR_RETURN(choice, ChoiceOf(*window));
  }
  RIPEN_ASSIGN_OR_RETURN(const std::string folded, ReadMeta(writing_, "folded_choice"));
  const bool everything = folded != choice.Fingerprint();
  RIPEN_ASSIGN_OR_RETURN(const std::int64_t dirty, writing_.Number("SELECT count(*) FROM dirty"));
  if (everything || dirty > 0) {
    const auto run = [&]() -> Status {
      RIPEN_RETURN_IF_ERROR(writing_.Run("BEGIN"));
      FoldSpan span;
      span.only_dirty = !everything;
      RIPEN_RETURN_IF_ERROR(FoldInto(choice, span, everything, progress));
      RIPEN_RETURN_IF_ERROR(writing_.Run("DELETE FROM dirty"));
      RIPEN_RETURN_IF_ERROR(WriteMeta(writing_, "folded_choice", choice.Fingerprint()));
      RIPEN_RETURN_IF_ERROR(WriteMeta(writing_, "members_stale", ""));
      return writing_.Run("COMMIT");
    };
    if (Status status = run(); !status) {
      Recover();
      return status;
    }
  }
  RIPEN_RETURN_IF_ERROR(LoadImage(std::move(choice)));
  fresh_ = true;
  return {};
}

Status DuckDbStore::FoldInto(const Choice& choice, const FoldSpan& span, bool everything,
                             const ledger::Progress& progress) {
  RIPEN_ASSIGN_OR_RETURN(const std::string stale, ReadMeta(writing_, "members_stale"));
  MemberMap members;
  if (everything) {
    RIPEN_RETURN_IF_ERROR(writing_.Run("DELETE FROM cube_count; DELETE FROM cube_day"));
  } else {
    RIPEN_RETURN_IF_ERROR(
        writing_.Run("DELETE FROM cube_count WHERE day IN (FROM dirty); DELETE FROM cube_day WHERE "
                     "day IN (FROM dirty)"));
    // Orphans are counted anew whenever anything is.
    RIPEN_RETURN_IF_ERROR(
        writing_.Run(fmt::format("DELETE FROM cube_day WHERE day = {}", kOrphanDay)));
  }
  LedgerFolder folder(database_, dictionary_, choice, MakeFoldLadder(config_.ladder, stages_),
                      config_.report_zone, config_.threads);
  if (!everything && stale.empty()) {
    RIPEN_ASSIGN_OR_RETURN(duck::Rows rows,
                           writing_.Query("SELECT attribute, code, customer, known_on FROM "
                                          "cube_member"));
    for (;;) {
      RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
      if (chunk == nullptr) break;
      for (std::size_t row = 0; row < chunk->rows(); ++row) {
        members.Add(chunk->Column<std::int32_t>(0)[row], chunk->Column<std::int32_t>(1)[row],
                    chunk->Column<std::uint64_t>(2)[row], chunk->Column<std::int32_t>(3)[row]);
      }
    }
  }
  RIPEN_RETURN_IF_ERROR(folder.Fold(
      span, members, [&](CountMap& counts, DayMap& days) { return WriteCounts(counts, days); },
      progress));
  if (!everything && !stale.empty()) {
    members = MemberMap();
    RIPEN_RETURN_IF_ERROR(folder.CountMembers(members));
  }
  members.Trim();
  RIPEN_RETURN_IF_ERROR(writing_.Run("DELETE FROM cube_member"));
  RIPEN_ASSIGN_OR_RETURN(duck::Appender appender,
                         duck::Appender::Open(writing_, "cube_member",
                                              {duck::Type::kInteger, duck::Type::kInteger,
                                               duck::Type::kUbigint, duck::Type::kInteger}));
  for (const MemberMap::Entry& entry : members.Entries()) {
    appender.Set(0, entry.attribute);
    appender.Set(1, entry.code);
    appender.Set(2, entry.customer);
    appender.Set(3, entry.known_on);
    RIPEN_RETURN_IF_ERROR(appender.EndRow());
  }
  return appender.Close();
}

Status DuckDbStore::WriteCounts(CountMap& counts, DayMap& days) {
  using duck::Type;
  RIPEN_ASSIGN_OR_RETURN(
      duck::Appender appender,
      duck::Appender::Open(writing_, "cube_count",
                           {Type::kInteger, Type::kBigint, Type::kInteger, Type::kInteger,
                            Type::kInteger, Type::kInteger, Type::kBigint, Type::kBigint}));
  Status status;
  counts.ForEach([&](const CountEntry& entry) {
    if (!status) return;
    appender.Set(0, entry.family);
    appender.Set(1, entry.cell);
    appender.Set(2, entry.day);
    appender.Set(3, entry.stage);
    appender.Set(4, entry.base_offset);
    appender.Set(5, entry.delay);
    appender.Set(6, entry.gained);
    appender.Set(7, entry.lost);
    status = appender.EndRow();
  });
  RIPEN_RETURN_IF_ERROR(status);
  RIPEN_RETURN_IF_ERROR(appender.Close());
  counts.Clear();
  RIPEN_ASSIGN_OR_RETURN(appender,
                         duck::Appender::Open(writing_, "cube_day",
                                              {Type::kInteger, Type::kInteger, Type::kInteger,
                                               Type::kInteger, Type::kInteger, Type::kBigint}));
  for (const DayEntry& entry : days.Take()) {
    appender.Set(0, entry.day);
    appender.Set(1, entry.kind);
    appender.Set(2, entry.stage);
    appender.Set(3, entry.known_on);
    appender.Set(4, entry.extra);
    appender.Set(5, entry.change);
    RIPEN_RETURN_IF_ERROR(appender.EndRow());
  }
  return appender.Close();
}

Status DuckDbStore::LoadImage(Choice choice) {
  const CountSource counts = [&](const std::function<void(const CountEntry&)>& visit) -> Status {
    RIPEN_ASSIGN_OR_RETURN(
        duck::Rows rows,
        writing_.Stream("SELECT cell, day, family, stage, base_offset, delay, gained, lost FROM "
                        "cube_count"));
    for (;;) {
      RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
      if (chunk == nullptr) return {};
      for (std::size_t row = 0; row < chunk->rows(); ++row) {
        visit({chunk->Column<std::int64_t>(0)[row], chunk->Column<std::int32_t>(1)[row],
               chunk->Column<std::int32_t>(2)[row], chunk->Column<std::int32_t>(3)[row],
               chunk->Column<std::int32_t>(4)[row], chunk->Column<std::int32_t>(5)[row],
               chunk->Column<std::int64_t>(6)[row], chunk->Column<std::int64_t>(7)[row]});
      }
    }
  };
  std::vector<DayEntry> days;
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows result,
      writing_.Query(
          "SELECT day, kind, stage, known_on, extra, change FROM cube_day ORDER BY ALL"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, result.Next());
    if (chunk == nullptr) break;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      days.push_back({chunk->Column<std::int32_t>(0)[row], chunk->Column<std::int32_t>(1)[row],
                      chunk->Column<std::int32_t>(2)[row], chunk->Column<std::int32_t>(3)[row],
                      chunk->Column<std::int32_t>(4)[row], chunk->Column<std::int64_t>(5)[row]});
    }
  }
  std::vector<MemberMap::Entry> members;
  RIPEN_ASSIGN_OR_RETURN(
      result, writing_.Query("SELECT attribute, code, customer, known_on FROM cube_member"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, result.Next());
    if (chunk == nullptr) break;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      members.push_back({chunk->Column<std::int32_t>(0)[row], chunk->Column<std::int32_t>(1)[row],
                         chunk->Column<std::uint64_t>(2)[row],
                         chunk->Column<std::int32_t>(3)[row]});
    }
  }
  RIPEN_ASSIGN_OR_RETURN(image_, CubeImage::Make(dictionary_, std::move(choice), counts,
                                                 std::move(days), std::move(members)));
  early_image_.reset();
  return {};
}

Result<std::unique_ptr<CubeImage>> DuckDbStore::FoldInMemory(Choice choice, std::int32_t last_day) {
  std::vector<CountEntry> counts;
  MemberMap members;
  LedgerFolder folder(database_, dictionary_, choice, MakeFoldLadder(config_.ladder, stages_),
                      config_.report_zone, config_.threads);
  FoldSpan span;
  span.last_day = last_day;
  RIPEN_RETURN_IF_ERROR(folder.Fold(
      span, members,
      [&](CountMap& chunk_counts, DayMap& chunk_days) -> Status {
        chunk_counts.ForEach([&](const CountEntry& entry) { counts.push_back(entry); });
        chunk_counts.Clear();
        chunk_days.Take();
        return {};
      },
      nullptr));
  members.Trim();
  // What is counted by day alone does not depend on the groups.
  const CountSource source = [&](const std::function<void(const CountEntry&)>& visit) -> Status {
    for (const CountEntry& entry : counts) visit(entry);
    return {};
  };
  return CubeImage::Make(dictionary_, std::move(choice), source, image_->days(), members.Entries());
}

Result<cube::Snapshot> DuckDbStore::ReadSnapshot(Day as_of) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  RIPEN_RETURN_IF_ERROR(RefreshLocked(nullptr));
  const std::int32_t day = as_of.days_since_epoch();
  const std::optional<CubeImage::KnownDays> known = image_->KnownOn(day);
  if (!known) {  // nothing was shown yet, so nothing was chosen; outcomes may wait
    cube::Snapshot snapshot = image_->SnapshotOn(day, config_.ladder, stages_, image_->choice());
    snapshot.attributes.clear();
    snapshot.adjust.clear();
    snapshot.families.resize(1);
    return snapshot;
  }
  RIPEN_ASSIGN_OR_RETURN(const Choice choice, ChoiceOf(WindowOf(*known, day)));
  if (choice.Fingerprint() == image_->choice().Fingerprint()) {
    return image_->SnapshotOn(day, config_.ladder, stages_, choice);
  }
  // The groups were others then: count the days up to then by them.
  if (early_image_ == nullptr || early_last_day_ < day ||
      early_image_->choice().Fingerprint() != choice.Fingerprint()) {
    RIPEN_ASSIGN_OR_RETURN(early_image_, FoldInMemory(choice, day));
    early_last_day_ = day;
  }
  return early_image_->SnapshotOn(day, config_.ladder, stages_, choice);
}

}  // namespace ripen::store
