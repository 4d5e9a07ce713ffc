// Single recommendations of some days with what became known of them, and the items shown by day.
#include "cube/shown_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "base/nearest_name.h"
#include "store/duckdb/duckdb_store.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

constexpr std::int32_t kDaysAtATime = 7;
// Of so many parts of the lists a sample takes whole parts.
constexpr std::int64_t kSampleParts = 100'000;

// Which combinations of customer and context values belong to a slice; empty: all.
Result<std::vector<bool>> MembersOf(const Dictionary& dictionary, const Slice& slice) {
  std::vector<bool> members;
  if (slice.segments.empty()) return members;
  if (slice.segments.size() > 1) {
    return Fail(ErrorCode::kInvalidArgument,
                "Lists are read for everything or for one value of one attribute.");
  }
  const Segment& segment = slice.segments.front();
  std::vector<std::string> names;
  for (std::size_t at = 0; at < dictionary.attributes().size(); ++at) {
    const StoredAttribute& stored = dictionary.attributes()[at];
    if (stored.name != segment.attribute) {
      names.push_back(stored.name);
      continue;
    }
    if (stored.side == Side::kWhat) {
      return Fail(ErrorCode::kInvalidArgument,
                  fmt::format("'{}' is an attribute of items; a list is not divided by those.",
                              segment.attribute));
    }
    for (std::size_t tuple = 0; tuple < dictionary.TupleCount(Side::kWho); ++tuple) {
      members.push_back(stored.ValueOf(dictionary.CodeIn(Side::kWho, tuple, at)) == segment.value);
    }
    if (std::find(members.begin(), members.end(), true) == members.end()) {
      return Fail(ErrorCode::kNotFound,
                  fmt::format("No recommendation has the value '{}' of '{}'.",
                              segment.value.value_or("not given"), segment.attribute));
    }
    return members;
  }
  const auto nearest = NearestName(segment.attribute, names);
  return Fail(ErrorCode::kNotFound,
              fmt::format("No attribute is named '{}'{}.", segment.attribute,
                          nearest ? fmt::format("; the nearest is '{}'", *nearest) : ""));
}

std::string KnownOnDays(const cube::ShownRequest& request) {
  return fmt::format("day BETWEEN {} AND {} AND arrival_day <= {}",
                     request.first.days_since_epoch(), request.last.days_since_epoch(),
                     request.as_of.days_since_epoch());
}

// Reads the rows of one request and numbers what they name.
class ShownReader {
 public:
  ShownReader(const cube::ShownRequest& request, const Dictionary& dictionary,
              std::vector<bool> members)
      : request_(request), dictionary_(dictionary), members_(std::move(members)) {
    shown_.first = request.first;
    shown_.last = request.last;
    for (const std::string& name : request.item_attributes) {
      std::size_t at = 0;
      while (at < dictionary.attributes().size() && dictionary.attributes()[at].name != name) ++at;
      attributes_.push_back(at);
    }
    shown_.item_values.resize(attributes_.size());
  }

  // SQL of the rows; a part of the lists where there are too many.
  [[nodiscard]] Result<std::string> Condition(duck::Connection& connection) {
    std::string condition = KnownOnDays(request_);
    RIPEN_ASSIGN_OR_RETURN(
        const std::int64_t rows,
        connection.Number("SELECT count(*)::BIGINT FROM rec WHERE " + condition));
    if (rows <= request_.most_rows) return condition;
    const std::int64_t parts = std::max<std::int64_t>(1, kSampleParts * request_.most_rows / rows);
    shown_.sampled_share = static_cast<double>(parts) / kSampleParts;
    return fmt::format("{} AND hash(coalesce(list, id)) % {} < {}", condition, kSampleParts, parts);
  }

  [[nodiscard]] Status ReadRows(duck::Connection& connection, const std::string& condition) {
    RIPEN_ASSIGN_OR_RETURN(
        duck::Rows rows,
        connection.Stream(fmt::format(
            "SELECT id_key, day, customer, position, list, who, what FROM rec WHERE {} ORDER BY "
            "day, list NULLS FIRST, position NULLS FIRST, item NULLS FIRST, id",
            condition)));
    for (;;) {
      RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
      if (chunk == nullptr) break;
      for (std::size_t row = 0; row < chunk->rows(); ++row) Add(*chunk, row);
    }
    shown_.customers = customers_.size();
    shown_.known_at_age.clear();
    return {};
  }

  // Requires: ReadRows.
  [[nodiscard]] Status ReadOutcomes(LedgerFolder& folder, const std::string& condition,
                                    std::size_t stages) {
    shown_.known_at_age.assign(stages, std::vector<std::int16_t>(shown_.rows.size(), -1));
    const std::int32_t last = request_.last.days_since_epoch();
    const std::int32_t as_of = request_.as_of.days_since_epoch();
    FoldSource source;
    source.recommendations = fmt::format("(SELECT * FROM rec WHERE {})", condition);
    for (std::int32_t day = request_.first.days_since_epoch(); day <= last; day += kDaysAtATime) {
      source.condition =
          fmt::format("day BETWEEN {} AND {}", day, std::min(last, day + kDaysAtATime - 1));
      RIPEN_RETURN_IF_ERROR(
          folder.VisitRows(source, [&](std::uint64_t id_key, const FoldRecommendation& fact,
                                       const std::vector<StageChange>& changes) {
            const auto row = row_of_.find(id_key);
            if (row == row_of_.end()) return;
            for (const StageChange& change : changes) {
              const std::int32_t age = change.base_offset + change.delay;
              if (fact.day + age > as_of) continue;
              std::int16_t& known =
                  shown_.known_at_age[static_cast<std::size_t>(change.stage)][row->second];
              known = change.gained > 0 ? static_cast<std::int16_t>(age) : std::int16_t{-1};
            }
          }));
    }
    return {};
  }

