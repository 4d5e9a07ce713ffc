"""Daily counts as input: the answers of their rows, and what is said where something is missing."""

import collections
import csv
import datetime
import json
import unittest

from program import ProgramTest, check, ripen

SEGMENTS = ("age_group", "sustainability_preference", "region", "item_collection",
            "model_version")
STAGES = (("click", "clicked_at", None, 1), ("purchase", "purchased_at", None, 14),
          ("return", "returned_at", "purchased_at", 30))
HEADER = ("day", *SEGMENTS, "stage", "base_offset", "delay", "count")


def counts_of(rows):
    """What a warehouse would count: per day, group, stage and delay."""
    counts = collections.Counter()
    for row in rows:
        moment = {name: datetime.datetime.fromisoformat(row[name].replace("Z", "+00:00"))
                  for name in ("recommended_at", "clicked_at", "purchased_at", "returned_at")
                  if row[name]}
        shown = moment["recommended_at"]
        group = (shown.date().isoformat(), *(row[name] for name in SEGMENTS))
        counts[(*group, "shown", "", 0)] += 1
        for stage, column, base_column, window in STAGES:
            base = moment.get(base_column) if base_column else shown
            happened = moment.get(column)
            if not happened or not base or happened - base > datetime.timedelta(days=window):
                continue
            offset = (base.date() - shown.date()).days if base_column else ""
            counts[(*group, stage, offset, (happened.date() - base.date()).days)] += 1
    return counts


class Counts(ProgramTest):
    def world(self, scenario="purchase-drop", per_day=500):
        folder = self.folder / "world"
        run = ripen("simulate", "--out", folder, "--scenario", scenario, "--seed", 3, "--per-day",
                    per_day, "--days", 40)
        self.assertEqual(run.code, 0, run.err)
        with open(folder / "recommendations.csv", newline="") as file:
            rows = list(csv.DictReader(file))
        # What counts cannot say is taken from the rows as well: who, which item, where, how sure.
        kept = ("recommendation_id", "recommended_at", *SEGMENTS, "clicked_at", "purchased_at",
                "returned_at")
        plain = [",".join(kept)] + [",".join(row[name] for name in kept) for row in rows]
        return self.write("rows.csv", "\n".join(plain) + "\n"), counts_of(rows)

    def write_counts(self, counts, name="counts.csv"):
        lines = [",".join(HEADER)]
        lines += [",".join(map(str, (*key, count))) for key, count in sorted(
            counts.items(), key=lambda entry: tuple(map(str, entry[0])))]
        return self.write(name, "\n".join(lines) + "\n")

    def test_counts_give_the_bytes_of_their_rows(self):
        rows, counts = self.world()
        for as_of in ((), ("--as-of", "2026-11-05")):
            by_row = check(rows, *as_of)
            by_count = check(self.write_counts(counts), *as_of)
            self.assertIn(by_count.code, (0, 1), by_count.err)
            answers = [run.report for run in (by_row, by_count)]
            for answer in answers:
                self.assertGreater(answer["input"].pop("rows"), 0)
                answer["input"].pop("mapping")
            # A count counts inside its window; a row may have an outcome after it.
            self.assertGreaterEqual(answers[0]["input"].pop("outcomes", 0),
                                    answers[1]["input"].pop("outcomes", 0))
            self.assertEqual(*(json.dumps(answer, sort_keys=True) for answer in answers))

    def test_nightly_exports_into_a_store(self):
        _, counts = self.world()
        by_night = collections.defaultdict(collections.Counter)
        for key, count in counts.items():
            day = datetime.date.fromisoformat(key[0])
            known = day + datetime.timedelta(days=(key[-2] or 0) + key[-1])
            if known.isoformat() <= "2026-11-20":
                by_night["2026-11-06" if known.isoformat() <= "2026-11-06" else "2026-11-20"][
                    key] = count
        store = self.folder / "shop.duckdb"
        everything = {**by_night["2026-11-06"], **by_night["2026-11-20"]}
        for night, part in (("2026-11-06", by_night["2026-11-06"]), ("2026-11-20", everything)):
            run = ripen("ingest", self.write_counts(part, f"{night}.csv"), "--store", store)
            self.assertEqual(run.code, 0, run.err)
        status = ripen("status", "--store", store, "--format", "json").report["input"]
        self.assertEqual(status["duplicates"], len(by_night["2026-11-06"]))
        for as_of in ("2026-11-06", "2026-11-20"):
            stored = ripen("check", "--store", store, "--as-of", as_of, "--format", "json").report
            fresh = check(self.write_counts(everything), "--as-of", as_of).report
            for answer in (stored, fresh):
                del answer["input"]
            self.assertEqual(stored, fresh)

    def test_the_guess_is_said_and_written(self):
        _, counts = self.world(per_day=50)
        path = self.write_counts(counts)
        run = check(path)
        self.assertIn("daily counts", run.err)
        self.assertEqual(run.report["input"]["mapping"]["count"], "count")
        config = self.folder / "ripen.toml"
        starter = ripen("init", path, "--out", config)
        self.assertEqual(starter.code, 0, starter.err)
        again = check(path, "--config", config)
        self.assertIn(again.code, (0, 1), again.err)
        self.assertEqual(again.report["metrics"], run.report["metrics"])

    def test_german_headers(self):
        text = ("Tag;Region;Stufe;Verzögerung;Anzahl\n"
                + "".join(f"{day:02d}.03.2026;Nord;gezeigt;;500\n{day:02d}.03.2026;Nord;click;0;40\n"
                          for day in range(1, 21)))
        report = self.assert_loaded(check(self.write("zahlen.csv", text)))
        self.assertEqual(report["input"]["recommendations"], 10_000)
        self.assertEqual(report["input"]["outcomes"], 800)

    def test_what_is_missing_is_named(self):
        no_delay = "day,region,stage,count\n2026-03-01,North,shown,5\n"
        self.assert_refused(check(self.write("a.csv", no_delay)), "after how many days", "delay")
        no_day = "region,stage,delay,count\nNorth,shown,0,5\n"
        self.assert_refused(check(self.write("b.csv", no_day)), "on which day")

    def test_cumulative_counts_are_refused(self):
        lines = ["day,region,stage,delay,count", "2026-03-01,North,shown,0,100"]
        lines += [f"2026-03-01,North,purchase,{delay},{20 + delay}" for delay in range(10)]
        self.assert_refused(check(self.write("sums.csv", "\n".join(lines) + "\n")),
                            "a count is that of its own delay")


if __name__ == "__main__":
    unittest.main(verbosity=2)
