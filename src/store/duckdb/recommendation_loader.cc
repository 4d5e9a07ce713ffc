// Rows that are recommendations: wide files and long files of recommendations.
#include <fmt/format.h>

#include <cstring>

#include "store/duckdb/attributed_loader.h"
#include "store/duckdb/parse_value.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

struct StageCells {
  std::size_t code = 0;
  int flag = -1;
  int time = -1;
};

class RecommendationLoader : public AttributedLoader {
 public:
  RecommendationLoader(const ledger::ImportPlan& plan, std::int32_t src, LoadContext& context)
      : AttributedLoader(plan, src, context) {}

  Status Start() {
    id_ = Want(plan_.id);
    shown_ = Want(plan_.shown_at);
    if (id_ < 0 || shown_ < 0) {
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("{}: a recommendation needs an id and the time it was shown.",
                              plan_.file.path));
    }
    arrived_ = Want(plan_.arrived_at);
    customer_ = Want(plan_.customer_id);
    item_ = Want(plan_.item_id);
    position_ = Want(plan_.position);
    score_ = Want(plan_.score);
    list_ = Want(plan_.list_id);
    value_ = Want(plan_.value);
    currency_ = Want(plan_.currency);
    truth_ = Want(plan_.truth_flag);
    for (std::size_t code = 0; code < context_.stages.size(); ++code) {
      StoredStage& stage = context_.stages[code];
      const auto found = plan_.stages.find(stage.name);
      if (found == plan_.stages.end()) continue;
      StageCells cells{code, Want(found->second.flag_column), Want(found->second.time_column)};
      if (cells.flag < 0 && cells.time < 0) continue;
      stage.flag_given = stage.flag_given || cells.flag >= 0;
      stage.time_given = stage.time_given || cells.time >= 0;
      stages_.push_back(cells);
    }
    RIPEN_RETURN_IF_ERROR(WantAttributes());
    RIPEN_ASSIGN_OR_RETURN(snapshot_, SnapshotMoment(plan_, context_.report_clock));
    return {};
  }

 protected:
  Result<bool> TakeRow(const TextBatch& batch, std::size_t row) override {
    if (!ReadFact(batch, row) || !ReadOutcomes(batch, row)) return false;
    RIPEN_RETURN_IF_ERROR(AppendFact(batch, row));
    if (!stages_.empty() || truth_ >= 0) RIPEN_RETURN_IF_ERROR(AppendOutcomes(batch, row));
    return true;
  }

 private:
  bool ReadFact(const TextBatch& batch, std::size_t row) {
    if (!ReadText(batch, row, id_, fact_.id)) return false;
    if (fact_.id.empty()) return Reject(batch, row, id_, "the id is empty");
    std::optional<StampedTime> time;
    if (!ReadTime(batch, row, shown_, time)) return false;
    if (!time) return Reject(batch, row, shown_, "the time it was shown is empty");
    fact_.shown = *time;
    if (!ReadArrival(batch, row, arrived_, fact_.arrived)) return false;
    if (!ReadText(batch, row, customer_, fact_.customer) ||
        !ReadText(batch, row, item_, fact_.item) || !ReadText(batch, row, list_, fact_.list) ||
        !ReadText(batch, row, currency_, fact_.currency) ||
        !ReadMoney(batch, row, value_, fact_.value)) {
      return false;
    }
    return ReadNumberCell(batch, row, position_, fact_.position) &&
           ReadNumberCell(batch, row, score_, fact_.score) && ReadAttributes(batch, row);
  }

  bool ReadNumberCell(const TextBatch& batch, std::size_t row, int column,
                      std::optional<double>& number) {
    number.reset();
    const std::string_view text = Cell(batch, row, column);
    if (IsNotKnown(text)) return true;
    double read = 0;
    const NumberTrouble trouble = store::ReadNumber(text, read);
    if (trouble != NumberTrouble::kNone) {
      return Reject(batch, row, column, NumberTroubleSentence(trouble));
    }
    if (column == position_ && (read < -1e9 || read > 1e9 || read != static_cast<int>(read))) {
      return Reject(batch, row, column, "the position is no whole number");
    }
    number = read;
    return true;
  }

  bool ReadOutcomes(const TextBatch& batch, std::size_t row) {
    flags_ = 0;
    times_given_.clear();
    for (const StageCells& cells : stages_) {
      std::optional<StampedTime> time;
      if (!ReadTime(batch, row, cells.time, time)) return false;
      CellState state = CellState::kNoColumn;
      if (cells.flag >= 0) {
        const std::optional<Flag> flag = ReadFlag(Cell(batch, row, cells.flag));
        if (!flag) return Reject(batch, row, cells.flag, "this is neither yes nor no");
        state = *flag == Flag::kTrue    ? CellState::kTrue
                : *flag == Flag::kFalse ? CellState::kFalse
                                        : CellState::kEmpty;
      }
      if (time) {
        if (state == CellState::kFalse) {
          return Reject(batch, row, cells.flag,
                        "the outcome is denied, but its time is given in the same row");
        }
        if (IsTooEarly(*time)) {
          return Reject(batch, row, cells.time, "outcome before its recommendation");
        }
        state = CellState::kTimed;
        times_given_.push_back({cells.code, *time});
      }
      flags_ |= static_cast<std::uint64_t>(state) << (kBitsPerStage * cells.code);
    }
    truth_state_ = CellState::kNoColumn;
    if (truth_ >= 0) {
      const std::optional<Flag> flag = ReadFlag(Cell(batch, row, truth_));
      if (!flag) return Reject(batch, row, truth_, "this is neither yes nor no");
      truth_state_ = *flag == Flag::kTrue    ? CellState::kTrue
                     : *flag == Flag::kFalse ? CellState::kFalse
                                             : CellState::kEmpty;
    }
    return true;
  }

  // More than five minutes before it was shown; days are compared with days.
  bool IsTooEarly(const StampedTime& time) {
    if (time.whole_day || fact_.shown.whole_day) {
      return context_.report_clock.DayOf(time) < context_.report_clock.DayOf(fact_.shown);
    }
    return time.micros < fact_.shown.micros - kEarlyMicros;
  }

  Status AppendFact(const TextBatch& batch, std::size_t row) {
    const StampedTime arrival = ArrivalOf(fact_.shown, fact_.arrived);
    day_ = context_.report_clock.DayOf(fact_.shown);
    id_key_ = SipHash(kContentKey, fact_.id);
    if (context_.repeated_ids) context_.repeated_ids->Add(id_key_);
    const std::int32_t who = TupleOf(Side::kWho);
    const std::int32_t what = TupleOf(Side::kWhat);
    customer_hash_ =
        fact_.customer.empty() ? 0 : SipHash(context_.customer_key, fact_.customer) | 1;
    fact_hash_ = HashFact(context_.dictionary.ContentOf(Side::kWho, who),
                          context_.dictionary.ContentOf(Side::kWhat, what));
    duck::Appender& out = context_.recommendations;
    out.Set(0, id_key_);
    out.Set(1, day_);
    out.Set(2, fact_.shown.micros);
    out.Set(3, arrival.micros);
    out.Set(4, context_.report_clock.DayOf(arrival));
    std::uint8_t bits = 0;
    if (fact_.shown.whole_day) bits |= kEventWholeDay;
    if (arrival.whole_day) bits |= kArrivalWholeDay;
    if (fact_.arrived) bits |= kArrivalGiven;
    out.Set(5, bits);
    out.Set(6, who);
    out.Set(7, what);
    out.Set(8, customer_hash_);
    out.Set(9, fact_hash_);
    out.Set(10, src_);
    out.Set(11, batch.ordinals[row]);
    out.SetText(12, fact_.id);
    SetTextOrNull(out, 13, fact_.item);
    if (fact_.position) {
      out.Set(14, static_cast<std::int32_t>(*fact_.position));
    } else {
      out.SetNull(14);
    }
    if (fact_.score) {
      out.Set(15, *fact_.score);
    } else {
      out.SetNull(15);
    }
    SetTextOrNull(out, 16, fact_.list);
    if (fact_.value != kNone) {
      out.Set(17, fact_.value);
    } else {
      out.SetNull(17);
    }
    SetTextOrNull(out, 18, fact_.currency);
    return out.EndRow();
  }

  static void SetTextOrNull(duck::Appender& out, std::size_t column, std::string_view text) {
    if (text.empty()) {
      out.SetNull(column);
    } else {
      out.SetText(column, text);
    }
  }

  // Everything about the recommendation but its customer, which only this store can name.
  std::uint64_t HashFact(std::uint64_t who, std::uint64_t what) {
    buffer_.clear();
    const auto number = [&](const auto& value) {
      buffer_.append(reinterpret_cast<const char*>(&value), sizeof(value));
    };
    number(fact_.shown.micros);
    number(fact_.shown.whole_day);
    number(who);
    number(what);
    number(fact_.value);
    number(fact_.position.value_or(-1e18));
    number(fact_.score.value_or(-1e18));
    for (const std::string_view text : {fact_.item, fact_.list, fact_.currency}) {
      number(text.size());
      buffer_ += text;
    }
    return SipHash(kContentKey, buffer_);
  }

  Status AppendOutcomes(const TextBatch& batch, std::size_t row) {
    buffer_.clear();
    const auto number = [&](const auto& value) {
      buffer_.append(reinterpret_cast<const char*>(&value), sizeof(value));
    };
    number(id_key_);
    number(fact_hash_);
    number(customer_hash_);
    number(flags_);
    number(truth_state_);
    for (const auto& [code, time] : times_given_) {
      number(code);
      number(time.micros);
      number(time.whole_day);
    }
    const std::uint64_t row_key = SipHash(kContentKey, buffer_);
    std::int64_t seen = kNone;
    if (snapshot_) {
      seen = *snapshot_;
    } else if (fact_.arrived) {
      seen = context_.report_clock.EndOf(*fact_.arrived);
    }
    duck::Appender& out = context_.observations;
    out.Set(0, id_key_);
    out.Set(1, day_);
    out.Set(2, seen);
    out.Set(3, flags_);
    out.Set(4, static_cast<std::uint8_t>(truth_state_));
    out.Set(5, row_key);
    out.Set(6, src_);
    out.Set(7, batch.ordinals[row]);
    RIPEN_RETURN_IF_ERROR(out.EndRow());
    for (const auto& [code, time] : times_given_) {
      const StampedTime arrival = ArrivalOf(time, fact_.arrived);
      std::uint8_t bits = 0;
      if (time.whole_day) bits |= kEventWholeDay;
      if (arrival.whole_day) bits |= kArrivalWholeDay;
      if (fact_.arrived) bits |= kArrivalGiven;
      duck::Appender& event = context_.events;
      event.Set(0, id_key_);
      event.Set(1, day_);
      event.Set(2, static_cast<std::uint8_t>(code));
      event.Set(3, kOutcomeEvent);
      event.Set(4, static_cast<std::uint8_t>(bits | kOfObservation));
      event.Set(5, time.micros);
      event.Set(6, context_.report_clock.DayOf(time));
      event.Set(7, arrival.micros);
      event.Set(8, context_.report_clock.DayOf(arrival));
      event.Set(9, std::uint64_t{0});
      event.Set(10, kNone);
      event.Set(11, seen);
      event.Set(12, row_key ^ (code + 1) * 0x9E3779B97F4A7C15ULL);
      event.Set(13, src_);
      event.Set(14, batch.ordinals[row]);
      RIPEN_RETURN_IF_ERROR(event.EndRow());
    }
    return {};
  }

  struct Fact {
    std::string_view id;
    StampedTime shown;
    std::optional<StampedTime> arrived;
    std::string_view customer;
    std::string_view item;
    std::string_view list;
    std::string_view currency;
    std::int64_t value = kNone;
    std::optional<double> position;
    std::optional<double> score;
  };

  int id_ = -1;
  int shown_ = -1;
  int arrived_ = -1;
  int customer_ = -1;
  int item_ = -1;
  int position_ = -1;
  int score_ = -1;
  int list_ = -1;
  int value_ = -1;
  int currency_ = -1;
  int truth_ = -1;
  std::vector<StageCells> stages_;
  std::optional<std::int64_t> snapshot_;
  // The current row.
  Fact fact_;
  std::int32_t day_ = 0;
  std::uint64_t id_key_ = 0;
  std::uint64_t fact_hash_ = 0;
  std::uint64_t customer_hash_ = 0;
  std::uint64_t flags_ = 0;
  CellState truth_state_ = CellState::kNoColumn;
  std::vector<std::pair<std::size_t, StampedTime>> times_given_;
  std::string buffer_;
};

}  // namespace

Result<std::unique_ptr<RowLoader>> MakeRecommendationLoader(const ledger::ImportPlan& plan,
                                                            std::int32_t src,
                                                            LoadContext& context) {
  auto loader = std::make_unique<RecommendationLoader>(plan, src, context);
  RIPEN_RETURN_IF_ERROR(loader->Start());
  return loader;
}

}  // namespace ripen::store
