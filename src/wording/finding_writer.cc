#include "wording/finding_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ripen::wording {
namespace {

// Codes of a rate shift that is something milder than a fall or a rise.
constexpr std::string_view kFewerOrLater = "fewer_or_later";
constexpr std::string_view kRecovered = "recovered";
// Codes of a finding that somebody has decided about.
constexpr std::string_view kAccepted = "accepted";
constexpr std::string_view kJudgedFalse = "judged_false";

// A group's share of the recommendations up to which it is worth saying, and "only" a few.
constexpr double kHiddenShare = 0.4;
constexpr double kSmallShare = 0.15;

std::string SingleSentence(const Phrasebook& phrasebook, const std::string& key,
                           const std::string& clause) {
  return CloseClauses(phrasebook.Say(key, {{"headline", clause}}));
}

}  // namespace

FindingWriter::FindingWriter(const Finding& finding, const CheckReport& report,
                             const Phrasebook& phrasebook)
    : finding_(finding),
      report_(report),
      phrasebook_(phrasebook),
      names_(phrasebook, report.segments),
      stages_(phrasebook, report.stages) {}

bool FindingWriter::IsRecovery() const {
  return finding_.kind == FindingKind::kRateShift && finding_.code == kRecovered;
}

bool FindingWriter::IsEarly() const {
  return finding_.level == Level::kWatch && finding_.certainty == Certainty::kTooEarly &&
         !finding_.explained_by && finding_.kind != FindingKind::kDataProblem &&
         finding_.kind != FindingKind::kEstimateCheck && finding_.kind != FindingKind::kLeadingSign;
}

bool FindingWriter::IsOver() const {
  if (finding_.kind != FindingKind::kRateShift || finding_.level != Level::kInfo || IsRecovery()) {
    return false;
  }
  return std::any_of(report_.findings.begin(), report_.findings.end(), [&](const Finding& other) {
    return other.kind == FindingKind::kRateShift && other.code == kRecovered &&
           other.stage == finding_.stage && other.slice == finding_.slice;
  });
}

bool FindingWriter::RatesMovedToo() const {
  return std::any_of(report_.findings.begin(), report_.findings.end(), [&](const Finding& other) {
    return other.kind == FindingKind::kRateShift && other.level == Level::kAlert &&
           other.stage == finding_.stage && !other.explained_by;
  });
}

std::string FindingWriter::MixPrefix() const {
  const bool of_items = std::any_of(
      report_.segments.begin(), report_.segments.end(), [&](const SegmentSummary& segment) {
        return segment.attribute == finding_.mix_attribute && segment.kind == AttributeKind::kItem;
      });
  return of_items ? "finding.mix.items" : "finding.mix";
}

std::optional<double> FindingWriter::Ratio() const {
  if (!finding_.before || !finding_.after || *finding_.before <= 0) return std::nullopt;
  return *finding_.after / *finding_.before;
}

std::string FindingWriter::TemplateName() const {
  if (finding_.kind == FindingKind::kDataProblem) {
    return fmt::format("data_{}", finding_.code.value_or("other"));
  }
  if (finding_.kind != FindingKind::kRateShift) return FindingKindName(finding_.kind);
  if (IsRecovery()) return "recovered";
  const bool fall = finding_.direction != Move::kRise;
  if (IsEarly()) return fall ? "early_drop" : "early_rise";
  if (finding_.gradual) return fall ? "rate_drop_gradual" : "rate_rise_gradual";
  const std::string form = RateForm();
  if (form == "less") return "rate_drop_plain";
  return fall ? "rate_drop" : "rate_rise";
}

std::string FindingWriter::RateForm() const {
  const bool fall = finding_.direction != Move::kRise;
  if (finding_.gradual) return fall ? "less_and_less" : "more_and_more";
  const auto ratio = Ratio();
  // First signs are too early for a ratio.
  const auto band = ratio && !IsEarly() ? phrasebook_.RatioBand(*ratio) : std::nullopt;
  if (!band || (*ratio < 1) != fall) return fall ? "less" : "more";
  return *band == "hardly" ? "hardly" : "ratio";
}

