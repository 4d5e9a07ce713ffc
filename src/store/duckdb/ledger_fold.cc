#include "store/duckdb/ledger_fold.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <mutex>
#include <thread>

#include "store/duckdb/given_fold.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

// Recommendations in memory at a time and thread: about 75 MB with their outcomes.
constexpr std::int64_t kRowsPerChunk = 500'000;

}  // namespace

FoldLadder MakeFoldLadder(const StageLadder& ladder, const std::vector<StoredStage>& stages) {
  FoldLadder made{ladder, std::vector<int>(ladder.size(), 0)};
  for (std::size_t i = 0; i < ladder.size(); ++i) {
    for (std::size_t code = 0; code < stages.size(); ++code) {
      if (stages[code].name == ladder[i].name) made.code_of[i] = static_cast<int>(code);
    }
  }
  return made;
}

LedgerFolder::LedgerFolder(duck::Database& database, const Dictionary& dictionary,
                           const Choice& choice, FoldLadder ladder, TimeZone report_zone,
                           int threads)
    : database_(database),
      dictionary_(dictionary),
      choice_(choice),
      cells_(dictionary, choice),
      ladder_(std::move(ladder)),
      report_zone_(std::move(report_zone)),
      threads_(threads) {}

std::vector<std::vector<LedgerFolder::DayLoad>> LedgerFolder::Grouped(
    const std::vector<DayLoad>& days, std::int64_t most) {
  std::vector<std::vector<DayLoad>> groups;
  std::int64_t rows = 0;
  for (const DayLoad& day : days) {
    if (groups.empty() || rows + day.rows > most) {
      groups.emplace_back();
      rows = 0;
    }
    groups.back().push_back(day);
    rows += day.rows;
  }
  return groups;
}

Result<std::vector<LedgerFolder::DayLoad>> LedgerFolder::ReadLoads(duck::Connection& connection,
                                                                   const std::string& sql) {
  RIPEN_ASSIGN_OR_RETURN(duck::Rows result, connection.Query(sql));
  std::vector<DayLoad> days;
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, result.Next());
    if (chunk == nullptr) return days;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      days.push_back({chunk->Column<std::int32_t>(0)[row], chunk->Column<std::int64_t>(1)[row]});
    }
  }
}

namespace {

// SQL: one of `days`, which are ascending and not empty. The range lets the engine pass over whole
// blocks.
std::string OneOf(const std::vector<std::int32_t>& days) {
  return fmt::format("day BETWEEN {} AND {} AND day IN ({})", days.front(), days.back(),
                     fmt::join(days, ", "));
}

// SQL: a day of the span. Requires: the span names a day where it names days.
std::string ConditionOf(const FoldSpan& span) {
  std::string condition = fmt::format("day <> {}", kOrphanDay);
  if (span.days) condition += " AND " + OneOf(*span.days);
  if (span.last_day) condition += fmt::format(" AND day <= {}", *span.last_day);
  return condition;
}

}  // namespace

Result<std::vector<LedgerFolder::DayGroup>> LedgerFolder::Groups(
    const FoldSpan& span, duck::Connection& connection) const {
  if (span.days && span.days->empty()) return std::vector<DayGroup>();
  RIPEN_ASSIGN_OR_RETURN(
      const std::vector<DayLoad> loads,
      ReadLoads(connection, fmt::format("SELECT day, count(*)::BIGINT FROM rec WHERE {} GROUP BY "
                                        "day ORDER BY day",
                                        ConditionOf(span))));
  std::vector<DayGroup> groups;
  for (const std::vector<DayLoad>& days : Grouped(loads, kRowsPerChunk)) {
    std::int64_t rows = 0;
    std::vector<std::int32_t> list;
    for (const DayLoad& day : days) {
      rows += day.rows;
      list.push_back(day.day);
    }
    const std::string between =
        span.days ? OneOf(list) : fmt::format("day BETWEEN {} AND {}", list.front(), list.back());
    const std::int64_t parts = (rows + kRowsPerChunk - 1) / kRowsPerChunk;
    DayGroup& group = groups.emplace_back();
    for (std::int64_t part = 0; part < parts; ++part) {
      FoldSource& source = group.parts.emplace_back();
      if (span.cells) source.recommendations = span.cells->recommendations;
      source.condition =
          parts == 1 ? between : fmt::format("{} AND id_key % {} = {}", between, parts, part);
    }
  }
  return groups;
}

