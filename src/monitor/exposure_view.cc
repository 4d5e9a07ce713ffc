#include "monitor/exposure_view.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace ripen::monitor {
namespace {

constexpr std::size_t kMostCellDays = 4'000'000;

// Where a family has the attribute in its key.
std::optional<std::size_t> ColumnOf(const FlatFamily& flat, std::size_t attribute) {
  const auto found = std::find(flat.attributes.begin(), flat.attributes.end(), attribute);
  if (found == flat.attributes.end()) return std::nullopt;
  return static_cast<std::size_t>(found - flat.attributes.begin());
}

// From which day on each customer cell counts.
std::vector<std::size_t> FirstDays(const CubeIndex& index, const CustomerCells& customers,
                                   std::span<const AcceptedChange> accepted) {
  std::vector<std::size_t> first(customers.keys.size());
  const std::vector<cube::Attribute>& attributes = index.snapshot().attributes;
  for (const AcceptedChange& change : accepted) {
    if (change.kind != FindingKind::kExposureShift) continue;
    if (change.from <= index.snapshot().first_day) continue;
    const auto from = static_cast<std::size_t>(change.from - index.snapshot().first_day);
    for (std::size_t cell = 0; cell < customers.keys.size(); ++cell) {
      const auto has = [&](const Segment& segment) {
        for (std::size_t at = 0; at < customers.attributes.size(); ++at) {
          const cube::Attribute& attribute = attributes[customers.attributes[at]];
          if (attribute.name != segment.attribute) continue;
          return attribute.values[static_cast<std::size_t>(customers.keys[cell][at])] ==
                 segment.value;
        }
        return false;
      };
      const std::vector<Segment>& segments = change.slice.segments;
      if (std::all_of(segments.begin(), segments.end(), has)) {
        first[cell] = std::max(first[cell], from);
      }
    }
  }
  return first;
}

class ViewMaker {
 public:
  ViewMaker(const CubeIndex& index, const CustomerCells& customers, std::size_t item,
            const FlatFamily& flat, std::size_t column)
      : index_(index),
        customers_(customers),
        item_(item),
        flat_(flat),
        column_(column),
        days_(index.days()),
        columns_(1 + index.stages()) {}

  ExposureView Make(std::span<const AcceptedChange> accepted) {
    first_day_ = FirstDays(index_, customers_, accepted);
    ListCells();
    CountTrials();
    Describe();
    AddCustomers();
    AddItems();
    return std::move(view_);
  }

 private:
  struct ItemCell {
    std::uint32_t customer;
    std::uint16_t value;
    std::uint32_t cell;  // of the family
    bool operator<(const ItemCell& other) const {
      return std::tie(customer, value, cell) < std::tie(other.customer, other.value, other.cell);
    }
  };

  void ListCells() {
    const cube::Attribute& attribute = index_.snapshot().attributes[item_];
    for (std::size_t cell = 0; cell < flat_.cells(); ++cell) {
      const std::uint16_t value = flat_.values[cell * flat_.columns() + column_];
      if (!IsWatchedValue(attribute, value)) continue;
      const std::size_t base = flat_.base_cell.empty() ? cell : flat_.base_cell[cell];
      cells_.push_back({customers_.of_base[base], value, static_cast<std::uint32_t>(cell)});
    }
    std::sort(cells_.begin(), cells_.end());
  }

  void CountTrials() {
    view_.trials.assign(customers_.keys.size() * days_, 0);
    for (const ItemCell& item : cells_) {
      for (std::uint32_t at = flat_.first[item.cell]; at < flat_.first[item.cell + 1]; ++at) {
        if (flat_.day[at] < first_day_[item.customer]) continue;
        view_.trials[item.customer * days_ + flat_.day[at]] += flat_.counts[at * columns_];
      }
    }
  }

  void Describe() {
    const cube::Snapshot& from = index_.snapshot();
    cube::Snapshot& to = view_.snapshot;
    to.as_of = from.as_of;
    to.ladder = *StageLadder::Make({Stage{.name = "shown_value"}});
    to.stage_given = {true};
    to.stage_has_times = {false};
    to.stage_known_from = {std::nullopt};
    to.stage_empty_where_unflagged = {false};
    to.orphans = {0};
    to.truth = from.truth;
    to.first_day = from.first_day;
    to.last_day = from.last_day;
    for (const std::size_t attribute : customers_.attributes) {
      to.adjust.push_back(to.attributes.size());
      to.attributes.push_back(from.attributes[attribute]);
    }
    to.attributes.push_back(from.attributes[item_]);
  }

  FlatFamily Columns(std::size_t attributes) const {
    FlatFamily family;
    for (std::size_t at = 0; at < attributes; ++at) {
      family.attributes.push_back(at);
      family.sizes.push_back(view_.snapshot.attributes[at].values.size());
    }
    family.first.push_back(0);
    return family;
  }

