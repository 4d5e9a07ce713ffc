#include "wording/check_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <variant>

#include "wording/comparison_text.h"
#include "wording/finding_text.h"
#include "wording/group_name.h"
#include "wording/input_text.h"
#include "wording/move_text.h"
#include "wording/side_text.h"
#include "wording/stage_words.h"
#include "wording/wrap.h"

namespace ripen::wording {
namespace {

constexpr std::size_t kMostWatches = 10;
constexpr std::size_t kMostShadows = 5;
constexpr std::size_t kMostSides = 10;
constexpr double kTellingBounds = 0.3;  // bounds of a rate further apart are not spelt out

// Writes the text section by section.
class CheckWriter {
 public:
  CheckWriter(const CheckReport& report, const Phrasebook& phrasebook,
              const CheckTextOptions& options)
      : report_(report),
        phrasebook_(phrasebook),
        options_(options),
        stages_(phrasebook, report.stages) {}

  std::string Write() {
    Opening();
    Findings();
    Figures();
    SideBySides();
    Record();
    WhenKnown();
    Input();
    return std::move(out_);
  }

 private:
  void Heading(const std::string& text) {
    out_ += '\n' + text + '\n' + std::string(static_cast<std::size_t>(ColumnsOf(text)), '-') + '\n';
  }
  void Paragraph(const std::string& text, std::string_view first = "", std::string_view rest = "") {
    out_ += Wrap(text, first, rest);
  }
  std::string Date(Day day) const { return phrasebook_.Date(day, report_.as_of); }

  void Opening() {
    const std::string as_of =
        phrasebook_.Say("check.as_of", {{"date", phrasebook_.DateWithYear(report_.as_of)}});
    const InputSummary& input = report_.input;
    if (input.recommendations == 0 || !input.first_day || !input.last_day) {
      Paragraph(as_of + " " + phrasebook_.Say("check.nothing_read"));
      return;
    }
    Paragraph(as_of + " " +
              phrasebook_.Say("check.recommendations",
                              {phrasebook_.CountArg("count", input.recommendations),
                               {"period", phrasebook_.FromTo(*input.first_day, *input.last_day,
                                                             report_.as_of)}}));
  }

  // The findings that stand for themselves, of one level.
  std::vector<const Finding*> Own(Level level) const {
    std::vector<const Finding*> own;
    for (const Finding& finding : report_.findings) {
      if (finding.level == level && !finding.explained_by) own.push_back(&finding);
    }
    return own;
  }

  void Findings() {
    const auto alerts = Own(Level::kAlert);
    const auto watches = Own(Level::kWatch);
    const auto infos = Own(Level::kInfo);
    if (alerts.empty() && watches.empty()) {
      Heading(
          phrasebook_.Say(report_.groups_checked > 0 ? "check.no_findings" : "check.no_verdict"));
      if (report_.groups_checked <= 0) Paragraph(phrasebook_.Say("check.no_findings.unwatched"));
    }
    Epoch();
    const auto count = static_cast<std::int64_t>(alerts.size());
    if (!alerts.empty()) {
      Heading(phrasebook_.Say("check.alerts", {phrasebook_.CountArg("count", count)}));
    }
    for (const Finding* finding : alerts) Whole(*finding);
    Brief(watches, "check.watches");
    Watched(!alerts.empty() || !watches.empty());
    Brief(infos, "check.infos");
    Moves();
  }

  // After a planned change nothing can be said for a while, good or bad.
  void Epoch() {
    if (report_.epochs.size() < 2 || report_.epochs.back().state != EpochState::kCollecting) return;
    const ripen::Epoch& epoch = report_.epochs.back();
    std::vector<std::string> titles;
    for (const Annotation& annotation : report_.annotations) {
      const auto& own = epoch.annotations;
      if (std::find(own.begin(), own.end(), annotation.id) == own.end()) continue;
      titles.push_back(annotation.title);
    }
    Paragraph(phrasebook_.Say("check.epoch",
                              {{"date", phrasebook_.Date(epoch.since, report_.as_of)},
                               {"titles", fmt::format("{}", fmt::join(titles, ", "))},
                               {"first", phrasebook_.Date(epoch.first_alert_on, report_.as_of)}}));
  }

  // Why a stage's overall figure is another one than a week before, where it clearly is.
  void Moves() {
    bool any = false;
    for (const TotalMove& move : report_.moves) {
      if (move.refused || !move.move.BeyondItsRange()) continue;
      if (!any) Heading(phrasebook_.Say("check.moves"));
      any = true;
      const MessageText text = MoveText(move, report_, phrasebook_);
      Paragraph(text.headline, "- ", "  ");
      std::string details;
      for (const std::string& detail : text.details) details = JoinWords(details, detail);
      Paragraph(details, "  ", "  ");
    }
  }

