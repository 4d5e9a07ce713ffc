#include "store/duckdb/ledger_fold.h"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <thread>

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

Result<std::vector<LedgerFolder::DayGroup>> LedgerFolder::Groups(
    const FoldSpan& span, duck::Connection& connection) const {
  std::string condition = fmt::format("day <> {}", kOrphanDay);
  if (span.only_dirty) condition += " AND day IN (FROM dirty)";
  if (span.last_day) condition += fmt::format(" AND day <= {}", *span.last_day);
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows result,
      connection.Query(fmt::format("SELECT day, count(*)::BIGINT FROM rec WHERE {} GROUP BY day "
                                   "ORDER BY day",
                                   condition)));
  struct DayLoad {
    std::int32_t day;
    std::int64_t rows;
  };
  std::vector<DayLoad> days;
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, result.Next());
    if (chunk == nullptr) break;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      days.push_back({chunk->Column<std::int32_t>(0)[row], chunk->Column<std::int64_t>(1)[row]});
    }
  }
  std::vector<DayGroup> groups;
  for (std::size_t first = 0; first < days.size();) {
    std::int64_t rows = days[first].rows;
    std::size_t end = first + 1;
    std::string list = fmt::format("{}", days[first].day);
    while (end < days.size() && rows + days[end].rows <= kRowsPerChunk) {
      rows += days[end].rows;
      list += fmt::format(", {}", days[end].day);
      ++end;
    }
    const std::string between =
        fmt::format("day BETWEEN {} AND {}{}", days[first].day, days[end - 1].day,
                    span.only_dirty ? fmt::format(" AND day IN ({})", list) : "");
    const std::int64_t parts = (rows + kRowsPerChunk - 1) / kRowsPerChunk;
    DayGroup& group = groups.emplace_back();
    for (std::int64_t part = 0; part < parts; ++part) {
      group.conditions.push_back(
          parts == 1 ? between : fmt::format("{} AND id_key % {} = {}", between, parts, part));
    }
    first = end;
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
      for (const std::string& condition : group->conditions) {
        RIPEN_RETURN_IF_ERROR(folder.Fold(condition));
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
  RIPEN_RETURN_IF_ERROR(verdict);

  ChunkFolder orphans(first, Rules());
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

}  // namespace ripen::store
