"""The same events give the same bytes, whatever their order, number, batching or form."""

import json
import random
import unittest

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

    def test_findings_are_the_same_in_every_form(self):
        keys = ("kind", "level", "stage", "direction", "since", "before", "after", "explained_by")

        def alerts(run):
            self.assertIn(run.code, (0, 1), run.err)
            return [(list(f["slice"].values()), *(f[key] for key in keys))
                    for f in run.report["findings"] if f["level"] == "alert"]

        wide = alerts(check(*self.simulate(per_day=1000)))
        self.assertEqual(len(wide), 1)
        self.assertEqual(alerts(check(*self.simulate("--shape", "long", per_day=1000))), wide)
        self.assertEqual(alerts(check(*self.simulate("--language", "de", per_day=1000))), wide)


if __name__ == "__main__":
    unittest.main()
