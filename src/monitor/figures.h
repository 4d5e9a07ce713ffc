// Figures with their maturity: the rate of a stage in a slice over cohort days, from the cube.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cube/snapshot.h"
#include "model/check_report.h"
#include "model/comparison.h"
#include "model/config.h"
#include "model/metric.h"
#include "monitor/collections.h"
#include "monitor/exposure_figures.h"
#include "monitor/fairness.h"
#include "monitor/forecast.h"
#include "monitor/periods.h"
#include "monitor/ranking.h"
#include "monitor/side_by_side.h"
#include "monitor/total_move.h"

namespace ripen::monitor {

struct FigureOptions {
  std::int64_t smallest_group = 20;  // groups with fewer members get no figure
  AlertsConfig alerts;               // decide when a change of delay is open
  ForecastOptions forecast;
};

// Answers every question about rates from one snapshot. Immutable after Make; safe to share between
// threads; keeps a reference to the snapshot, which must outlive it. Where a stage counts what is
// sent back of a stage of shown, "kept" names what was bought and stayed, in all functions that
// take the name of a stage.
class Figures {
 public:
  static Figures Make(const cube::Snapshot& snapshot, const FigureOptions& options);
  Figures(Figures&&) noexcept;
  Figures& operator=(Figures&&) noexcept;
  ~Figures();

  std::vector<StageSummary> Stages() const;
  // Hidden values marked: under smallest_group, and the one that is hidden with them.
  std::vector<SegmentSummary> Segments() const;
  // Every figure of the contract: each stage x (total, segments, pairs that may be shown) x (whole
  // span, its confirmed part, last 7 cohort days); by stage, slice, from, to.
  std::vector<Metric> All() const;
  // One figure. Errors: kNotFound for an unknown stage, attribute or value, kOutOfRange where
  // from > to. A hidden or too small group is a Metric with PendingReason::kTooFew and no counts.
  [[nodiscard]] Result<Metric> Of(const std::string& stage, const Slice& slice, Day from,
                                  Day to) const;
  // One figure a cohort day, or a whole week (Monday to Sunday, cut at the span's ends).
  [[nodiscard]] Result<std::vector<Metric>> ByDay(const std::string& stage,
                                                  const Slice& slice) const;
  [[nodiscard]] Result<std::vector<Metric>> ByWeek(const std::string& stage,
                                                   const Slice& slice) const;
  // The newest day on which an outcome of a stage became known, and since when its source is
  // silent.
  struct Source {
    std::optional<Day> last_arrival;
    std::optional<Day> late_since;
  };
  Source SourceOf(std::size_t stage) const;
  // Period against period at the same maturity. Errors: kNotFound for an unknown stage.
  [[nodiscard]] Result<PeriodComparison> Compare(const PeriodRequest& request) const;
  // Two values shown on the same days. Errors: those of SidesReader::Compare.
  [[nodiscard]] Result<SidesReport> CompareSides(const SidesRequest& request) const;
  std::vector<SideBySide> ContextSides() const;
  // What groups are shown of item groups. Errors: those of ReadExposure.
  [[nodiscard]] Result<ExposureReport> Exposure(const ExposureRequest& request) const;
  // How groups are served beside each other. Errors: kNotFound for an unknown stage; ReadFairness.
  [[nodiscard]] Result<FairnessReport> Fairness(const FairnessRequest& request) const;
  // Why the overall figure moved between two periods. Errors: as ReadTotalMove.
  [[nodiscard]] Result<TotalMove> Move(const MoveRequest& request) const;
  // Order within lists, positions and the catalogue shown, from rows and items read as
  // RowsToRead and ItemsToRead ask for. A group that may not be shown is an answer that says so.
  RankingReport Rank(const RankingRequest& request, const cube::ShownRows& rows,
                     const std::vector<cube::ItemCount>& items) const;
  // Whether figures of the slice may be shown. Errors: kNotFound for an unknown attribute or value.
  [[nodiscard]] Result<bool> MayShow(const Slice& slice) const;
  // Collections and their switches. Errors: as monitor/collections.h.
  [[nodiscard]] Result<CollectionsReport> Collections(const CollectionsRequest& request) const;
  // The settling day, first-estimate day and maturity of one cohort day.
  Maturity MaturityOf(std::size_t stage, Day shown) const;
  Day SettlesOn(std::size_t stage, Day shown) const;

 private:
  struct Impl;
  explicit Figures(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace ripen::monitor
