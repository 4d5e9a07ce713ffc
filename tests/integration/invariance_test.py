"""The same events give the same bytes, whatever their order, number, batching or form."""

import gzip
import json
import random
import unittest

import parquet_file
from program import ProgramTest, check, ripen


def without_input(run):
    report = run.report
    del report["input"]
    return json.dumps(report, sort_keys=True)


class SameBytes(ProgramTest):
    def simulate(self, *flags, scenario="segment-drop", per_day=400):
        folder = self.folder / "-".join(["world", scenario, *flags]).replace("/", "")
        run = ripen("simulate", "--out", folder, "--scenario", scenario, "--seed", 5, "--per-day",
                    per_day, *flags)
        self.assertEqual(run.code, 0, run.err)
        return sorted(p for p in folder.iterdir() if p.suffix in (".csv", ".ndjson"))

    def spoil(self, path, seed):
        """Shuffles the rows, repeats a tenth of them, and splits them into ten files."""
        chance = random.Random(seed)
        header, *lines = path.read_text().splitlines()
        lines += chance.sample(lines, len(lines) // 10)
        chance.shuffle(lines)
        parts = []
        for part in range(10):
            name = self.folder / f"part-{seed}-{part}-{path.name}"
            name.write_text("\n".join([header, *lines[part::10]]) + "\n")
            parts.append(name)
        chance.shuffle(parts)
        return parts

    def test_wide_file_in_ten_shuffled_parts(self):
        (path,) = self.simulate()
        whole = check(path)
        self.assertIn(whole.code, (0, 1), whole.err)
        for seed in (1, 2):
            parts = check(*self.spoil(path, seed))
            self.assertEqual(without_input(whole), without_input(parts))
            self.assertEqual(whole.report["input"]["recommendations"],
                             parts.report["input"]["recommendations"])

    def test_parts_loaded_one_by_one_into_a_store(self):
        (path,) = self.simulate()
        parts = self.spoil(path, 3)
        whole, pieces = self.folder / "whole.duckdb", self.folder / "pieces.duckdb"
        self.assertEqual(ripen("ingest", path, "--store", whole).code, 0)
        for part in parts:
            run = ripen("ingest", part, "--store", pieces)
            self.assertEqual(run.code, 0, run.err)
        answers = [ripen("check", "--store", store, "--as-of", "2026-11-20", "--format", "json")
                   for store in (whole, pieces)]
        self.assertIn(answers[0].code, (0, 1), answers[0].err)
        self.assertEqual(without_input(answers[0]), without_input(answers[1]))

    def test_booleans_without_times_with_one_snapshot_moment(self):
        (path,) = self.simulate("--dates-only")
        moment = ("--snapshot-at", "2026-11-20")
        whole = check(path, *moment)
        self.assertIn(whole.code, (0, 1), whole.err)
        parts = check(*self.spoil(path, 4), *moment)
        self.assertEqual(without_input(whole), without_input(parts))

    def test_long_files_in_any_order(self):
        paths = self.simulate("--shape", "long")
        self.assertEqual(len(paths), 2)
        whole = check(*paths)
        self.assertIn(whole.code, (0, 1), whole.err)
        parts = check(*self.spoil(paths[1], 5), *self.spoil(paths[0], 6))
        self.assertEqual(without_input(whole), without_input(parts))

    def alerts(self, run):
        """What the alerts say, whatever the attribute is called in the file."""
        self.assertIn(run.code, (0, 1), run.err)
        keys = ("kind", "level", "stage", "direction", "since", "before", "after", "explained_by")
        return [(list(f["slice"].values()), *(f[key] for key in keys))
                for f in run.report["findings"] if f["level"] == "alert"]

    def test_findings_are_the_same_in_every_form(self):
        (csv,) = self.simulate(per_day=1000)
        wide = self.alerts(check(csv))
        self.assertEqual(len(wide), 1)
        for form in (("--shape", "long"), ("--language", "de"), ("--format", "ndjson"),
                     ("--language", "de", "--shape", "long")):
            with self.subTest(form):
                self.assertEqual(self.alerts(check(*self.simulate(*form, per_day=1000))), wide)

    @unittest.skipUnless(parquet_file.available(), "RIPEN_DUCKDB does not name the library")
    def test_parquet_gives_the_bytes_of_csv(self):
        (csv,) = self.simulate(per_day=1000)
        parquet = csv.with_suffix(".parquet")
        parquet_file.csv_to_parquet(csv, parquet)
        self.assertEqual(without_input(check(parquet)), without_input(check(csv)))

    def test_compressed_gives_the_bytes_of_plain(self):
        (csv,) = self.simulate()
        packed = csv.with_suffix(".csv.gz")
        packed.write_bytes(gzip.compress(csv.read_bytes()))
        self.assertEqual(without_input(check(packed)), without_input(check(csv)))

    def test_booleans_and_dates_only_name_the_same_group(self):
        (csv,) = self.simulate(per_day=1000)
        (dates,) = self.simulate("--dates-only", per_day=1000)
        named = [alert[:4] for alert in self.alerts(check(csv))]
        self.assertEqual([alert[:4] for alert in self.alerts(check(dates))], named)
        # Booleans beside whole times: the columns of outcome times left out.
        header, *lines = (line.split(",") for line in csv.read_text().splitlines())
        kept = [at for at, name in enumerate(header)
                if name not in ("clicked_at", "purchased_at", "returned_at")]
        booleans = self.write("booleans.csv", "\n".join(
            ",".join(line[at] for at in kept) for line in [header, *lines]) + "\n")
        self.assertEqual([alert[:4] for alert in self.alerts(check(booleans))], named)

    def test_outcomes_may_come_before_their_recommendations(self):
        recommendations, outcomes = sorted(self.simulate("--shape", "long"), reverse=True)
        whole = check(recommendations, outcomes)
        store = self.folder / "early.duckdb"
        first = ripen("ingest", outcomes, "--store", store)
        self.assertEqual(first.code, 0, first.err)
        waiting = ripen("status", "--store", store, "--format", "json").report["input"]
        self.assertEqual(waiting["orphan_outcomes"], waiting["outcomes"])
        self.assertGreater(waiting["outcomes"], 100)
        self.assertEqual(ripen("ingest", recommendations, "--store", store).code, 0)
        answer = ripen("check", "--store", store, "--format", "json")
        self.assertEqual(without_input(answer), without_input(whole))
        self.assertEqual(answer.report["input"]["orphan_outcomes"], 0)

    def test_the_same_file_twice_changes_nothing(self):
        (csv,) = self.simulate()
        store = self.folder / "twice.duckdb"
        answers = []
        for _ in range(2):
            self.assertEqual(ripen("ingest", csv, "--store", store).code, 0)
            answers.append(ripen("check", "--store", store, "--format", "json"))
        self.assertEqual(without_input(answers[0]), without_input(answers[1]))
        account = answers[1].report["input"]
        self.assertEqual(account["duplicates"] * 2, account["rows"])
        self.assertEqual(account["conflicts"], 0)


if __name__ == "__main__":
    unittest.main()