std::string FindingWriter::RateClause() const {
  const std::string stage = StageOr("");
  const std::string form = RateForm();
  Args args = StageArgs();
  args.emplace_back("subject", stages_.Subject(stage, finding_.slice, names_));
  const std::string band =
      form == "ratio" ? phrasebook_.Say("ratio." + *phrasebook_.RatioBand(*Ratio())) : "";
  args.emplace_back("ratio", band);
  return phrasebook_.Say(fmt::format("finding.rate.{}.{}", StageId(), form), args);
}

std::string FindingWriter::DataPrefix() const {
  return phrasebook_.KnownOrOther("finding.data", finding_.code.value_or("other"));
}

std::string FindingWriter::DataAttribute() const {
  if (finding_.slice.IsTotal()) return "";
  const std::string& attribute = finding_.slice.segments.front().attribute;
  return finding_.code == "missing_values" ? names_.AttributeWord(attribute)
                                           : names_.AttributeLabel(attribute);
}

std::string FindingWriter::DataClause() const {
  return phrasebook_.Say(DataPrefix(),
                         {{"stage", stages_.Plural(StageOr(""))},
                          {"code", phrasebook_.Quote(PrintableValue(finding_.code.value_or("")))},
                          {"attribute", DataAttribute()}});
}

std::string FindingWriter::Clause() const {
  const std::string move = finding_.direction == Move::kRise ? "rise" : "fall";
  Args args = StageArgs();
  switch (finding_.kind) {
    case FindingKind::kRateShift:
      if (IsRecovery()) {
        return phrasebook_.Say("finding.recovered", {{"group", names_.Name(finding_.slice)}});
      }
      return RateClause();
    case FindingKind::kMixShift:
      if (RatesMovedToo()) {
        return phrasebook_.Say(fmt::format("{}.part.{}", MixPrefix(), move),
                               {{"stage", stages_.Plural(StageOr(""))}});
      }
      return phrasebook_.Say(fmt::format("{}.{}.{}", MixPrefix(), move, StageId()), args);
    case FindingKind::kVolumeShift: {
      const std::string subject = finding_.slice.IsTotal()
                                      ? phrasebook_.Say("finding.volume.subject.total")
                                      : stages_.Subject("click", finding_.slice, names_);
      return phrasebook_.Say("finding.volume." + move, {{"subject", subject}});
    }
    case FindingKind::kDelayShift:
      return phrasebook_.Say(fmt::format("finding.delay.{}.{}", move, StageId()), args);
    case FindingKind::kExposureShift:
      args.emplace_back(
          "people", JoinWords(names_.People(finding_.slice), names_.Words(finding_.slice).context));
      args.emplace_back("items",
                        finding_.item_slice ? names_.Words(*finding_.item_slice).items : "");
      return phrasebook_.Say("finding.exposure." + move, args);
    case FindingKind::kFairnessGap: return FairnessClause();
    case FindingKind::kEstimateCheck:
      return phrasebook_.Say("finding.estimate.headline", {{"stage", stages_.Plural(StageOr(""))}});
    case FindingKind::kDataProblem: return DataClause();
    case FindingKind::kLeadingSign: return SignClause();
    case FindingKind::kLaunch:
      return phrasebook_.Say("finding.launch.headline",
                             {{"items", names_.Words(finding_.slice).items}});
  }
  return {};
}

MessageText FindingWriter::Write() {
  MessageText text;
  const std::string clause = Clause();
  text.headline = IsEarly()  ? SingleSentence(phrasebook_, "finding.first_signs", clause)
                  : IsOver() ? SingleSentence(phrasebook_, "finding.over", clause)
                             : SingleSentence(phrasebook_, "finding.headline", Capitalised(clause));
  details_.clear();
  switch (finding_.kind) {
    case FindingKind::kRateShift: RateDetails(); break;
    case FindingKind::kMixShift: MixDetails(); break;
    case FindingKind::kVolumeShift: VolumeDetails(); break;
    case FindingKind::kDelayShift: DelayDetails(); break;
    case FindingKind::kExposureShift: ExposureDetails(); break;
    case FindingKind::kFairnessGap: FairnessDetails(); break;
    case FindingKind::kEstimateCheck: EstimateDetails(); break;
    case FindingKind::kDataProblem: DataDetails(); break;
    case FindingKind::kLeadingSign: SignDetails(); break;
    case FindingKind::kLaunch: LaunchDetails(); break;
  }
  AddShadow();
  text.details = std::move(details_);
  return text;
}