  std::string Headline(const Finding& finding, const MessageText& text) const {
    return options_.show_ids ? fmt::format("{} [{}]", text.headline, finding.id) : text.headline;
  }

  // An alert with everything there is to say about it, and what follows from it.
  void Whole(const Finding& finding) {
    const MessageText text = Render(finding, report_, phrasebook_).text;
    Paragraph(Headline(finding, text));
    for (const std::string& detail : text.details) Paragraph(detail, "  - ", "    ");
    std::vector<const Finding*> shadows;
    for (const Finding& other : report_.findings) {
      if (other.explained_by == finding.id) shadows.push_back(&other);
    }
    if (!shadows.empty()) {
      Paragraph(phrasebook_.Say("check.follows") + ":", "  - ", "    ");
      for (std::size_t i = 0; i < std::min(shadows.size(), kMostShadows); ++i) {
        Paragraph(Render(*shadows[i], report_, phrasebook_).text.headline, "      ", "      ");
      }
      More(shadows.size(), kMostShadows, "      ");
    }
    if (&finding != Own(Level::kAlert).back()) out_ += '\n';
  }

  // Headline and figures only.
  void Brief(const std::vector<const Finding*>& findings, std::string_view heading) {
    if (findings.empty()) return;
    Heading(phrasebook_.Say(heading));
    for (std::size_t i = 0; i < std::min(findings.size(), kMostWatches); ++i) {
      const MessageText text = Render(*findings[i], report_, phrasebook_).text;
      Paragraph(Headline(*findings[i], text), "- ", "  ");
      // Who came and who left is what a change of customers is about.
      const std::size_t told =
          findings[i]->kind == FindingKind::kMixShift ? text.details.size() : 1;
      for (std::size_t k = 0; k < std::min(told, text.details.size()); ++k) {
        Paragraph(text.details[k], "  ", "  ");
      }
    }
    More(findings.size(), kMostWatches, "  ");
  }

  void More(std::size_t all, std::size_t shown, std::string_view indent) {
    if (all <= shown) return;
    Paragraph(phrasebook_.Say("check.more", {phrasebook_.CountArg(
                                                "count", static_cast<std::int64_t>(all - shown))}),
              indent, indent);
  }

  void Watched(bool found) {
    if (report_.groups_checked <= 0) return;
    std::string text =
        phrasebook_.Say("check.watched", {phrasebook_.CountArg("count", report_.groups_checked)});
    text += " " + phrasebook_.Say(found ? "check.watched.rest" : "check.watched.all");
    if (found) out_ += '\n';
    Paragraph(text);
  }

  void Figures() {
    if (report_.stages.empty()) return;
    Heading(phrasebook_.Say("check.figures"));
    for (const StageSummary& stage : report_.stages) {
      Paragraph(stages_.Label(stage.stage.name));
      const auto metrics = FiguresOf(stage.stage.name);
      if (!stage.given || metrics.empty()) {
        Paragraph(PendingSentence(PendingReason::kStageNotGiven, phrasebook_), "  ", "  ");
        continue;
      }
      Figures(metrics);
    }
    const auto kept = FiguresOf("kept");
    if (kept.empty()) return;
    Paragraph(stages_.Label("kept"));
    Figures(kept);
  }
  void Figures(const std::vector<const Metric*>& metrics) {
    for (const Metric* metric : metrics) {
      Paragraph(Capitalised(FigureSentence(*metric, report_, phrasebook_)), "  ", "    ");
    }
  }

  // Versions shown on the same days, claims first.
  void SideBySides() {
    std::vector<const SideBySide*> compared;
    for (const SideBySide& each : report_.side_by_side) {
      if (each.verdict) compared.push_back(&each);
    }
    if (compared.empty()) return;
    std::stable_sort(compared.begin(), compared.end(), [](const auto* a, const auto* b) {
      return a->claimed_with.has_value() > b->claimed_with.has_value();
    });
    Heading(phrasebook_.Say("side.heading"));
    for (std::size_t i = 0; i < std::min(compared.size(), kMostSides); ++i) {
      const MessageText text = SideText(*compared[i], report_, phrasebook_);
      Paragraph(text.headline, "- ", "  ");
      // The first detail is the same for all.
      for (std::size_t k = 1; k < text.details.size(); ++k) Paragraph(text.details[k], "  ", "  ");
    }
    More(compared.size(), kMostSides, "  ");
    Paragraph(phrasebook_.Say("side.any_day"));
  }

