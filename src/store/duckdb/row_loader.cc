#include "store/duckdb/row_loader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "store/duckdb/parse_value.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

using duck::Type;

}  // namespace

Status LoadContext::OpenAppenders(duck::Connection& connection) {
  const std::vector<Type> rec = {Type::kUbigint, Type::kInteger,  Type::kBigint,  Type::kBigint,
                                 Type::kInteger, Type::kUtinyint, Type::kInteger, Type::kInteger,
                                 Type::kUbigint, Type::kUbigint,  Type::kInteger, Type::kBigint,
                                 Type::kVarchar, Type::kVarchar,  Type::kInteger, Type::kDouble,
                                 Type::kVarchar, Type::kBigint,   Type::kVarchar};
  const std::vector<Type> obs = {Type::kUbigint,  Type::kInteger, Type::kBigint,  Type::kUbigint,
                                 Type::kUtinyint, Type::kUbigint, Type::kInteger, Type::kBigint};
  const std::vector<Type> ev = {Type::kUbigint,  Type::kInteger, Type::kUtinyint, Type::kUtinyint,
                                Type::kUtinyint, Type::kBigint,  Type::kInteger,  Type::kBigint,
                                Type::kInteger,  Type::kUbigint, Type::kBigint,   Type::kBigint,
                                Type::kUbigint,  Type::kInteger, Type::kBigint};
  RIPEN_ASSIGN_OR_RETURN(recommendations,
                         duck::Appender::Open(connection, "rec", rec, &append_thread));
  RIPEN_ASSIGN_OR_RETURN(observations,
                         duck::Appender::Open(connection, "obs", obs, &append_thread));
  RIPEN_ASSIGN_OR_RETURN(events, duck::Appender::Open(connection, "ev", ev, &append_thread));
  RIPEN_ASSIGN_OR_RETURN(staged_events,
                         duck::Appender::Open(connection, "ev_staged", ev, &append_thread));
  const std::vector<Type> given = {Type::kInteger, Type::kInteger, Type::kInteger, Type::kUtinyint,
                                   Type::kInteger, Type::kInteger, Type::kBigint,  Type::kBigint,
                                   Type::kInteger, Type::kBigint};
  RIPEN_ASSIGN_OR_RETURN(given_counts,
                         duck::Appender::Open(connection, "given_count", given, &append_thread));
  return {};
}

Status LoadContext::CloseAppenders() {
  RIPEN_RETURN_IF_ERROR(recommendations.Close());
  RIPEN_RETURN_IF_ERROR(observations.Close());
  RIPEN_RETURN_IF_ERROR(events.Close());
  RIPEN_RETURN_IF_ERROR(staged_events.Close());
  return given_counts.Close();
}

RowLoader::RowLoader(const ledger::ImportPlan& plan, std::int32_t src, LoadContext& context)
    : plan_(plan), src_(src), context_(context), times_(plan.source_zone, plan.date_order) {}

int RowLoader::Want(const std::string& column) {
  if (column.empty()) return -1;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i] == column) return static_cast<int>(i);
  }
  columns_.push_back(column);
  return static_cast<int>(columns_.size()) - 1;
}

bool RowLoader::Wanted(const TextBatch& batch, std::size_t row) const {
  for (const auto& [column, value] : where_) {
    if (Cell(batch, row, column) != value) return false;
  }
  return true;
}

Status RowLoader::Take(const TextBatch& batch) {
  Prepare(batch);
  for (std::size_t row = 0; row < batch.rows; ++row) {
    if (!where_.empty() && !Wanted(batch, row)) continue;
    ++rows_;
    latest_ = {src_, batch.ordinals[row], INT32_MIN, 0};
    RIPEN_ASSIGN_OR_RETURN(const bool good, TakeRow(batch, row));
    if (!good) {
      ++bad_rows_;
    } else if (latest_.day != INT32_MIN) {
      context_.census.Add(latest_);
    }
  }
  return {};
}

bool RowLoader::Reject(const TextBatch& batch, std::size_t row, int column,
                       std::string_view reason) {
  context_.rejects.Add(batch.ordinals[row],
                       column < 0 ? std::string_view()
                                  : std::string_view(columns_[static_cast<std::size_t>(column)]),
                       Cell(batch, row, column), reason);
  return false;
}

