#include "store/duckdb/resolve.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>

#include "store/duckdb/late.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

// Rows whose ids are compared at a time: about 200 MB of hash table.
constexpr std::int64_t kRowsPerPart = 4'000'000;

class Resolver {
 public:
  Resolver(duck::Connection& connection, const ResolveOptions& options)
      : connection_(connection), options_(options) {}

  Result<Resolution> Run() {
    if (options_.first_src > 1) {
      RIPEN_ASSIGN_OR_RETURN(resolution_.by_id, KeepRowsBefore(connection_, options_.first_src));
    }
    RIPEN_ASSIGN_OR_RETURN(const std::int64_t had_orphans, JoinOrphansCount());
    RIPEN_RETURN_IF_ERROR(
        ForEachRepeated("rec", "id_key", options_.repeated_ids,
                        [&](const std::string& part) { return ResolveRecommendations(part); }));
    RIPEN_RETURN_IF_ERROR(
        ForEachRepeated("obs", "id_key", options_.repeated_ids,
                        [&](const std::string& part) { return ResolveObservations(part); }));
    if (had_orphans > 0) RIPEN_RETURN_IF_ERROR(JoinOrphans());
    RIPEN_ASSIGN_OR_RETURN(const std::int64_t staged, Number("SELECT count(*) FROM ev_staged"));
    if (staged > 0) {
      RIPEN_RETURN_IF_ERROR(
          ForEachPart("ev_staged", [&](const std::string& part) { return JoinStaged(part); }));
      RIPEN_RETURN_IF_ERROR(Run("DELETE FROM ev_staged"));
      RIPEN_RETURN_IF_ERROR(
          ForEachRepeated("ev", "ev_key", options_.repeated_events,
                          [&](const std::string& part) { return DropRepeatedEvents(part); }));
    }
    RIPEN_RETURN_IF_ERROR(resolution_.by_id ? NoteTouched(connection_, options_.first_src)
                                            : MarkDays());
    RIPEN_RETURN_IF_ERROR(CollectEarly(fmt::format(
        "SELECT src, row, happened FROM ev WHERE src >= {} AND bits >= {} AND (bits & {}) = 0 "
        "ORDER BY src, row",
        options_.first_src, kTooEarly, kOfObservation)));
    for (const char* table :
         {"multi", "contender", "ranked", "moved", "gone", "joined", "repeated", "part_id"}) {
      RIPEN_RETURN_IF_ERROR(Run("DROP TABLE IF EXISTS temp.{}", table));
    }
    return resolution_;
  }

 private:
  template <typename... Arguments>
  Status Run(fmt::format_string<Arguments...> sql, Arguments&&... arguments) {
    return connection_.Run(fmt::format(sql, std::forward<Arguments>(arguments)...));
  }
  template <typename... Arguments>
  Result<std::int64_t> Number(fmt::format_string<Arguments...> sql, Arguments&&... arguments) {
    return connection_.Number(fmt::format(sql, std::forward<Arguments>(arguments)...));
  }

  // Calls step(condition on id_key) so that the parts make up all ids that may matter.
  template <typename Step>
  Status ForEachPart(const std::string& table, const Step& step) {
    RIPEN_ASSIGN_OR_RETURN(const std::int64_t all, Number("SELECT count(*) FROM {}", table));
    RIPEN_ASSIGN_OR_RETURN(
        const std::int64_t fresh,
        Number("SELECT count(*) FROM {} WHERE src >= {}", table, options_.first_src));
    if (fresh == 0) return {};
    if (fresh < all / 10) {  // a small import into a large store: only its ids
      // In a table, for then the engine knows how few they are and does not hash the other side.
      RIPEN_RETURN_IF_ERROR(
          Run("CREATE OR REPLACE TEMP TABLE part_id AS SELECT DISTINCT id_key FROM {} WHERE src >= "
              "{}",
              table, options_.first_src));
      return step("id_key IN (FROM part_id)");
    }
    const auto parts = static_cast<std::uint64_t>((all + kRowsPerPart - 1) / kRowsPerPart);
    const std::uint64_t width = std::numeric_limits<std::uint64_t>::max() / parts;
    for (std::uint64_t part = 0; part < parts; ++part) {
      const std::uint64_t from = part * width + (part == 0 ? 0 : 1);
      const std::uint64_t to =
          part + 1 == parts ? std::numeric_limits<std::uint64_t>::max() : (part + 1) * width;
      RIPEN_RETURN_IF_ERROR(step(fmt::format("id_key BETWEEN {} AND {}", from, to)));
    }
    return {};
  }

