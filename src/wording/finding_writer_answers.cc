// An incident in six answers: what happened, who, since when, how sure, what it may cost, what to
// check next.
#include <algorithm>
#include <cmath>

#include "wording/finding_writer.h"

namespace ripen::wording {
namespace {

// Two significant digits: what is estimated is not told to the unit.
std::int64_t Rounded(double value) {
  if (value < 10) return std::llround(value);
  const double unit = std::pow(10, std::floor(std::log10(value)) - 1);
  return std::llround(std::round(value / unit) * unit);
}

}  // namespace

std::string FindingWriter::Collect(const std::function<void()>& add) {
  details_.clear();
  add();
  std::string text;
  for (const std::string& sentence : details_) text += (text.empty() ? "" : " ") + sentence;
  details_.clear();
  return text;
}

// The group and how much of everything shown it is.
void FindingWriter::AddGroup() {
  Add(phrasebook_.Say("incident.who", {{"group", Capitalised(names_.Name(finding_.slice))}}));
  if (finding_.slice.IsTotal() || !finding_.stage) return;
  const auto shown = [&](const Slice& slice) {
    double most = 0;
    for (const Metric& metric : report_.metrics) {
      if (metric.slice == slice && stages_.BaseOf(metric.stage) == "shown") {
        most = std::max(most, static_cast<double>(metric.trials));
      }
    }
    return most;
  };
  const double all = shown({});
  const double own = shown(finding_.slice);
  if (all <= 0 || own <= 0) return;
  Add(phrasebook_.Say("finding.hidden.share", {{"share", phrasebook_.AboutInHundred(own / all)}}));
}

std::string FindingWriter::CheckNext() const {
  Args args{{"date", finding_.since ? Date(*finding_.since) : ""},
            {"stage", stages_.Plural(StageOr(""))}};
  if (finding_.kind == FindingKind::kDataProblem) {
    return phrasebook_.Say("incident.check.data", args);
  }
  if (finding_.kind == FindingKind::kDelayShift) {
    return phrasebook_.Say("incident.check.delay", args);
  }
  if (finding_.kind == FindingKind::kExposureShift) {
    return phrasebook_.Say("incident.check.exposure", args);
  }
  if (finding_.worse == false) return phrasebook_.Say("incident.check.good", args);
  if (finding_.responsible) {
    for (const Suspect& suspect : finding_.responsible->suspects) {
      if (!suspect.value || suspect.verdict == SuspectVerdict::kStrongerWith) continue;
      args.emplace_back("attribute", names_.AttributeWord(suspect.attribute));
      args.emplace_back("value", names_.ValueLabel({suspect.attribute, *suspect.value}));
      return phrasebook_.Say("incident.check.suspect", args);
    }
  }
  if (!StageOr("").empty() && stages_.BaseOf(StageOr("")) != "shown") {
    return phrasebook_.Say("incident.check.later_stage", args);
  }
  const Slice& slice = finding_.responsible ? finding_.responsible->slice : finding_.slice;
  const bool of_items =
      std::any_of(slice.segments.begin(), slice.segments.end(), [&](const Segment& segment) {
        return names_.KindOf(segment.attribute) == AttributeKind::kItem;
      });
  if (of_items) return phrasebook_.Say("incident.check.items", args);
  return phrasebook_.Say(slice.IsTotal() ? "incident.check.total" : "incident.check.group", args);
}

std::string FindingWriter::CostText(const IncidentCost& cost) const {
  const auto money = [&](std::int64_t minor_units) {
    return phrasebook_.Say(
        "incident.money",
        {{"amount", phrasebook_.Count(Rounded(static_cast<double>(minor_units) / 100))},
         {"currency", PrintableValue(cost.currency)}});
  };
  return phrasebook_.Say(cost.maturity == Maturity::kConfirmed ? "incident.cost.confirmed"
                                                               : "incident.cost.provisional",
                         {{"lost", phrasebook_.Count(Rounded(cost.lost))},
                          {"lost_low", phrasebook_.Count(Rounded(cost.lost_low))},
                          {"lost_high", phrasebook_.Count(Rounded(cost.lost_high))},
                          {"value", money(cost.value)},
                          {"value_low", money(cost.value_low)},
                          {"value_high", money(cost.value_high)},
                          {"week", money(cost.value_a_week)}});
}

IncidentAnswers FindingWriter::Answers(const Incident& incident) {
  IncidentAnswers answers;
  answers.what = Write().headline;
  if (finding_.kind == FindingKind::kRateShift && finding_.before && finding_.after) {
    answers.what +=
        " " + CloseClauses(Capitalised(phrasebook_.Say(
                  "finding.figures.only",
                  {{"figures", stages_.Instead(StageOr(""), *finding_.after, *finding_.before)}})));
  }
  if (finding_.kind == FindingKind::kExposureShift && finding_.before && finding_.after) {
    const Phrasebook::Pair pair = phrasebook_.InHundredPair(*finding_.after, *finding_.before);
    const std::string figures =
        phrasebook_.Say("finding.exposure.figures", {{"now", pair.now}, {"was", pair.was}});
    answers.what +=
        " " +
        CloseClauses(Capitalised(phrasebook_.Say("finding.figures.only", {{"figures", figures}})));
  }
  answers.who = Collect([&] {
    AddGroup();
    if (finding_.kind != FindingKind::kRateShift) return;
    AddOthers();
    AddWhere();
  });
  answers.since = Collect([&] {
    const bool is_range = finding_.since && !finding_.gradual && finding_.since_earliest &&
                          finding_.since_latest &&
                          *finding_.since_earliest < *finding_.since_latest;
    if (is_range) {
      Add(phrasebook_.Say(
          "incident.since.range",
          {{"date", Date(*finding_.since)},
           {"between", phrasebook_.Between(*finding_.since_earliest, *finding_.since_latest,
                                           report_.as_of)}}));
    } else {
      AddFigures("");
    }
    Add(phrasebook_.Say("incident.since.noticed", {{"date", Date(incident.opened_on)}}));
    if (incident.recovered_on) {
      Add(phrasebook_.Say("incident.since.recovered", {{"date", Date(*incident.recovered_on)}}));
    }
  });
  answers.sure = Collect([&] { AddCertainty(); });
  if (incident.cost) answers.cost = CostText(*incident.cost);
  answers.check_next = CloseClauses(CheckNext());
  return answers;
}

}  // namespace ripen::wording
