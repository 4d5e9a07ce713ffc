// A slow, plain version of the ledger's law and of the cube: every day is worked out anew from the
// rows that had arrived by then. It shares no code with the store.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/time_zone.h"
#include "cube/snapshot.h"
#include "model/stage.h"

namespace ripen::oracle {

// A moment or a whole day: micros of a day are its UTC midnight.
struct When {
  std::int64_t micros = 0;
  bool whole_day = false;
  auto operator<=>(const When&) const = default;
};

struct NaiveRecommendation {
  std::string id;
  When shown;
  std::optional<When> arrived;
  std::string customer;
  std::map<std::string, std::string> attributes;  // without the missing ones
};

struct NaiveOutcome {
  std::string id;
  std::string stage;  // empty: a retraction of any stage
  std::optional<When> happened;
  std::optional<When> arrived;
  std::string event_id;
  std::string value;  // hundredths, empty if none
  bool retracted = false;
  std::int64_t snapshot = 0;  // when rows without any time arrive
};

enum class Cell { kNoColumn, kEmpty, kNo, kYes };
struct NaiveRow {  // of a wide file
  NaiveRecommendation recommendation;
  std::map<std::string, Cell> flags;
  std::map<std::string, When> times;
  Cell truth = Cell::kNoColumn;
  std::int64_t snapshot = 0;
};

struct NaiveWorld {
  StageLadder ladder = StageLadder::Default();
  TimeZone zone;
  std::vector<NaiveRecommendation> recommendations;
  std::vector<NaiveOutcome> outcomes;
  std::vector<NaiveRow> rows;
  std::map<std::string, AttributeKind> kinds;  // of every attribute
};

// Family (empty or the further attribute), stage (empty = shown), values of the cell, day, base
// offset, delay -> gained, lost.
using CubeKey = std::tuple<std::string, std::string, std::vector<AttributeValue>, int, int, int>;
using CubeCounts = std::map<CubeKey, std::pair<std::int64_t, std::int64_t>>;

struct NaiveAnswer {
  CubeCounts counts;
  std::vector<std::string> attributes;
  std::vector<std::string> adjust;
  std::map<std::string, std::map<AttributeValue, std::pair<bool, std::int64_t>>> values;
  // Day, stage -> flagged, open, known unflagged.
  std::map<std::pair<int, std::string>, std::tuple<std::int64_t, std::int64_t, std::int64_t>> truth;
  std::map<int, std::int64_t> rows;
  std::map<std::string, std::int64_t> orphans;
  std::map<std::string, int> lateness;
  std::map<std::string, bool> empty_where_unflagged;
};

// The cube as known on a day.
NaiveAnswer NaiveSnapshot(const NaiveWorld& world, int as_of);

// The same shape from a snapshot of the store.
NaiveAnswer FlattenSnapshot(const cube::Snapshot& snapshot);

}  // namespace ripen::oracle
