// The store's cube: folding what changed, keeping the counts, answering for any as-of day.
#include <fmt/format.h>

#include <algorithm>

#include "store/duckdb/cube_tables.h"
#include "store/duckdb/duckdb_store.h"
#include "store/duckdb/given_counts.h"
#include "store/duckdb/late.h"
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
      writing_.Query(
          fmt::format("SELECT min(day), min(arrival_day), max(arrival_day) FROM {}", kAllShown)));
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

namespace {

// Where more counts change than this share of the cube's, it is read again rather than updated.
constexpr double kMostChangedShare = 0.25;

Result<std::vector<std::int32_t>> DirtyDays(duck::Connection& connection) {
  std::vector<std::int32_t> days;
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Query(
          fmt::format("SELECT DISTINCT day FROM dirty WHERE day <> {} ORDER BY day", kOrphanDay)));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return days;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      days.push_back(chunk->Column<std::int32_t>(0)[row]);
    }
  }
}

}  // namespace

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
  RIPEN_ASSIGN_OR_RETURN(const LateChanges late, ReadLateChanges(writing_));
  if (everything || dirty > 0 || late.any) {
    const auto run = [&]() -> Status {
      RIPEN_RETURN_IF_ERROR(writing_.Run("BEGIN"));
      RIPEN_RETURN_IF_ERROR(everything ? FoldAll(choice, progress)
                                       : FoldChanges(choice, late, progress));
      RIPEN_RETURN_IF_ERROR(writing_.Run("DELETE FROM dirty"));
      RIPEN_RETURN_IF_ERROR(ForgetLateChanges(writing_));
      RIPEN_RETURN_IF_ERROR(WriteMeta(writing_, "folded_choice", choice.Fingerprint()));
      RIPEN_RETURN_IF_ERROR(WriteMeta(writing_, "members_stale", ""));
      return writing_.Run("COMMIT");
    };
    if (Status status = run(); !status) {
      image_.reset();
      Recover();
      if (status.error().code != ErrorCode::kUnavailable) return status;
      CloseFile();  // a write that failed may leave the engine unwilling to go on
      if (!duck::IsFullDisk(status.error().message)) return status;
      return Fail(ErrorCode::kUnavailable,
                  "The disk is full; the counts could not be brought up to date, but all that was "
                  "imported is there. Free some space and try again.");
    }
  }
  if (image_ == nullptr) RIPEN_RETURN_IF_ERROR(LoadImage(std::move(choice)));
  fresh_ = true;
  return {};
}

Status DuckDbStore::FoldAll(const Choice& choice, const ledger::Progress& progress) {
  image_.reset();
  RIPEN_RETURN_IF_ERROR(ClearCube(writing_));
  RIPEN_RETURN_IF_ERROR(DropLooksFrom(INT32_MIN));
  LedgerFolder folder(database_, dictionary_, choice, MakeFoldLadder(config_.ladder, stages_),
                      config_.report_zone, config_.threads);
  const CountSink sink = [&](CountMap& counts, DayMap& days) -> Status {
    RIPEN_RETURN_IF_ERROR(AppendCounts(writing_, counts));
    counts.Clear();
    return AppendDays(writing_, days.Take());
  };
  MemberMap members;
  RIPEN_RETURN_IF_ERROR(folder.Fold({}, members, sink, progress));
  RIPEN_RETURN_IF_ERROR(folder.CountOrphans(sink));
  members.Trim();
  return WriteMembers(writing_, members.Entries());
}