  // Whether the ranges that were given on earlier days held.
  void Record() {
    std::vector<std::string> sentences;
    for (const StageRecord& record : report_.records) {
      if (record.last.ranges > 0) sentences.push_back(RecordText(record, report_, phrasebook_));
    }
    if (sentences.empty()) return;
    Heading(phrasebook_.Say("check.record"));
    for (const std::string& sentence : sentences) Paragraph(sentence);
  }

  // Of everybody: the longest confirmed time, then the last days if they add something; without a
  // confirmed time the longest there is.
  std::vector<const Metric*> FiguresOf(const std::string& stage) const {
    const Metric* confirmed = nullptr;
    const Metric* longest = nullptr;
    const Metric* latest = nullptr;
    for (const Metric& metric : report_.metrics) {
      if (metric.stage != stage || !metric.slice.IsTotal()) continue;
      const int days = metric.to - metric.from;
      if (longest == nullptr || days > longest->to - longest->from) longest = &metric;
      if (metric.maturity() == Maturity::kConfirmed &&
          (confirmed == nullptr || days > confirmed->to - confirmed->from)) {
        confirmed = &metric;
      }
      if (latest == nullptr || metric.from > latest->from) latest = &metric;
    }
    std::vector<const Metric*> chosen;
    if (longest == nullptr) return chosen;
    chosen.push_back(confirmed != nullptr ? confirmed : longest);
    // Where nothing is confirmed, the last days would repeat what the whole time says.
    const bool adds = confirmed != nullptr || latest->maturity() != Maturity::kPending;
    if (latest != chosen.front() && adds) chosen.push_back(latest);
    return chosen;
  }

  void WhenKnown() {
    std::vector<Stage> ladder_stages;
    for (const StageSummary& stage : report_.stages) ladder_stages.push_back(stage.stage);
    const auto ladder = StageLadder::Make(ladder_stages);
    const auto& first_day = report_.input.first_day;
    const auto& last_day = report_.input.last_day;
    if (!ladder || !first_day || !last_day) return;
    Heading(phrasebook_.Say("check.next"));
    for (std::size_t i = 0; i < report_.stages.size(); ++i) {
      if (!report_.stages[i].given) continue;
      WhenKnown(report_.stages[i], *first_day, *last_day, ladder->SettlingDays(i));
    }
  }

  void WhenKnown(const StageSummary& stage, Day first_day, Day last_day, int settling_days) {
    const std::string plural = Capitalised(stages_.Plural(stage.stage.name));
    const auto& through = stage.confirmed_through;
    if (through && *through >= last_day) {
      Paragraph(phrasebook_.Say("check.next.all", {{"stage", plural}}), "", "  ");
      return;
    }
    std::string text = through ? phrasebook_.Say("check.next.through",
                                                 {{"stage", plural}, {"date", Date(*through)}})
                               : phrasebook_.Say("check.next.none", {{"stage", plural}});
    // A day is confirmed from the morning after its last window has passed.
    const Day all = last_day + settling_days + 1;
    const Day next = (through ? *through + 1 : first_day) + settling_days + 1;
    if (all <= report_.as_of) {
      text += " " + phrasebook_.Say("check.next.stays_open");
    } else if (next > report_.as_of && next < all) {
      text += " " + phrasebook_.Say(through ? "check.next.then" : "check.next.first",
                                    {{"next", phrasebook_.WeekdayDate(next, report_.as_of)},
                                     {"last", phrasebook_.WeekdayDate(all, report_.as_of)}});
    } else {
      text += " " + phrasebook_.Say("check.next.rest",
                                    {{"last", phrasebook_.WeekdayDate(all, report_.as_of)}});
    }
    Paragraph(text, "", "  ");
  }

  void Input() {
    const InputSummary& input = report_.input;
    if (input.rows == 0) return;
    Heading(phrasebook_.Say("check.input"));
    Paragraph(AccountSentence(input, phrasebook_));
    if (input.today) Paragraph(TodaySentence(*input.today));
  }

  std::string TodaySentence(const SoFarToday& today) const {
    std::string outcomes;
    for (const auto& [stage, count] : today.outcomes) {
      if (count == 0) continue;
      outcomes += phrasebook_.Say(
          "today.outcome", {{"count", phrasebook_.Count(count)}, {"stage", stages_.Plural(stage)}});
    }
    return phrasebook_.Say("today.so_far",
                           {{"date", Date(today.day)},
                            phrasebook_.CountArg("recommendations", today.recommendations),
                            {"outcomes", outcomes}});
  }

