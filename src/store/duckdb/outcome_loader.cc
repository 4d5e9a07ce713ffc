// Rows that are outcomes and name their recommendation.
#include <fmt/format.h>

#include "store/duckdb/parse_value.h"
#include "store/duckdb/row_loader.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

class OutcomeLoader : public RowLoader {
 public:
  OutcomeLoader(const ledger::ImportPlan& plan, std::int32_t src, LoadContext& context)
      : RowLoader(plan, src, context) {}

  Status Start() {
    id_ = Want(plan_.id);
    if (id_ < 0) {
      return Fail(
          ErrorCode::kInvalidArgument,
          fmt::format("{}: an outcome needs the id of its recommendation.", plan_.file.path));
    }
    stage_ = Want(plan_.outcome_stage);
    time_ = Want(plan_.outcome_time);
    event_ = Want(plan_.event_id);
    retracted_ = Want(plan_.retracted);
    value_ = Want(plan_.value);
    arrived_ = Want(plan_.arrived_at);
    no_such_stage_ = NoSuchStage();
    if (stage_ < 0) {
      if (plan_.constant_stage.empty()) {
        return Fail(ErrorCode::kInvalidArgument,
                    fmt::format("{}: no column names the stage of an outcome; give [source] stage.",
                                plan_.file.path));
      }
      const std::optional<std::uint8_t> code = StageCodeOf(plan_.constant_stage);
      if (!code) {
        return Fail(ErrorCode::kInvalidArgument,
                    fmt::format("[source] stage '{}': {}.", plan_.constant_stage, no_such_stage_));
      }
      constant_ = *code;
      if (time_ >= 0) context_.stages[constant_].time_given = true;
    }
    return {};
  }

 protected:
  Result<bool> TakeRow(const TextBatch& batch, std::size_t row) override {
    std::string_view id;
    if (!ReadText(batch, row, id_, id)) return false;
    if (id.empty()) return Reject(batch, row, id_, "the id of the recommendation is empty");
    std::string_view event;
    if (!ReadText(batch, row, event_, event)) return false;
    const std::optional<Flag> retracted = ReadFlag(Cell(batch, row, retracted_));
    if (!retracted) return Reject(batch, row, retracted_, "this is neither yes nor no");
    const bool is_retraction = *retracted == Flag::kTrue;
    std::uint8_t stage = constant_;
    if (stage_ >= 0 && !ReadStage(batch, row, is_retraction && !event.empty(), stage)) {
      return false;
    }
    std::optional<StampedTime> happened;
    std::optional<StampedTime> arrived;
    std::int64_t value = kNone;
    if (!ReadTime(batch, row, time_, happened) || !ReadArrival(batch, row, arrived_, arrived) ||
        !ReadMoney(batch, row, value_, value)) {
      return false;
    }
    RIPEN_RETURN_IF_ERROR(
        Append(batch.ordinals[row], id, stage, is_retraction, event, happened, arrived, value));
    return true;
  }

 private:
  bool ReadStage(const TextBatch& batch, std::size_t row, bool may_miss, std::uint8_t& stage) {
    const std::string_view text = Cell(batch, row, stage_);
    if (IsNotKnown(text)) {
      stage = kAnyStage;
      return may_miss || Reject(batch, row, stage_, "the stage of the outcome is empty");
    }
    if (text != last_text_ || last_text_.empty()) {
      const std::optional<std::uint8_t> code = StageCodeOf(text);
      if (!code) return Reject(batch, row, stage_, no_such_stage_);
      last_text_ = std::string(text);
      last_code_ = *code;
    }
    stage = last_code_;
    return true;
  }

  Status Append(std::int64_t ordinal, std::string_view id, std::uint8_t stage, bool is_retraction,
                std::string_view event_id, const std::optional<StampedTime>& happened,
                const std::optional<StampedTime>& arrived, std::int64_t value) {
    std::uint8_t bits = 0;
    StampedTime arrival{kNone, false};
    if (happened) {
      arrival = ArrivalOf(*happened, arrived);
    } else if (arrived) {
      arrival = *arrived;
    } else {
      bits |= kArrivesAtSnapshot;
    }
    if (happened && happened->whole_day) bits |= kEventWholeDay;
    if (arrival.whole_day) bits |= kArrivalWholeDay;
    if (arrived) bits |= kArrivalGiven;
    const std::uint64_t id_key = SipHash(kContentKey, id);
    const std::uint64_t event = event_id.empty() ? 0 : SipHash(kContentKey, event_id) | 1;
    const std::int64_t micros = happened ? happened->micros : kNone;
    const std::uint8_t kind = is_retraction ? kRetractionEvent : kOutcomeEvent;
    struct {
      std::uint64_t id_key, event;
      std::int64_t micros, value;
      std::uint64_t small;
    } const content{id_key, event, micros, value,
                    static_cast<std::uint64_t>(stage) << 16 |
                        static_cast<std::uint64_t>(kind) << 8 | (bits & kEventWholeDay)};
    const std::uint64_t content_key =
        SipHash(kContentKey, {reinterpret_cast<const char*>(&content), sizeof(content)});
    if (context_.repeated_events) context_.repeated_events->Add(content_key);
    duck::Appender& out = context_.staged_events;
    out.Set(0, id_key);
    out.Set(1, kOrphanDay);
    out.Set(2, stage);
    out.Set(3, kind);
    out.Set(4, bits);
    out.Set(5, micros);
    out.Set(6, happened ? context_.report_clock.DayOf(*happened) : kOrphanDay);
    out.Set(7, arrival.micros);
    out.Set(8, arrival.micros == kNone ? kOrphanDay : context_.report_clock.DayOf(arrival));
    out.Set(9, event);
    out.Set(10, value);
    out.Set(11, kNone);
    out.Set(12, content_key);
    out.Set(13, src_);
    out.Set(14, ordinal);
    return out.EndRow();
  }

  int id_ = -1;
  int stage_ = -1;
  int time_ = -1;
  int event_ = -1;
  int retracted_ = -1;
  int value_ = -1;
  int arrived_ = -1;
  std::uint8_t constant_ = 0;
  std::string no_such_stage_;
  std::string last_text_;
  std::uint8_t last_code_ = 0;
};

}  // namespace

Result<std::unique_ptr<RowLoader>> MakeOutcomeLoader(const ledger::ImportPlan& plan,
                                                     std::int32_t src, LoadContext& context) {
  auto loader = std::make_unique<OutcomeLoader>(plan, src, context);
  RIPEN_RETURN_IF_ERROR(loader->Start());
  return loader;
}

}  // namespace ripen::store
