"""Real data through the real program: what may be claimed, and what it says it cannot know.

Each case reads the ripen.toml of its example and the openly licensed part in tests/data (see the NOTICE
beside each part). One configuration serves both files of a long form: a role or a `where` condition whose
column a file lacks does not concern that file.
"""

import csv
import pathlib
import unittest

from program import ProgramTest, check, ripen, total

ROOT = pathlib.Path(__file__).resolve().parents[2]


def run_example(name, *files):
    data = ROOT / "tests" / "data" / name
    return check(*(data / file for file in files), "--config",
                 ROOT / "examples" / name / "ripen.toml")


class TwoRecommendersForAWeek(ProgramTest):
    """Open Bandit, men: 0.6 % clicks in 7 days. Nothing may be claimed."""

    def setUp(self):
        super().setUp()
        self.report = self.assert_loaded(run_example("obd_zozotown_men", "impressions.csv.gz"))

    def test_every_row_is_there(self):
        self.assert_nothing_lost(self.report, 6650)
        self.assertEqual(self.report["input"]["rejected"], [])
        self.assertEqual((self.report["input"]["first_day"], self.report["input"]["last_day"]),
                         ("2019-11-24", "2019-11-30"))

    def test_nothing_is_claimed(self):
        self.assertEqual([f for f in self.report["findings"] if f["level"] != "info"], [])

    def test_clicks_so_far_are_counted(self):
        figure = total(self.report)
        self.assertEqual(figure.get("events", figure.get("events_so_far")), 43)

    def test_purchases_are_not_given(self):
        self.assertEqual([s["stage"] for s in self.report["stages"]], ["click"])


class AdmissionsOfBerkeley(ProgramTest):
    """Simpson's paradox: the men's applications as one week, the women's as the next, the admitted as
    clicked. Fewer are admitted overall, in no department clearly fewer."""

    def setUp(self):
        super().setUp()
        lines = ["recommendation_id,recommended_at,customer_id,department,clicked_at"]
        seen = {"Male": 0, "Female": 0}
        table = (ROOT / "tests" / "data" / "simpson_berkeley" / "ucb_admissions.csv").read_text()
        for row in csv.DictReader(table.splitlines()):
            for _ in range(int(row["freq"])):
                # Spread evenly over the days of the week, in the order of the table.
                day = 1 + (0 if row["gender"] == "Male" else 7) + seen[row["gender"]] % 7
                seen[row["gender"]] += 1
                clicked = f"2026-11-{day:02d}T09:05:00Z" if row["admit"] == "Admitted" else ""
                lines.append(f"r{len(lines)},2026-11-{day:02d}T09:00:00Z,c{len(lines)},{row['dept']},{clicked}")
        self.file = self.write("admissions.csv", "\n".join(lines) + "\n")
        self.report = self.assert_loaded(check(self.file, "--as-of", "2026-11-20"))

    def test_the_paradox_is_one_sentence(self):
        move, = self.report["moves"]
        self.assertTrue(move["simpson"])
        self.assertEqual(move["message"]["en"]["headline"],
                         "Overall, 30.4 instead of 44.5 in 100 were clicked, although it rose or stayed in every "
                         "group (customers with department “A”: 82 instead of 62): more recommendations went to "
                         "groups that click less (customers with department “E”: 21 instead of 7.1 in 100 "
                         "recommendations).")
        self.assertEqual(move["message"]["de"]["headline"],
                         "Insgesamt wurden 30,4 statt 44,5 von 100 angeklickt, obwohl der Wert in jeder Gruppe "
                         "stieg oder gleich blieb (Kundinnen und Kunden mit department „A“: 82 statt 62): Mehr "
                         "Empfehlungen gingen an Gruppen, die seltener klicken (Kundinnen und Kunden mit "
                         "department „E“: 21 statt 7,1 von 100 Empfehlungen).")
        for language, word in (("en", "although it rose or stayed"), ("de", "obwohl der Wert in jeder Gruppe")):
            text = ripen("check", self.file, "--as-of", "2026-11-20", "--lang", language).out
            self.assertIn(word, " ".join(text.split()))

    def test_its_terms_are_the_published_ones(self):
        move, = self.report["moves"]
        self.assertEqual((move["attribute"], move["before"]["maturity"], move["after"]["maturity"]),
                         ("department", "confirmed", "confirmed"))
        self.assertEqual((move["rate"]["value"], move["mix"]["value"]), (0.036028, -0.177674))
        clear = [term["slice"]["department"] for term in move["terms"]
                 if term["rate"]["low"] > 0 or term["rate"]["high"] < 0]
        self.assertEqual(clear, ["A"])

    def test_no_group_is_accused(self):
        told = [f for f in self.report["findings"] if f["level"] != "info"]
        self.assertEqual([f for f in told if f["slice"]], [])
        # Fewer clicks on the day itself, over everybody: true, and seen before the mix is.
        self.assertEqual([(f["kind"], f["code"], f["level"]) for f in told], [("leading_sign", "early_clicks", "watch")])


