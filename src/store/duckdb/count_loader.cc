// Rows that are daily counts.
#include <fmt/format.h>

#include <cmath>

#include "store/duckdb/attributed_loader.h"
#include "store/duckdb/given_counts.h"
#include "store/duckdb/parse_value.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

// Ten years: what waits longer is a mistake of units.
constexpr double kMostDelayDays = 3'650;

class CountLoader : public AttributedLoader {
 public:
  CountLoader(const ledger::ImportPlan& plan, std::int32_t src, LoadContext& context)
      : AttributedLoader(plan, src, context) {}

  Status Start() {
    shown_ = Want(plan_.day);
    delay_ = Want(plan_.delay);
    count_ = Want(plan_.count);
    if (shown_ < 0 || delay_ < 0 || count_ < 0) {
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("{}: daily counts need a day, a delay in days and a count.",
                              plan_.file.path));
    }
    stage_ = Want(plan_.outcome_stage);
    base_offset_ = Want(plan_.base_offset);
    arrived_ = Want(plan_.arrived_at);
    no_such_stage_ = NoSuchStage() + ", and \"shown\" for the recommendations themselves";
    if (stage_ < 0 && !ReadStageName(plan_.constant_stage)) {
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("[source] stage '{}': {}.", plan_.constant_stage, no_such_stage_));
    }
    return WantAttributes();
  }

 protected:
  Result<bool> TakeRow(const TextBatch& batch, std::size_t row) override {
    if (!ReadStage(batch, row) || !ReadDays(batch, row) ||
        !ReadWhole(batch, row, count_, false, kMostOfDay, count_read_)) {
      return false;
    }
    std::optional<StampedTime> arrived;
    if (!ReadArrival(batch, row, arrived_, arrived) || !ReadAttributes(batch, row)) return false;
    duck::Appender& out = context_.given_counts;
    out.Set(0, day_);
    out.Set(1, TupleOf(Side::kWho));
    out.Set(2, TupleOf(Side::kWhat));
    out.Set(3, code_);
    out.Set(4, offset_days_);
    out.Set(5, delay_days_);
    out.Set(6, std::int64_t{count_read_});
    out.Set(7, arrived ? context_.report_clock.EndOf(*arrived) : kNone);
    out.Set(8, src_);
    out.Set(9, batch.ordinals[row]);
    RIPEN_RETURN_IF_ERROR(out.EndRow());
    return true;
  }

 private:
  bool ReadStageName(std::string_view name) {
    if (const std::optional<std::uint8_t> code = StageCodeOf(name)) {
      code_ = *code;
      const StageLadder& ladder = context_.config.ladder;
      nested_ = ladder.BaseOf(*ladder.IndexOf(std::string(name))).has_value();
      return true;
    }
    if (!ledger::IsShownWord(name)) return false;
    code_ = kShownCode;
    nested_ = false;
    return true;
  }

  bool ReadStage(const TextBatch& batch, std::size_t row) {
    if (stage_ < 0) return true;
    const std::string_view text = Cell(batch, row, stage_);
    if (!last_text_.empty() && text == last_text_) return true;
    last_text_.clear();
    if (IsNotKnown(text)) return Reject(batch, row, stage_, "the stage of the count is empty");
    if (!ReadStageName(text)) return Reject(batch, row, stage_, no_such_stage_);
    last_text_ = std::string(text);
    return true;
  }

  bool ReadDays(const TextBatch& batch, std::size_t row) {
    std::optional<StampedTime> day;
    if (!ReadTime(batch, row, shown_, day)) return false;
    if (!day) return Reject(batch, row, shown_, "the day it was shown is empty");
    day_ = context_.report_clock.DayOf(*day);
    const bool is_shown = code_ == kShownCode;
    if (!ReadWhole(batch, row, delay_, is_shown, kMostDelayDays, delay_days_)) return false;
    if (nested_ && base_offset_ < 0) {
      return Reject(batch, row, stage_,
                    "a stage of another stage also needs base_offset, the days from shown to that "
                    "one");
    }
    offset_days_ = 0;
    if (!ReadWhole(batch, row, base_offset_, !nested_, kMostDelayDays, offset_days_)) return false;
    if (!nested_ && offset_days_ != 0) {
      return Reject(batch, row, base_offset_, "only a stage of another stage has a base_offset");
    }
    NoteDay(day_ + offset_days_ + delay_days_, delay_);
    return true;
  }

  // A whole number from 0; where it may be missing it is then 0.
  bool ReadWhole(const TextBatch& batch, std::size_t row, int column, bool may_miss, double most,
                 std::int32_t& whole) {
    whole = 0;
    if (column < 0) return true;
    const std::string_view text = Cell(batch, row, column);
    if (IsNotKnown(text)) return may_miss || Reject(batch, row, column, "the number is empty");
    double number = 0;
    const NumberTrouble trouble = ReadNumber(text, number);
    if (trouble != NumberTrouble::kNone) {
      return Reject(batch, row, column, NumberTroubleSentence(trouble));
    }
    if (number < 0) return Reject(batch, row, column, "the number is below 0");
    if (number != std::floor(number)) {
      return Reject(batch, row, column, "this is no whole number");
    }
    if (number > most) return Reject(batch, row, column, "the number is too large");
    whole = static_cast<std::int32_t>(number);
    return true;
  }

  int shown_ = -1;
  int stage_ = -1;
  int delay_ = -1;
  int base_offset_ = -1;
  int count_ = -1;
  int arrived_ = -1;
  std::string no_such_stage_;
  // The current row.
  std::string last_text_;
  std::uint8_t code_ = kShownCode;
  bool nested_ = false;
  std::int32_t day_ = 0;
  std::int32_t delay_days_ = 0;
  std::int32_t offset_days_ = 0;
  std::int32_t count_read_ = 0;
};

}  // namespace

Result<std::unique_ptr<RowLoader>> MakeCountLoader(const ledger::ImportPlan& plan, std::int32_t src,
                                                   LoadContext& context) {
  auto loader = std::make_unique<CountLoader>(plan, src, context);
  RIPEN_RETURN_IF_ERROR(loader->Start());
  return loader;
}

}  // namespace ripen::store
