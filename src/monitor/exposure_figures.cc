#include "monitor/exposure_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "stats/overdispersion.h"
#include "stats/wilson.h"

namespace ripen::monitor {
namespace {

constexpr int kWeek = 7;
constexpr int kMonth = 28;

Result<std::size_t> FindAttribute(const CubeIndex& index, const std::string& name, bool of_item) {
  const std::vector<cube::Attribute>& attributes = index.snapshot().attributes;
  const auto found =
      std::find_if(attributes.begin(), attributes.end(),
                   [&](const cube::Attribute& attribute) { return attribute.name == name; });
  if (found == attributes.end()) {
    return Fail(ErrorCode::kNotFound, fmt::format("No attribute is named '{}'.", name));
  }
  if ((found->kind == AttributeKind::kItem) != of_item) {
    return Fail(
        ErrorCode::kInvalidArgument,
        of_item
            ? fmt::format("The attribute '{}' is not one of the items shown.", name)
            : fmt::format(
                  "The attribute '{}' is one of the items shown, not of whom they are shown to.",
                  name));
  }
  return static_cast<std::size_t>(found - attributes.begin());
}

// Recommendations of one customer group, of all items and of one item group.
struct PairDays {
  std::vector<double> of;
  std::vector<double> shown;
};

class ExposureReader {
 public:
  ExposureReader(const CubeIndex& index, const Visibility& visibility, std::size_t customer,
                 std::size_t item)
      : index_(index),
        visibility_(visibility),
        customer_(index.snapshot().attributes[customer]),
        item_(index.snapshot().attributes[item]) {}

  ExposureReport Read(ExposureReport report) {
    first_ = static_cast<std::size_t>(report.from - index_.snapshot().first_day);
    end_ = static_cast<std::size_t>(report.to - index_.snapshot().first_day) + 1;
    std::vector<Slice> groups{{}};
    for (const AttributeValue& value : customer_.values) {
      groups.push_back(Slice::Of({{customer_.name, value}}));
    }
    for (const Slice& group : groups) AddGroup(group, report.cells);
    std::vector<PairDays> days(report.cells.size());
    stats::Overdispersion pool;
    for (std::size_t at = 0; at < days.size(); ++at) {
      if (report.cells[at].hidden) continue;
      days[at] = DaysOf(report.cells[at]);
      pool.AddStream(days[at].of, days[at].shown);
    }
    rho_ = pool.Estimate();
    for (std::size_t at = 0; at < days.size(); ++at) {
      if (!report.cells[at].hidden) Fill(days[at], report.cells[at]);
    }
    return report;
  }

 private:
  void AddGroup(const Slice& group, std::vector<ExposureCell>& cells) const {
    const auto own = index_.Find(group);
    if (!own || !visibility_.Shows(*own)) return;
    for (const AttributeValue& value : item_.values) {
      const auto items = index_.Find(Slice::Of({{item_.name, value}}));
      if (!items || !visibility_.Shows(*items)) continue;
      ExposureCell cell;
      cell.customer = group;
      cell.item = value;
      const auto pair = index_.Find(PairOf(cell));
      // A pair that was never shown and one too small to be shown look alike.
      cell.hidden = !pair || !visibility_.Shows(*pair);
      cells.push_back(std::move(cell));
    }
  }

  Slice PairOf(const ExposureCell& cell) const {
    std::vector<Segment> segments = cell.customer.segments;
    segments.push_back({item_.name, cell.item});
    return Slice::Of(std::move(segments));
  }

  PairDays DaysOf(const ExposureCell& cell) const {
    PairDays days;
    const std::size_t group = *index_.Find(cell.customer);
    const std::size_t pair = *index_.Find(PairOf(cell));
    for (std::size_t day = 0; day < index_.days(); ++day) {
      days.of.push_back(index_.Shown(group, day));
      days.shown.push_back(index_.Shown(pair, day));
    }
    return days;
  }

