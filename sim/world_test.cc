// The files: their columns, forms and bytes.
#include "sim/world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "base/sha256.h"

namespace ripen::sim {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// Rows of a file without quotes; the first is the header.
std::vector<std::vector<std::string>> ReadRows(const std::string& path, char delimiter) {
  std::vector<std::vector<std::string>> rows;
  std::istringstream text(ReadAll(path));
  for (std::string line; std::getline(text, line);) {
    std::vector<std::string> cells;
    std::istringstream cell_text(line);
    for (std::string cell; std::getline(cell_text, cell, delimiter);) cells.push_back(cell);
    if (line.back() == delimiter) cells.emplace_back();
    rows.push_back(std::move(cells));
  }
  return rows;
}

class WorldTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = ::testing::TempDir() + "ripen-world-" + info->name();
    std::filesystem::remove_all(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  WorldOptions Options() const {
    WorldOptions options;
    options.folder = folder_;
    options.per_day = 50;
    return options;
  }

  WorldSummary Write(const WorldOptions& options) {
    auto summary = WriteWorld(options);
    EXPECT_TRUE(summary) << summary.error().message;
    return summary ? *summary : WorldSummary{};
  }

  std::string folder_;
};

TEST_F(WorldTest, NamesEveryScenarioOfTheGuide) {
  EXPECT_THAT(
      ScenarioNames(),
      ElementsAre("segment-drop", "stable", "noisy", "weekday", "mix", "mix-and-drop", "total-drop",
                  "intersection", "slow-drift", "two-causes", "sale-day", "logging-change",
                  "returns-rise", "purchase-drop", "slower-purchases", "fairness-gap", "buys-later",
                  "exposure", "scores-move", "seasons", "messy"));
}

TEST_F(WorldTest, EveryScenarioWritesItsFilesAndItsTruth) {
  for (const std::string& name : ScenarioNames()) {
    WorldOptions options = Options();
    options.scenario = name;
    options.per_day = 5;
    const WorldSummary summary = Write(options);
    ASSERT_FALSE(summary.files.empty()) << name;
    for (const std::string& file : summary.files) {
      EXPECT_TRUE(std::filesystem::exists(file)) << name << " " << file;
    }
    EXPECT_THAT(ReadAll(summary.truth_file), HasSubstr("\"scenario\": \"" + name + "\""));
  }
}

TEST_F(WorldTest, SpansThirtyDaysAndChangesTenDaysBeforeTheEnd) {
  const WorldSummary summary = Write(Options());
  EXPECT_EQ(summary.first_day.Iso(), "2026-10-22");
  EXPECT_EQ(summary.last_day.Iso(), "2026-11-20");
  EXPECT_EQ(summary.change_day->Iso(), "2026-11-11");
}

TEST_F(WorldTest, TruthNamesTheSliceTheStageAndTheLevels) {
  const WorldSummary summary = Write(Options());
  const std::string truth = ReadAll(summary.truth_file);
  for (const char* part :
       {R"("scenario": "segment-drop")", R"("seed": 1)", R"("files": ["recommendations.csv"])",
        R"("first_day": "2026-10-22")", R"("last_day": "2026-11-20")",
        R"("change_day": "2026-11-11")", R"("stage": "click")",
        R"("slice": {"age_group": "25-34"})", R"("before": 0.2800)", R"("after": 0.1500)",
        R"("expected": [
    {"kind": "rate_shift", "stage": "click", "slice": {"age_group": "25-34"}, "item_slice": null, "direction": "fall", "before": 0.2800, "after": 0.1500}
  ])"}) {
    EXPECT_THAT(truth, HasSubstr(part));
  }
}

TEST_F(WorldTest, TruthOfAQuietWorldExpectsNothing) {
  WorldOptions options = Options();
  options.scenario = "stable";
  const std::string truth = ReadAll(Write(options).truth_file);
  EXPECT_THAT(truth, HasSubstr(R"("change_day": null)"));
  EXPECT_THAT(truth, HasSubstr(R"("expected": [])"));
}