  void AddCustomers() {
    FlatFamily family = Columns(customers_.attributes.size());
    for (const std::vector<std::int32_t>& key : customers_.keys) {
      for (const std::int32_t value : key) {
        family.values.push_back(static_cast<std::uint16_t>(value));
      }
      family.first.push_back(0);
    }
    view_.families.push_back(std::move(family));
  }

  bool FewEnough() const {
    std::size_t days = 0;
    for (const float trials : view_.trials) days += trials > 0 ? 1 : 0;
    return days * index_.snapshot().attributes[item_].values.size() <= kMostCellDays;
  }

  void AddItems() {
    FlatFamily family = Columns(customers_.attributes.size() + 1);
    const cube::Attribute& attribute = index_.snapshot().attributes[item_];
    const bool all = FewEnough();
    std::size_t at = 0;
    std::vector<float> events(days_);
    for (std::uint32_t customer = 0; customer < customers_.keys.size(); ++customer) {
      for (std::size_t value = 0; value < attribute.values.size(); ++value) {
        if (!IsWatchedValue(attribute, value)) continue;
        std::fill(events.begin(), events.end(), 0.0F);
        const std::size_t before = at;
        for (; at < cells_.size() && cells_[at].customer == customer && cells_[at].value == value;
             ++at) {
          AddEvents(cells_[at], events);
        }
        if (all || at > before)
          AddCell(customer, static_cast<std::uint16_t>(value), events, family);
      }
    }
    view_.families.push_back(std::move(family));
  }

  void AddEvents(const ItemCell& item, std::vector<float>& events) const {
    for (std::uint32_t at = flat_.first[item.cell]; at < flat_.first[item.cell + 1]; ++at) {
      if (flat_.day[at] < first_day_[item.customer]) continue;
      events[flat_.day[at]] += flat_.counts[at * columns_];
    }
  }

  void AddCell(std::uint32_t customer, std::uint16_t value, const std::vector<float>& events,
               FlatFamily& family) const {
    for (const std::int32_t key : customers_.keys[customer]) {
      family.values.push_back(static_cast<std::uint16_t>(key));
    }
    family.values.push_back(value);
    family.base_cell.push_back(customer);
    const float* trials = view_.trials.data() + customer * days_;
    for (std::size_t day = 0; day < days_; ++day) {
      if (trials[day] <= 0) continue;
      family.day.push_back(static_cast<std::uint16_t>(day));
      family.counts.push_back(trials[day]);
      family.counts.push_back(events[day]);
    }
    family.first.push_back(static_cast<std::uint32_t>(family.day.size()));
  }

  const CubeIndex& index_;
  const CustomerCells& customers_;
  std::size_t item_;
  const FlatFamily& flat_;
  std::size_t column_;
  std::size_t days_;
  std::size_t columns_;
  std::vector<std::size_t> first_day_;  // by customer cell
  std::vector<ItemCell> cells_;
  ExposureView view_;
};

}  // namespace

bool IsWatchedValue(const cube::Attribute& attribute, std::size_t value) {
  return attribute.known_at_start[value] && attribute.values[value].has_value();
}

CustomerCells ListCustomerCells(const CubeIndex& index) {
  const FlatFamily& base = index.families().front();
  CustomerCells customers;
  std::vector<std::size_t> columns;
  for (std::size_t column = 0; column < base.columns(); ++column) {
    const std::size_t attribute = base.attributes[column];
    if (index.snapshot().attributes[attribute].kind == AttributeKind::kItem) continue;
    customers.attributes.push_back(attribute);
    columns.push_back(column);
  }
  std::map<std::vector<std::int32_t>, std::vector<std::size_t>> cells;
  std::vector<std::int32_t> key(columns.size());
  for (std::size_t cell = 0; cell < base.cells(); ++cell) {
    for (std::size_t at = 0; at < columns.size(); ++at) {
      key[at] = base.values[cell * base.columns() + columns[at]];
    }
    cells[key].push_back(cell);
  }
  customers.of_base.resize(base.cells());
  for (const auto& [values, members] : cells) {
    for (const std::size_t cell : members) {
      customers.of_base[cell] = static_cast<std::uint32_t>(customers.keys.size());
    }
    customers.keys.push_back(values);
  }
  return customers;
}

std::optional<ExposureView> ViewOfItem(const CubeIndex& index, const CustomerCells& customers,
                                       std::size_t item_attribute,
                                       std::span<const AcceptedChange> accepted) {
  const cube::Attribute& attribute = index.snapshot().attributes[item_attribute];
  std::size_t watched = 0;
  for (std::size_t value = 0; value < attribute.values.size(); ++value) {
    watched += IsWatchedValue(attribute, value) ? 1 : 0;
  }
  if (watched < 2) return std::nullopt;
  for (const FlatFamily& flat : index.families()) {
    const auto column = ColumnOf(flat, item_attribute);
    if (column) return ViewMaker(index, customers, item_attribute, flat, *column).Make(accepted);
  }
  return std::nullopt;
}

}  // namespace ripen::monitor
