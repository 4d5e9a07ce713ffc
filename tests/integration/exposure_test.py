"""What groups are shown, through the real program: two recommenders of a real shop, one of which draws its items at
random, so that its shares are known beforehand; and a feed that stops writing ages."""

import csv
import gzip
import http.client
import io
import json
import pathlib
import signal
import subprocess
import unittest
import urllib.parse

from program import PROGRAM, ProgramTest, check, ripen

ROOT = pathlib.Path(__file__).resolve().parents[2]
PART = ROOT / "tests" / "data" / "obd_zozotown_men" / "impressions.csv.gz"
ITEMS = 34
# The catalogue in three groups by item id: the size of each.
GROUPS = {"a": 12, "b": 11, "c": 11}


def group_of(item_id):
    first = 0
    for name, size in GROUPS.items():
        first += size
        if int(item_id) < first:
            return name
    raise ValueError(item_id)


class WhatTwoRecommendersShow(ProgramTest):
    """Open Bandit, men, one week. `random` shows every item equally often."""

    def setUp(self):
        super().setUp()
        with gzip.open(PART, "rt", encoding="utf-8", newline="") as lines:
            self.rows = list(csv.DictReader(lines))
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["id", "shown_at", "policy", "item_group", "clicked"])
        for row in self.rows:
            writer.writerow([row["recommendation_id"], row["shown_at"], row["policy"], group_of(row["item_id"]),
                             row["click"]])
        store = self.folder / "store.duckdb"
        config = self.write("ripen.toml", '[segments]\ncontext = ["policy"]\nitem = ["item_group"]\n')
        loaded = ripen("ingest", self.write("shown.csv", out.getvalue()), "--store", store, "--config", config)
        self.assertEqual(loaded.code, 0, loaded.err)
        self.server = subprocess.Popen([PROGRAM, "serve", "--store", str(store), "--config", str(config), "--listen", "127.0.0.1:0"],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(self.stop)
        sentence = self.server.stdout.readline()
        self.port = urllib.parse.urlsplit(sentence[sentence.index("http://"):].split()[0]).port

    def stop(self):
        self.server.send_signal(signal.SIGTERM)
        self.server.wait(timeout=30)
        self.server.stdout.close()

    def shares(self, customer):
        """{(value, item group): share of all days}; value is None for everybody."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", f"/api/v1/exposure?customer={customer}&item=item_group")
        answer = json.loads(connection.getresponse().read())
        connection.close()
        self.assertFalse(any(cell["hidden"] for cell in answer["cells"]))
        return {(cell["customer"].get(customer), cell["item"]): cell["now"] for cell in answer["cells"]}

    def test_shares_are_those_of_the_file(self):
        shares = self.shares("policy")
        for policy in ("random", "bts", None):
            rows = [row for row in self.rows if policy in (None, row["policy"])]
            for group in GROUPS:
                shown = sum(group_of(row["item_id"]) == group for row in rows)
                self.assertEqual((shares[policy, group]["shown"], shares[policy, group]["of"]), (shown, len(rows)))

    def test_the_range_of_what_is_drawn_at_random_holds_the_catalogue(self):
        # Three ranges of 90 % on one fixed file: they hold or they do not, for ever.
        shares = self.shares("policy")
        for group, size in GROUPS.items():
            share = shares["random", group]
            self.assertLess(share["low"], size / ITEMS)
            self.assertGreater(share["high"], size / ITEMS)


class AgesThatAreNoLongerWritten(ProgramTest):
    """A fifth of the ages is missing, from the twentieth day on a half."""

    def setUp(self):
        super().setUp()
        lines = ["recommendation_id,recommended_at,customer_id,age_group,collection,clicked"]
        for day in range(1, 31):
            for number in range(200):
                missing = number % 10 < (5 if day >= 20 else 2)
                age = "" if missing else ("25-34" if number % 20 < 10 else "35-44")
                lines.append(f"r-{day}-{number},2026-09-{day:02d}T09:00:00Z,c-{number},{age},"
                             f"{'Winter' if (number + day) % 3 else 'Summer'},{int((number * 7 + day) % 5 == 0)}")
        self.file = self.write("history.csv", "\n".join(lines) + "\n")

    def test_it_is_said_as_what_it_is(self):
        report = self.assert_loaded(check(self.file))
        found, = [f for f in report["findings"] if f["code"] == "missing_values"]
        self.assertEqual((found["kind"], found["level"], found["slice"]), ("data_problem", "watch", {"age_group": None}))
        self.assertEqual(found["since"], "2026-09-20")
        self.assertEqual((found["expected"], found["observed"]), (0.2, 0.5))
        self.assertEqual(found["message"]["en"]["headline"], "How often age is missing has changed.")
        self.assertEqual([f for f in report["findings"] if f["level"] == "alert"], [])


if __name__ == "__main__":
    unittest.main()