  const CheckReport& report_;
  const Phrasebook& phrasebook_;
  const CheckTextOptions& options_;
  StageWords stages_;
  std::string out_;
};

std::string ConfirmedSentence(const Metric& metric, const ConfirmedRate& rate,
                              const CheckReport& report, const Phrasebook& phrasebook) {
  const StageWords stages(phrasebook, report.stages);
  std::string text =
      phrasebook.Say("check.figure.confirmed",
                     {{"figure", stages.Figure(metric.stage, rate.rate)},
                      {"range", phrasebook.InHundredRange(rate.low, rate.high)},
                      {"period", phrasebook.FromTo(metric.from, metric.to, report.as_of)}});
  if (rate.revised_from) {
    text += " " + phrasebook.Say("check.figure.revised",
                                 {{"figure", stages.Figure(metric.stage, *rate.revised_from)}});
  }
  return text;
}

std::string ProvisionalSentence(const Metric& metric, const ProvisionalRate& rate,
                                const CheckReport& report, const Phrasebook& phrasebook) {
  const StageWords stages(phrasebook, report.stages);
  std::string text =
      phrasebook.Say("check.figure.provisional",
                     {{"figure", stages.Figure(metric.stage, rate.rate)},
                      {"range", phrasebook.InHundredRange(rate.low, rate.high)},
                      {"period", phrasebook.FromTo(metric.from, metric.to, report.as_of)},
                      {"so_far", stages.SoFar(metric.stage, metric.events_so_far, metric.trials)},
                      {"date", phrasebook.Date(rate.settles_on, report.as_of)}});
  if (rate.borrowed) text += " " + phrasebook.Say("provisional.borrowed");
  return text;
}

std::string PendingFigure(const Metric& metric, const PendingRate& rate, const CheckReport& report,
                          const Phrasebook& phrasebook) {
  const StageWords stages(phrasebook, report.stages);
  std::string text =
      phrasebook.Say("check.figure.pending",
                     {{"period", phrasebook.FromTo(metric.from, metric.to, report.as_of)}});
  const auto add = [&](const std::string& sentence) { text += " " + sentence; };
  if (metric.trials > 0) {
    add(Capitalised(phrasebook.Say(
        "check.figure.pending.so_far",
        {{"so_far", stages.SoFar(metric.stage, metric.events_so_far, metric.trials)}})));
  }
  add(PendingSentence(rate.reason, phrasebook));
  if (rate.least && rate.most) {
    // Bounds that are far apart say little; the lower one stands where the trials are all known.
    const bool tells = *rate.most - *rate.least <= kTellingBounds;
    if (tells) {
      add(phrasebook.Say("check.figure.pending.bounds",
                         {{"least", phrasebook.InHundred(*rate.least)},
                          {"most", phrasebook.InHundred(*rate.most)}}));
    } else if (stages.BaseOf(metric.stage) == "shown" && *rate.least > 0) {
      add(phrasebook.Say("check.figure.pending.floor",
                         {{"least", phrasebook.InHundred(*rate.least)}}));
    }
  }
  const auto date = [&](Day day) { return phrasebook.Date(day, report.as_of); };
  if (rate.first_estimate_on && rate.settles_on) {
    add(phrasebook.Say("check.figure.pending.dates", {{"first", date(*rate.first_estimate_on)},
                                                      {"last", date(*rate.settles_on)}}));
  } else if (rate.settles_on) {
    add(phrasebook.Say("check.figure.pending.settles", {{"last", date(*rate.settles_on)}}));
  } else if (rate.first_estimate_on) {
    add(phrasebook.Say("check.figure.pending.first", {{"first", date(*rate.first_estimate_on)}}));
  }
  return text;
}

}  // namespace

std::string PendingSentence(PendingReason reason, const Phrasebook& phrasebook) {
  return phrasebook.Say("pending." + PendingReasonName(reason));
}

std::string FigureSentence(const Metric& metric, const CheckReport& report,
                           const Phrasebook& phrasebook) {
  if (const auto* confirmed = std::get_if<ConfirmedRate>(&metric.state)) {
    return ConfirmedSentence(metric, *confirmed, report, phrasebook);
  }
  if (const auto* provisional = std::get_if<ProvisionalRate>(&metric.state)) {
    return ProvisionalSentence(metric, *provisional, report, phrasebook);
  }
  return PendingFigure(metric, std::get<PendingRate>(metric.state), report, phrasebook);
}

std::string CheckText(const CheckReport& report, const Phrasebook& phrasebook,
                      const CheckTextOptions& options) {
  return CheckWriter(report, phrasebook, options).Write();
}

}  // namespace ripen::wording