  cube::ShownRows Take() { return std::move(shown_); }

 private:
  void Add(const duck::Chunk& chunk, std::size_t row) {
    const auto who = static_cast<std::size_t>(chunk.Column<std::int32_t>(5)[row]);
    if (!members_.empty() && !members_[who]) return;
    cube::ShownRow shown;
    shown.day = chunk.Column<std::int32_t>(1)[row] - request_.first.days_since_epoch();
    const std::uint64_t customer = chunk.Column<std::uint64_t>(2)[row];
    if (customer != 0) {
      shown.customer =
          customers_.try_emplace(customer, static_cast<std::int32_t>(customers_.size()))
              .first->second;
    }
    if (!chunk.IsNull(3, row)) shown.position = chunk.Column<std::int32_t>(3)[row];
    if (!chunk.IsNull(4, row)) {
      const std::string_view list = chunk.Text(4, row);
      if (shown_.lists == 0 || list != list_ || shown.day != list_day_) {
        list_ = list;
        list_day_ = shown.day;
        ++shown_.lists;
      }
      shown.list = static_cast<std::int32_t>(shown_.lists) - 1;
    }
    row_of_.emplace(chunk.Column<std::uint64_t>(0)[row],
                    static_cast<std::uint32_t>(shown_.rows.size()));
    const auto what = static_cast<std::size_t>(chunk.Column<std::int32_t>(6)[row]);
    for (std::size_t at = 0; at < attributes_.size(); ++at) {
      shown_.item_values[at].push_back(dictionary_.CodeIn(Side::kWhat, what, attributes_[at]));
    }
    shown_.rows.push_back(shown);
  }

  const cube::ShownRequest& request_;
  const Dictionary& dictionary_;
  std::vector<bool> members_;
  std::vector<std::size_t> attributes_;
  std::unordered_map<std::uint64_t, std::uint32_t> row_of_;
  std::unordered_map<std::uint64_t, std::int32_t> customers_;
  std::string list_;
  std::int32_t list_day_ = 0;
  cube::ShownRows shown_;
};

}  // namespace

Result<cube::ShownRows> DuckDbStore::ReadShown(const cube::ShownRequest& request) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  RIPEN_ASSIGN_OR_RETURN(std::vector<bool> members, MembersOf(dictionary_, request.slice));
  ShownReader reader(request, dictionary_, std::move(members));
  RIPEN_ASSIGN_OR_RETURN(const std::string condition, reader.Condition(writing_));
  RIPEN_RETURN_IF_ERROR(reader.ReadRows(writing_, condition));
  const Choice no_groups;
  LedgerFolder folder(database_, dictionary_, no_groups, MakeFoldLadder(config_.ladder, stages_),
                      config_.report_zone, 1);
  RIPEN_RETURN_IF_ERROR(reader.ReadOutcomes(folder, condition, config_.ladder.size()));
  return reader.Take();
}

Result<std::vector<cube::ItemCount>> DuckDbStore::ReadItems(const cube::ShownRequest& request) {
  const std::lock_guard lock(mutex_);
  RIPEN_RETURN_IF_ERROR(EnsureOpen());
  RIPEN_ASSIGN_OR_RETURN(const std::vector<bool> members, MembersOf(dictionary_, request.slice));
  const std::string who = members.empty() ? "0" : "who";
  RIPEN_ASSIGN_OR_RETURN(
      duck::Rows rows,
      writing_.Stream(fmt::format("SELECT day, item, {0}::INTEGER, count(*)::BIGINT FROM rec WHERE "
                                  "{1} GROUP BY ALL ORDER BY item NULLS FIRST, day",
                                  who, KnownOnDays(request))));
  std::vector<cube::ItemCount> counts;
  std::string item;
  std::int32_t number = -1;
  for (;;) {
    RIPEN_ASSIGN_OR_RETURN(const duck::Chunk* chunk, rows.Next());
    if (chunk == nullptr) break;
    for (std::size_t row = 0; row < chunk->rows(); ++row) {
      const std::int32_t day =
          chunk->Column<std::int32_t>(0)[row] - request.first.days_since_epoch();
      if (!chunk->IsNull(1, row) && (number < 0 || chunk->Text(1, row) != item)) {
        item = chunk->Text(1, row);
        ++number;
      }
      if (counts.empty() || counts.back().day != day || counts.back().item != number) {
        counts.push_back({day, number, 0, 0});
      }
      const std::int64_t shown = chunk->Column<std::int64_t>(3)[row];
      const auto tuple = static_cast<std::size_t>(chunk->Column<std::int32_t>(2)[row]);
      counts.back().shown_all += shown;
      if (members.empty() || members[tuple]) counts.back().shown += shown;
    }
  }
  std::stable_sort(counts.begin(), counts.end(),
                   [](const auto& a, const auto& b) { return a.day < b.day; });
  return counts;
}

}  // namespace ripen::store
