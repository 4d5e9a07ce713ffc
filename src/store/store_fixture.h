// What the store's tests share: a folder of their own, files written by the test, plain plans.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/store.h"
#include "store/open_store.h"

namespace ripen::store {

class StoreFixture : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "ripen-store-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override {
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  std::string Write(const std::string& name, std::string_view bytes) const {
    std::ofstream(Path(name), std::ios::binary) << bytes;
    return Path(name);
  }
  // Opens (or opens again) the test's store.
  void Open(const ledger::StoreConfig& config = {}) {
    store_.reset();
    auto opened = OpenDuckDb(Path("test.duckdb"), config);
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }
  ledger::FileProbe Probe(const std::string& path) {
    auto probe = store_->Probe(path);
    EXPECT_TRUE(probe) << probe.error().message;
    return probe ? *probe : ledger::FileProbe();
  }
  std::string ProbeError(const std::string& path) {
    const auto probe = store_->Probe(path);
    return probe ? "no error" : probe.error().message;
  }
  // id, shown_at, clicked, clicked_at, purchased..., truth, arrived_at, customer_id and age_group
  // (a customer's attribute) and brand (an item's) where the file has them.
  ledger::ImportPlan WidePlan(const std::string& path) {
    ledger::ImportPlan plan;
    plan.file = Probe(path);
    plan.shape = ledger::FileShape::kWide;
    plan.id = "id";
    plan.shown_at = "shown_at";
    for (const ledger::ColumnProbe& column : plan.file.columns) {
      if (column.name == "clicked") plan.stages["click"].flag_column = column.name;
      if (column.name == "clicked_at") plan.stages["click"].time_column = column.name;
      if (column.name == "purchased") plan.stages["purchase"].flag_column = column.name;
      if (column.name == "purchased_at") plan.stages["purchase"].time_column = column.name;
      if (column.name == "returned_at") plan.stages["return"].time_column = column.name;
      if (column.name == "truth") plan.truth_flag = column.name;
      AddShared(column.name, plan);
    }
    if (plan.stages.empty()) plan.shape = ledger::FileShape::kLongRecommendations;
    return plan;
  }
  ledger::ImportPlan OutcomePlan(const std::string& path) {
    ledger::ImportPlan plan;
    plan.file = Probe(path);
    plan.shape = ledger::FileShape::kLongOutcomes;
    for (const ledger::ColumnProbe& column : plan.file.columns) {
      if (column.name == "recommendation_id") plan.id = column.name;
      if (column.name == "stage") plan.outcome_stage = column.name;
      if (column.name == "happened_at") plan.outcome_time = column.name;
      if (column.name == "event_id") plan.event_id = column.name;
      if (column.name == "retracted") plan.retracted = column.name;
      AddShared(column.name, plan);
    }
    return plan;
  }
  ledger::ImportPlan CountPlan(const std::string& path) {
    ledger::ImportPlan plan;
    plan.file = Probe(path);
    plan.shape = ledger::FileShape::kCounts;
    for (const ledger::ColumnProbe& column : plan.file.columns) {
      if (column.name == "day") plan.day = column.name;
      if (column.name == "stage") plan.outcome_stage = column.name;
      if (column.name == "delay") plan.delay = column.name;
      if (column.name == "base_offset") plan.base_offset = column.name;
      if (column.name == "count") plan.count = column.name;
      AddShared(column.name, plan);
    }
    return plan;
  }
  InputSummary Import(const std::vector<ledger::ImportPlan>& plans) {
    auto summary = store_->Import(plans, nullptr);
    EXPECT_TRUE(summary) << summary.error().message;
    return summary ? *summary : InputSummary();
  }
  std::string ImportError(const std::vector<ledger::ImportPlan>& plans) {
    const auto summary = store_->Import(plans, nullptr);
    return summary ? "no error" : summary.error().message;
  }
  cube::Snapshot Snapshot(std::string_view day) {
    auto snapshot = store_->ReadSnapshot(*Day::Parse(day));
    EXPECT_TRUE(snapshot) << snapshot.error().message;
    return snapshot ? *snapshot : cube::Snapshot();
  }

  std::filesystem::path folder_;
  std::unique_ptr<ledger::Store> store_;

 private:
  static void AddShared(const std::string& name, ledger::ImportPlan& plan) {
    if (name == "arrived_at") plan.arrived_at = name;
    if (name == "customer_id") plan.customer_id = name;
    if (name == "item_id") plan.item_id = name;
    if (name == "position") plan.position = name;
    if (name == "score") plan.score = name;
    if (name == "value") plan.value = name;
    if (name == "age_group" || name == "region" || name == "age") {
      plan.attributes.push_back({name, name, AttributeKind::kCustomer});
    }
    if (name == "brand" || name == "price") {
      plan.attributes.push_back({name, name, AttributeKind::kItem});
    }
    if (name == "model") plan.attributes.push_back({name, name, AttributeKind::kContext});
  }
};

// Counts of a snapshot over everything.
inline std::int64_t Shown(const cube::Snapshot& snapshot) {
  std::int64_t shown = 0;
  for (const cube::CountRow& row : snapshot.families.at(0).shown) shown += row.gained - row.lost;
  return shown;
}
inline std::int64_t Known(const cube::Snapshot& snapshot, const std::string& stage) {
  std::int64_t known = 0;
  const auto index = snapshot.ladder.IndexOf(stage);
  for (const cube::CountRow& row : snapshot.families.at(0).stages.at(*index)) {
    known += row.gained - row.lost;
  }
  return known;
}

}  // namespace ripen::store
