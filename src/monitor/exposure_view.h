// What every customer cell was shown of one item attribute, laid out as a cube in which to be shown
// a value is the outcome: so that exposure is read by what reads rates.
//
// Trials of a cell on a day are its recommendations of all watched values, events those of one of
// them. Watched are the values known at the epoch's start, missing left out: a collection that is
// launched takes from all others, and counted in it would make every one of them fall. (Given the
// watched recommendations their split is the same whether others were shown beside them or not.)
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "cube/snapshot.h"
#include "model/incident.h"
#include "monitor/cube_index.h"

namespace ripen::monitor {

// A customer cell is a combination of the adjustment attributes that are not of the item.
struct CustomerCells {
  std::vector<std::size_t> attributes;          // indices into the snapshot
  std::vector<std::vector<std::int32_t>> keys;  // cells x attributes, sorted
  std::vector<std::uint32_t> of_base;           // the customer cell of each base cell
};
CustomerCells ListCustomerCells(const CubeIndex& index);

// The family of a view that has the item attribute.
inline constexpr std::size_t kItemFamily = 1;

struct ExposureView {
  // Attributes: those of the customer cells, then the item's. One stage; no families.
  cube::Snapshot snapshot;
  // For CubeIndex. The first has the customer cells without counts; kItemFamily the cells of cell x
  // value, whose `shown` are the trials and whose stage holds the events.
  std::vector<FlatFamily> families;
  std::vector<float> trials;  // customer cells x days
};

// Days of a customer cell before a change that was accepted in it are left out of trials and
// events: what the group is shown starts anew. nullopt where no family has the item attribute, or
// fewer than two values are watched. Where cells x values are over four million days, cells that
// were never shown a value are left out of its trials: given that nothing came, they say nothing of
// when. Cost: the family's entries, and the days of the view's cells.
std::optional<ExposureView> ViewOfItem(const CubeIndex& index, const CustomerCells& customers,
                                       std::size_t item_attribute,
                                       std::span<const AcceptedChange> accepted);

// Whether the value of an item attribute is watched.
bool IsWatchedValue(const cube::Attribute& attribute, std::size_t value);

}  // namespace ripen::monitor
