#include "store/duckdb/given_fold.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "store/duckdb/given_counts.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

// Rows of counts after which the maps are handed on.
constexpr std::size_t kRowsPerFlush = 200'000;

// A change that is due from a day on, unless it has to wait.
struct Step {
  std::int32_t due = 0;
  std::int32_t stage = 0;
  std::int32_t base_offset = 0;
  std::int32_t delay = 0;  // of the count's key
  std::int64_t change = 0;
};

std::vector<Step> StepsOf(std::int32_t day, std::vector<GivenVersion>& versions) {
  std::sort(versions.begin(), versions.end(), [](const GivenVersion& a, const GivenVersion& b) {
    return std::tie(a.stage, a.base_offset, a.delay, a.seen_day, a.count) <
           std::tie(b.stage, b.base_offset, b.delay, b.seen_day, b.count);
  });
  const auto same_key = [](const GivenVersion& a, const GivenVersion& b) {
    return std::tie(a.stage, a.base_offset, a.delay) == std::tie(b.stage, b.base_offset, b.delay);
  };
  std::vector<Step> steps;
  std::int64_t before = 0;
  bool first = true;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const GivenVersion& version = versions[i];
    if (i > 0 && !same_key(versions[i - 1], version)) {
      before = 0;
      first = true;
    }
    const bool replaced = i + 1 < versions.size() && same_key(versions[i + 1], version) &&
                          versions[i + 1].seen_day == version.seen_day;
    if (replaced) continue;  // seen on the same day: the largest counts
    if (version.count != before) {
      const std::int32_t natural = day + version.base_offset + version.delay;
      const std::int32_t due =
          first && !version.arrived ? natural : std::max(natural, version.seen_day);
      steps.push_back(
          {due, version.stage, version.base_offset, version.delay, version.count - before});
    }
    before = version.count;
    first = false;
  }
  // Bases before what is of them.
  std::stable_sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) {
    return std::tie(a.due, a.stage) < std::tie(b.due, b.stage);
  });
  return steps;
}

// What is counted so far, by stage (shown first), and which stage is of which.
class Balance {
 public:
  explicit Balance(const StageLadder& ladder) : sum_(ladder.size() + 1, 0), base_of_{-1} {
    for (std::size_t stage = 0; stage < ladder.size(); ++stage) {
      const std::optional<std::size_t> base = ladder.BaseOf(stage);
      base_of_.push_back(base ? static_cast<int>(*base) + 1 : 0);
    }
  }
  bool Allows(const Step& step) const {
    const auto stage = static_cast<std::size_t>(step.stage);
    const std::int64_t after = sum_[stage] + step.change;
    if (step.change > 0) {
      return base_of_[stage] < 0 || after <= sum_[static_cast<std::size_t>(base_of_[stage])];
    }
    for (std::size_t other = 0; other < sum_.size(); ++other) {
      if (base_of_[other] == step.stage && sum_[other] > after) return false;
    }
    return true;
  }
  void Add(const Step& step) { sum_[static_cast<std::size_t>(step.stage)] += step.change; }

 private:
  std::vector<std::int64_t> sum_;
  std::vector<int> base_of_;
};

}  // namespace

GivenHistory HistoryOfGiven(std::int32_t day, const StageLadder& ladder,
                            std::vector<GivenVersion> versions) {
  GivenHistory history;
  Balance balance(ladder);
  const auto apply = [&](const Step& step, std::int32_t known_on) {
    balance.Add(step);
    const int window =
        step.stage == 0 ? 0 : ladder[static_cast<std::size_t>(step.stage) - 1].window_days;
    const std::int32_t base_day = day + step.base_offset;
    history.changes.push_back({step.stage, step.base_offset, known_on - base_day, step.change,
                               std::max(0, step.due - base_day - window)});
  };
  std::vector<Step> waiting;
  for (const Step& step : StepsOf(day, versions)) {
    if (!balance.Allows(step)) {
      waiting.push_back(step);
      continue;
    }
    apply(step, step.due);
    // What waits may have its turn now, and others after it.
    for (auto next = waiting.begin(); next != waiting.end();) {
      if (!balance.Allows(*next)) {
        ++next;
        continue;
      }
      apply(*next, step.due);
      waiting.erase(next);
      next = waiting.begin();
    }
  }
  for (const Step& step : waiting) {
    if (step.stage > 0 && step.change > 0) {
      history.waiting.push_back({step.stage, step.due, step.change});
    }
  }
  return history;
}

