"""A year of four collections over a real server: what can be compared when, and who takes a new one badly."""

import csv
import datetime
import json
import random
import unittest

from live_test import LiveTest
from program import ripen

KINDS = ("overlap", "same_age", "groups", "last_year")
SETTLING = {"click": 1, "purchase": 14, "return": 44}


class Collections(LiveTest):
    def store_of_year(self, change=None):
        """A simulated year in a store; `change` edits the rows."""
        done = ripen("simulate", "--out", self.folder / "year", "--scenario", "seasons", "--seed", 4, "--per-day", 250)
        self.assertEqual(done.code, 0, done.err)
        file = self.folder / "year" / "recommendations.csv"
        if change is not None:
            with open(file, encoding="utf-8", newline="") as source:
                rows = list(csv.DictReader(source))
            for row in rows:
                change(row)
            with open(file, "w", encoding="utf-8", newline="") as target:
                writer = csv.DictWriter(target, rows[0].keys())
                writer.writeheader()
                writer.writerows(rows)
        store = self.folder / "year.duckdb"
        done = ripen("ingest", file, "--store", store)
        self.assertEqual(done.code, 0, done.err)
        self.serve(store)

    def collections(self, as_of, query=""):
        status, answer = self.request("GET", f"/api/v1/collections?as_of={as_of}{query}")
        self.assertEqual(status, 200, answer)
        return answer if isinstance(answer, dict) else json.loads(answer)

    def test_a_day_once_named_is_kept(self):
        self.store_of_year()
        first = self.collections("2026-11-20")
        launches = {change["new_collection"]: datetime.date.fromisoformat(change["launched_on"]) for change in first["switches"]}
        self.assertEqual(list(launches), ["Autumn", "Summer", "Spring"])
        launched = launches["Summer"]
        named = {}
        states = {}
        for days in (7, 8, 9, 14, 20, 21, 22, 35, 50, 51, 52, 70, 120):
            as_of = launched + datetime.timedelta(days=days)
            answer = self.collections(as_of)
            change = next(each for each in answer["switches"] if each["new_collection"] == "Summer")
            self.assertEqual(change["launched_on"], launched.isoformat())
            for stage in change["stages"]:
                self.assertEqual([each["kind"] for each in stage["comparisons"]], list(KINDS))
                for each in stage["comparisons"]:
                    key = (stage["stage"], each["kind"])
                    on = each["comparable_on"]
                    if key[1] == "last_year":
                        self.assertEqual((each["state"], each["reason"], on), ("not_comparable", "no_year_before", None))
                        continue
                    # Seven days of the new collection at the full age, the next morning, whatever the day asked for.
                    self.assertEqual(on, (launched + datetime.timedelta(days=7 + SETTLING[key[0]])).isoformat(), key)
                    named.setdefault(key, set()).add(on)
                    young = as_of + datetime.timedelta(days=1) < datetime.date.fromisoformat(on)
                    self.assertEqual(each["reason"] == "too_young", young, (key, as_of))
                    if young:
                        self.assertIsNone(each["ratio"])
                        self.assertIn("Not comparable until", each["message"]["en"]["headline"])
                    states.setdefault(key, []).append(each["state"])
        self.assertTrue(all(len(days) == 1 for days in named.values()), named)
        for key, seen in states.items():
            # Once comparable, always comparable.
            self.assertEqual(seen, sorted(seen, reverse=True), key)
        self.assertIn("comparable", states[("purchase", "groups")])

    def test_who_takes_the_new_collection_badly_is_named(self):
        dice = random.Random(1)

        def spoil(row):
            if row["age_group"] == "55+" and row["item_collection"] == "Summer" and dice.random() < 0.45:
                for column in ("clicked", "purchased", "returned"):
                    row[column] = "false"
                    row[column + "_at"] = ""

        self.store_of_year(spoil)
        answer = self.collections("2026-08-15", "&stage=click")
        change = next(each for each in answer["switches"] if each["new_collection"] == "Summer")
        groups = next(each for each in change["stages"][0]["comparisons"] if each["kind"] == "groups")
        verdicts = {json.dumps(group["slice"]): group["verdict"] for group in groups["groups"]}
        self.assertEqual(verdicts['{"age_group": "55+"}'], "worse")
        self.assertEqual([name for name, verdict in verdicts.items() if verdict in ("worse", "better")], ['{"age_group": "55+"}'])
        self.assertIn("55", groups["message"]["en"]["headline"])


if __name__ == "__main__":
    unittest.main()
