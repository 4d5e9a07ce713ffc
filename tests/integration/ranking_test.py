"""Lists, positions and the catalogue as a reader of /api/v1/ranking gets them."""

import datetime
import json
import pathlib
import signal
import subprocess
import unittest
import urllib.error
import urllib.parse
import urllib.request

from program import PROGRAM, ProgramTest, ripen

ROOT = pathlib.Path(__file__).resolve().parents[2]


class RankingTest(ProgramTest):
    def serve(self, file, *config):
        store = self.folder / "s.duckdb"
        loaded = ripen("ingest", file, "--store", store, *config)
        self.assertEqual(loaded.code, 0, loaded.err)
        server = subprocess.Popen([PROGRAM, "serve", "--store", str(store), "--listen", "127.0.0.1:0", *map(str, config)],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

        def stop():
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
            server.stdout.close()

        self.addCleanup(stop)
        sentence = server.stdout.readline()
        self.address = sentence[sentence.index("http://"):].split()[0].rstrip("/")

    def ask(self, **query):
        text = urllib.parse.urlencode({key: json.dumps(value) if isinstance(value, dict) else value
                                       for key, value in query.items()})
        try:
            with urllib.request.urlopen(f"{self.address}/api/v1/ranking?{text}", timeout=120) as answer:
                return json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return json.loads(error.read())


class TwoRecommendersForAWeek(RankingTest):
    """Open Bandit, men: items and positions without lists. Figures by pandas: tests/oracle/obd_ranking.py."""

    def setUp(self):
        super().setUp()
        self.serve(ROOT / "tests/data/obd_zozotown_men/positions.csv.gz", "--config",
                   ROOT / "examples/obd_zozotown_men/ripen.toml")
        self.expected = json.loads((ROOT / "tests/oracle/obd_ranking_expected.json").read_text())

    def slice_of(self, policy):
        return {} if policy == "both" else {"slice": {"policy": policy}}

    def test_what_was_shown_is_what_pandas_counts(self):
        for policy, expected in self.expected.items():
            for part, query in (("week", {}), ("first_day", {"as_of": "2019-11-24"})):
                with self.subTest(policy=policy, part=part):
                    got = self.ask(**self.slice_of(policy), **query)["catalogue"]["last_7"]
                    for name, value in expected[part].items():
                        self.assertAlmostEqual(got[name], value, places=6, msg=name)
                    self.assertIsNone(got["novelty"])  # no 28 days before

    def test_clicks_by_position_are_those_of_the_file(self):
        for policy, expected in self.expected.items():
            with self.subTest(policy=policy):
                curve, = self.ask(**self.slice_of(policy))["positions"]
                self.assertEqual((curve["from"], curve["to"]), ("2019-11-24", "2019-11-29"))
                got = [{name: point[name] for name in ("position", "shown", "events")} for point in curve["points"]]
                self.assertEqual(got, expected["positions"])
                for point in curve["points"]:
                    self.assertAlmostEqual(point["rate"], point["events"] / point["shown"], places=6)
                    self.assertTrue(point["low"] < point["rate"] < point["high"])

    def test_the_missing_lists_are_said_with_what_to_send(self):
        answer = self.ask()
        missing, = answer["not_in_data"]
        self.assertEqual(missing["column"], "list_id")
        self.assertIn("Send a column list_id", missing["message"]["en"])
        self.assertEqual((answer["lists"], answer["relevances"]), (None, []))

    def test_wrong_questions_are_answered_with_a_sentence(self):
        for query, sentence in (
                ({"k": "0"}, "k is a whole number from 1 to 50, not '0'."),
                ({"slice": {"policies": "bts"}}, "No attribute is named 'policies'; the nearest is 'policy'."),
                ({"slice": {"policy": "ucb"}}, "No recommendation has the value 'ucb' of 'policy'."),
                ({"slice": {"item_feature_1": "x"}},
                 "'item_feature_1' is an attribute of items; a list is not divided by those.")):
            with self.subTest(query=query):
                self.assertEqual(self.ask(**query)["detail"], sentence)


class ListsOfAWorld(RankingTest):
    """Lists of five whose end is known."""

    def setUp(self):
        super().setUp()
        made = ripen("simulate", "--out", self.folder / "world", "--scenario", "stable", "--days", 60, "--per-day", 400,
                     "--lists", 5, "--seed", 11)
        self.assertEqual(made.code, 0, made.err)
        self.truth = json.loads((self.folder / "world/truth.json").read_text())["lists"]
        self.serve(self.folder / "world/recommendations.csv")

    def true_value(self, relevance, span, top, bottom):
        days = [day[relevance] for day in self.truth if span["from"] <= day["day"] <= span["to"]]
        return sum(day[top] for day in days) / sum(day[bottom] for day in days)

    def test_settled_weeks_equal_the_truth_and_open_ones_are_bounded_by_it(self):
        seen = set()
        last = datetime.date.fromisoformat(self.truth[-1]["day"])
        for back in (0, 9):
            answer = self.ask(as_of=last - datetime.timedelta(days=back))
            self.assertEqual(answer["not_in_data"], [])
            for relevance in answer["relevances"][:3]:
                for week in relevance["weeks"]:
                    for measure, top, bottom in (("ndcg", "ndcg", "hits"), ("mrr", "reciprocal_rank", "lists"),
                                                 ("hit_rate", "hits", "lists")):
                        figure = week["span"][measure]
                        value = self.true_value(relevance["relevance"], week["span"], top, bottom)
                        seen.add(figure["maturity"])
                        if figure["maturity"] == "confirmed":
                            self.assertAlmostEqual(figure["value"], value, places=5)
                        else:
                            self.assertLessEqual(figure["least"], value + 1e-6)
                            self.assertGreaterEqual(figure["most"], value - 1e-6)
        self.assertLessEqual({"confirmed", "provisional"}, seen)

    def test_gains_are_said_and_every_list_is_accounted_for(self):
        answer = self.ask()
        self.assertEqual(answer["gains"], [{"gain": 1, "relevance": "click"}, {"gain": 3, "relevance": "purchase"},
                                           {"gain": 5, "relevance": "kept"}])
        lists = answer["lists"]
        self.assertEqual(lists["lists"], lists["judged"])
        self.assertEqual((lists["with_ties"], lists["with_gaps"], lists["rows_without_list"], lists["sampled_share"]),
                         (0, 0, 0, 1))
        self.assertEqual([point["position"] for point in answer["positions"][0]["points"]], [1, 2, 3, 4, 5])

    def test_a_day_of_the_past_is_answered_as_it_was_known(self):
        early = self.ask(as_of="2026-10-20")
        self.assertEqual(early["relevances"][0]["last_7"]["to"], "2026-10-20")
        self.assertEqual(early["relevances"][1]["last_7"]["ndcg"]["maturity"], "provisional")

    def test_nothing_names_a_customer_a_list_or_an_item(self):
        text = json.dumps(self.ask())
        for mark in ("c-", "l-", "i-"):
            self.assertNotRegex(text, rf'"{mark}\d')


if __name__ == "__main__":
    unittest.main()