Status DuckDbStore::FoldChanges(const Choice& choice, const LateChanges& late,
                                const ledger::Progress& progress) {
  CubeChange change;
  RIPEN_ASSIGN_OR_RETURN(change.days, DirtyDays(writing_));
  change.days.insert(change.days.end(), late.days.begin(), late.days.end());
  std::sort(change.days.begin(), change.days.end());
  change.days.erase(std::unique(change.days.begin(), change.days.end()), change.days.end());
  RIPEN_RETURN_IF_ERROR(ClearCubeDays(writing_, change.days));
  LedgerFolder folder(database_, dictionary_, choice, MakeFoldLadder(config_.ladder, stages_),
                      config_.report_zone, config_.threads);
  const std::size_t most_changed =
      image_ == nullptr
          ? 0
          : static_cast<std::size_t>(kMostChangedShare * static_cast<double>(image_->rows()));
  std::int64_t written = 0;
  // The first day on which something else was known before: of days counted anew the day itself.
  std::int32_t first_changed = change.days.empty() ? INT32_MAX : change.days.front();
  const CountSink sink = [&](CountMap& counts, DayMap& days) -> Status {
    RIPEN_RETURN_IF_ERROR(AppendCounts(writing_, counts));
    counts.ForEach([&](const CountEntry& entry) {
      ++written;
      first_changed = std::min(first_changed, entry.day + entry.base_offset + entry.delay);
      if (image_ != nullptr) change.counts.push_back(entry);
    });
    counts.Clear();
    if (change.counts.size() > most_changed) {
      image_.reset();
      std::vector<CountEntry>().swap(change.counts);
    }
    std::vector<DayEntry> entries = days.Take();
    RIPEN_RETURN_IF_ERROR(AppendDays(writing_, entries));
    for (const DayEntry& entry : entries) {
      if (entry.day != kOrphanDay) first_changed = std::min(first_changed, entry.known_on);
    }
    change.day_counts.insert(change.day_counts.end(), entries.begin(), entries.end());
    return {};
  };
  MemberMap members;
  FoldSpan span;
  span.days = change.days;
  RIPEN_RETURN_IF_ERROR(folder.Fold(span, members, sink, progress));
  written = 0;  // whole days have one row a key
  if (late.any) RIPEN_RETURN_IF_ERROR(folder.FoldTouched(late, change.days, members, sink));
  RIPEN_RETURN_IF_ERROR(folder.CountOrphans(sink));
  RIPEN_RETURN_IF_ERROR(DropLooksFrom(first_changed));
  RIPEN_RETURN_IF_ERROR(CompactCounts(writing_, written));
  std::optional<std::vector<MemberMap::Entry>> entries;
  if (late.facts || !change.days.empty()) {
    RIPEN_ASSIGN_OR_RETURN(entries, FoldMembers(folder, members));
    RIPEN_RETURN_IF_ERROR(WriteMembers(writing_, *entries));
  }
  if (image_ != nullptr) image_->Update(choice, change, std::move(entries));
  return {};
}

// What is kept of the members after some days or ids were folded, which gave `folded`.
Result<std::vector<MemberMap::Entry>> DuckDbStore::FoldMembers(LedgerFolder& folder,
                                                               const MemberMap& folded) {
  RIPEN_ASSIGN_OR_RETURN(const std::string stale, ReadMeta(writing_, "members_stale"));
  bool recount = !stale.empty();
  MemberMap members;
  if (!recount) {
    RIPEN_ASSIGN_OR_RETURN(const std::vector<MemberMap::Entry> kept, ReadMembers(writing_));
    for (const MemberMap::Entry& entry : kept) {
      members.Add(entry.attribute, entry.code, entry.customer, entry.known_on);
    }
    RIPEN_ASSIGN_OR_RETURN(recount, folder.RestsOnReplaced(members));
  }
  if (recount) {
    members = MemberMap();
    RIPEN_RETURN_IF_ERROR(folder.CountMembers(members));
  } else {
    members.Merge(folded);
  }
  members.Trim();
  return members.Entries();
}

Status DuckDbStore::LoadImage(Choice choice) {
  const CountSource counts = [&](const std::function<void(const CountEntry&)>& visit) {
    return VisitCounts(writing_, visit);
  };
  RIPEN_ASSIGN_OR_RETURN(std::vector<DayEntry> days, ReadDays(writing_));
  RIPEN_ASSIGN_OR_RETURN(std::vector<MemberMap::Entry> members, ReadMembers(writing_));
  RIPEN_ASSIGN_OR_RETURN(image_,
                         CubeImage::Make(dictionary_, std::move(choice), counts, std::move(days),
                                         std::move(members), config_.threads));
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
  return CubeImage::Make(dictionary_, std::move(choice), source, image_->days(), members.Entries(),
                         config_.threads);
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
