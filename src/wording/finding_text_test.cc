#include "wording/finding_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <set>

#include "wording/test_reports.h"

namespace ripen::wording {
namespace {

using testing::AgeFinding;
using ::testing::Contains;
using testing::D;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::WorkedExample;

CheckReport With(const Finding& finding) {
  CheckReport report = WorkedExample();
  report.findings = {finding};
  return report;
}

MessageText Text(const Finding& finding, const char* language) {
  return Render(finding, With(finding), Phrasebook::For(language)).text;
}
std::string En(const Finding& finding) { return Text(finding, "en").headline; }
std::string De(const Finding& finding) { return Text(finding, "de").headline; }

Finding RateFinding(const char* stage, Slice slice, double before, double after) {
  Finding finding = AgeFinding();
  finding.stage = stage;
  finding.slice = std::move(slice);
  finding.before = before;
  finding.after = after;
  finding.direction = after < before ? Move::kFall : Move::kRise;
  finding.worse = true;
  return finding;
}

TEST(FindingText, TellsTheWorkedExample) {
  const CheckReport report = WorkedExample();
  const Message english = Render(report.findings[0], report, Phrasebook::For("en"));
  EXPECT_EQ(english.template_name, "rate_drop");
  EXPECT_EQ(english.text.headline,
            "Recommendations to customers aged 25-34 are clicked only a little more than half as "
            "often as before.");
  EXPECT_THAT(
      english.text.details,
      ElementsAre(
          "15 instead of 28 in 100, since 11 Nov (it began between 10 and 12 Nov).",
          "We are very sure. The figures are confirmed (970 recommendations since then).",
          "The overall figure hides it: of all recommendations shown from 22 Oct to 19 Nov, "
          "24 in 100 were clicked. Only about 10 in 100 recommendations belong to this group.",
          "No other age group shows a change."));
  EXPECT_EQ(english.params.at("ratio"), "0.530249");
  EXPECT_EQ(english.params.at("since"), "2026-11-11");
  const Message german = Render(report.findings[0], report, Phrasebook::For("de"));
  EXPECT_EQ(german.text.headline,
            "Empfehlungen für Kundinnen und Kunden von 25 bis 34 Jahren werden nur noch gut halb "
            "so oft angeklickt wie zuvor.");
  EXPECT_THAT(
      german.text.details,
      ElementsAre("15 statt 28 von 100, seit dem 11. November (es begann zwischen dem 10. und dem "
                  "12. November).",
                  "Wir sind sehr sicher. Die Zahlen sind bestätigt (970 Empfehlungen seitdem).",
                  "Die Gesamtzahl verdeckt es: Von allen Empfehlungen, die vom 22. Oktober bis 19. "
                  "November gezeigt wurden, wurden 24 von 100 angeklickt. Nur etwa 10 von 100 "
                  "Empfehlungen gehören zu dieser Gruppe.",
                  "Keine andere Altersgruppe zeigt eine Änderung."));
  EXPECT_EQ(german.params, english.params);
}

TEST(FindingText, WordsEveryStage) {
  const Slice young = testing::Age("16-24");
  EXPECT_EQ(
      En(RateFinding("purchase", young, 0.04, 0.02)),
      "Recommendations to customers aged 16-24 lead to a purchase only half as often as before.");
  EXPECT_EQ(
      De(RateFinding("purchase", young, 0.04, 0.02)),
      "Empfehlungen für Kundinnen und Kunden von 16 bis 24 Jahren führen nur noch halb so oft "
      "zu einem Kauf wie zuvor.");
  EXPECT_EQ(En(RateFinding("return", young, 0.2, 0.3)),
            "Items bought by customers aged 16-24 are sent back more often than before.");
  EXPECT_EQ(De(RateFinding("return", young, 0.2, 0.4)),
            "Käufe von Kundinnen und Kunden von 16 bis 24 Jahren werden etwa doppelt so oft "
            "zurückgeschickt wie zuvor.");
  EXPECT_EQ(En(RateFinding("redemption", young, 0.2, 0.1)),
            "Recommendations to customers aged 16-24 lead to “redemption” only half as often as "
            "before.");
  EXPECT_EQ(De(RateFinding("redemption", young, 0.2, 0.02)),
            "Empfehlungen für Kundinnen und Kunden von 16 bis 24 Jahren führen kaum noch zu "
            "„redemption“.");
}

TEST(FindingText, CountsFromTheStagesBase) {
  Finding finding = RateFinding("churn", {}, 0.2, 0.3);
  CheckReport report = With(finding);
  report.stages = {{{"signup", "shown", 7, 0, Direction::kMoreIsBetter}, true, true, {}, 0},
                   {{"churn", "signup", 30, 0, Direction::kMoreIsWorse}, true, true, {}, 0}};
  const MessageText text = Render(finding, report, Phrasebook::For("en")).text;
  EXPECT_EQ(text.headline,
            "All recommendations with “signup” together lead to “churn” more often than before.");
  EXPECT_THAT(text.details[0], HasSubstr("30 instead of 20 in 100 with “signup”"));
  finding = RateFinding("return", {}, 0.2, 0.3);
  EXPECT_THAT(Text(finding, "de").details[0], HasSubstr("30 statt 20 von 100 gekauften"));
}

TEST(FindingText, WordsTotalsItemsPlacesAndPairs) {
  EXPECT_EQ(En(RateFinding("click", {}, 0.25, 0.20)),
            "All recommendations together are clicked less often than before.");
  EXPECT_EQ(De(RateFinding("click", {}, 0.25, 0.20)),
            "Alle Empfehlungen zusammen werden seltener angeklickt als zuvor.");
  EXPECT_EQ(De(RateFinding("click", Slice::Of({{"collection", "Winter"}}), 0.3, 0.1)),
            "Empfehlungen von Artikeln aus der Kollektion Winter werden nur noch etwa ein Drittel "
            "so oft angeklickt wie zuvor.");
  EXPECT_EQ(De(RateFinding("click", Slice::Of({{"device", "mobile"}}), 0.3, 0.07)),
            "Empfehlungen auf dem Handy werden nur noch etwa ein Viertel so oft angeklickt wie "
            "zuvor.");
  EXPECT_EQ(De(RateFinding("click", Slice::Of({{"sustainability", "high"}}), 0.3, 0.2)),
            "Empfehlungen für Kundinnen und Kunden, denen Nachhaltigkeit wichtig ist, werden "
            "seltener angeklickt als zuvor.");
  EXPECT_EQ(En(RateFinding("return", Slice::Of({{"age_group", "25-34"}, {"collection", "Winter"}}),
                           0.1, 0.2)),
            "Items from the collection Winter bought by customers aged 25-34 are sent back about "
            "twice as often as before.");
}

TEST(FindingText, SaysGradualAndEarlyAndHowSure) {
  Finding finding = AgeFinding();
  finding.gradual = true;
  EXPECT_EQ(De(finding),
            "Empfehlungen für Kundinnen und Kunden von 25 bis 34 Jahren werden immer seltener "
            "angeklickt.");
  EXPECT_EQ(Text(finding, "en").details[0],
            "15 instead of 28 in 100; it moved little by little, since about 11 Nov.");
  finding = AgeFinding();
  finding.level = Level::kWatch;
  finding.certainty = Certainty::kTooEarly;
  finding.maturity = Maturity::kPending;
  EXPECT_EQ(
      En(finding),
      "First signs: recommendations to customers aged 25-34 are clicked less often than before.");
  EXPECT_EQ(
      Text(finding, "de").details[1],
      "Noch ist es zu früh, um sicher zu sein; wir beobachten es weiter. Noch sind nicht alle "
      "Antworten da; vorher und nachher sind im selben Alter verglichen (970 Empfehlungen "
      "seitdem).");
  EXPECT_EQ(Render(finding, With(finding), Phrasebook::For("en")).template_name, "early_drop");
  finding.code = "fewer_or_later";
  EXPECT_THAT(Text(finding, "en").details, Contains(HasSubstr("only come later than usual")));
}

TEST(FindingText, NamesTheCauseOfAShadow) {
  CheckReport report = WorkedExample();
  Finding shadow = RateFinding("click", {}, 0.24, 0.23);
  shadow.id = "00000000000a";
  shadow.level = Level::kWatch;
  shadow.explained_by = report.findings[0].id;
  report.findings.push_back(shadow);
  const MessageText text = Render(shadow, report, Phrasebook::For("en")).text;
  EXPECT_THAT(text.details.back(),
              "This follows from another finding: recommendations to customers aged 25-34 are "
              "clicked only a little more than half as often as before. Nothing more to do here.");
  EXPECT_THAT(text.details, Not(Contains(HasSubstr("sure"))));
  // The cause says what the total shows instead of claiming that it hides the fall.
  const MessageText cause = Render(report.findings[0], report, Phrasebook::For("en")).text;
  EXPECT_THAT(cause.details, Contains("The overall figure moved with it: 23 instead of 24 in 100. "
                                      "Without this group it would be as usual."));
  EXPECT_THAT(cause.details, Not(Contains(HasSubstr("hides it"))));
  shadow.explained_by = "ffffffffffff";
  EXPECT_EQ(Render(shadow, report, Phrasebook::For("de")).text.details.back(),
            "Das ist die Folge eines anderen Befunds.");
}

TEST(FindingText, ClaimsNothingAboutOthersThatMoved) {
  CheckReport report = WorkedExample();
  Finding other = RateFinding("click", testing::Age("55+"), 0.2, 0.1);
  other.id = "00000000000b";
  report.findings.push_back(other);
  EXPECT_THAT(Render(report.findings[0], report, Phrasebook::For("en")).text.details,
              Not(Contains(HasSubstr("No other age group"))));
  Finding total = RateFinding("click", {}, 0.25, 0.2);
  total.id = "00000000000c";
  EXPECT_THAT(Text(total, "en").details,
              Contains(HasSubstr("No single customer group stands out")));
  report.findings.push_back(total);
  EXPECT_THAT(Render(total, report, Phrasebook::For("en")).text.details,
              Not(Contains(HasSubstr("No single customer group"))));
  EXPECT_THAT(Render(report.findings[0], report, Phrasebook::For("en")).text.details,
              Not(Contains(HasSubstr("hides it"))));
}

TEST(FindingText, WordsTheOtherKinds) {
  Finding mix;
  mix.kind = FindingKind::kMixShift;
  mix.stage = "click";
  mix.direction = Move::kFall;
  mix.mix_attribute = "age_group";
  mix.mix_terms = {{"16-24", 0.2, 0.34}};
  mix.mix_effect = -0.021;
  EXPECT_EQ(En(mix),
            "Fewer recommendations are clicked overall because the customers changed, not "
            "because they click less.");
  EXPECT_THAT(
      Text(mix, "de").details,
      ElementsAre("Kundinnen und Kunden von 16 bis 24 Jahren: 34 statt 20 von 100 Empfehlungen.",
                  "Allein die geänderte Kundschaft bewegt die Gesamtzahl um 2,1 von 100."));

  // Beside a group's own fall the customers explain only a part.
  CheckReport both = WorkedExample();
  both.findings.push_back(mix);
  EXPECT_EQ(Render(mix, both, Phrasebook::For("de")).text.headline,
            "Die Gesamtzahl für Klicks ist gesunken, zum Teil weil sich die Kundschaft geändert "
            "hat.");
  EXPECT_THAT(Render(both.findings[0], both, Phrasebook::For("en")).text.details,
              Not(Contains(HasSubstr("hides it"))));

  Finding delay;
  delay.kind = FindingKind::kDelayShift;
  delay.stage = "purchase";
  delay.direction = Move::kRise;
  delay.before = 1;
  delay.after = 3.5;
  delay.since = D(2026, 11, 8);
  EXPECT_EQ(De(delay), "Käufe kommen später an als zuvor.");
  EXPECT_EQ(Text(delay, "de").details[0],
            "Die Hälfte ist nach 3,5 Tagen da; zuvor nach 1 Tag, seit dem 8. November.");

  Finding volume;
  volume.kind = FindingKind::kVolumeShift;
  volume.direction = Move::kRise;
  volume.before = 1000;
  volume.after = 3021.4;
  EXPECT_EQ(En(volume), "More recommendations are shown than before.");
  EXPECT_THAT(Text(volume, "de").details, Contains("Etwa 3.021 statt 1.000 am Tag."));
  volume.slice = Slice::Of({{"collection", "Winter"}});
  EXPECT_EQ(
      De(volume),
      "Es werden mehr Empfehlungen von Artikeln aus der Kollektion Winter gezeigt als zuvor.");

  Finding exposure;
  exposure.kind = FindingKind::kExposureShift;
  exposure.slice = testing::Age("55+");
  exposure.item_slice = Slice::Of({{"sustainable", "true"}});
  exposure.direction = Move::kFall;
  exposure.before = 0.41;
  exposure.after = 0.06;
  EXPECT_EQ(En(exposure),
            "Customers aged 55 and over are shown fewer items from the sustainable "
            "range than before.");
  EXPECT_EQ(De(exposure),
            "Kundinnen und Kunden ab 55 Jahren sehen weniger Artikel aus dem "
            "nachhaltigen Sortiment als zuvor.");
  EXPECT_EQ(Text(exposure, "en").details[0], "6.0 instead of 41 in 100 recommendations.");
  // A group of the context is no customer, but it says where.
  exposure.slice = Slice::Of({{"device", "phone"}});
  EXPECT_EQ(
      En(exposure),
      "All customers on phones are shown fewer items from the sustainable range than before.");

  Finding missing;
  missing.kind = FindingKind::kDataProblem;
  missing.code = "missing_values";
  missing.slice = Slice::Of({{"age_group", std::nullopt}});
  missing.observed = .3;
  missing.expected = .041;
  missing.since = D(2026, 11, 11);
  EXPECT_EQ(En(missing), "How often age is missing has changed.");
  EXPECT_THAT(Text(missing, "de").details,
              ElementsAre("Fehlt in 30 statt 4,1 von 100 Empfehlungen. Seit dem 11. November.",
                          HasSubstr("Gruppen nach Alter enthalten andere")));

  Finding gap;
  gap.kind = FindingKind::kFairnessGap;
  gap.stage = "click";
  gap.slice = testing::Age("25-34");
  gap.against = testing::Age("35-44");
  gap.before = -0.01;
  gap.after = -0.13;
  EXPECT_EQ(De(gap),
            "Kundinnen und Kunden von 25 bis 34 Jahren werden schlechter bedient als "
            "Kundinnen und Kunden von 35 bis 44 Jahren, und der Abstand hat sich geändert.");
  EXPECT_EQ(Text(gap, "en").details[0], "The gap is 13 in 100; before it was 1.0.");

  gap.since = D(2026, 11, 1);
  gap.before = .04;
  gap.against_before = .2;
  gap.after = -.08;
  gap.against_after = .2;
  EXPECT_EQ(En(gap),
            "Customers aged 25-34 are now served less well than customers aged 35-44: for every 10 "
            "clicks those give, they give 6; before 1 Nov it was 12.");
  EXPECT_EQ(De(gap),
            "Kundinnen und Kunden von 25 bis 34 Jahren werden jetzt schlechter bedient als "
            "Kundinnen und Kunden von 35 bis 44 Jahren: Auf 10 Klicks dort kommen hier 6, vor dem "
            "1. November waren es 12.");
  EXPECT_EQ(Text(gap, "en").details[0], "Customers aged 25-34: 12 instead of 24 in 100.");
  EXPECT_EQ(Text(gap, "en").details[1], "Customers aged 35-44: 20 instead of 20 in 100.");

  Finding estimate;
  estimate.kind = FindingKind::kEstimateCheck;
  estimate.level = Level::kWatch;
  estimate.stage = "purchase";
  estimate.observed = 0.71;
  estimate.expected = 0.9;
  EXPECT_EQ(En(estimate), "Our ranges for purchases were too narrow.");
  EXPECT_EQ(Text(estimate, "de").details[0],
            "71 von 100 bestätigten Zahlen lagen in ihrem Bereich; zugesagt waren 90.");
}

TEST(FindingText, WordsDataProblems) {
  Finding problem;
  problem.kind = FindingKind::kDataProblem;
  problem.level = Level::kAlert;
  problem.code = "stage_silent";
  problem.stage = "click";
  problem.expected = 132.4;
  problem.observed = 0;
  problem.since = D(2026, 11, 18);
  EXPECT_EQ(En(problem), "No clicks arrive any more, although they should.");
  EXPECT_EQ(De(problem), "Es kommen keine Klicks mehr an, obwohl welche kommen müssten.");
  EXPECT_EQ(Text(problem, "de").details[0],
            "Nichts kam an; zu erwarten waren etwa 132. Seit dem 18. November.");
  problem.since.reset();
  problem.code = "too_many_rejected";
  problem.observed = 0.083;
  problem.expected = 0.05;
  EXPECT_EQ(Text(problem, "en").details[0], "8.3 in 100 rows were set aside.");
  problem.code = "a_code_of_the_future";
  EXPECT_EQ(En(problem), "Something is wrong with the data: “a_code_of_the_future”.");
  EXPECT_EQ(Render(problem, With(problem), Phrasebook::For("en")).template_name,
            "data_a_code_of_the_future");
}

TEST(FindingText, SaysWhenAGroupIsBackToUsual) {
  Finding finding = AgeFinding();
  finding.level = Level::kInfo;
  finding.code = "recovered";
  finding.direction = Move::kRise;
  finding.after = 0.28;
  EXPECT_EQ(De(finding), "Kundinnen und Kunden von 25 bis 34 Jahren: wieder wie üblich.");
  EXPECT_THAT(Text(finding, "en").details, ElementsAre("Back to usual since 11 Nov (28 in 100)."));
  Finding cause = AgeFinding();
  cause.level = Level::kInfo;
  CheckReport report = With(finding);
  report.findings.push_back(cause);
  EXPECT_EQ(Render(cause, report, Phrasebook::For("en")).text.headline,
            "Over by now: recommendations to customers aged 25-34 are clicked only a little more "
            "than half as often as before.");
}

// What every sentence must keep, whatever the finding.
void ExpectSound(const std::string& text, const char* language,
                 const std::vector<std::string>& banned) {
  EXPECT_EQ(FindBannedWord(text, banned), "") << text;
  for (const char* never :
       {"{", "}", "  ", " ,", " .", "..", ",,", "nan", "inf ", "()", "“”", "„“"}) {
    EXPECT_EQ(text.find(never), std::string::npos) << "'" << never << "' in: " << text;
  }
  ASSERT_FALSE(text.empty());
  EXPECT_TRUE(std::islower(static_cast<unsigned char>(text.front())) == 0) << text;
  EXPECT_EQ(text.back(), '.') << language << ": " << text;
}

TEST(FindingText, IsSoundForEveryKindStageAndShape) {
  const std::vector<Slice> slices = {
      {},
      testing::Age("25-34"),
      testing::Age("55+"),
      Slice::Of({{"age_group", std::nullopt}}),
      Slice::Of({{"age_group", "25-34"}, {"region", "South"}}),
      Slice::Of({{"sustainability_preference", "high"}}),
      Slice::Of({{"sustainability_preference", "low"}, {"collection", "Winter"}}),
      Slice::Of({{"device", "mobile"}, {"gender", "female"}}),
      Slice::Of({{"collection", "Winter"}}),
      Slice::Of({{"model", "v12"}}),
      Slice::Of({{"club", "gold"}}),
      Slice::Of({{"club", std::nullopt}, {"item.colour", "red"}}),
  };
  const std::vector<std::pair<double, double>> levels = {{0.3, 0.02}, {0.3, 0.08},  {0.3, 0.1},
                                                         {0.3, 0.15}, {0.28, 0.15}, {0.3, 0.27},
                                                         {0.1, 0.2},  {0.1, 0.3},   {0.0, 0.01}};
  std::set<std::string> headlines;
  std::set<std::string> seen;
  int rendered = 0;
  for (const char* language : {"en", "de"}) {
    const Phrasebook& phrasebook = Phrasebook::For(language);
    const auto banned = BannedWords(language);
    for (int kind = 0; kind <= static_cast<int>(FindingKind::kEstimateCheck); ++kind) {
      for (const char* stage : {"click", "purchase", "return", "redemption"}) {
        for (const Slice& slice : slices) {
          for (const auto& [before, after] : levels) {
            for (int shape = 0; shape < 8; ++shape) {
              Finding finding = RateFinding(stage, slice, before, after);
              finding.kind = static_cast<FindingKind>(kind);
              finding.gradual = (shape & 1) != 0;
              if ((shape & 2) != 0) {
                finding.level = Level::kWatch;
                finding.certainty = Certainty::kTooEarly;
              }
              if ((shape & 4) != 0) {
                finding.explained_by = "00000000000d";
                finding.same_in = {"region", "club"};
                finding.competitors = {slice};
                finding.maturity = Maturity::kProvisional;
              }
              finding.item_slice = Slice::Of({{"collection", "Winter"}});
              finding.against = testing::Age("35-44");
              finding.code = finding.kind == FindingKind::kDataProblem
                                 ? std::optional<std::string>("stage_silent")
                                 : std::nullopt;
              finding.observed = 0.5;
              finding.expected = 0.9;
              finding.mix_attribute = "age_group";
              finding.mix_terms = {{"25-34", 0.1, 0.2}, {std::nullopt, 0.1, 0.02}};
              finding.mix_effect = 0.01;
              CheckReport report = With(finding);
              Finding cause = AgeFinding();
              cause.id = "00000000000d";
              report.findings.push_back(cause);
              const MessageText text = Render(finding, report, phrasebook).text;
              EXPECT_THAT(text.details, Not(IsEmpty()));
              headlines.insert(text.headline);
              std::vector<std::string> sentences = text.details;
              sentences.push_back(text.headline);
              for (const std::string& sentence : sentences) {
                if (seen.insert(sentence).second) ExpectSound(sentence, language, banned);
              }
              ++rendered;
              if (::testing::Test::HasFailure()) return;
            }
          }
        }
      }
    }
  }
  EXPECT_GT(headlines.size(), 500U);
  EXPECT_EQ(rendered, 2 * 8 * 4 * 12 * 9 * 8);
}

// A finding with nothing but its kind still makes a sentence.
TEST(FindingText, NeedsNothingButTheKind) {
  for (const char* language : {"en", "de"}) {
    for (int kind = 0; kind <= static_cast<int>(FindingKind::kEstimateCheck); ++kind) {
      Finding finding;
      finding.kind = static_cast<FindingKind>(kind);
      const CheckReport report;
      const MessageText text = Render(finding, report, Phrasebook::For(language)).text;
      EXPECT_FALSE(text.headline.empty()) << kind;
      EXPECT_EQ(text.headline.find('{'), std::string::npos) << text.headline;
    }
  }
}

TEST(FindingText, RendersBothLanguagesForPrograms) {
  const CheckReport report = WorkedExample();
  const RenderedMessage message = RenderAll(report.findings[0], report);
  EXPECT_EQ(message.template_name, "rate_drop");
  EXPECT_THAT(message.en.headline, HasSubstr("customers aged 25-34"));
  EXPECT_THAT(message.de.headline, HasSubstr("Kundinnen und Kunden von 25 bis 34 Jahren"));
  EXPECT_EQ(message.en.details.size(), message.de.details.size());
}

}  // namespace
}  // namespace ripen::wording
