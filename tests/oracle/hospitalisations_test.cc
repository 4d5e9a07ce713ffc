// German hospitalisations by age and reporting delay: every past day estimated as it was known
// then, compared with what the reports of 40 days later say. Reads the file that
// RIPEN_HOSPITALISATIONS names (triangle_by_age.csv.gz of the data set); without it there is
// nothing to test.
//
// Risk: the data are fixed, so a release passes or fails for ever. The bounds are loose on purpose:
// the table that is printed is the result.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cube/replay.h"
#include "cube/snapshot.h"
#include "monitor/backtest.h"
#include "monitor/figures.h"

namespace ripen::monitor {
namespace {

constexpr int kWindow = 40;
constexpr int kFirstEstimates = 75;          // days of data before the first estimate
constexpr std::int64_t kTrials = 1'000'000;  // people a band and day: large and the same every day
constexpr std::array<int, 5> kAges{0, 1, 3, 7, 14};

cube::Snapshot Read(const std::string& path) {
  cube::Snapshot snapshot;
  snapshot.ladder = *StageLadder::Make({{.name = "hospitalised", .window_days = kWindow}});
  snapshot.stage_given = {true};
  snapshot.stage_has_times = {true};
  snapshot.stage_known_from = {std::nullopt};
  snapshot.stage_empty_where_unflagged = {false};
  snapshot.orphans = {0};
  std::map<std::string, std::int32_t> bands;
  cube::Family family;
  family.stages.resize(1);
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      popen(("gzip -dc '" + path + "'").c_str(), "r"), pclose);
  std::array<char, 256> line{};
  std::map<std::pair<std::int32_t, Day>, bool> shown;
  Day newest;
  while (std::fgets(line.data(), line.size(), file.get()) != nullptr) {
    std::vector<std::string> cells(1);
    for (const char* at = line.data(); *at != 0 && *at != '\n' && *at != '\r'; ++at) {
      if (*at == ',') {
        cells.emplace_back();
      } else {
        cells.back() += *at;
      }
    }
    const auto day = Day::Parse(cells[0]);
    if (!day || cells.size() < 5 || cells[1] == "00+" || cells[4].empty()) continue;
    const auto band =
        bands.emplace(cells[1], static_cast<std::int32_t>(bands.size())).first->second;
    if (snapshot.truth.empty() && shown.empty()) snapshot.first_day = *day;
    snapshot.first_day = std::min(snapshot.first_day, *day);
    newest = std::max(newest, *day);
    shown[{band, *day}] = true;
    const std::int64_t count = std::atoll(cells[4].c_str());
    family.stages[0].push_back({band, *day, 0, std::atoi(cells[2].c_str()),
                                std::max<std::int64_t>(count, 0),
                                std::max<std::int64_t>(-count, 0)});
  }
  const auto less = [](const cube::CountRow& a, const cube::CountRow& b) {
    return std::tuple(a.cell, a.shown, a.delay) < std::tuple(b.cell, b.shown, b.delay);
  };
  std::sort(family.stages[0].begin(), family.stages[0].end(), less);
  cube::Attribute age{"age_group", AttributeKind::kCustomer, {}, {}, {}};
  age.values.resize(bands.size());
  for (const auto& [name, band] : bands) age.values[static_cast<std::size_t>(band)] = name;
  age.known_at_start.assign(bands.size(), true);
  age.members.assign(bands.size(), 1000);
  for (std::int32_t band = 0; band < static_cast<std::int32_t>(bands.size()); ++band) {
    family.cells.push_back({band});
  }
  for (const auto& [key, present] : shown) {
    family.shown.push_back({key.first, key.second, 0, 0, kTrials, 0});
  }
  snapshot.attributes = {age};
  snapshot.adjust = {0};
  snapshot.families = {family};
  for (Day day = snapshot.first_day; day <= newest; day = day + 1) {
    snapshot.truth.push_back(
        {day, kTrials * static_cast<std::int64_t>(bands.size()), {0}, {0}, {0}});
  }
  snapshot.last_day = newest;
  snapshot.as_of = newest;
  return snapshot;
}

struct Record {
  int ranges = 0;
  int held = 0;
  int waited = 0;  // no estimate: the delay was changing
  double estimates = 0;
  double truths = 0;
};

TEST(Hospitalisations, EveryPastDayAsItWasKnownThen) {
  const char* path = std::getenv("RIPEN_HOSPITALISATIONS");
  if (path == nullptr) GTEST_SKIP() << "RIPEN_HOSPITALISATIONS names no file";
  const cube::Snapshot whole = Read(path);
  ASSERT_GT(whole.truth.size(), 200U);
  const Figures truth = Figures::Make(whole, {});
  std::vector<Slice> slices{{}};
  for (const AttributeValue& value : whole.attributes[0].values) {
    slices.push_back(Slice::Of({{"age_group", value}}));
  }
  std::map<std::pair<std::size_t, int>, Record> records;
  for (Day as_of = whole.first_day + kFirstEstimates; as_of <= whole.last_day - kWindow;
       as_of = as_of + 1) {
    const cube::Snapshot known = cube::AsKnownOn(whole, as_of);
    const Backtest backtest = Backtest::Replay(known, {});
    FigureOptions options;
    options.forecast.widening = backtest.widening();
    const Figures figures = Figures::Make(known, options);
    for (std::size_t at = 0; at < slices.size(); ++at) {
      for (const int age : kAges) {
        const Day day = as_of - age;
        const auto then = figures.Of("hospitalised", slices[at], day, day);
        const auto now = truth.Of("hospitalised", slices[at], day, day);
        Record& record = records[{at, age}];
        const auto* range = std::get_if<ProvisionalRate>(&then->state);
        const auto* known_now = std::get_if<ConfirmedRate>(&now->state);
        if (known_now == nullptr || known_now->rate <= 0) continue;
        if (range == nullptr) {
          ++record.waited;
          continue;
        }
        ++record.ranges;
        record.held +=
            range->low <= known_now->rate + 1e-12 && known_now->rate <= range->high + 1e-12;
        record.estimates += range->rate;
        record.truths += known_now->rate;
      }
    }
  }
  fmt::print("{:8}", "age");
  for (const int age : kAges) fmt::print("  | after {:2} days: held, bias, waited", age);
  fmt::print("\n");
  Record all;
  for (std::size_t at = 0; at < slices.size(); ++at) {
    fmt::print("{:8}", at == 0 ? "all" : *whole.attributes[0].values[at - 1]);
    for (const int age : kAges) {
      const Record& record = records[{at, age}];
      const double ranges = std::max(1, record.ranges);
      fmt::print("  | {:.2f}  {:+.3f}  {:3} of {:3}      ", record.held / ranges,
                 record.truths > 0 ? record.estimates / record.truths - 1 : 0, record.waited,
                 record.waited + record.ranges);
      all.ranges += record.ranges;
      all.held += record.held;
    }
    fmt::print("\n");
  }
  ASSERT_GT(all.ranges, 500);
  EXPECT_GT(all.held, .6 * all.ranges);
}

}  // namespace
}  // namespace ripen::monitor