TEST_F(WorldTest, AChangeOfTheCallersOwnIsPutIntoAQuietWorldAndTold) {
  WorldOptions options = Options();
  options.scenario = "stable";
  options.per_day = 2000;
  options.change_slice = "age_group=25-34,region=South";
  options.change_stage = "click";
  options.change_factor = .2;
  options.change_days = 5;
  const WorldSummary summary = Write(options);
  EXPECT_EQ(summary.change_day, summary.last_day - 4);
  const std::string truth = ReadAll(summary.truth_file);
  EXPECT_THAT(truth, HasSubstr(R"("slice": {"age_group": "25-34", "region": "South"})"));
  EXPECT_THAT(truth, HasSubstr(R"("factor": 0.2)"));
  EXPECT_THAT(truth, HasSubstr(R"("direction": "fall")"));
  // About 260 of the group were shown since, of which 5.5 instead of 27 in 100 clicked.
  const auto rows = ReadRows(summary.files[0], ',');
  const auto column = [&](const char* name) {
    return static_cast<std::size_t>(std::find(rows[0].begin(), rows[0].end(), name) -
                                    rows[0].begin());
  };
  double trials = 0;
  double clicks = 0;
  for (const auto& row : rows) {
    if (row[column("age_group")] != "25-34" || row[column("region")] != "South" ||
        row[column("recommended_at")].substr(0, 10) < summary.change_day->Iso()) {
      continue;
    }
    ++trials;
    clicks += row[column("clicked")] == "true" ? 1 : 0;
  }
  EXPECT_GT(trials, 180);
  EXPECT_NEAR(clicks / trials, .055, .06);
}

TEST_F(WorldTest, AChangeThatCannotBeIsRefusedWithItsFlag) {
  const auto sentence = [&](const std::function<void(WorldOptions&)>& change) {
    WorldOptions options = Options();
    options.scenario = "stable";
    options.change_days = 5;
    options.change_factor = .5;
    change(options);
    const auto summary = WriteWorld(options);
    return summary ? std::string() : summary.error().message;
  };
  EXPECT_THAT(sentence([](auto& options) { options.scenario = "mix"; }), HasSubstr("not mix"));
  EXPECT_THAT(sentence([](auto& options) { options.change_days = -1; }),
              HasSubstr("--change-days"));
  EXPECT_THAT(sentence([](auto& options) { options.change_days = 30; }), HasSubstr("--days"));
  EXPECT_THAT(sentence([](auto& options) { options.change_factor = 7; }),
              HasSubstr("--change-factor"));
  EXPECT_THAT(sentence([](auto& options) { options.change_stage = "view"; }),
              HasSubstr("'view' is none of click, purchase, return"));
  for (const char* slice : {"age_group", "age_group=young", "device=app"}) {
    EXPECT_THAT(sentence([&](auto& options) { options.change_slice = slice; }),
                HasSubstr("--change-slice must look like"));
  }
}

TEST_F(WorldTest, ExampleReadsAsItsHeaderSays) {
  WorldOptions options;
  options.folder = folder_;
  options.seed = kExampleSeed;
  const auto rows = ReadRows(Write(options).files.at(0), ',');
  std::map<std::string, std::pair<double, double>> counts;  // trials, clicks
  for (std::size_t row = 1; row < rows.size(); ++row) {
    const bool clicked = rows[row][11] == "true";
    const std::string day = rows[row][1].substr(0, 10);
    const std::string period = day < "2026-11-11" ? " before" : " after";
    for (const std::string& slice :
         {std::string("month"), "total" + period, rows[row][3] + period}) {
      // The clicks of the last day are not all in.
      if (day == "2026-11-20" && slice != "month") continue;
      counts[slice].first += 1;
      counts[slice].second += clicked;
    }
  }
  const auto percent = [&](const std::string& slice) {
    return std::round(1000 * counts[slice].second / counts[slice].first) / 10;
  };
  EXPECT_EQ(percent("25-34 before"), 28.3);
  EXPECT_EQ(percent("25-34 after"), 14.9);
  EXPECT_EQ(percent("total before"), 24.1);
  EXPECT_EQ(percent("total after"), 22.4);
  EXPECT_EQ(percent("month"), 23.5);
}

