// Small messy worlds for the store: late, repeated, corrected, retracted, orphaned and conflicting
// rows, as plain structs and as files.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "tests/oracle/naive/naive_ledger.h"

namespace ripen::oracle {

// One line of a file and which file it belongs to.
enum class RowKind { kRecommendation, kOutcome, kWide };
struct WorldRow {
  RowKind kind = RowKind::kRecommendation;
  std::string line;
  int snapshot_day = 0;  // wide rows: the file's snapshot
};

struct World {
  NaiveWorld naive;
  std::vector<WorldRow> rows;  // in one order among many
  int first_day = 0;
  int last_day = 0;
};

// The same seed, the same world, with `size` times 70 recommendations. A test that compares answers
// on it has no failure risk.
World MakeWorld(std::uint32_t seed, int size = 1);

// The header line of the files of one kind.
std::string HeaderOf(RowKind kind);

}  // namespace ripen::oracle