void FindingWriter::Add(const std::string& sentence) {
  if (!sentence.empty()) details_.push_back(CloseClauses(sentence));
}

void FindingWriter::AddFigures(const std::string& figures) {
  if (!finding_.since) {
    if (!figures.empty()) Add(phrasebook_.Say("finding.figures.only", {{"figures", figures}}));
    return;
  }
  const std::string date = Date(*finding_.since);
  if (figures.empty()) {
    Add(phrasebook_.Say(finding_.gradual ? "finding.since.gradual" : "finding.since.only",
                        {{"date", date}}));
    return;
  }
  Args args{{"figures", figures}, {"date", date}};
  if (finding_.gradual) {
    Add(phrasebook_.Say("finding.figures.gradual", args));
  } else if (finding_.since_earliest && finding_.since_latest &&
             *finding_.since_earliest < *finding_.since_latest) {
    args.emplace_back("between", phrasebook_.Between(*finding_.since_earliest,
                                                     *finding_.since_latest, report_.as_of));
    Add(phrasebook_.Say("finding.figures.since_range", args));
  } else {
    Add(phrasebook_.Say("finding.figures.since", args));
  }
}

void FindingWriter::AddCertainty() {
  std::string text = phrasebook_.Say("finding.sure." + CertaintyName(finding_.certainty));
  if (finding_.maturity) {
    std::string since;
    if (finding_.trials_since) {
      const std::string base = finding_.stage ? stages_.BaseOf(*finding_.stage) : "shown";
      const std::string_view key = base == "shown"      ? "finding.basis.since"
                                   : base == "purchase" ? "finding.basis.since.purchase"
                                                        : "finding.basis.since.other";
      since = phrasebook_.Say(key, {phrasebook_.CountArg("count", *finding_.trials_since)});
    }
    constexpr std::string_view kNames[] = {"confirmed", "provisional", "pending"};
    text = JoinWords(
        text, phrasebook_.Say(fmt::format("finding.basis.{}",
                                          kNames[static_cast<std::size_t>(*finding_.maturity)]),
                              {{"since", since}}));
  }
  Add(text);
}

const Finding* FindingWriter::FindById(const std::string& id) const {
  for (const Finding& other : report_.findings) {
    if (other.id == id) return &other;
  }
  return nullptr;
}

// The confirmed figure of everybody over the longest time.
const Metric* FindingWriter::ConfirmedTotal() const {
  const Metric* best = nullptr;
  for (const Metric& metric : report_.metrics) {
    if (metric.stage != finding_.stage || !metric.slice.IsTotal()) continue;
    if (metric.maturity() != Maturity::kConfirmed) continue;
    if (best == nullptr || metric.to - metric.from > best->to - best->from) best = &metric;
  }
  return best;
}