bool RowLoader::ReadTime(const TextBatch& batch, std::size_t row, int column,
                         std::optional<StampedTime>& time) {
  const std::string_view text = Cell(batch, row, column);
  time.reset();
  if (IsNotKnown(text)) return true;
  StampedTime read;
  const TimeTrouble trouble = times_.Read(text, read);
  if (trouble != TimeTrouble::kNone) {
    return Reject(batch, row, column, TimeTroubleSentence(trouble));
  }
  time = read;
  Note(read, column);
  return true;
}

bool RowLoader::ReadArrival(const TextBatch& batch, std::size_t row, int column,
                            std::optional<StampedTime>& arrived) {
  if (!plan_.received_at) return ReadTime(batch, row, column, arrived);
  arrived = StampedTime{plan_.received_at->micros(), false};
  Note(*arrived, 0);
  return true;
}

bool RowLoader::ReadMoney(const TextBatch& batch, std::size_t row, int column,
                          std::int64_t& minor) {
  const std::string_view text = Cell(batch, row, column);
  minor = kNone;
  if (IsNotKnown(text)) return true;
  const NumberTrouble trouble = ReadMinorUnits(text, minor);
  if (trouble == NumberTrouble::kNone) return true;
  return Reject(batch, row, column, NumberTroubleSentence(trouble));
}

bool RowLoader::ReadText(const TextBatch& batch, std::size_t row, int column,
                         std::string_view& text) {
  text = Cell(batch, row, column);
  if (IsNotKnown(text)) {
    text = std::string_view();
    return true;
  }
  if (text.size() <= kMostTextBytes) return true;
  return Reject(batch, row, column, "the text is longer than 256 bytes");
}

std::int64_t RowLoader::MicrosOf(const StampedTime& time) {
  return time.whole_day ? context_.report_clock.StartOf(context_.report_clock.DayOf(time))
                        : time.micros;
}

StampedTime RowLoader::ArrivalOf(const StampedTime& event,
                                 const std::optional<StampedTime>& arrived) {
  if (!arrived) return event;
  return MicrosOf(*arrived) < MicrosOf(event) ? event : *arrived;
}

void RowLoader::Note(const StampedTime& time, int column) {
  NoteDay(context_.report_clock.DayOf(time), column);
}

void RowLoader::NoteDay(std::int32_t day, int column) {
  if (day <= latest_.day) return;
  latest_.day = day;
  latest_.column = column;
}

std::optional<std::uint8_t> RowLoader::StageCodeOf(std::string_view name) const {
  for (const Stage& stage : context_.config.ladder.stages()) {
    if (stage.name != name) continue;
    for (std::size_t code = 0; code < context_.stages.size(); ++code) {
      if (context_.stages[code].name == name) return static_cast<std::uint8_t>(code);
    }
  }
  return std::nullopt;
}

std::string RowLoader::NoSuchStage() const {
  std::vector<std::string> names;
  for (const Stage& stage : context_.config.ladder.stages()) names.push_back(stage.name);
  return fmt::format("there is no such stage; the stages are {}", fmt::join(names, ", "));
}

Result<std::unique_ptr<RowLoader>> MakeRowLoader(const ledger::ImportPlan& plan, std::int32_t src,
                                                 LoadContext& context) {
  const auto make = [&] {
    switch (plan.shape) {
      case ledger::FileShape::kLongOutcomes: return MakeOutcomeLoader(plan, src, context);
      case ledger::FileShape::kCounts: return MakeCountLoader(plan, src, context);
      default: return MakeRecommendationLoader(plan, src, context);
    }
  };
  RIPEN_ASSIGN_OR_RETURN(std::unique_ptr<RowLoader> loader, make());
  RIPEN_ASSIGN_OR_RETURN(const std::vector<ledger::WhereTerm> terms,
                         ledger::ParseWhere(plan.where));
  for (const ledger::WhereTerm& term : terms) {
    loader->where_.emplace_back(loader->Want(term.column), term.value);
  }
  return loader;
}

Result<std::optional<std::int64_t>> SnapshotMoment(const ledger::ImportPlan& plan,
                                                   DayClock& report_clock) {
  if (!plan.snapshot_at) return std::optional<std::int64_t>();
  TimeReader reader(report_clock.zone(), plan.date_order);
  StampedTime time;
  const TimeTrouble trouble = reader.Read(*plan.snapshot_at, time);
  if (trouble != TimeTrouble::kNone) {
    return Fail(ErrorCode::kInvalidArgument,
                fmt::format("The snapshot moment '{}' cannot be read: {}.", *plan.snapshot_at,
                            TimeTroubleSentence(trouble)));
  }
  return std::optional<std::int64_t>(report_clock.EndOf(time));
}

}  // namespace ripen::store