Result<std::vector<LedgerFolder::DayGroup>> LedgerFolder::TouchedGroups(
    const LateChanges& late, const std::vector<std::int32_t>& counted,
    duck::Connection& connection) const {
  std::string elsewhere = fmt::format("day <> {}", kOrphanDay);
  if (!counted.empty()) elsewhere += fmt::format(" AND NOT day IN ({})", fmt::join(counted, ", "));
  RIPEN_ASSIGN_OR_RETURN(
      const std::vector<DayLoad> loads,
      ReadLoads(connection,
                fmt::format("SELECT day, sum(rows)::BIGINT FROM (SELECT day, count(*) AS rows FROM "
                            "touched GROUP BY day UNION ALL SELECT day, count(*) FROM before_rec "
                            "GROUP BY day) WHERE {} GROUP BY day ORDER BY day",
                            elsewhere)));
  std::int64_t all = 0;
  for (const DayLoad& day : loads) all += day.rows;
  // Each thread has a share of the days, for the engine's blocks of other days are passed over.
  const std::int64_t share = std::min(kRowsPerChunk, all / threads_ + 1);
  std::vector<DayGroup> groups;
  for (const std::vector<DayLoad>& days : Grouped(loads, share)) {
    std::int64_t rows = 0;
    std::vector<std::int32_t> list;
    for (const DayLoad& day : days) {
      rows += day.rows;
      list.push_back(day.day);
    }
    const std::int64_t parts = (rows + kRowsPerChunk - 1) / kRowsPerChunk;
    DayGroup& group = groups.emplace_back();
    for (std::int64_t part = 0; part < parts; ++part) {
      const std::string condition =
          OneOf(list) + (parts == 1 ? "" : fmt::format(" AND id_key % {} = {}", parts, part));
      group.parts.push_back({"before_rec", "before_ev", "before_obs", condition, true});
      group.parts.push_back({RecommendationsSince(late.first_src), "ev", "obs",
                             condition + " AND id_key IN (SELECT id_key FROM touched)", false});
    }
  }
  return groups;
}

Status LedgerFolder::LoadSnapshots(duck::Connection& connection) {
  RIPEN_ASSIGN_OR_RETURN(duck::Rows rows,
                         connection.Query("SELECT src, snapshot FROM source ORDER BY src"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return {};
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      const auto src = static_cast<std::size_t>(chunk->Column<std::int32_t>(0)[row]);
      snapshot_of_src_.resize(src + 1, kNone);
      snapshot_of_src_[src] = chunk->Column<std::int64_t>(1)[row];
    }
  }
}

Status LedgerFolder::Fold(const FoldSpan& span, MemberMap& members, const CountSink& sink,
                          const ledger::Progress& progress) {
  RIPEN_ASSIGN_OR_RETURN(duck::Connection first, database_.Connect());
  RIPEN_RETURN_IF_ERROR(LoadSnapshots(first));
  RIPEN_ASSIGN_OR_RETURN(const std::vector<DayGroup> groups, Groups(span, first));
  if (span.cells) {
    cells_ = CellNumbers::Numbered(span.cells->count);
    return FoldGroups(groups, first, members, sink, progress);
  }
  RIPEN_RETURN_IF_ERROR(FoldGroups(groups, first, members, sink, progress));
  return FoldGiven(span, first, sink);
}

Status LedgerFolder::VisitRows(const FoldSource& source, const ChunkFolder::Visit& visit) {
  RIPEN_ASSIGN_OR_RETURN(duck::Connection connection, database_.Connect());
  RIPEN_RETURN_IF_ERROR(LoadSnapshots(connection));
  return ChunkFolder(connection, Rules()).VisitRows(source, visit);
}

Status LedgerFolder::FoldGiven(const FoldSpan& span, duck::Connection& connection,
                               const CountSink& sink) {
  if (span.days && span.days->empty()) return {};
  return FoldGivenCounts(connection, Rules(), ConditionOf(span), sink);
}