void FindingWriter::AddOverall() {
  if (finding_.slice.IsTotal() || finding_.level != Level::kAlert || finding_.explained_by) return;
  for (const Finding& other : report_.findings) {
    // Where the customers changed as well, the overall figure hides nothing: it has its own story.
    if (other.kind == FindingKind::kMixShift && other.stage == finding_.stage) return;
    const bool of_total = other.kind == FindingKind::kRateShift && other.stage == finding_.stage &&
                          other.slice.IsTotal();
    if (!of_total) continue;
    if (other.explained_by == finding_.id && other.before && other.after) {
      Add(phrasebook_.Say(
          "finding.visible_in_total",
          {{"figures", stages_.Instead(StageOr(""), *other.after, *other.before)}}));
    }
    return;
  }
  const Metric* total = ConfirmedTotal();
  if (total == nullptr) return;
  Args args = StageArgs();
  args.emplace_back("period", phrasebook_.FromTo(total->from, total->to, report_.as_of));
  args.emplace_back("figure",
                    stages_.Figure(StageOr(""), std::get<ConfirmedRate>(total->state).rate));
  std::string text = phrasebook_.Say("finding.hidden." + StageId(), args);
  for (const Metric& metric : report_.metrics) {
    const bool same = metric.stage == total->stage && metric.slice == finding_.slice &&
                      metric.from == total->from && metric.to == total->to;
    if (!same || total->trials <= 0 || stages_.BaseOf(total->stage) != "shown") continue;
    const double share = static_cast<double>(metric.trials) / static_cast<double>(total->trials);
    if (share > 0 && share < kHiddenShare) {
      const std::string_view key =
          share < kSmallShare ? "finding.hidden.small_share" : "finding.hidden.share";
      text = JoinWords(text, phrasebook_.Say(key, {{"share", phrasebook_.AboutInHundred(share)}}));
    }
  }
  Add(text);
}

void FindingWriter::AddOthers() {
  if (finding_.level != Level::kAlert || finding_.explained_by) return;
  const auto counts = [&](const Finding& other) {
    return &other != &finding_ && other.id != finding_.id && other.stage == finding_.stage &&
           other.kind == FindingKind::kRateShift && other.level != Level::kInfo &&
           !other.explained_by;
  };
  if (finding_.slice.IsTotal()) {
    const bool alone = std::none_of(report_.findings.begin(), report_.findings.end(), counts);
    if (alone && report_.groups_checked > 0) Add(phrasebook_.Say("finding.total.everywhere"));
    return;
  }
  if (finding_.slice.segments.size() != 1) return;
  const std::string& attribute = finding_.slice.segments.front().attribute;
  const bool known = std::any_of(
      report_.segments.begin(), report_.segments.end(), [&](const SegmentSummary& segment) {
        return segment.attribute == attribute && segment.values.size() > 1;
      });
  const bool moved =
      std::any_of(report_.findings.begin(), report_.findings.end(), [&](const Finding& other) {
        return counts(other) &&
               std::any_of(other.slice.segments.begin(), other.slice.segments.end(),
                           [&](const Segment& segment) { return segment.attribute == attribute; });
      });
  if (known && !moved) {
    Add(phrasebook_.Say("finding.others_as_usual", {{"no_other", names_.NoOther(attribute)}}));
  }
}

void FindingWriter::AddShadow() {
  if (!finding_.explained_by) return;
  const Finding* cause = FindById(*finding_.explained_by);
  if (cause == nullptr || cause == &finding_) {
    Add(phrasebook_.Say("finding.shadow.unknown"));
    return;
  }
  Add(phrasebook_.Say("finding.shadow",
                      {{"cause", FindingWriter(*cause, report_, phrasebook_).Clause()}}));
}

void FindingWriter::RateDetails() {
  const std::string stage = StageOr("");
  if (IsRecovery()) {
    if (finding_.since && finding_.after) {
      Add(phrasebook_.Say(
          "finding.recovered.figures",
          {{"date", Date(*finding_.since)}, {"figure", stages_.Figure(stage, *finding_.after)}}));
    }
    return;
  }
  const std::string figures = finding_.before && finding_.after
                                  ? stages_.Instead(stage, *finding_.after, *finding_.before)
                                  : "";
  AddFigures(figures);
  if (finding_.worse == false) Add(phrasebook_.Say("finding.good_news"));
  if (finding_.explained_by) return;
  AddCertainty();
  if (finding_.code == kFewerOrLater) Add(phrasebook_.Say("finding.fewer_or_later"));
  if (finding_.code == kAccepted || finding_.code == kJudgedFalse) {
    Add(phrasebook_.Say("finding.decided." + *finding_.code));
  }
  AddOverall();
  AddOthers();
  AddWhere();
}

}  // namespace ripen::wording