  // The same for rows that may repeat another: only these where they are known.
  template <typename Step>
  Status ForEachRepeated(const std::string& table, const std::string& key,
                         const std::vector<std::uint64_t>* repeated, const Step& step) {
    if (repeated == nullptr) return ForEachPart(table, step);
    if (repeated->empty()) return {};
    RIPEN_RETURN_IF_ERROR(Run("CREATE OR REPLACE TEMP TABLE repeated (key UBIGINT)"));
    RIPEN_ASSIGN_OR_RETURN(duck::Appender appender,
                           duck::Appender::Open(connection_, "repeated", {duck::Type::kUbigint}));
    for (const std::uint64_t each : *repeated) {
      appender.Set(0, each);
      RIPEN_RETURN_IF_ERROR(appender.EndRow());
    }
    RIPEN_RETURN_IF_ERROR(appender.Close());
    return step(fmt::format("{} IN (FROM repeated)", key));
  }

  // One fact an id stays in rec: of the earliest arrival, then shown first, then by content.
  Status ResolveRecommendations(const std::string& part) {
    RIPEN_RETURN_IF_ERROR(
        Run("CREATE OR REPLACE TEMP TABLE multi AS SELECT id_key FROM rec WHERE {} "
            "GROUP BY id_key HAVING count(*) > 1",
            part));
    RIPEN_ASSIGN_OR_RETURN(const std::int64_t ids, Number("SELECT count(*) FROM multi"));
    if (ids == 0) return {};
    constexpr const char* kColumns =
        "rowid AS rid, id_key, day, shown, arrival, arrival_day, fact, "
        "customer, src, row";
    RIPEN_RETURN_IF_ERROR(
        Run("CREATE OR REPLACE TEMP TABLE contender AS SELECT *, row_number() OVER (PARTITION BY "
            "id_key, fact, customer ORDER BY arrival_day, arrival, src, row) AS same FROM (SELECT "
            "0 AS tab, {} "
            "FROM rec WHERE {} AND id_key IN (FROM multi) UNION ALL SELECT 1 AS tab, {} FROM "
            "rec_other WHERE id_key IN (FROM multi))",
            kColumns, part, kColumns));
    RIPEN_RETURN_IF_ERROR(
        Run("CREATE OR REPLACE TEMP TABLE ranked AS SELECT *, row_number() OVER (PARTITION BY "
            "id_key ORDER BY arrival_day, arrival, shown, fact, customer, tab) AS place FROM "
            "contender WHERE "
            "same = 1"));
    RIPEN_RETURN_IF_ERROR(CountRepeatedFacts());
    RIPEN_RETURN_IF_ERROR(FollowWinners());
    RIPEN_RETURN_IF_ERROR(
        Run("INSERT INTO rec_other SELECT rec.* FROM rec WHERE rowid IN (SELECT rid FROM ranked "
            "WHERE tab = 0 AND place > 1)"));
    RIPEN_RETURN_IF_ERROR(
        Run("DELETE FROM rec WHERE rowid IN (SELECT rid FROM contender WHERE tab = 0 AND same > 1 "
            "UNION ALL SELECT rid FROM ranked WHERE tab = 0 AND place > 1)"));
    return Run(
        "DELETE FROM rec_other WHERE rowid IN (SELECT rid FROM contender WHERE tab = 1 AND "
        "same > 1)");
  }

  // Rows of long files that repeat a fact. (Those of wide files are compared with their outcomes.)
  Status CountRepeatedFacts() {
    if (options_.long_srcs.empty()) return {};
    RIPEN_ASSIGN_OR_RETURN(
        const std::int64_t repeated,
        Number("SELECT coalesce(sum(fresh - CASE WHEN known > 0 THEN 0 ELSE 1 END), 0)::BIGINT "
               "FROM (SELECT count(*) FILTER (src IN ({0})) AS fresh, count(*) FILTER (NOT src IN "
               "({0})) AS known FROM contender GROUP BY id_key, fact, customer) WHERE fresh > 0",
               fmt::join(options_.long_srcs, ", ")));
    resolution_.duplicates += repeated;
    return {};
  }

