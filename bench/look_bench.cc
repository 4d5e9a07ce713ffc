// How long one look and all figures take on a large cube: 20,160 base cells, four further families
// of 50,000 cells and 60 days. Prints the medians after checking that the planted cause is named.
//
// Usage: look_bench [recommendations in millions, default 20] [repeats, default 5]
#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <random>
#include <string>
#include <vector>

#include "cube/snapshot.h"
#include "monitor/figures.h"
#include "monitor/look.h"

namespace {

using ripen::AttributeKind;
using ripen::Day;
using ripen::Level;
using ripen::cube::Family;
using ripen::cube::Snapshot;

constexpr int kDays = 60;
constexpr int kChangeDay = 45;
constexpr std::size_t kStages = 3;
constexpr std::int32_t kItemValues = 40;
constexpr std::size_t kFurtherCells = 50'000;

void AddAttribute(Snapshot& snapshot, const std::string& name, AttributeKind kind, int values) {
  ripen::cube::Attribute attribute{name, kind, {}, {}, {}};
  for (int value = 0; value < values; ++value) {
    attribute.values.emplace_back(fmt::format("{}{:02}", name, value));
  }
  attribute.known_at_start.assign(attribute.values.size(), true);
  attribute.members.assign(attribute.values.size(), 1'000'000);
  snapshot.attributes.push_back(std::move(attribute));
}

// Fills the counts of a family's cells; `mean` recommendations a cell and day.
void Fill(Family& family, double mean, std::mt19937_64& random) {
  std::poisson_distribution<std::int64_t> shown(mean);
  family.stages.resize(kStages);
  const Day first = Day::FromYmd(2026, 9, 1);
  for (std::size_t cell = 0; cell < family.cells.size(); ++cell) {
    const auto id = static_cast<std::int32_t>(cell);
    for (int day = 0; day < kDays; ++day) {
      const std::int64_t trials = shown(random);
      if (trials == 0) continue;
      const bool fell = family.cells[cell][0] == 1 && day >= kChangeDay;
      const auto clicks =
          std::binomial_distribution<std::int64_t>(trials, fell ? .18 : .24)(random);
      const auto bought = std::binomial_distribution<std::int64_t>(clicks, .15)(random);
      const auto returned = std::binomial_distribution<std::int64_t>(bought, .3)(random);
      family.shown.push_back({id, first + day, 0, 0, trials, 0});
      if (clicks > 0) family.stages[0].push_back({id, first + day, 0, 0, clicks, 0});
      if (bought > 0) family.stages[1].push_back({id, first + day, 0, 2, bought, 0});
      if (returned > 0) family.stages[2].push_back({id, first + day, 2, 9, returned, 0});
    }
  }
}

Snapshot MakeSnapshot(double recommendations) {
  Snapshot snapshot;
  snapshot.ladder = ripen::StageLadder::Default();
  snapshot.stage_given.assign(kStages, true);
  snapshot.stage_has_times.assign(kStages, true);
  snapshot.stage_known_from.assign(kStages, std::nullopt);
  snapshot.stage_empty_where_unflagged.assign(kStages, false);
  snapshot.orphans.assign(kStages, 0);
  snapshot.first_day = Day::FromYmd(2026, 9, 1);
  snapshot.last_day = snapshot.first_day + (kDays - 1);
  snapshot.as_of = snapshot.last_day;
  constexpr int kSizes[] = {8, 7, 6, 5, 4, 3};
  for (std::size_t attribute = 0; attribute < std::size(kSizes); ++attribute) {
    AddAttribute(snapshot, fmt::format("c{}", attribute), AttributeKind::kCustomer,
                 kSizes[attribute]);
    snapshot.adjust.push_back(attribute);
  }
  for (int item = 0; item < 4; ++item) {
    AddAttribute(snapshot, fmt::format("i{}", item), AttributeKind::kItem, kItemValues);
  }
  std::mt19937_64 random(1);
  Family base;
  std::vector<std::int32_t> key(std::size(kSizes));
  const auto step = [&] {
    for (std::size_t at = key.size(); at-- > 0;) {
      if (++key[at] < kSizes[at]) return true;
      key[at] = 0;
    }
    return false;
  };
  do {
    base.cells.push_back(key);
  } while (step());
  Fill(base, recommendations / kDays / static_cast<double>(base.cells.size()), random);
  for (std::size_t item = 0; item < 4; ++item) {
    Family family;
    family.further = snapshot.adjust.size() + item;
    const std::size_t all = base.cells.size() * kItemValues;
    for (std::size_t at = 0; at < kFurtherCells; ++at) {
      const std::size_t place = at * all / kFurtherCells;
      std::vector<std::int32_t> cell = base.cells[place / kItemValues];
      cell.push_back(
          static_cast<std::int32_t>((place + item * 7 + place / kItemValues) % kItemValues));
      family.cells.push_back(std::move(cell));
    }
    std::sort(family.cells.begin(), family.cells.end());
    family.cells.erase(std::unique(family.cells.begin(), family.cells.end()), family.cells.end());
    Fill(family, recommendations / kDays / static_cast<double>(family.cells.size()), random);
    snapshot.families.push_back(std::move(family));
  }
  snapshot.families.insert(snapshot.families.begin(), std::move(base));
  for (int day = 0; day < kDays; ++day) {
    ripen::cube::DayTruth truth{snapshot.first_day + day, 0, {}, {}, {}};
    truth.rows = static_cast<std::int64_t>(recommendations / kDays);
    truth.flagged.assign(kStages, 0);
    truth.open_unflagged.assign(kStages, 0);
    truth.known_events_unflagged.assign(kStages, 0);
    snapshot.truth.push_back(std::move(truth));
  }
  return snapshot;
}

// Processor time, so that a busy machine does not count.
double Seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  const double millions = argc > 1 ? std::atof(argv[1]) : 20;
  const int repeats = argc > 2 ? std::atoi(argv[2]) : 5;
  const Snapshot snapshot = MakeSnapshot(millions * 1e6);
  std::size_t cells = 0;
  std::size_t entries = 0;
  for (const Family& family : snapshot.families) {
    cells += family.cells.size();
    entries += family.shown.size();
  }
  fmt::print("{} cells, {} cell-days, {} million recommendations\n", cells, entries, millions);
  std::vector<double> looks;
  std::vector<double> figures;
  for (int repeat = 0; repeat < repeats; ++repeat) {
    const double start = Seconds();
    const auto look = ripen::monitor::TakeLook(snapshot, {}, {});
    const double middle = Seconds();
    const auto made = ripen::monitor::Figures::Make(snapshot, {});
    const std::size_t metrics = made.All().size();
    const double end = Seconds();
    looks.push_back(middle - start);
    figures.push_back(end - middle);
    const ripen::Slice planted = ripen::Slice::Of({{"c0", "c001"}});
    const bool named = !look.findings.empty() && look.findings.front().slice == planted &&
                       look.findings.front().level == Level::kAlert;
    if (!named) {
      fmt::print(stderr, "wrong answer: the planted cause was not named first\n");
      return 1;
    }
    if (repeat == 0) {
      fmt::print("{} findings, {} groups, {} figures\n", look.findings.size(), look.groups_checked,
                 metrics);
    }
  }
  fmt::print("look {:.2f} s, figures {:.2f} s of processor time (medians of {})\n", Median(looks),
             Median(figures), repeats);
  return 0;
}
