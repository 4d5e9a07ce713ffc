#include "server/api.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "json/check_report_json.h"
#include "json/collections_json.h"
#include "json/comparison_json.h"
#include "json/expected_json.h"
#include "json/exposure_json.h"
#include "json/fairness_json.h"
#include "json/finding_json.h"
#include "json/input_json.h"
#include "json/ranking_json.h"
#include "json/segments_json.h"
#include "json/series_json.h"
#include "json/side_by_side_json.h"
#include "json/signs_json.h"
#include "json/slice_json.h"
#include "json/total_move_json.h"
#include "json/truth_json.h"
#include "server/annotations.h"
#include "server/incidents.h"
#include "server/service_json.h"
#include "wording/collections_text.h"
#include "wording/comparison_text.h"
#include "wording/expected_text.h"
#include "wording/fairness_text.h"
#include "wording/finding_text.h"
#include "wording/group_name.h"
#include "wording/move_text.h"
#include "wording/phrasebook.h"
#include "wording/ranking_text.h"
#include "wording/side_text.h"
#include "wording/sign_text.h"

namespace ripen::server {
namespace {

// `RIPEN_TAKE(const auto day, parameters.Date("from"));` binds the value or returns the problem.
#define RIPEN_TAKE_INNER(result, lhs, expr)                               \
  auto result = (expr);                                                   \
  if (!result) return tl::unexpected<Problem>(std::move(result).error()); \
  lhs = std::move(*result)
#define RIPEN_TAKE(lhs, expr) RIPEN_TAKE_INNER(RIPEN_CONCAT_(taken_, __COUNTER__), lhs, expr)

template <typename T>
Outcome<T> OrProblem(Result<T> result) {
  if (!result) return tl::unexpected<Problem>(ProblemOf(result.error()));
  return std::move(*result);
}

Outcome<CheckReport> CheckOf(EngineView& engine, const Parameters& parameters) {
  RIPEN_TAKE(const std::optional<Day> as_of, parameters.Date("as_of"));
  return OrProblem(engine.Check(as_of));
}

json::MessageOf MessagesOf(const CheckReport& report) {
  return [&report](const Finding& finding) { return wording::RenderAll(finding, report); };
}

json::SideMessageOf SideMessagesOf(const CheckReport& report) {
  return [&report](const SideBySide& comparison) {
    return json::BothTexts{wording::SideText(comparison, report, wording::Phrasebook::For("en")),
                           wording::SideText(comparison, report, wording::Phrasebook::For("de"))};
  };
}

json::BothTexts MoveTexts(const TotalMove& move, const CheckReport& report) {
  return {wording::MoveText(move, report, wording::Phrasebook::For("en")),
          wording::MoveText(move, report, wording::Phrasebook::For("de"))};
}

Outcome<std::string> GetCheck(EngineView& engine, const Parameters& parameters) {
  RIPEN_TAKE(const CheckReport report, CheckOf(engine, parameters));
  return json::CheckReportJson(report,
                               {MessagesOf(report), SideMessagesOf(report),
                                [&](const TotalMove& move) { return MoveTexts(move, report); }});
}

Outcome<std::string> GetFindings(EngineView& engine, const Parameters& parameters) {
  RIPEN_TAKE(const CheckReport report, CheckOf(engine, parameters));
  return json::FindingsJson(report.as_of, report.findings, MessagesOf(report));
}

Outcome<std::string> GetInput(EngineView& engine, const Parameters& parameters) {
  RIPEN_TAKE(const CheckReport report, CheckOf(engine, parameters));
  return json::InputAnswerJson(report.as_of, report.input);
}

Outcome<std::string> GetSegments(EngineView& engine, const Parameters& parameters) {
  RIPEN_TAKE(const CheckReport report, CheckOf(engine, parameters));
  const wording::GroupNames english(wording::Phrasebook::For("en"), report.segments);
  const wording::GroupNames german(wording::Phrasebook::For("de"), report.segments);
  json::SegmentLabels labels;
  labels.of_attribute = [&](const std::string& attribute) {
    return json::Label{english.AttributeLabel(attribute), german.AttributeLabel(attribute)};
  };
  labels.of_value = [&](const Segment& segment) {
    return json::Label{english.ValueLabel(segment), german.ValueLabel(segment)};
  };
  return json::SegmentsJson(report.as_of, report.segments, labels);
}

Outcome<std::string> StageOf(EngineView& engine, const Parameters& parameters) {
  std::vector<std::string> known;
  for (const Stage& stage : engine.config().stages.stages()) known.push_back(stage.name);
  known.emplace_back("kept");
  const auto given = parameters.Text("stage");
  if (!given) {
    return WrongParameter("stage",
                          fmt::format("Name a stage: stage is one of {}.", fmt::join(known, ", ")));
  }
  if (std::find(known.begin(), known.end(), *given) == known.end()) {
    return WrongParameter("stage", fmt::format("stage: there is none named '{}'; there are {}.",
                                               Printable(*given), fmt::join(known, ", ")));
  }
  return *given;
}

Outcome<Grain> GrainOf(const Parameters& parameters) {
  const std::string given = parameters.Text("by").value_or("day");
  for (const Grain grain : {Grain::kDay, Grain::kWeek, Grain::kSpan}) {
    if (given == json::GrainName(grain)) return grain;
  }
  return WrongParameter("by", fmt::format("by is day, week or span, not '{}'.", Printable(given)));
}

Outcome<Slice> SliceOf(const Parameters& parameters) {
  const auto text = parameters.Text("slice");
  if (!text) return Slice{};
  auto slice = json::ParseSlice(*text);
  if (!slice) {
    Problem problem = ProblemOf(slice.error());
    problem.parameter = "slice";
    return tl::unexpected<Problem>(std::move(problem));
  }
  return std::move(*slice);
}

Outcome<std::string> GetTruth(EngineView& engine, const Parameters& parameters) {
  RIPEN_TAKE(const std::optional<Day> as_of, parameters.Date("as_of"));
  RIPEN_TAKE(const Slice slice, SliceOf(parameters));
  RIPEN_TAKE(const Truth truth, OrProblem(engine.ReadTruth(as_of, slice)));
  return json::TruthJson(truth);
}

Outcome<std::string> GetMetrics(EngineView& engine, const Parameters& parameters) {
  engine::SeriesRequest request;
  RIPEN_TAKE(request.as_of, parameters.Date("as_of"));
  RIPEN_TAKE(request.stage, StageOf(engine, parameters));
  RIPEN_TAKE(request.grain, GrainOf(parameters));
  RIPEN_TAKE(request.within, SliceOf(parameters));
  request.attribute = parameters.Text("attribute");
  RIPEN_TAKE(request.from, parameters.Date("from"));
  RIPEN_TAKE(request.to, parameters.Date("to"));
  if (request.from && request.to && *request.from > *request.to) {
    return WrongParameter(
        "from", fmt::format("from ({}) is after to ({}).", request.from->Iso(), request.to->Iso()));
  }
  for (const Segment& segment : request.within.segments) {
    if (segment.attribute == request.attribute) {
      return WrongParameter("attribute",
                            fmt::format("attribute: the slice says '{}' already; name another one "
                                        "or leave it out of the slice.",
                                        Printable(segment.attribute)));
    }
  }
  if (!request.as_of) {
    // The answer names its day, so the default is looked up first, by the engine's own rule.
    RIPEN_TAKE(const ledger::StoreStatus status, OrProblem(engine.Status()));
    request.as_of = status.as_of;
  }
  RIPEN_TAKE(const std::vector<Series> series, OrProblem(engine.ReadSeries(request)));
  return json::SeriesJson(request.as_of.value_or(Day()), request.stage, request.grain, series);
}

Outcome<std::string> GetBacktest(EngineView& engine, const Parameters& parameters) {
  RIPEN_TAKE(const std::optional<Day> as_of, parameters.Date("as_of"));
  RIPEN_TAKE(const CheckReport report, OrProblem(engine.Check(as_of)));
  RIPEN_TAKE(const BacktestReport backtest, OrProblem(engine.ReadBacktest(as_of)));
  return json::BacktestJson(backtest, [&](const StageRecord& record) {
    return json::BothLines{wording::RecordText(record, report, wording::Phrasebook::For("en")),
                           wording::RecordText(record, report, wording::Phrasebook::For("de"))};
  });
}

Outcome<std::string> GetPeriods(EngineView& engine, const Parameters& parameters) {
  monitor::PeriodRequest request;
  RIPEN_TAKE(const std::optional<Day> as_of, parameters.Date("as_of"));
  RIPEN_TAKE(request.stage, StageOf(engine, parameters));
  const std::string by = parameters.Text("by").value_or("week");
  if (by != "week" && by != "month") {
    return WrongParameter("by", fmt::format("by is week or month, not '{}'.", Printable(by)));
  }
  const std::string against = parameters.Text("against").value_or("before");
  if (against != "before" && against != "last_collection") {
    return WrongParameter("against", fmt::format("against is before or last_collection, not '{}'.",
                                                 Printable(against)));
  }
  request.length = by == "week" ? PeriodLength::kWeek : PeriodLength::kMonth;
  request.against = against == "before" ? Against::kBefore : Against::kLastCollection;
  RIPEN_TAKE(const CheckReport report, OrProblem(engine.Check(as_of)));
  RIPEN_TAKE(const PeriodComparison comparison, OrProblem(engine.ReadPeriods(as_of, request)));
  const wording::Phrasebook& english = wording::Phrasebook::For("en");
  const wording::Phrasebook& german = wording::Phrasebook::For("de");
  return json::PeriodsJson(
      comparison,
      {wording::PeriodText(comparison, english), wording::PeriodText(comparison, german)},
      [&](const PeriodLine& line) {
        return json::BothLines{wording::PeriodLineText(line, comparison, report, english),
                               wording::PeriodLineText(line, comparison, report, german)};
      });
}

Outcome<std::string> GetSides(EngineView& engine, const Parameters& parameters) {
  monitor::SidesRequest request;
  RIPEN_TAKE(const std::optional<Day> as_of, parameters.Date("as_of"));
  RIPEN_TAKE(request.stage, StageOf(engine, parameters));
  request.attribute = parameters.Text("attribute");
  RIPEN_TAKE(const CheckReport report, OrProblem(engine.Check(as_of)));
  RIPEN_TAKE(const SidesReport sides, OrProblem(engine.ReadSides(as_of, request)));
  return json::SidesJson(sides, SideMessagesOf(report));
}

Outcome<std::string> GetExposure(EngineView& engine, const Parameters& parameters) {
  monitor::ExposureRequest request;
  RIPEN_TAKE(const std::optional<Day> as_of, parameters.Date("as_of"));
  for (const auto& [name, attribute] :
       {std::pair("customer", &request.customer), std::pair("item", &request.item)}) {
    const auto given = parameters.Text(name);
    if (!given) {
      return WrongParameter(name, fmt::format("Name an attribute: {}.", name));
    }
    *attribute = *given;
  }
  RIPEN_TAKE(request.from, parameters.Date("from"));
  RIPEN_TAKE(request.to, parameters.Date("to"));
  RIPEN_TAKE(const ExposureReport report, OrProblem(engine.ReadExposure(as_of, request)));
  return json::ExposureJson(report);
}

Outcome<std::string> GetFairness(EngineView& engine, const Parameters& parameters) {
  monitor::FairnessRequest request;
  RIPEN_TAKE(const std::optional<Day> as_of, parameters.Date("as_of"));
  RIPEN_TAKE(request.stage, StageOf(engine, parameters));
  if (request.stage == "kept") {
    return WrongParameter("stage",
                          "stage: what is kept is the difference of two stages; ask for each of "
                          "them.");
  }
  request.attribute = parameters.Text("attribute");
  const SegmentsConfig& segments = engine.config().segments;
  request.options = {segments.fairness, segments.fairness_pairs};
  RIPEN_TAKE(const CheckReport report, OrProblem(engine.Check(as_of)));
  RIPEN_TAKE(const FairnessReport fairness, OrProblem(engine.ReadFairness(as_of, request)));
  const wording::Phrasebook& english = wording::Phrasebook::For("en");
  const wording::Phrasebook& german = wording::Phrasebook::For("de");
  return json::FairnessJson(
      fairness,
      {{wording::FairnessText(fairness, report, english),
        wording::FairnessText(fairness, report, german)},
       [&](const FairnessPair& pair) {
         return json::BothTexts{wording::FairnessPairText(pair, fairness, report, english),
                                wording::FairnessPairText(pair, fairness, report, german)};
       },
       [&](const std::string& attribute) {
         return json::Label{wording::GroupNames(english, report.segments).AttributeLabel(attribute),
                            wording::GroupNames(german, report.segments).AttributeLabel(attribute)};
       }});
}

Outcome<std::string> GetMove(EngineView& engine, const Parameters& parameters) {
  monitor::MoveRequest request;
  RIPEN_TAKE(const std::optional<Day> as_of, parameters.Date("as_of"));
  RIPEN_TAKE(request.stage, StageOf(engine, parameters));
  if (request.stage == "kept") {
    return WrongParameter("stage",
                          "stage: what is kept is the difference of two stages; ask for "
                          "each of them.");
  }
  request.attribute = parameters.Text("attribute");
  RIPEN_TAKE(request.from, parameters.Date("from"));
  RIPEN_TAKE(request.to, parameters.Date("to"));
  RIPEN_TAKE(request.before_from, parameters.Date("before_from"));
  RIPEN_TAKE(request.before_to, parameters.Date("before_to"));
  RIPEN_TAKE(const CheckReport report, OrProblem(engine.Check(as_of)));
  RIPEN_TAKE(const TotalMove move, OrProblem(engine.ReadMove(as_of, request)));
  return json::TotalMoveJson(move, MoveTexts(move, report)) + "\n";
}

Outcome<std::size_t> LengthOf(const Parameters& parameters) {
  const auto given = parameters.Text("k");
  if (!given) return std::size_t{10};
  std::size_t k = 0;
  const auto [end, error] = std::from_chars(given->data(), given->data() + given->size(), k);
  if (error != std::errc{} || end != given->data() + given->size() || k < 1 || k > 50) {
    return WrongParameter(
        "k", fmt::format("k is a whole number from 1 to 50, not '{}'.", Printable(*given)));
  }
  return k;
}

Outcome<std::string> GetCollections(EngineView& engine, const Parameters& parameters) {
  monitor::CollectionsRequest request;
  RIPEN_TAKE(const std::optional<Day> as_of, parameters.Date("as_of"));
  request.attribute = parameters.Text("attribute");
  request.stage = parameters.Text("stage");
  RIPEN_TAKE(const CheckReport check, OrProblem(engine.Check(as_of)));
  RIPEN_TAKE(const CollectionsReport report, OrProblem(engine.ReadCollections(as_of, request)));
  const wording::Phrasebook& en = wording::Phrasebook::For("en");
  const wording::Phrasebook& de = wording::Phrasebook::For("de");
  json::CollectionsWords words;
  words.report = {wording::CollectionsText(report, check, en),
                  wording::CollectionsText(report, check, de)};
  words.of_switch = [&](const CollectionSwitch& change) {
    return json::BothTexts{wording::SwitchText(change, report, check, en),
                           wording::SwitchText(change, report, check, de)};
  };
  words.of_comparison = [&](const CollectionSwitch& change, const SwitchStage& stage,
                            const CollectionComparison& comparison) {
    return json::BothTexts{
        wording::SwitchComparisonText(change, stage, comparison, report, check, en),
        wording::SwitchComparisonText(change, stage, comparison, report, check, de)};
  };
  words.of_group = [&](const CollectionSwitch& change, const SwitchStage&,
                       const GroupReception& group) {
    return json::BothLines{wording::ReceptionText(change, group, report, check, en),
                           wording::ReceptionText(change, group, report, check, de)};
  };
  return json::CollectionsJson(report, words);
}

Outcome<std::string> GetSigns(EngineView& engine, const Parameters& parameters) {
  RIPEN_TAKE(const std::optional<Day> as_of, parameters.Date("as_of"));
  RIPEN_TAKE(const CheckReport report, OrProblem(engine.Check(as_of)));
  RIPEN_TAKE(const SignReport signs, OrProblem(engine.ReadSigns(as_of)));
  return json::SignsJson(signs, [&](const Sign& sign) {
    return json::BothTexts{wording::SignText(sign, report, wording::Phrasebook::For("en")),
                           wording::SignText(sign, report, wording::Phrasebook::For("de"))};
  });
}

Outcome<std::string> GetExpected(EngineView& engine, const Parameters& parameters) {
  monitor::ExpectedRequest request;
  RIPEN_TAKE(const std::optional<Day> as_of, parameters.Date("as_of"));
  RIPEN_TAKE(request.stage, StageOf(engine, parameters));
  RIPEN_TAKE(request.slice, SliceOf(parameters));
  RIPEN_TAKE(const CheckReport report, OrProblem(engine.Check(as_of)));
  RIPEN_TAKE(const ExpectedReport expected, OrProblem(engine.ReadExpected(as_of, request)));
  const wording::Phrasebook& english = wording::Phrasebook::For("en");
  const wording::Phrasebook& german = wording::Phrasebook::For("de");
  return json::ExpectedJson(expected,
                            {wording::ExpectedText(expected, report, english),
                             wording::ExpectedText(expected, report, german)},
                            {wording::ExpectedLimits(english), wording::ExpectedLimits(german)});
}

Outcome<std::string> GetRanking(EngineView& engine, const Parameters& parameters) {
  monitor::RankingRequest request;
  RIPEN_TAKE(const std::optional<Day> as_of, parameters.Date("as_of"));
  RIPEN_TAKE(request.k, LengthOf(parameters));
  RIPEN_TAKE(request.slice, SliceOf(parameters));
  RIPEN_TAKE(const RankingReport report, OrProblem(engine.ReadRanking(as_of, request)));
  return json::RankingJson(report, [](RankingColumn column) {
    return json::ColumnTexts{wording::MissingColumnText(column, wording::Phrasebook::For("en")),
                             wording::MissingColumnText(column, wording::Phrasebook::For("de"))};
  });
}

Outcome<std::string> GetChanges(EngineView& engine, const Parameters& parameters) {
  RIPEN_TAKE(const std::optional<Day> since, parameters.Date("since"));
  if (!since) return WrongParameter("since", "Name the day to compare with: since=2026-11-13.");
  RIPEN_TAKE(const CheckReport report, CheckOf(engine, parameters));
  if (*since >= report.as_of) {
    return WrongParameter("since", fmt::format("since ({}) must be before the day asked for ({}).",
                                               since->Iso(), report.as_of.Iso()));
  }
  RIPEN_TAKE(const ChangeReport changes, OrProblem(engine.ReadChanges(*since, report.as_of)));
  return json::ChangesJson(changes, [&](const Change& change) {
    return json::BothTexts{wording::ChangeText(change, report, wording::Phrasebook::For("en")),
                           wording::ChangeText(change, report, wording::Phrasebook::For("de"))};
  });
}

Outcome<std::string> GetHealth(EngineView&, const Parameters&) { return HealthJson(); }

Outcome<std::string> GetReadiness(EngineView& engine, const Parameters&) {
  const auto status = engine.Status();
  if (!status) {
    return tl::unexpected<Problem>(
        Problem{503, ErrorCode::kUnavailable, status.error().message, ""});
  }
  return ReadinessJson();
}

const std::vector<ApiRoute>& Routes() {
  static const std::vector<ApiRoute> routes = {
      {kAnnotationsPath, {"as_of"}, true, GetAnnotations},
      {"/api/v1/backtest", {"as_of"}, true, GetBacktest},
      {"/api/v1/changes", {"as_of", "since"}, true, GetChanges},
      {"/api/v1/check", {"as_of"}, true, GetCheck},
      {"/api/v1/expected", {"as_of", "stage", "slice"}, true, GetExpected},
      {"/api/v1/exposure", {"as_of", "customer", "item", "from", "to"}, true, GetExposure},
      {"/api/v1/fairness", {"as_of", "attribute", "stage"}, true, GetFairness},
      {"/api/v1/findings", {"as_of"}, true, GetFindings},
      {kIncidentsPath, {"as_of"}, true, GetIncidents},
      {"/api/v1/input", {"as_of"}, true, GetInput},
      {kJudgementsPath, {}, true, GetJudgements},
      {"/api/v1/metrics",
       {"as_of", "stage", "by", "attribute", "slice", "from", "to"},
       true,
       GetMetrics},
      {"/api/v1/move",
       {"as_of", "stage", "attribute", "from", "to", "before_from", "before_to"},
       true,
       GetMove},
      {"/api/v1/periods", {"as_of", "stage", "by", "against"}, true, GetPeriods},
      {"/api/v1/collections", {"as_of", "attribute", "stage"}, true, GetCollections},
      {"/api/v1/ranking", {"as_of", "k", "slice"}, true, GetRanking},
      {"/api/v1/segments", {"as_of"}, true, GetSegments},
      {"/api/v1/signs", {"as_of"}, true, GetSigns},
      {"/api/v1/side-by-side", {"as_of", "attribute", "stage"}, true, GetSides},
      {"/api/v1/truth", {"as_of", "slice"}, true, GetTruth},
      {"/healthz", {}, false, GetHealth},
      {"/readyz", {}, true, GetReadiness},
  };
  return routes;
}

}  // namespace

const ApiRoute* FindApiRoute(std::string_view path) {
  const auto found = std::find_if(Routes().begin(), Routes().end(),
                                  [&](const ApiRoute& route) { return route.path == path; });
  return found == Routes().end() ? nullptr : &*found;
}

}  // namespace ripen::server
