#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "sim/draws.h"
#include "sim/events_json.h"
#include "sim/text_file.h"
#include "sim/text_forms.h"
#include "sim/world_writer.h"

namespace ripen::sim {
namespace {

constexpr std::uint64_t kRecommendationMessStream = 103;
constexpr std::uint64_t kOutcomeMessStream = 104;
constexpr std::uint64_t kMessageStream = 105;

// What is wrong with the messages of a messy world.
constexpr double kLateShare = .03;       // of the outcomes: one to three days late
constexpr double kOrphanShare = .005;    // of the outcomes: another one, of a lost recommendation
constexpr double kRetractedShare = .03;  // of the purchases: taken back within five days
constexpr std::int64_t kOrphanNumbers = 50'000'000;  // above every recommendation's number

// An outcome on its way to the file.
struct Pending {
  std::int64_t number = 0;  // of its recommendation
  std::int64_t happened_seconds = 0;
  std::int64_t arrived_seconds = 0;
  bool after_change = false;
  bool retracted = false;
  std::uint8_t stage = kClick;
};

class LongWriter : public WorldWriter {
 public:
  // NDJSON: one file for both, `outcome_file` is empty.
  LongWriter(const WorldOptions& options, const Scenario& scenario, std::int64_t snapshot_seconds,
             TextFile file, std::optional<TextFile> outcome_file)
      : options_(options),
        scenario_(scenario),
        snapshot_seconds_(snapshot_seconds),
        words_(Columns(options.language)),
        file_(std::move(file)),
        outcome_file_(std::move(outcome_file)),
        moments_(options.language, false),
        events_(options, scenario),
        customer_(options, AttributeKind::kCustomer),
        item_(options, AttributeKind::kItem),
        context_(options, AttributeKind::kContext) {
    files.push_back(file_.path());
    if (outcome_file_) {
      files.push_back(outcome_file_->path());
      WriteHeaders();
    }
  }

  void Add(const Recommendation& row) override {
    ++recommendations;
    if (outcome_file_) {
      WriteRecommendation(row);
    } else {
      events_.AppendRecommendation(file_.line(), row);
      file_.EndLine();
    }
    for (std::size_t stage = 0; stage < kStages; ++stage) {
      if (!row.happens[stage]) continue;
      Pending pending{.number = row.number,
                      .happened_seconds = row.seconds[stage],
                      .arrived_seconds = row.seconds[stage],
                      .after_change = row.after_change,
                      .retracted = false,
                      .stage = static_cast<std::uint8_t>(stage)};
      if (scenario_.messy) MakeMess(pending);
      Queue(pending);
      outcomes += pending.arrived_seconds < snapshot_seconds_;
    }
  }

  void EndDay(Day day) override {
    // Later days bring no more outcomes of this one.
    const std::size_t index = BucketOf(day.days_since_epoch() * kSecondsPerDay);
    if (index >= buckets_.size()) return;
    std::vector<Pending>& bucket = buckets_[index];
    std::sort(bucket.begin(), bucket.end(), [](const Pending& a, const Pending& b) {
      return std::tie(a.arrived_seconds, a.number, a.stage, a.retracted) <
             std::tie(b.arrived_seconds, b.number, b.stage, b.retracted);
    });
    for (const Pending& pending : bucket) WriteOutcome(pending);
    std::vector<Pending>().swap(bucket);
  }

  Status Close() override {
    RIPEN_RETURN_IF_ERROR(file_.Close());
    mess.duplicate_lines = file_.duplicates();
    if (outcome_file_) {
      RIPEN_RETURN_IF_ERROR(outcome_file_->Close());
      mess.duplicate_lines += outcome_file_->duplicates();
    }
    return {};
  }

 private:
  std::size_t BucketOf(std::int64_t seconds) {
    const std::int64_t day = seconds / kSecondsPerDay;
    if (buckets_.empty()) first_bucket_day_ = day;
    return static_cast<std::size_t>(day - first_bucket_day_);
  }

  // Outcomes that arrive after the export are not in the files.
  void Queue(const Pending& pending) {
    if (pending.arrived_seconds >= snapshot_seconds_) return;
    const std::size_t index = BucketOf(pending.arrived_seconds);
    if (index >= buckets_.size()) buckets_.resize(index + 1);
    buckets_[index].push_back(pending);
  }

  void MakeMess(Pending& pending) {
    Draws draws(options_.seed, kMessageStream,
                static_cast<std::uint64_t>(pending.number) * kStages + pending.stage);
    if (draws.Chance(kLateShare)) {
      pending.arrived_seconds += kSecondsPerDay + draws.Below(2 * kSecondsPerDay);
      mess.late_outcomes += pending.arrived_seconds < snapshot_seconds_;
    }
    if (draws.Chance(kOrphanShare)) {
      Pending orphan = pending;
      orphan.number += kOrphanNumbers;
      mess.orphan_outcomes += orphan.arrived_seconds < snapshot_seconds_;
      Queue(orphan);
    }
    if (pending.stage == kPurchase && draws.Chance(kRetractedShare)) {
      Pending correction = pending;
      correction.retracted = true;
      correction.arrived_seconds += 3'600 + draws.Below(5 * kSecondsPerDay - 3'600);
      mess.retracted_outcomes += correction.arrived_seconds < snapshot_seconds_;
      Queue(correction);
    }
  }

