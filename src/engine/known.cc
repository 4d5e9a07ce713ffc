#include "engine/known.h"

#include <algorithm>
#include <utility>

#include "monitor/epochs.h"
#include "monitor/incidents.h"
#include "monitor/leading_signs.h"
#include "monitor/look.h"

namespace ripen::engine {
namespace {

// The move by the attribute that a finding names, where none is asked for.
Result<TotalMove> MoveByFindings(const monitor::Figures& figures,
                                 const std::vector<Finding>& findings,
                                 monitor::MoveRequest request) {
  request.findings = request.attribute ? nullptr : &findings;
  return figures.Move(request);
}

// The annotations, and the launches that nobody told of.
std::vector<Annotation> WithFoundLaunches(std::vector<Annotation> annotations,
                                          const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    if (finding.kind != FindingKind::kLaunch ||
        finding.code != LaunchOriginName(LaunchOrigin::kFound)) {
      continue;
    }
    Annotation found;
    found.id = finding.id;
    found.kind = AnnotationKind::kLaunch;
    found.origin = AnnotationOrigin::kFound;
    found.day = *finding.since;
    found.item = finding.slice.segments.front();
    found.title = found.item->value.value_or("");
    annotations.push_back(std::move(found));
  }
  std::stable_sort(annotations.begin(), annotations.end(),
                   [](const Annotation& a, const Annotation& b) { return a.day < b.day; });
  return annotations;
}

}  // namespace

std::vector<StageSummary> ReportedStages(const monitor::Figures& figures, const Config& config) {
  std::vector<StageSummary> stages = figures.Stages();
  if (!config.stages_configured) {
    std::erase_if(stages, [](const StageSummary& stage) { return !stage.given; });
  }
  return stages;
}

Known::Known(cube::Snapshot snapshot, InputSummary input, const Config& config, Decided decided,
             CrossOf cross, SignCountsOf sign_counts)
    : snapshot_(std::move(snapshot)),
      backtest_(monitor::Backtest::Replay(snapshot_, {config.alerts})),
      figures_(monitor::Figures::Make(snapshot_,
                                      {config.privacy.smallest_group,
                                       config.alerts,
                                       {.seed = config.seed, .widening = backtest_.widening()}})),
      input_(std::move(input)),
      config_(config),
      decided_(std::move(decided)),
      cross_(std::move(cross)),
      sign_counts_(std::move(sign_counts)) {}

const Result<SignReport>& Known::signs() {
  std::call_once(signs_made_, [this] { signs_ = MakeSigns(); });
  return signs_;
}

Result<SignReport> Known::MakeSigns() const {
  RIPEN_ASSIGN_OR_RETURN(const cube::SignCounts counts, sign_counts_(snapshot_.as_of));
  return monitor::ReadSigns(
      snapshot_, counts,
      {config_.alerts.watch_days, config_.privacy.smallest_group, config_.segments.fallback});
}

const CheckReport& Known::report() {
  std::call_once(report_made_, [this] { MakeReport(); });
  return report_;
}

AnnotationReport Known::Annotations() { return {snapshot_.as_of, report().annotations}; }

void Known::MakeReport() {
  monitor::LookOptions options;
  options.alerts = config_.alerts;
  options.smallest_group = config_.privacy.smallest_group;
  options.seed = config_.seed;
  options.fairness = {config_.segments.fairness, config_.segments.fairness_pairs};
  options.accepted = decided_.accepted;
  options.annotations = decided_.annotations;
  options.backtest = &backtest_;
  if (cross_) {
    options.cross = [this](Day first, Day last) { return cross_(snapshot_, first, last); };
  }
  monitor::Look look = monitor::TakeLook(snapshot_, input_, options);
  report_.as_of = snapshot_.as_of;
  report_.seed = config_.seed;
  report_.input = input_;
  report_.stages = ReportedStages(figures_, config_);
  report_.segments = figures_.Segments();
  report_.metrics = figures_.All();
  std::erase_if(report_.metrics, [this](const Metric& figure) {
    return figure.stage != "kept" &&
           std::none_of(report_.stages.begin(), report_.stages.end(),
                        [&](const StageSummary& each) { return each.stage.name == figure.stage; });
  });
  report_.findings = std::move(look.findings);
  // Counts that cannot be read leave the rest as it is; asked for themselves they say why.
  if (signs()) {
    for (Finding& sign : monitor::FindingsOf(*signs())) {
      report_.findings.push_back(std::move(sign));
    }
    SortFindings(report_.findings);
  }
  report_.annotations = WithFoundLaunches(decided_.annotations, report_.findings);
  report_.epochs = monitor::EpochsOf(report_.annotations, snapshot_.first_day, snapshot_.as_of);
  monitor::MarkDecided(decided_.incidents, report_.findings);
  for (const StageSummary& stage : report_.stages) {
    monitor::MoveRequest request;
    request.stage = stage.stage.name;
    auto move = MoveByFindings(figures_, report_.findings, std::move(request));
    if (move && !move->refused) report_.moves.push_back(*std::move(move));
  }
  report_.side_by_side = figures_.ContextSides();
  report_.records = backtest_.Report().stages;
  report_.groups_checked = look.groups_checked;
}

Result<TotalMove> Known::ReadMove(monitor::MoveRequest request) {
  return MoveByFindings(figures_, report().findings, std::move(request));
}

}  // namespace ripen::engine
