#include "cli/config_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/config_keys.h"

namespace ripen::cli {
namespace {

using ledger::FileShape;
using ledger::ImportPlan;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

Config Parsed(std::string_view text) {
  auto config = ParseConfig(text, "ripen.toml");
  EXPECT_TRUE(config) << (config ? "" : config.error().message);
  return config ? std::move(*config) : Config{};
}

std::string Refusal(std::string_view text) {
  const auto config = ParseConfig(text, "ripen.toml");
  EXPECT_FALSE(config) << text;
  if (config) return "";
  EXPECT_EQ(config.error().code, ErrorCode::kInvalidArgument);
  return config.error().message;
}

TEST(ParseConfig, ReadsEveryKey) {
  const Config config = Parsed(R"(
seed = 7
[source]
columns = { id = "nr", "clicked" = "klick" }
timezone = "Europe/London"
date_order = "dmy"
where = "a = 'b'"
stage = "churn"
[report]
timezone = "Europe/Berlin"
language = "de"
currency = "CHF"
[stages.view]
window = 2
[stages.signup]
of = "view"
window = 30
[stages.churn]
of = "signup"
window = 90
direction = "more_is_worse"
[segments]
customer = ["age"]
item = ["brand"]
context = ["model"]
adjust = ["age", "model"]
fairness = ["age"]
fairness_pairs = [["age=25-34", "age=35-44"], ["age=", "age=55+"]]
bins = { price = [20, 50.5] }
[alerts]
false_alarm_every = 30
watch = 3.5
key_segments = ["age=25-34", "region="]
[privacy]
smallest_group = 50
keep_days = 400
)");
  EXPECT_EQ(config.seed, 7U);
  EXPECT_THAT(config.source.columns, ElementsAre(Pair("clicked", "klick"), Pair("id", "nr")));
  EXPECT_EQ(config.source.time_zone, "Europe/London");
  EXPECT_EQ(config.source.date_order, "dmy");
  EXPECT_EQ(config.source.where, "a = 'b'");
  EXPECT_EQ(config.source.stage, "churn");
  EXPECT_EQ(config.report.time_zone, "Europe/Berlin");
  EXPECT_EQ(config.report.language, "de");
  EXPECT_EQ(config.report.currency, "CHF");
  ASSERT_TRUE(config.stages_configured);
  ASSERT_EQ(config.stages.size(),
            3U);  // in the order of the file, not of the alphabet
  EXPECT_EQ(config.stages[0].name, "view");
  EXPECT_EQ(config.stages[1].name, "signup");
  EXPECT_EQ(config.stages[1].of, "view");
  EXPECT_EQ(config.stages[2].window_days, 90);
  EXPECT_EQ(config.stages[2].direction, Direction::kMoreIsWorse);
  EXPECT_THAT(config.segments.customer, ElementsAre("age"));
  EXPECT_THAT(config.segments.item, ElementsAre("brand"));
  EXPECT_THAT(config.segments.context, ElementsAre("model"));
  EXPECT_THAT(config.segments.adjust, ElementsAre("age", "model"));
  EXPECT_THAT(config.segments.fairness, ElementsAre("age"));
  ASSERT_EQ(config.segments.fairness_pairs.size(), 2U);
  EXPECT_EQ(config.segments.fairness_pairs[0].against, (Segment{"age", "35-44"}));
  EXPECT_EQ(config.segments.fairness_pairs[1].group, (Segment{"age", std::nullopt}));
  EXPECT_THAT(config.segments.bins.at("price"), ElementsAre(20, 50.5));
  EXPECT_EQ(config.alerts.false_alarm_every_days, 30);
  EXPECT_EQ(config.alerts.watch_days, 3.5);
  EXPECT_THAT(config.alerts.key_segments,
              ElementsAre(Segment{"age", "25-34"}, Segment{"region", std::nullopt}));
  EXPECT_EQ(config.privacy.smallest_group, 50);
  EXPECT_EQ(config.privacy.keep_days, 400);
}

TEST(ParseConfig, NamesTheNearestKeyAndTheLine) {
  EXPECT_EQ(Refusal("[report]\n\nlangauge = \"de\"\n"),
            "ripen.toml:3: [report] has no key \"langauge\"; did you mean "
            "\"language\"?");
  EXPECT_EQ(Refusal("[reprot]\n"),
            "ripen.toml:1: the file has no key \"reprot\"; did you mean \"report\"?");
  EXPECT_THAT(Refusal("[stages.click]\nwindows = 2\n"),
              HasSubstr("[stages.click] has no key \"windows\"; did you mean \"window\"?"));
  EXPECT_THAT(Refusal("[privacy]\nxyz = 1\n"), HasSubstr("it has smallest_group, keep_days."));
}

TEST(ParseConfig, ChecksValuesAndNamesThem) {
  EXPECT_THAT(Refusal("[stages.click]\nwindow = 0"), HasSubstr("window must be 1 to 400, got 0."));
  EXPECT_THAT(Refusal("[stages.return]\nof = \"purchase\""),
              HasSubstr("'return' is of 'purchase', which is no earlier stage"));
  EXPECT_THAT(Refusal("[stages.click]\ndirection = \"up\""),
              HasSubstr("direction must be \"more_is_better\" or "
                        "\"more_is_worse\", got \"up\"."));
  EXPECT_THAT(Refusal("[report]\nlanguage = \"fr\""), HasSubstr("got \"fr\"."));
  EXPECT_THAT(Refusal("[report]\ncurrency = \"euro\""), HasSubstr("got \"euro\"."));
  EXPECT_THAT(Refusal("[report]\ntimezone = \"Berlin\""), HasSubstr("'Berlin'"));
  EXPECT_THAT(Refusal("[source]\ndate_order = \"ymd\""), HasSubstr("got \"ymd\"."));
  EXPECT_THAT(Refusal("[source]\nstage = \"sale\""),
              HasSubstr("stage must be one of click, purchase, return, got \"sale\"."));
  EXPECT_THAT(Refusal("[source]\ncolumns = { id = 1 }"),
              HasSubstr("columns.id must be the name of a column"));
  EXPECT_THAT(Refusal("[segments]\ncustomer = \"age\""), HasSubstr("customer must be a list"));
  EXPECT_THAT(Refusal("[segments]\ncustomer = [\"a\"]\nitem = [\"a\"]"),
              HasSubstr("[segments] lists \"a\" twice."));
  EXPECT_THAT(Refusal("[segments.bins]\nprice = [3, 2]"), HasSubstr("rising numbers"));
  EXPECT_THAT(Refusal("[segments.bins]\nprice = []"), HasSubstr("bins.price"));
  EXPECT_THAT(Refusal("[alerts]\nfalse_alarm_every = 0.5"), HasSubstr("1 to 3650, got 0.5."));
  EXPECT_THAT(Refusal("[alerts]\nwatch = 100"),
              HasSubstr("watch must not be above false_alarm_every, got 100 and 90."));
  EXPECT_THAT(Refusal("[alerts]\nkey_segments = [\"25-34\"]"), HasSubstr("got \"25-34\"."));
  EXPECT_THAT(Refusal("[privacy]\nsmallest_group = 0"), HasSubstr("got 0."));
  EXPECT_THAT(Refusal("[segments]\nfairness_pairs = [[\"age=1\", \"region=2\"]]"),
              HasSubstr("two values of one attribute, got \"age=1\" and \"region=2\"."));
  EXPECT_THAT(Refusal("[segments]\nfairness_pairs = [[\"age=1\"]]"), HasSubstr("must look like"));
  EXPECT_THAT(Refusal("[privacy]\nkeep_days = \"x\""), HasSubstr("must be a whole number"));
  EXPECT_THAT(Refusal("seed = -1"), HasSubstr("got -1."));
  EXPECT_THAT(Refusal("[report\n"), HasSubstr("ripen.toml:1: "));
}

TEST(ParseConfig, ReadsAnnotations) {
  const Config config = Parsed(
      "[[annotations]]\nday = 2026-04-01\nitem = \"collection=Summer\"\n"
      "[[annotations]]\nkind = \"campaign\"\nday = \"2026-03-01\"\nlast_day = 2026-03-07\n"
      "title = \"Sale\"\nnote = \"all brands\"\ntold = 2026-02-20\n");
  ASSERT_EQ(config.annotations.size(), 2U);
  EXPECT_EQ(config.annotations[0].kind, AnnotationKind::kLaunch);
  EXPECT_EQ(config.annotations[0].title, "Summer");
  EXPECT_EQ(config.annotations[0].item, (Segment{"collection", "Summer"}));
  EXPECT_TRUE(config.annotations[0].new_epoch);
  EXPECT_FALSE(config.annotations[0].told_on);
  EXPECT_EQ(config.annotations[1].last_day, *Day::Parse("2026-03-07"));
  EXPECT_FALSE(config.annotations[1].new_epoch);
  EXPECT_EQ(config.annotations[1].told_on, *Day::Parse("2026-02-20"));
}

TEST(ParseConfig, RefusesAnnotationsThatSayNothing) {
  EXPECT_EQ(Refusal("[[annotations]]\ntitle = \"x\"\n"),
            "ripen.toml:1: [[annotations]] needs a day, like day = 2026-04-01.");
  EXPECT_EQ(Refusal("[[annotations]]\nday = 2026-04-01\n"),
            "ripen.toml:1: The annotation needs a title, or the item that it is about.");
  EXPECT_EQ(Refusal("[[annotations]]\nday = 2026-04-01\nitem = \"Summer\"\n"),
            "ripen.toml:3: item must look like \"collection=Summer\", got \"Summer\".");
  EXPECT_EQ(Refusal("[[annotations]]\nday = 2026-04-01\nkind = \"sale\"\n"),
            "ripen.toml:3: kind must be \"launch\", \"campaign\", \"model_version\" or "
            "\"other\", got \"sale\".");
  EXPECT_EQ(Refusal("[[annotations]]\nday = \"1 April\"\n"),
            "ripen.toml:2: day must be a day, like 2026-04-01, got \"1 April\".");
  EXPECT_EQ(Refusal("[annotations]\nday = 2026-04-01\n"),
            "ripen.toml:1: annotations must be tables, [[annotations]].");
  EXPECT_EQ(Refusal("[[annotations]]\ndate = 2026-04-01\n"),
            "ripen.toml:2: [[annotations]] has no key \"date\"; did you mean \"day\"?");
}

TEST(ReadConfig, SaysThatAFileIsMissing) {
  const auto config = ReadConfig("/nowhere/ripen.toml");
  ASSERT_FALSE(config);
  EXPECT_EQ(config.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(config.error().message, "No configuration can be read at /nowhere/ripen.toml.");
}

ImportPlan WidePlan() {
  ImportPlan plan;
  plan.id = "Empfehlungs \"Nr\"";
  plan.shown_at = "datum";
  plan.truth_flag = "bestätigt";
  plan.stages["click"] = {"geklickt", "geklickt_am"};
  plan.attributes = {{"altersgruppe", "altersgruppe", AttributeKind::kCustomer},
                     {"marke", "marke", AttributeKind::kItem}};
  return plan;
}

TEST(StarterConfig, ReadsBackAsTheGuess) {
  const Config read = Parsed(StarterConfig({WidePlan()}, {}));
  EXPECT_THAT(read.source.columns,
              ElementsAre(Pair("click", "geklickt"), Pair("click_at", "geklickt_am"),
                          Pair("id", "Empfehlungs \"Nr\""), Pair("shown_at", "datum"),
                          Pair("truth", "bestätigt")));
  EXPECT_THAT(read.segments.customer, ElementsAre("altersgruppe"));
  EXPECT_THAT(read.segments.item, ElementsAre("marke"));
  EXPECT_FALSE(read.stages_configured);
}

TEST(StarterConfig, NamesEveryKeyWithItsExplanation) {
  const std::string text = StarterConfig({WidePlan()}, {});
  for (const ConfigKey& key : ConfigKeys()) {
    if (key.key == "columns") continue;  // written as its own table
    EXPECT_THAT(text, HasSubstr(std::string(key.explanation))) << key.key;
    const bool written = text.find(std::string(key.key) + " = ") != std::string::npos;
    EXPECT_TRUE(written) << key.key;
  }
}

TEST(StarterConfig, KeepsAConfigurationThroughARoundTrip) {
  Config config = Parsed(
      "seed = 7\n[source]\ntimezone = \"Europe/London\"\nwhere = \"a = 'b'\"\n"
      "[report]\nlanguage = \"de\"\n[stages.\"sign up\"]\nwindow = 30\n"
      "[segments]\nadjust = [\"age\"]\n[segments.bins]\nprice = [1, 2.5]\n"
      "[alerts]\nwatch = 3.5\nkey_segments = [\"age=\"]\n[privacy]\nkeep_days "
      "= 10\n[[annotations]]\nday = 2026-04-01\nkind = \"other\"\ntitle = \"a \\\"b\\\"\"\n"
      "note = \"c\\nd\"\nitem = \"a=b\"\nlast_day = 2026-04-02\ntold = 2026-03-01\n");
  const Config read = Parsed(StarterConfig({}, config));
  EXPECT_EQ(read.seed, 7U);
  EXPECT_EQ(read.source.time_zone, "Europe/London");
  EXPECT_EQ(read.source.where, "a = 'b'");
  EXPECT_EQ(read.report.language, "de");
  ASSERT_EQ(read.stages.size(), 1U);
  EXPECT_EQ(read.stages[0].name, "sign up");
  EXPECT_EQ(read.stages[0].window_days, 30);
  EXPECT_EQ(read.segments.adjust, config.segments.adjust);
  EXPECT_EQ(read.segments.bins, config.segments.bins);
  EXPECT_EQ(read.alerts.watch_days, 3.5);
  EXPECT_EQ(read.alerts.key_segments, config.alerts.key_segments);
  EXPECT_EQ(read.privacy.keep_days, 10);
  EXPECT_EQ(read.annotations, config.annotations);
}

}  // namespace
}  // namespace ripen::cli