class CouponsOfAGrocer(ProgramTest):
    """Complete Journey: 14 uneven cohort days, redeemed after weeks, half of the ages unknown."""

    def setUp(self):
        super().setUp()
        self.run_once = run_example("complete_journey_2017_h1", "campaign_recommendations.csv.gz",
                                    "coupon_outcomes.csv.gz")
        self.report = self.assert_loaded(self.run_once)

    def test_redemptions_join_their_campaigns(self):
        account = self.report["input"]
        self.assertEqual(account["recommendations"], 2466)
        self.assertEqual(account["orphan_outcomes"], 0)
        self.assertEqual(account["rejected"], [])

    def test_young_campaigns_are_provisional_with_their_day(self):
        figure = total(self.report, "redemption")
        self.assertEqual(figure["maturity"], "provisional")
        self.assertLess(figure["events_so_far"] / figure["trials"], figure["rate"])
        self.assertLess(figure["low"], figure["rate"])
        self.assertLess(figure["rate"], figure["high"])
        # The last campaign began on 28 June; its 60 days end on 27 August, read on the 28th.
        self.assertEqual(figure["settles_on"], "2017-08-28")

    def test_unknown_age_is_a_group_of_its_own(self):
        ages = {m["slice"]["age"] for m in self.report["metrics"] if list(m["slice"]) == ["age"]}
        self.assertIn(None, ages)

    def test_nothing_is_claimed_from_so_few_settled_days(self):
        self.assertEqual([f for f in self.report["findings"] if f["level"] == "alert"], [])


class ReturnsByCountry(ProgramTest):
    """Online Retail outside the United Kingdom: purchases and what came back."""

    def setUp(self):
        super().setUp()
        self.report = self.assert_loaded(
            run_example("online_retail_to_2011_06", "lines.csv.gz", "returns_linked.csv.gz"))

    def test_returns_of_unknown_purchases_are_set_aside_with_their_line(self):
        (entry,) = [e for e in self.report["input"]["rejected"]
                    if e["column"] == "purchase_line_id"]
        self.assertEqual(entry["count"], 74)
        self.assertEqual(entry["first"], "returns_linked.csv.gz:2")

    def test_old_months_are_confirmed_and_june_is_not(self):
        (stage,) = self.report["stages"]
        self.assertEqual(stage["stage"], "return")
        # The window of 31 May closes within 30 June, the day asked for: 30 x 24 hours later.
        self.assertEqual(stage["confirmed_through"], "2011-05-31")
        self.assertEqual(total(self.report, "return")["maturity"], "pending")

    def test_small_countries_are_hidden(self):
        shown = {m["slice"]["country"] for m in self.report["metrics"] if m["slice"]}
        self.assertIn("Germany", shown)
        self.assertNotIn("Lebanon", shown)


if __name__ == "__main__":
    unittest.main()
