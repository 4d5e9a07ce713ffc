// What people told of the shop's calendar.
#include <fmt/format.h>

#include <algorithm>

#include "store/duckdb/duckdb_store.h"

namespace ripen::store {
namespace {

Result<AnnotationEvent> EventOf(const duck::Chunk& chunk, std::size_t row) {
  AnnotationEvent event;
  Annotation& annotation = event.annotation;
  annotation.id = std::string(chunk.Text(0, row));
  const std::string kind(chunk.Text(1, row));
  const auto known = ParseAnnotationKind(kind);
  if (!known) {
    return Fail(
        ErrorCode::kDataLoss,
        fmt::format("The store holds an annotation '{}', which this release does not know.", kind));
  }
  annotation.kind = *known;
  annotation.origin = AnnotationOrigin::kTold;
  annotation.day = Day(chunk.Column<std::int32_t>(2)[row]);
  if (!chunk.IsNull(3, row)) annotation.last_day = Day(chunk.Column<std::int32_t>(3)[row]);
  if (!chunk.IsNull(4, row)) {
    annotation.item = Segment{std::string(chunk.Text(4, row)), std::string(chunk.Text(5, row))};
  }
  annotation.title = std::string(chunk.Text(6, row));
  annotation.note = std::string(chunk.Text(7, row));
  annotation.new_epoch = chunk.Column<bool>(8)[row];
  event.taken_back = chunk.Column<bool>(9)[row];
  event.as_of = Day(chunk.Column<std::int32_t>(10)[row]);
  event.at = Moment(chunk.Column<std::int64_t>(11)[row]);
  annotation.told_on = event.as_of;
  return event;
}

void SetDay(duck::Appender& out, std::size_t column, const std::optional<Day>& day) {
  if (day) {
    out.Set(column, day->days_since_epoch());
  } else {
    out.SetNull(column);
  }
}

Status Append(duck::Appender& out, const AnnotationEvent& event) {
  const Annotation& annotation = event.annotation;
  out.SetText(0, annotation.id);
  out.SetText(1, AnnotationKindName(annotation.kind));
  SetDay(out, 2, annotation.day);
  SetDay(out, 3, annotation.last_day);
  if (annotation.item) {
    out.SetText(4, annotation.item->attribute);
    out.SetText(5, annotation.item->value.value_or(""));
  } else {
    out.SetNull(4);
    out.SetNull(5);
  }
  out.SetText(6, annotation.title);
  out.SetText(7, annotation.note);
  out.Set(8, annotation.new_epoch);
  out.Set(9, event.taken_back);
  SetDay(out, 10, event.as_of);
  out.Set(11, event.at.micros());
  return out.EndRow();
}

bool IsSame(const AnnotationEvent& a, const AnnotationEvent& b) {
  return a.annotation.id == b.annotation.id && a.taken_back == b.taken_back && a.as_of == b.as_of &&
         a.at == b.at;
}

Result<std::vector<AnnotationEvent>> ReadAll(duck::Connection& connection) {
  std::vector<AnnotationEvent> events;
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      connection.Query("SELECT id, kind, day, last_day, attribute, value, title, note, new_epoch, "
                       "taken_back, as_of, given_at FROM annotation ORDER BY given_at, id, "
                       "taken_back"));
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) return events;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      RIPEN_ASSIGN_OR_RETURN(AnnotationEvent event, EventOf(*chunk, row));
      events.push_back(std::move(event));
    }
  }
}

}  // namespace

Status DuckDbStore::AddAnnotations(const std::vector<AnnotationEvent>& events) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  RIPEN_ASSIGN_OR_RETURN(const std::vector<AnnotationEvent> kept, ReadAll(writing_));
  RIPEN_RETURN_IF_ERROR(writing_.Run("BEGIN"));
  const auto run = [&]() -> Status {
    using duck::Type;
    RIPEN_ASSIGN_OR_RETURN(
        duck::Appender out,
        duck::Appender::Open(writing_, "annotation",
                             {Type::kVarchar, Type::kVarchar, Type::kInteger, Type::kInteger,
                              Type::kVarchar, Type::kVarchar, Type::kVarchar, Type::kVarchar,
                              Type::kBool, Type::kBool, Type::kInteger, Type::kBigint}));
    for (const AnnotationEvent& event : events) {
      if (std::any_of(kept.begin(), kept.end(),
                      [&](const AnnotationEvent& each) { return IsSame(each, event); })) {
        continue;
      }
      RIPEN_RETURN_IF_ERROR(Append(out, event));
    }
    RIPEN_RETURN_IF_ERROR(out.Close());
    // Looks of the day and later ones knew less.
    for (const AnnotationEvent& event : events) {
      RIPEN_RETURN_IF_ERROR(DropLooksFrom(event.as_of.days_since_epoch()));
    }
    return writing_.Run("COMMIT");
  };
  Status status = run();
  if (!status) Recover();
  return status;
}

Result<std::vector<AnnotationEvent>> DuckDbStore::ReadAnnotations() {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  return ReadAll(writing_);
}

}  // namespace ripen::store