  void WriteHeaders() {
    const char delimiter = words_.delimiter;
    std::string& out = file_.line();
    out +=
        fmt::format("{1}{0}{2}{0}{3}", delimiter, words_.id, words_.shown_at, words_.customer_id);
    customer_.AppendNames(out);
    out += fmt::format("{0}{1}", delimiter, words_.item_id);
    item_.AppendNames(out);
    out += fmt::format("{0}{1}{0}{2}", delimiter, words_.position, words_.score);
    if (options_.lists > 0) out += fmt::format("{0}{1}", delimiter, words_.list_id);
    context_.AppendNames(out);
    file_.EndHeader();
    std::string& outcome = outcome_file_->line();
    outcome +=
        fmt::format("{1}{0}{2}{0}{3}", delimiter, words_.id, words_.stage, words_.outcome_at);
    if (scenario_.messy) {
      outcome += fmt::format("{0}{1}{0}{2}{0}{3}", delimiter, words_.arrived_at, words_.event_id,
                             words_.retracted);
    }
    outcome_file_->EndHeader();
  }

  void WriteRecommendation(const Recommendation& row) {
    const char delimiter = words_.delimiter;
    std::string& out = file_.line();
    AppendRecommendationId(out, row, scenario_);
    out.push_back(delimiter);
    moments_.Append(out, row.shown_seconds);
    out.push_back(delimiter);
    AppendCustomerId(out, row.customer);
    customer_.AppendValues(out, row.values);
    out.push_back(delimiter);
    AppendItemId(out, row.item);
    item_.AppendValues(out, row.values);
    out.push_back(delimiter);
    out.push_back(static_cast<char>('0' + row.position));
    out.push_back(delimiter);
    AppendScore(out, row.score_ten_thousandths, words_.decimal_mark);
    AppendList(out, row, delimiter);
    context_.AppendValues(out, row.values);
    file_.EndLine();
  }

  void WriteOutcome(const Pending& pending) {
    OutcomeMessage& message = message_;
    message.recommendation_id.clear();
    Recommendation row;
    row.number = pending.number;
    row.after_change = pending.after_change;
    AppendRecommendationId(message.recommendation_id, row, scenario_);
    message.stage = pending.stage;
    message.happened_seconds = pending.happened_seconds;
    message.arrived_seconds = pending.arrived_seconds;
    message.retracted = pending.retracted;
    if (scenario_.messy) {
      message.event_id = fmt::format("e-{}-{}", pending.number, pending.stage);
    }
    if (!outcome_file_) {
      events_.AppendOutcome(file_.line(), message, scenario_.messy);
      file_.EndLine();
      return;
    }
    const char delimiter = words_.delimiter;
    std::string& out = outcome_file_->line();
    out += message.recommendation_id;
    out.push_back(delimiter);
    out += kStageNames[message.stage];
    out.push_back(delimiter);
    moments_.Append(out, message.happened_seconds);
    if (scenario_.messy) {
      out.push_back(delimiter);
      moments_.Append(out, message.arrived_seconds);
      out.push_back(delimiter);
      out += message.event_id;
      out.push_back(delimiter);
      out += message.retracted ? words_.yes : words_.no;
    }
    outcome_file_->EndLine();
  }

  const WorldOptions& options_;
  const Scenario& scenario_;
  std::int64_t snapshot_seconds_;
  const ColumnWords& words_;
  TextFile file_;
  std::optional<TextFile> outcome_file_;
  MomentForms moments_;
  EventForms events_;
  AttributeForms customer_;
  AttributeForms item_;
  AttributeForms context_;
  OutcomeMessage message_;
  std::int64_t first_bucket_day_ = 0;
  std::vector<std::vector<Pending>> buckets_;  // by day of arrival
};

}  // namespace

Result<std::unique_ptr<WorldWriter>> MakeLongWriter(const WorldOptions& options,
                                                    const Scenario& scenario,
                                                    std::int64_t snapshot_seconds) {
  const auto mess_of = [&](std::uint64_t stream) -> std::optional<Mess> {
    if (!scenario.messy) return std::nullopt;
    return Mess{.seed = options.seed, .stream = stream};
  };
  if (options.format == Format::kNdjson) {
    RIPEN_ASSIGN_OR_RETURN(TextFile file, TextFile::Create(options.folder + "/events.ndjson",
                                                           mess_of(kRecommendationMessStream)));
    return std::make_unique<LongWriter>(options, scenario, snapshot_seconds, std::move(file),
                                        std::nullopt);
  }
  RIPEN_ASSIGN_OR_RETURN(TextFile file, TextFile::Create(options.folder + "/recommendations.csv",
                                                         mess_of(kRecommendationMessStream)));
  RIPEN_ASSIGN_OR_RETURN(TextFile outcome_file, TextFile::Create(options.folder + "/outcomes.csv",
                                                                 mess_of(kOutcomeMessStream)));
  return std::make_unique<LongWriter>(options, scenario, snapshot_seconds, std::move(file),
                                      std::move(outcome_file));
}

}  // namespace ripen::sim
