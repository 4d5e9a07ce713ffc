// What was known on one day: the snapshot and everything answered from it, made once.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.h"
#include "cube/cross.h"
#include "cube/sign_counts.h"
#include "cube/snapshot.h"
#include "model/annotation.h"
#include "model/backtest.h"
#include "model/check_report.h"
#include "model/config.h"
#include "model/incident.h"
#include "model/signs.h"
#include "monitor/backtest.h"
#include "monitor/figures.h"

namespace ripen::engine {

// The stages of a report: those of the default ladder that the data do not hold are left out, those
// that the user configured are kept and say so.
std::vector<StageSummary> ReportedStages(const monitor::Figures& figures, const Config& config);

// What people decided by a day: the changes that its look takes as given, and the incidents that
// were ended by a decision.
struct Decided {
  std::vector<AcceptedChange> accepted;
  std::vector<Annotation> annotations;  // told by then, or of the configuration
  std::vector<Incident> incidents;
};

// Thread safety: all functions may be called at once; the report is made by the first caller.
class Known {
 public:
  // `cross`: reads the cross of all attributes for this snapshot; empty where there is none.
  using CrossOf = std::function<Result<cube::Cross>(const cube::Snapshot&, Day, Day)>;
  // Reads what can be counted before any outcome.
  using SignCountsOf = std::function<Result<cube::SignCounts>(Day as_of)>;
  Known(cube::Snapshot snapshot, InputSummary input, const Config& config, Decided decided,
        CrossOf cross, SignCountsOf sign_counts);
  Known(const Known&) = delete;
  Known& operator=(const Known&) = delete;

  const cube::Snapshot& snapshot() const { return snapshot_; }
  const monitor::Figures& figures() const { return figures_; }
  BacktestReport backtest() const { return backtest_.Report(); }
  const CheckReport& report();
  const Result<SignReport>& signs();
  const std::vector<Annotation>& declared() const { return decided_.annotations; }
  // Those declared, and launches that the report found.
  AnnotationReport Annotations();
  // Without an attribute asked for, the one that a finding of the report names, if any does.
  [[nodiscard]] Result<TotalMove> ReadMove(monitor::MoveRequest request);

 private:
  void MakeReport();
  [[nodiscard]] Result<SignReport> MakeSigns() const;

  const cube::Snapshot snapshot_;  // figures_ refers to it
  const monitor::Backtest backtest_;
  const monitor::Figures figures_;
  const InputSummary input_;
  const Config& config_;
  const Decided decided_;
  const CrossOf cross_;
  const SignCountsOf sign_counts_;
  std::once_flag signs_made_;
  Result<SignReport> signs_;
  std::once_flag report_made_;
  CheckReport report_;
};

}  // namespace ripen::engine