namespace {

class GivenFolder {
 public:
  GivenFolder(const FoldRules& rules, const std::function<Status(CountMap&, DayMap&)>& flush)
      : rules_(rules), flush_(flush), clock_(rules.report_zone), stage_of_code_(256, -1) {
    stage_of_code_[kShownCode] = 0;
    for (std::size_t stage = 0; stage < rules.ladder.code_of.size(); ++stage) {
      stage_of_code_[static_cast<std::size_t>(rules.ladder.code_of[stage])] =
          static_cast<int>(stage) + 1;
    }
  }

  // Rows come by day, who and what.
  Status Take(const duck::Chunk& chunk, std::size_t row) {
    const std::int32_t day = chunk.Column<std::int32_t>(0)[row];
    const std::int32_t who = chunk.Column<std::int32_t>(1)[row];
    const std::int32_t what = chunk.Column<std::int32_t>(2)[row];
    if (day != day_ || who != who_ || what != what_) {
      FoldGroup();
      const bool day_is_complete = day != day_;
      day_ = day;
      who_ = who;
      what_ = what;
      if (day_is_complete && rows_ >= kRowsPerFlush) RIPEN_RETURN_IF_ERROR(Flush());
    }
    ++rows_;
    GivenVersion version;
    version.stage = stage_of_code_[chunk.Column<std::uint8_t>(3)[row]];
    if (version.stage < 0) return {};  // the ladder does not have it any more
    version.base_offset = chunk.Column<std::int32_t>(4)[row];
    version.delay = chunk.Column<std::int32_t>(5)[row];
    const std::int64_t seen = chunk.Column<std::int64_t>(6)[row];
    const auto src = static_cast<std::size_t>(chunk.Column<std::int32_t>(7)[row]);
    version.arrived = seen != kNone;
    const std::int64_t known = version.arrived ? seen : rules_.snapshot_of_src[src];
    version.seen_day = known == kNone ? day : clock_.DayOf(known);
    version.count = chunk.Column<std::int64_t>(8)[row];
    versions_.push_back(version);
    return {};
  }
  Status Finish() {
    FoldGroup();
    return Flush();
  }

 private:
  void FoldGroup() {
    if (versions_.empty()) return;
    const GivenHistory history = HistoryOfGiven(day_, rules_.ladder.ladder, std::move(versions_));
    versions_.clear();
    for (const GivenChange& change : history.changes) {
      const auto gained = static_cast<std::int32_t>(std::max<std::int64_t>(0, change.change));
      const auto lost = static_cast<std::int32_t>(std::max<std::int64_t>(0, -change.change));
      AddToCells(rules_, who_, what_, day_,
                 {change.stage, change.base_offset, change.delay, gained, lost}, 1, counts_);
      if (change.stage == 0) continue;
      const std::int32_t known_on = day_ + change.base_offset + change.delay;
      days_.Add(day_, {DayKind::kKnownUnflagged, change.stage - 1, known_on, 0, gained - lost});
      if (gained > 0) {
        days_.Add(day_, {DayKind::kArrived, change.stage - 1, known_on, change.lateness, gained});
      }
    }
    for (const GivenHistory::Waiting& waiting : history.waiting) {
      days_.Add(day_, {DayKind::kWaiting, waiting.stage - 1, waiting.since, 0,
                       static_cast<std::int32_t>(waiting.count)});
    }
  }
  Status Flush() {
    rows_ = 0;
    return flush_(counts_, days_);
  }

  const FoldRules& rules_;
  const std::function<Status(CountMap&, DayMap&)>& flush_;
  DayClock clock_;
  std::vector<int> stage_of_code_;
  std::vector<GivenVersion> versions_;
  std::int32_t day_ = INT32_MIN;
  std::int32_t who_ = -1;
  std::int32_t what_ = -1;
  std::size_t rows_ = 0;
  CountMap counts_;
  DayMap days_;
};

}  // namespace

Status FoldGivenCounts(duck::Connection& connection, const FoldRules& rules,
                       const std::string& condition,
                       const std::function<Status(CountMap&, DayMap&)>& flush) {
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Stream(fmt::format("SELECT day, who, what, stage, base_offset, delay, seen, src, "
                                    "sum(count)::BIGINT FROM given_count WHERE {} GROUP BY ALL "
                                    "ORDER BY day, who, what",
                                    condition)));
  GivenFolder folder(rules, flush);
  bool any = false;
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) break;
    any = true;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      RIPEN_RETURN_IF_ERROR(folder.Take(*chunk, row));
    }
  }
  return any ? folder.Finish() : Status();
}

}  // namespace ripen::store