Status LedgerFolder::FoldTouched(const LateChanges& late, const std::vector<std::int32_t>& counted,
                                 MemberMap& members, const CountSink& sink) {
  RIPEN_ASSIGN_OR_RETURN(duck::Connection first, database_.Connect());
  RIPEN_RETURN_IF_ERROR(LoadSnapshots(first));
  RIPEN_ASSIGN_OR_RETURN(const std::vector<DayGroup> groups, TouchedGroups(late, counted, first));
  return FoldGroups(groups, first, members, sink, nullptr);
}

Status LedgerFolder::FoldGroups(const std::vector<DayGroup>& groups, duck::Connection& first,
                                MemberMap& members, const CountSink& sink,
                                const ledger::Progress& progress) {
  std::mutex mutex;  // guards all that follows
  std::size_t next = 0;
  std::size_t done = 0;
  Status verdict;
  const auto take = [&]() -> const DayGroup* {
    const std::lock_guard lock(mutex);
    return verdict && next < groups.size() ? &groups[next++] : nullptr;
  };
  const auto work = [&](duck::Connection& connection) -> Status {
    ChunkFolder folder(connection, Rules());
    while (const DayGroup* group = take()) {
      for (const FoldSource& part : group->parts) {
        RIPEN_RETURN_IF_ERROR(folder.Fold(part));
      }
      const std::lock_guard lock(mutex);
      RIPEN_RETURN_IF_ERROR(sink(folder.counts(), folder.days()));
      ++done;
      if (progress) {
        progress("counting", static_cast<double>(done) / static_cast<double>(groups.size()));
      }
    }
    const std::lock_guard lock(mutex);
    members.Merge(folder.members());
    return {};
  };
  const auto run = [&](duck::Connection& connection) {
    const Status status = work(connection);
    const std::lock_guard lock(mutex);
    if (verdict && !status) verdict = status;
  };
  const std::size_t workers = std::min(static_cast<std::size_t>(threads_), groups.size());
  std::vector<duck::Connection> connections;
  for (std::size_t worker = 1; worker < workers; ++worker) {
    RIPEN_ASSIGN_OR_RETURN(duck::Connection connection, database_.Connect());
    connections.push_back(std::move(connection));
  }
  std::vector<std::thread> threads;
  threads.reserve(connections.size());
  for (duck::Connection& connection : connections) {
    threads.emplace_back([&run, &connection] { run(connection); });
  }
  run(first);
  for (std::thread& thread : threads) thread.join();
  return verdict;
}

Status LedgerFolder::CountOrphans(const CountSink& sink) {
  RIPEN_ASSIGN_OR_RETURN(duck::Connection connection, database_.Connect());
  ChunkFolder orphans(connection, Rules());
  RIPEN_RETURN_IF_ERROR(orphans.CountOrphans());
  return sink(orphans.counts(), orphans.days());
}

Status LedgerFolder::CountMembers(MemberMap& members) {
  RIPEN_ASSIGN_OR_RETURN(duck::Connection connection, database_.Connect());
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Stream("SELECT who, what, customer, arrival_day FROM rec WHERE customer <> 0"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return {};
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      AddMember(Rules(), chunk->Column<std::int32_t>(0)[row], chunk->Column<std::int32_t>(1)[row],
                chunk->Column<std::uint64_t>(2)[row], chunk->Column<std::int32_t>(3)[row], members);
    }
  }
}

// What lost to a newer fact is in rec_other. Where the same fact is now known earlier, the kept
// member becomes earlier by being added.
Result<bool> LedgerFolder::RestsOnReplaced(const MemberMap& members) {
  RIPEN_ASSIGN_OR_RETURN(duck::Connection connection, database_.Connect());
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Stream("SELECT who, what, customer, arrival_day FROM rec_other WHERE customer <> "
                        "0 AND id_key IN (SELECT id_key FROM touched WHERE fact)"));
  bool rests = false;
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return rests;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      ForEachMember(
          Rules(), chunk->Column<std::int32_t>(0)[row], chunk->Column<std::int32_t>(1)[row],
          chunk->Column<std::uint64_t>(2)[row], chunk->Column<std::int32_t>(3)[row],
          [&](const MemberMap::Entry& entry) { rests = rests || members.RestsOn(entry); });
    }
  }
}

}  // namespace ripen::store
