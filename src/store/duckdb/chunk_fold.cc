#include "store/duckdb/chunk_fold.h"

#include <fmt/format.h>

#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

std::size_t SlotOf(std::uint64_t key, std::size_t mask) {
  return (key * 0x9E3779B97F4A7C15ULL >> 20) & mask;
}

}  // namespace

ChunkFolder::ChunkFolder(duck::Connection& connection, const FoldRules& rules)
    : connection_(connection),
      rules_(rules),
      stage_of_code_(256, -1),
      clock_(rules.report_zone),
      folder_(rules.ladder) {
  for (std::size_t stage = 0; stage < rules.ladder.code_of.size(); ++stage) {
    stage_of_code_[static_cast<std::size_t>(rules.ladder.code_of[stage])] = static_cast<int>(stage);
  }
}

std::int32_t ChunkFolder::Chunk::Find(std::uint64_t key) const {
  const std::size_t mask = index.size() - 1;
  for (std::size_t at = SlotOf(key, mask);; at = (at + 1) & mask) {
    if (index[at] < 0) return -1;
    if (id_key[static_cast<std::size_t>(index[at])] == key) return index[at];
  }
}

void ChunkFolder::Chunk::BuildIndex() {
  std::size_t slots = 1024;
  while (slots < id_key.size() * 2) slots *= 2;
  index.assign(slots, -1);
  for (std::size_t i = 0; i < id_key.size(); ++i) {
    std::size_t at = SlotOf(id_key[i], slots - 1);
    while (index[at] >= 0) at = (at + 1) & (slots - 1);
    index[at] = static_cast<std::int32_t>(i);
  }
}

Status ChunkFolder::Load(const FoldSource& source) {
  RIPEN_RETURN_IF_ERROR(LoadRecommendations(source));
  chunk_.BuildIndex();
  RIPEN_RETURN_IF_ERROR(LoadEvents(source));
  return LoadObservations(source);
}

Status ChunkFolder::Fold(const FoldSource& source) {
  RIPEN_RETURN_IF_ERROR(Load(source));
  FoldLoaded(source.before ? -1 : 1);
  return {};
}

Status ChunkFolder::VisitRows(const FoldSource& source, const Visit& visit) {
  RIPEN_RETURN_IF_ERROR(Load(source));
  for (std::size_t row = 0; row < chunk_.fact.size(); ++row) {
    if (FoldRow(row)) visit(chunk_.id_key[row], chunk_.fact[row], folder_.stage_changes());
  }
  return {};
}

void AddMember(const FoldRules& rules, std::int32_t who, std::int32_t what, std::uint64_t customer,
               std::int32_t known_on, MemberMap& members) {
  ForEachMember(rules, who, what, customer, known_on, [&](const MemberMap::Entry& entry) {
    members.Add(entry.attribute, entry.code, entry.customer, entry.known_on);
  });
}

Status ChunkFolder::LoadRecommendations(const FoldSource& source) {
  chunk_.id_key.clear();
  chunk_.fact.clear();
  chunk_.who.clear();
  chunk_.what.clear();
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection_.Stream(fmt::format("SELECT id_key, day, shown, arrival_day, bits, who, what, "
                                     "{} FROM {} WHERE {}",
                                     source.before ? "0::UBIGINT" : "customer",
                                     source.recommendations, source.condition)));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) break;
    const auto* id_key = chunk->Column<std::uint64_t>(0);
    const auto* day = chunk->Column<std::int32_t>(1);
    const auto* shown = chunk->Column<std::int64_t>(2);
    const auto* arrival_day = chunk->Column<std::int32_t>(3);
    const auto* bits = chunk->Column<std::uint8_t>(4);
    const auto* who = chunk->Column<std::int32_t>(5);
    const auto* what = chunk->Column<std::int32_t>(6);
    const auto* customer = chunk->Column<std::uint64_t>(7);
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      chunk_.id_key.push_back(id_key[row]);
      chunk_.fact.push_back(
          {day[row], shown[row], (bits[row] & kEventWholeDay) != 0, arrival_day[row]});
      chunk_.who.push_back(who[row]);
      chunk_.what.push_back(what[row]);
      if (!source.before) {
        AddMember(rules_, who[row], what[row], customer[row], arrival_day[row], members_);
      }
    }
  }
  return {};
}