  // A new winner changes the day it left, and takes its outcomes along.
  Status FollowWinners() {
    RIPEN_ASSIGN_OR_RETURN(
        const std::int64_t replaced,
        Number("SELECT count(*) FROM contender WHERE tab = 0 AND src < {} AND rid NOT IN (SELECT "
               "rid FROM ranked WHERE tab = 0 AND place = 1)",
               options_.first_src));
    if (replaced > 0 && !resolution_.by_id) {
      RIPEN_RETURN_IF_ERROR(
          Run("INSERT INTO dirty SELECT DISTINCT day FROM contender WHERE tab = 0 AND src < {} AND "
              "rid NOT IN (SELECT rid FROM ranked WHERE tab = 0 AND place = 1)",
              options_.first_src));
      RIPEN_RETURN_IF_ERROR(WriteMeta(connection_, "members_stale", "yes"));
    }
    RIPEN_RETURN_IF_ERROR(
        Run("CREATE OR REPLACE TEMP TABLE moved AS SELECT id_key, arg_min(day, place) AS day FROM "
            "ranked GROUP BY id_key HAVING count(DISTINCT day) > 1"));
    RIPEN_ASSIGN_OR_RETURN(const std::int64_t moved, Number("SELECT count(*) FROM moved"));
    if (moved == 0) return {};
    for (const char* table : {"obs", "ev"}) {
      RIPEN_RETURN_IF_ERROR(
          Run("UPDATE {0} SET day = moved.day FROM moved WHERE moved.id_key = {0}.id_key AND "
              "moved.day <> {0}.day",
              table));
    }
    return {};
  }

  // Rows of wide files: the same words again count as duplicates; the same words of the same
  // snapshot are dropped.
  Status ResolveObservations(const std::string& part) {
    RIPEN_RETURN_IF_ERROR(
        Run("CREATE OR REPLACE TEMP TABLE multi AS SELECT row_key, count(*) FILTER (src >= {}) AS "
            "fresh, count(*) FILTER (src < {}) AS known FROM obs WHERE {} GROUP BY row_key HAVING "
            "count(*) > 1",
            options_.first_src, options_.first_src, part));
    RIPEN_ASSIGN_OR_RETURN(const std::int64_t keys, Number("SELECT count(*) FROM multi"));
    if (keys == 0) return {};
    RIPEN_ASSIGN_OR_RETURN(
        const std::int64_t repeated,
        Number("SELECT coalesce(sum(fresh - CASE WHEN known > 0 THEN 0 ELSE 1 END), 0)::BIGINT "
               "FROM multi WHERE fresh > 0"));
    resolution_.duplicates += repeated;
    RIPEN_RETURN_IF_ERROR(
        Run("CREATE OR REPLACE TEMP TABLE gone AS SELECT src, row FROM (SELECT obs.src, obs.row, "
            "row_number() OVER (PARTITION BY row_key, CASE WHEN seen = {} THEN source.snapshot "
            "ELSE seen END ORDER BY obs.src, obs.row) AS same FROM obs JOIN source USING (src) "
            "WHERE {} AND row_key IN (SELECT row_key FROM multi)) WHERE same > 1",
            kNone, part));
    for (const char* table : {"obs", "ev"}) {
      RIPEN_RETURN_IF_ERROR(
          Run("DELETE FROM {0} USING gone WHERE {0}.src = gone.src AND {0}.row = gone.row", table));
    }
    return {};
  }

  // SQL: the outcome `e` lies over five minutes before `r` was shown; days compare with days.
  std::string TooEarlySql() const {
    return fmt::format(
        "(e.kind = {} AND e.happened <> {} AND r.day IS NOT NULL AND CASE WHEN ((e.bits | r.bits) "
        "& {}) <> 0 THEN e.happened_day < r.day ELSE e.happened < r.shown - {} END)",
        kOutcomeEvent, kNone, kEventWholeDay, kEarlyMicros);
  }

  Status JoinStaged(const std::string& part) {
    std::string recommendations = "rec";
    if (resolution_.by_id) {
      RIPEN_ASSIGN_OR_RETURN(
          const std::int64_t first_src,
          Number("SELECT least(coalesce(min(first_src), {0}), {0})::BIGINT FROM touched",
                 options_.first_src));
      recommendations = RecommendationsSince(first_src);
    }
    return Run(
        "INSERT INTO ev SELECT e.id_key, coalesce(r.day, {0}), e.stage, e.kind, e.bits | CASE WHEN "
        "{1} THEN {2} ELSE 0 END, e.happened, e.happened_day, CASE WHEN e.arrival = {3} THEN "
        "s.snapshot ELSE e.arrival END, CASE WHEN e.arrival = {3} THEN s.snapshot_day ELSE "
        "e.arrival_day END, e.event, e.value, e.seen, e.ev_key, e.src, e.row FROM (FROM ev_staged "
        "WHERE {4}) e LEFT JOIN (SELECT id_key, day, shown, bits FROM {5} WHERE {4}) r ON r.id_key "
        "= e.id_key JOIN source s ON s.src = e.src",
        kOrphanDay, TooEarlySql(), kTooEarly, kNone, part, recommendations);
  }