  ExposureShare Share(const PairDays& days, std::size_t from, std::size_t to) const {
    ExposureShare share;
    share.from = index_.DayAt(from);
    share.to = index_.DayAt(to - 1);
    double shown = 0;
    double of = 0;
    double effective = 0;
    for (std::size_t day = from; day < to; ++day) {
      shown += days.shown[day];
      of += days.of[day];
      effective += days.of[day] * stats::EffectiveShare(days.of[day], rho_);
    }
    share.shown = std::llround(shown);
    share.of = std::llround(of);
    if (of <= 0) return share;
    share.share = shown / of;
    const stats::RateInterval range = stats::WilsonInterval(*share.share, effective);
    share.low = range.low;
    share.high = range.high;
    return share;
  }

  void Fill(const PairDays& days, ExposureCell& cell) const {
    cell.now = Share(days, first_, end_);
    cell.last_28_days = Share(days, end_ - std::min<std::size_t>(end_, kMonth), end_);
    if (first_ > 0) cell.before = Share(days, 0, first_);
    for (std::size_t from = end_ % kWeek; from < end_; from += kWeek) {
      if (cell.weeks.empty() && from > 0) cell.weeks.push_back(Share(days, 0, from));
      cell.weeks.push_back(Share(days, from, from + kWeek));
    }
    if (cell.weeks.empty()) cell.weeks.push_back(Share(days, 0, end_));
  }

  const CubeIndex& index_;
  const Visibility& visibility_;
  const cube::Attribute& customer_;
  const cube::Attribute& item_;
  std::size_t first_ = 0;
  std::size_t end_ = 0;
  double rho_ = 0;
};

Result<std::pair<Day, Day>> ChooseDays(const CubeIndex& index, const ExposureRequest& request) {
  const Day first = index.snapshot().first_day;
  const Day last = index.snapshot().last_day;
  if (request.from.has_value() != request.to.has_value()) {
    return Fail(ErrorCode::kInvalidArgument,
                "A period needs its first and its last day: from and to.");
  }
  if (!request.from) return std::pair(std::max(first, last - (kWeek - 1)), last);
  if (*request.from > *request.to || *request.from < first || *request.to > last) {
    return Fail(ErrorCode::kOutOfRange,
                fmt::format("from ({}) to ({}) must be days of the data, {} to {}.",
                            request.from->Iso(), request.to->Iso(), first.Iso(), last.Iso()));
  }
  return std::pair(*request.from, *request.to);
}

}  // namespace

Result<ExposureReport> ReadExposure(const CubeIndex& index, const Visibility& visibility,
                                    const ExposureRequest& request) {
  RIPEN_ASSIGN_OR_RETURN(const std::size_t customer, FindAttribute(index, request.customer, false));
  RIPEN_ASSIGN_OR_RETURN(const std::size_t item, FindAttribute(index, request.item, true));
  if (index.days() == 0) return Fail(ErrorCode::kNotFound, "Nothing was shown yet.");
  const bool crossed =
      std::any_of(index.families().begin(), index.families().end(), [&](const FlatFamily& family) {
        return std::count(family.attributes.begin(), family.attributes.end(), customer) > 0 &&
               std::count(family.attributes.begin(), family.attributes.end(), item) > 0;
      });
  if (!crossed) {
    return Fail(
        ErrorCode::kNotFound,
        fmt::format(
            "The attribute '{}' is not counted together with '{}': it is no adjustment attribute "
            "([segments] adjust).",
            request.customer, request.item));
  }
  RIPEN_ASSIGN_OR_RETURN(const auto days, ChooseDays(index, request));
  ExposureReport report;
  report.as_of = index.snapshot().as_of;
  report.customer = request.customer;
  report.item = request.item;
  report.from = days.first;
  report.to = days.second;
  return ExposureReader(index, visibility, customer, item).Read(std::move(report));
}

}  // namespace ripen::monitor