TEST_F(WorldTest, WideFileHasItsColumns) {
  const auto rows = ReadRows(Write(Options()).files.at(0), ',');
  EXPECT_THAT(rows.at(0), ElementsAre("recommendation_id", "recommended_at", "customer_id",
                                      "age_group", "sustainability_preference", "region", "item_id",
                                      "item_collection", "position", "score", "model_version",
                                      "clicked", "clicked_at", "purchased", "purchased_at",
                                      "returned", "returned_at", "ground_truth_available"));
  EXPECT_THAT(rows.at(1).at(1), ::testing::MatchesRegex("2026-10-22T[0-9:]{8}Z"));
  for (const auto& row : rows) ASSERT_EQ(row.size(), rows.at(0).size());
}

TEST_F(WorldTest, AListIsShownToOneCustomerAtOneMomentAndBetterPlacesAreClickedMore) {
  WorldOptions options = Options();
  options.scenario = "stable";
  options.per_day = 400;
  options.lists = 4;
  const WorldSummary summary = Write(options);
  const auto rows = ReadRows(summary.files.at(0), ',');
  ASSERT_EQ(rows.at(0).at(10), "list_id");
  std::array<double, 4> clicks{};
  std::map<std::string, std::size_t> length;
  for (std::size_t at = 1; at < rows.size(); ++at) {
    const auto& row = rows[at];
    const std::size_t place = length[row[10]]++;
    EXPECT_EQ(row[8], std::to_string(place + 1));
    if (place > 0) {
      EXPECT_EQ(row[1], rows[at - 1][1]);
      EXPECT_EQ(row[2], rows[at - 1][2]);
    }
    clicks[place] += row[12] == "true" ? 1 : 0;
  }
  EXPECT_GT(clicks[0], clicks[3] * 1.2);
  std::ifstream truth(summary.truth_file);
  const std::string text((std::istreambuf_iterator<char>(truth)), {});
  EXPECT_NE(text.find("\"lists\": [\n    {\"day\": \"2026-10-22\", \"click\": {\"lists\": "),
            std::string::npos);
  options.lists = 6;
  const auto refused = WriteWorld(options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "simulate: --lists must be 2 to 5, or 0 for none, got 6.");
}

TEST_F(WorldTest, WideAttributesAreSixAndFour) {
  WorldOptions options = Options();
  options.wide_attributes = true;
  const auto rows = ReadRows(Write(options).files.at(0), ',');
  EXPECT_THAT(rows.at(0),
              ElementsAre("recommendation_id", "recommended_at", "customer_id", "age_group",
                          "sustainability_preference", "region", "customer_type", "item_id",
                          "item_category", "item_collection", "item_price_band", "item_sustainable",
                          "position", "score", "device", "model_version", "clicked", "clicked_at",
                          "purchased", "purchased_at", "returned", "returned_at",
                          "ground_truth_available"));
}

TEST_F(WorldTest, GermanFileIsTheSameWorldInGerman) {
  WorldOptions options = Options();
  const auto english = ReadRows(Write(options).files.at(0), ',');
  options.language = Language::kGerman;
  options.wide_file_name = "empfehlungen.csv";
  const WorldSummary summary = Write(options);
  EXPECT_THAT(summary.files.at(0), ::testing::EndsWith("/empfehlungen.csv"));
  EXPECT_THAT(ReadAll(summary.truth_file), HasSubstr(R"("slice": {"altersgruppe": "25-34"})"));
  const auto german = ReadRows(summary.files.at(0), ';');
  EXPECT_THAT(german.at(0), ElementsAre("empfehlungs_id", "angezeigt_am", "kunden_id",
                                        "altersgruppe", "nachhaltigkeit", "region", "artikel_id",
                                        "artikel_kollektion", "position", "score", "modell_version",
                                        "geklickt", "geklickt_am", "gekauft", "gekauft_am",
                                        "retourniert", "retourniert_am", "ergebnis_bestaetigt"));
  ASSERT_EQ(german.size(), english.size());
  for (std::size_t row = 1; row < german.size(); ++row) {
    const std::string& iso = english[row][1];
    EXPECT_EQ(german[row][1], iso.substr(8, 2) + "." + iso.substr(5, 2) + "." + iso.substr(0, 4) +
                                  " " + iso.substr(11, 8));
    for (const std::size_t flag : {11, 13, 15, 17}) {
      EXPECT_EQ(german[row][flag], english[row][flag] == "true" ? "ja" : "nein");
    }
    EXPECT_EQ(german[row][9].substr(0, 2), "0,");
  }
}