Status ChunkFolder::LoadEvents(const FoldSource& source) {
  chunk_.first_event.assign(chunk_.id_key.size(), -1);
  chunk_.events.clear();
  chunk_.next_event.clear();
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection_.Stream(fmt::format("SELECT id_key, stage, kind, bits, happened, happened_day, "
                                     "arrival, arrival_day, event, value, seen, src FROM {} WHERE "
                                     "{}",
                                     source.events, source.condition)));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return {};
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      const std::int32_t at = chunk_.Find(chunk->Column<std::uint64_t>(0)[row]);
      if (at < 0) continue;
      const std::uint8_t code = chunk->Column<std::uint8_t>(1)[row];
      FoldEvent event;
      event.stage = code == kAnyStage ? -1 : stage_of_code_[code];
      event.kind = chunk->Column<std::uint8_t>(2)[row];
      // A stage that the ladder does not have any more says nothing.
      if (event.stage < 0 && code != kAnyStage) continue;
      event.bits = chunk->Column<std::uint8_t>(3)[row];
      event.happened = chunk->Column<std::int64_t>(4)[row];
      event.happened_day = chunk->Column<std::int32_t>(5)[row];
      event.arrival = chunk->Column<std::int64_t>(6)[row];
      event.arrival_day = chunk->Column<std::int32_t>(7)[row];
      event.event = chunk->Column<std::uint64_t>(8)[row];
      event.value = chunk->Column<std::int64_t>(9)[row];
      event.seen = chunk->Column<std::int64_t>(10)[row];
      if (event.seen == kNone && (event.bits & kOfObservation) != 0) {
        event.seen =
            rules_.snapshot_of_src[static_cast<std::size_t>(chunk->Column<std::int32_t>(11)[row])];
      }
      chunk_.next_event.push_back(chunk_.first_event[static_cast<std::size_t>(at)]);
      chunk_.first_event[static_cast<std::size_t>(at)] =
          static_cast<std::int32_t>(chunk_.events.size());
      chunk_.events.push_back(event);
    }
  }
}

Status ChunkFolder::LoadObservations(const FoldSource& source) {
  chunk_.first_observation.assign(chunk_.id_key.size(), -1);
  chunk_.observations.clear();
  chunk_.next_observation.clear();
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection_.Stream(fmt::format("SELECT id_key, seen, flags, truth, src FROM {} WHERE {}",
                                     source.observations, source.condition)));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return {};
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      const std::int32_t at = chunk_.Find(chunk->Column<std::uint64_t>(0)[row]);
      if (at < 0) continue;
      FoldObservation observation;
      observation.seen = chunk->Column<std::int64_t>(1)[row];
      if (observation.seen == kNone) {
        observation.seen =
            rules_.snapshot_of_src[static_cast<std::size_t>(chunk->Column<std::int32_t>(4)[row])];
      }
      observation.seen_day = clock_.DayOf(observation.seen);
      observation.flags = chunk->Column<std::uint64_t>(2)[row];
      observation.truth = chunk->Column<std::uint8_t>(3)[row];
      chunk_.next_observation.push_back(chunk_.first_observation[static_cast<std::size_t>(at)]);
      chunk_.first_observation[static_cast<std::size_t>(at)] =
          static_cast<std::int32_t>(chunk_.observations.size());
      chunk_.observations.push_back(observation);
    }
  }
}

bool ChunkFolder::FoldRow(std::size_t row) {
  if (chunk_.first_event[row] < 0 && chunk_.first_observation[row] < 0) return false;
  row_events_.clear();
  row_observations_.clear();
  for (std::int32_t at = chunk_.first_event[row]; at >= 0;
       at = chunk_.next_event[static_cast<std::size_t>(at)]) {
    row_events_.push_back(chunk_.events[static_cast<std::size_t>(at)]);
  }
  for (std::int32_t at = chunk_.first_observation[row]; at >= 0;
       at = chunk_.next_observation[static_cast<std::size_t>(at)]) {
    row_observations_.push_back(chunk_.observations[static_cast<std::size_t>(at)]);
  }
  folder_.Fold(chunk_.fact[row], row_events_, row_observations_);
  return true;
}

void ChunkFolder::FoldLoaded(std::int32_t sign) {
  for (std::size_t i = 0; i < chunk_.fact.size(); ++i) {
    const FoldRecommendation& fact = chunk_.fact[i];
    const std::int32_t who = chunk_.who[i];
    const std::int32_t what = chunk_.what[i];
    AddToCells(rules_, who, what, fact.day,
               {.stage = 0, .delay = std::max(0, fact.arrival_day - fact.day), .gained = 1}, sign,
               counts_);
    if (!FoldRow(i)) continue;
    for (StageChange change : folder_.stage_changes()) {
      ++change.stage;  // after shown
      AddToCells(rules_, who, what, fact.day, change, sign, counts_);
    }
    for (const DayChange& change : folder_.day_changes()) days_.Add(fact.day, change, sign);
  }
}

// Outcomes whose recommendation is not known wait from their arrival on.
Status ChunkFolder::CountOrphans() {
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection_.Query(fmt::format("SELECT stage, arrival_day, count(*)::BIGINT FROM ev WHERE day "
                                    "= {} AND kind = {} GROUP BY ALL",
                                    kOrphanDay, kOutcomeEvent)));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return {};
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      const int stage = stage_of_code_[chunk->Column<std::uint8_t>(0)[row]];
      if (stage < 0) continue;
      days_.Add(kOrphanDay, {DayKind::kWaiting, stage, chunk->Column<std::int32_t>(1)[row], 0,
                             static_cast<std::int32_t>(chunk->Column<std::int64_t>(2)[row])});
    }
  }
}

}  // namespace ripen::store
