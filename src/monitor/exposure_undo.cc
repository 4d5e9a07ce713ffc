#include "monitor/exposure_undo.h"

#include <algorithm>
#include <span>

#include "monitor/exposure_view.h"

namespace ripen::monitor {
namespace {

constexpr double kLeastRest = 1e-6;  // share of the unnamed values under which nothing is theirs

}  // namespace

ExposureUndo::ExposureUndo(const RateStreams& streams)
    : streams_(streams),
      taken_(streams.events()[kItemFamily].size()),
      named_(taken_.size()),
      reference_(streams.index().families()[kItemFamily].cells()) {}

double ExposureUndo::MeasureRatio(const Reading& reading, const std::vector<bool>& inside,
                                  const std::vector<double>& reference) const {
  const stats::CellCounts cells = streams_.Cells(kItemFamily, streams_.events()[kItemFamily]);
  double came = 0;
  double due = 0;
  for (std::size_t cell = 0; cell < inside.size(); ++cell) {
    if (!inside[cell]) continue;
    for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
      if (cells.cohort[at] < reading.start.latest) continue;
      came += static_cast<double>(cells.events[at]) + taken_[at];
      due += static_cast<double>(cells.trials[at]) * reference[cell];
    }
  }
  return due > 0 ? came / due : 1;
}

Cause ExposureUndo::Undo(const Reading& reading, FamilyEvents& undone) {
  const CubeIndex& index = streams_.index();
  const FlatFamily& flat = index.families()[kItemFamily];
  const Grouping& grouping = index.GroupingOf(reading.stream);
  const std::vector<double> reference =
      streams_.ReferenceRates(kItemFamily, undone, reading.start.start);
  std::vector<bool> inside(flat.cells());
  std::vector<bool> customers(index.families().front().cells());
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    inside[cell] = grouping.first_stream + grouping.LocalStream(flat, cell) == reading.stream;
    if (inside[cell]) customers[flat.base_cell[cell]] = true;
  }
  Cause cause;
  cause.stream = reading.stream;
  cause.start = streams_.DayOf(reading.start.start);
  cause.start_latest = streams_.DayOf(reading.start.latest);
  cause.ratio = MeasureRatio(reading, inside, reference);
  const stats::CellCounts cells = streams_.Cells(kItemFamily, streams_.events()[kItemFamily]);
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    if (customers[flat.base_cell[cell]]) reference_[cell] = reference[cell];
    if (!inside[cell]) continue;
    for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
      if (cells.cohort[at] < reading.start.start) continue;
      taken_[at] += static_cast<double>(cells.trials[at]) * reference[cell] * (1 - cause.ratio);
      named_[at] = true;
    }
  }
  Write(undone);
  return cause;
}

void ExposureUndo::Write(FamilyEvents& undone) const {
  const FlatFamily& flat = streams_.index().families()[kItemFamily];
  const stats::CellCounts cells = streams_.Cells(kItemFamily, streams_.events()[kItemFamily]);
  const std::size_t cohorts = streams_.cohorts();
  struct Named {
    double taken = 0;
    double reference = 0;
  };
  // By customer cell and cohort: what the named values get back, and their share of before.
  std::vector<Named> named(streams_.index().families().front().cells() * cohorts);
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
      if (!named_[at]) continue;
      Named& sum = named[flat.base_cell[cell] * cohorts + cells.cohort[at]];
      sum.taken += taken_[at];
      sum.reference += reference_[cell];
    }
  }
  for (std::size_t cell = 0; cell < flat.cells(); ++cell) {
    for (std::uint32_t at = cells.first[cell]; at < cells.first[cell + 1]; ++at) {
      const Named& sum = named[flat.base_cell[cell] * cohorts + cells.cohort[at]];
      double change = 0;
      if (named_[at]) {
        change = taken_[at];
      } else if (1 - sum.reference > kLeastRest) {
        change = -sum.taken * reference_[cell] / (1 - sum.reference);
      }
      undone[kItemFamily][at] = static_cast<float>(static_cast<double>(cells.events[at]) + change);
    }
  }
}

}  // namespace ripen::monitor