TEST_F(WorldTest, DatesOnlyHasDaysAndBooleansAndTheSameOutcomes) {
  WorldOptions options = Options();
  const auto timed = ReadRows(Write(options).files.at(0), ',');
  options.dates_only = true;
  const auto dated = ReadRows(Write(options).files.at(0), ',');
  EXPECT_THAT(dated.at(0),
              ElementsAre("recommendation_id", "recommended_at", "customer_id", "age_group",
                          "sustainability_preference", "region", "item_id", "item_collection",
                          "position", "score", "model_version", "clicked", "purchased", "returned",
                          "ground_truth_available"));
  ASSERT_EQ(dated.size(), timed.size());
  for (std::size_t row = 1; row < dated.size(); ++row) {
    EXPECT_EQ(dated[row][1], timed[row][1].substr(0, 10));
    EXPECT_EQ(dated[row][11], timed[row][11]);
    EXPECT_EQ(dated[row][12], timed[row][13]);
    EXPECT_EQ(dated[row][13], timed[row][15]);
  }
}

TEST_F(WorldTest, LongFilesSayWhatTheWideFileSays) {
  WorldOptions options = Options();
  options.per_day = 400;
  const auto wide = ReadRows(Write(options).files.at(0), ',');
  std::set<std::string> from_wide;
  for (std::size_t row = 1; row < wide.size(); ++row) {
    const std::vector<std::string>& cells = wide[row];
    if (cells[11] == "true") from_wide.insert(cells[0] + " click " + cells[12]);
    if (cells[13] == "true") from_wide.insert(cells[0] + " purchase " + cells[14]);
    if (cells[15] == "true") from_wide.insert(cells[0] + " return " + cells[16]);
  }
  options.shape = Shape::kLong;
  const WorldSummary summary = Write(options);
  ASSERT_EQ(summary.files.size(), 2U);
  const auto recommendations = ReadRows(summary.files[0], ',');
  const auto outcomes = ReadRows(summary.files[1], ',');
  EXPECT_THAT(outcomes.at(0), ElementsAre("recommendation_id", "stage", "happened_at"));
  ASSERT_EQ(recommendations.size(), wide.size());
  for (std::size_t row = 0; row < wide.size(); ++row) {
    EXPECT_TRUE(std::equal(recommendations[row].begin(), recommendations[row].end(),
                           wide[row].begin(), wide[row].begin() + 11));
  }
  std::set<std::string> from_long;
  std::string last_time;
  for (std::size_t row = 1; row < outcomes.size(); ++row) {
    from_long.insert(outcomes[row][0] + " " + outcomes[row][1] + " " + outcomes[row][2]);
    EXPECT_LE(last_time, outcomes[row][2]) << "outcomes are in order of time";
    last_time = outcomes[row][2];
  }
  EXPECT_EQ(from_long, from_wide);
  EXPECT_EQ(outcomes.size() - 1, from_wide.size());
  EXPECT_EQ(summary.outcomes, static_cast<std::int64_t>(from_wide.size()));
}

TEST_F(WorldTest, NdjsonHoldsOneEventForEachRecommendationAndOutcome) {
  WorldOptions options = Options();
  options.format = Format::kNdjson;
  const WorldSummary summary = Write(options);
  EXPECT_THAT(summary.files, ElementsAre(folder_ + "/events.ndjson"));
  std::istringstream text(ReadAll(summary.files[0]));
  std::int64_t recommendations = 0;
  std::int64_t outcomes = 0;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with(R"({"type":"recommendation","id":"r-)")) {
      ++recommendations;
      EXPECT_THAT(line, ::testing::MatchesRegex(
                            ".*\"customer\":\\{\"age_group\":\"[^\"]*\","
                            "\"sustainability_preference\":\"[^\"]*\",\"region\":\"[^\"]*\"\\},"
                            "\"item_id\":\"i-[0-9]*\",\"item\":\\{\"collection\":\"[^\"]*\"\\},"
                            "\"context\":\\{\"model_version\":\"v1[12]\"\\},\"position\":[1-5],"
                            "\"score\":0\\.[0-9]{4}\\}"));
    } else {
      ++outcomes;
      EXPECT_THAT(line,
                  ::testing::MatchesRegex(
                      "\\{\"type\":\"outcome\",\"recommendation_id\":\"r-[0-9]*\","
                      "\"stage\":\"(click|purchase|return)\",\"happened_at\":\"[^\"]*Z\"\\}"));
    }
  }
  EXPECT_EQ(recommendations, summary.recommendations);
  EXPECT_EQ(outcomes, summary.outcomes);
}