  // Rows of one id have one day, so that only days with new rows need be looked at.
  Status DropRepeatedEvents(const std::string& part) {
    RIPEN_ASSIGN_OR_RETURN(
        const std::int64_t first_day,
        Number("SELECT coalesce(min(day), 0)::BIGINT FROM ev WHERE src >= {}", options_.first_src));
    RIPEN_ASSIGN_OR_RETURN(
        const std::int64_t last_day,
        Number("SELECT coalesce(max(day), 0)::BIGINT FROM ev WHERE src >= {}", options_.first_src));
    RIPEN_RETURN_IF_ERROR(
        Run("CREATE OR REPLACE TEMP TABLE multi AS SELECT ev_key FROM ev WHERE {} AND (bits & {}) "
            "= 0 AND day BETWEEN {} AND {} GROUP BY ev_key HAVING count(*) > 1",
            part, kOfObservation, first_day, last_day));
    RIPEN_ASSIGN_OR_RETURN(const std::int64_t keys, Number("SELECT count(*) FROM multi"));
    if (keys == 0) return {};
    RIPEN_RETURN_IF_ERROR(
        Run("CREATE OR REPLACE TEMP TABLE gone AS SELECT rid FROM (SELECT rowid AS rid, "
            "row_number() OVER (PARTITION BY ev_key ORDER BY arrival_day, arrival, bits & {} DESC, "
            "src, row) AS same FROM ev WHERE {} AND (bits & {}) = 0 AND ev_key IN (SELECT ev_key "
            "FROM multi)) WHERE same > 1",
            kArrivalGiven, part, kOfObservation));
    RIPEN_ASSIGN_OR_RETURN(const std::int64_t repeated, Number("SELECT count(*) FROM gone"));
    resolution_.duplicates += repeated;
    return Run("DELETE FROM ev WHERE rowid IN (SELECT rid FROM gone)");
  }

  Result<std::int64_t> JoinOrphansCount() {
    return Number("SELECT count(*) FROM ev WHERE day = {}", kOrphanDay);
  }

  // Orphans whose recommendation has come now.
  Status JoinOrphans() {
    RIPEN_RETURN_IF_ERROR(
        Run("CREATE OR REPLACE TEMP TABLE joined AS SELECT e.src, e.row, e.happened, e.rowid AS "
            "rid, r.day, {} AS early FROM ev e JOIN rec r ON r.id_key = e.id_key WHERE e.day = {} "
            "AND r.src >= {}",
            TooEarlySql(), kOrphanDay, options_.first_src));
    RIPEN_ASSIGN_OR_RETURN(const std::int64_t joined, Number("SELECT count(*) FROM joined"));
    if (joined == 0) return {};
    RIPEN_RETURN_IF_ERROR(Run(
        "UPDATE ev SET day = joined.day, bits = ev.bits | CASE WHEN joined.early THEN {} ELSE 0 "
        "END FROM joined WHERE ev.rowid = joined.rid",
        kTooEarly));
    return CollectEarly("SELECT src, row, happened FROM joined WHERE early ORDER BY src, row");
  }

  Status CollectEarly(const std::string& sql) {
    RIPEN_ASSIGN_OR_RETURN(duck::Rows rows, connection_.Query(sql));
    for (;;) {
      RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
      if (chunk == nullptr) return {};
      for (std::size_t row = 0; row < chunk->rows(); ++row) {
        resolution_.early.push_back({chunk->Column<std::int32_t>(0)[row],
                                     chunk->Column<std::int64_t>(1)[row],
                                     chunk->Column<std::int64_t>(2)[row]});
      }
    }
  }

  Status MarkDays() {
    for (const char* table : {"rec", "obs", "ev"}) {
      RIPEN_RETURN_IF_ERROR(Run("INSERT INTO dirty SELECT DISTINCT day FROM {} WHERE src >= {}",
                                table, options_.first_src));
    }
    return Run(
        "CREATE OR REPLACE TEMP TABLE all_dirty AS SELECT DISTINCT day FROM dirty; DELETE "
        "FROM dirty; INSERT INTO dirty FROM all_dirty");
  }

  duck::Connection& connection_;
  const ResolveOptions& options_;
  Resolution resolution_;
};

}  // namespace

Result<Resolution> ResolveNewRows(duck::Connection& connection, const ResolveOptions& options) {
  return Resolver(connection, options).Run();
}

}  // namespace ripen::store