TEST_F(WorldTest, MessyFilesHoldDuplicatesLateMessagesOrphansAndCorrections) {
  WorldOptions options = Options();
  options.scenario = "messy";
  options.per_day = 1000;
  const WorldSummary summary = Write(options);
  ASSERT_EQ(summary.files.size(), 2U);
  const auto recommendations = ReadRows(summary.files[0], ',');
  const auto outcomes = ReadRows(summary.files[1], ',');
  std::set<std::string> ids;
  for (std::size_t row = 1; row < recommendations.size(); ++row)
    ids.insert(recommendations[row][0]);
  EXPECT_EQ(static_cast<std::int64_t>(ids.size()), summary.recommendations);
  // 5 % of 30,000: binomial standard error 38; 200 is more than five of them.
  EXPECT_NEAR(static_cast<double>(recommendations.size() - 1 - ids.size()), 1'500, 200);
  EXPECT_FALSE(std::is_sorted(recommendations.begin() + 1, recommendations.end()));
  std::set<std::vector<std::string>> messages(outcomes.begin() + 1, outcomes.end());
  std::int64_t late = 0;
  std::int64_t orphans = 0;
  std::int64_t retracted = 0;
  for (const auto& cells : messages) {
    const bool is_orphan = !ids.contains(cells[0]);
    orphans += is_orphan;
    retracted += cells[5] == "true";
    late += !is_orphan && cells[5] == "false" && cells[3].substr(0, 10) > cells[2].substr(0, 10);
    EXPECT_LT(cells[3], "2026-11-21") << "nothing later than the export";
  }
  const auto messages_count = static_cast<std::int64_t>(messages.size());
  EXPECT_EQ(messages_count, summary.outcomes + orphans + retracted);
  EXPECT_GT(late, messages_count / 50);
  EXPECT_GT(orphans, messages_count / 500);
  EXPECT_GT(retracted, 5);
  const std::string truth = ReadAll(summary.truth_file);
  EXPECT_THAT(truth, HasSubstr("\"orphan_outcomes\": " + std::to_string(orphans)));
  EXPECT_THAT(truth, HasSubstr("\"retracted_outcomes\": " + std::to_string(retracted)));
  EXPECT_THAT(truth, HasSubstr("\"late_outcomes\": " + std::to_string(late)));
  EXPECT_THAT(truth, HasSubstr("\"duplicate_lines\": " +
                               std::to_string(recommendations.size() - 1 - ids.size() +
                                              outcomes.size() - 1 - messages.size())));
}

TEST_F(WorldTest, MessyWideFileHoldsDuplicatesAndRowsOfAnEarlierExport) {
  WorldOptions options = Options();
  options.scenario = "messy";
  options.shape = Shape::kWide;
  options.per_day = 1000;
  options.seed = 3;  // has a row of the last day among those
  const WorldSummary summary = Write(options);
  const auto rows = ReadRows(summary.files.at(0), ',');
  std::map<std::string, std::set<std::vector<std::string>>> versions;
  for (std::size_t row = 1; row < rows.size(); ++row) {
    versions[rows[row][0]].insert(rows[row]);
    EXPECT_LT(rows[row][12], "2026-11-21") << "no click after the export";
  }
  EXPECT_EQ(static_cast<std::int64_t>(versions.size()), summary.recommendations);
  const auto twice = std::count_if(versions.begin(), versions.end(),
                                   [](const auto& entry) { return entry.second.size() == 2; });
  EXPECT_GT(twice, 30);
  EXPECT_GT(rows.size() - 1, versions.size() + static_cast<std::size_t>(twice) + 400);
}

// The bytes of a world are a promise to every machine: pinned, not derived.
TEST_F(WorldTest, SameOptionsAreTheSameBytesOnEveryMachine) {
  WorldOptions options = Options();
  options.scenario = "noisy";
  options.wide_attributes = true;
  const std::string wide = ReadAll(Write(options).files.at(0));
  EXPECT_EQ(Sha256Hex(wide), "a6dd36f74fcf65a92ecf2e7d6daedfd48b89214406e88ad84aa108ed60d21d36");
  EXPECT_EQ(Sha256Hex(ReadAll(Write(options).files.at(0))), Sha256Hex(wide));
  options.scenario = "messy";
  options.language = Language::kGerman;
  const WorldSummary messy = Write(options);
  EXPECT_EQ(Sha256Hex(ReadAll(messy.files.at(0)) + ReadAll(messy.files.at(1))),
            "28b17a8905939ba39a836f771c12754b4328c6401d0548a13f1ded47817b95c1");
  options.seed = 2;
  EXPECT_NE(Sha256Hex(ReadAll(Write(options).files.at(0))), Sha256Hex(ReadAll(messy.files.at(0))));
}

TEST_F(WorldTest, RefusesWhatCannotBeSimulated) {
  const auto message = [&](auto change) {
    WorldOptions options = Options();
    change(options);
    const auto summary = WriteWorld(options);
    EXPECT_FALSE(summary);
    return summary ? std::string() : summary.error().message;
  };
  EXPECT_EQ(message([](auto& o) { o.scenario = "boom"; }).substr(0, 61),
            "simulate: --scenario 'boom' is none of segment-drop, stable, ");
  EXPECT_EQ(message([](auto& o) { o.folder = ""; }), "simulate: --out must name a folder, got ''.");
  EXPECT_EQ(message([](auto& o) { o.per_day = 0; }),
            "simulate: --per-day must be 1 to 10000000, got 0.");
  EXPECT_EQ(message([](auto& o) { o.days = 10; }),
            "simulate: --days must be 11 to 3660 for scenario segment-drop, got 10.");
  EXPECT_EQ(message([](auto& o) { o.share_25_34 = 0.95; }),
            "simulate: --share-25-34 must be 0.01 to 0.9, got 0.95.");
  EXPECT_EQ(
      message([](auto& o) { o.purchase_rate = 0.5; }),
      "simulate: --purchase-rate must be 0 to 0.15 of what is shown, since only clickers buy, "
      "got 0.5.");
  EXPECT_EQ(message([](auto& o) {
              o.shape = Shape::kWide;
              o.format = Format::kNdjson;
            }),
            "simulate: --format ndjson writes events; it has no --shape wide.");
  EXPECT_EQ(message([](auto& o) {
              o.shape = Shape::kLong;
              o.dates_only = true;
            }),
            "simulate: --dates-only is for --shape wide: an outcome of its own has a time.");
  EXPECT_EQ(message([](auto& o) { o.wide_file_name = "../x.csv"; }),
            "simulate: the file name must be a name without folders, got '../x.csv'.");
  EXPECT_THAT(message([](auto& o) { o.folder = "/dev/null/x"; }),
              HasSubstr("simulate: cannot make the folder '/dev/null/x': "));
}

TEST_F(WorldTest, SaysWhenAFileCannotBeWritten) {
  std::filesystem::create_directories(folder_ + "/recommendations.csv");
  const auto summary = WriteWorld(Options());
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().code, ErrorCode::kUnavailable);
  EXPECT_EQ(summary.error().message,
            "simulate: cannot write '" + folder_ + "/recommendations.csv'.");
}

TEST_F(WorldTest, SaysWhenTheDiskIsFull) {
  std::filesystem::create_directories(folder_);
  std::filesystem::create_symlink("/dev/full", folder_ + "/recommendations.csv");
  const auto summary = WriteWorld(Options());
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().message, "simulate: '" + folder_ +
                                         "/recommendations.csv' could not be written to its end; "
                                         "is the disk full?");
}

}  // namespace
}  // namespace ripen::sim
