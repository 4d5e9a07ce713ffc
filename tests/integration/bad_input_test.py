"""Bad input: a sentence, the right exit code, nothing lost and nothing counted twice."""

import io
import os
import random
import resource
import signal
import subprocess
import time
import unittest
import zipfile

from program import PROGRAM, ProgramTest, check, ripen, total

HEADER = ["recommendation_id", "recommended_at", "age_group", "region", "clicked",
          "ground_truth_available"]
AGES = ("18-24", "25-34", "35-44", "45+")


def rows(count=600, days=20):
    """A quiet month: `count` recommendations over `days` days, about a quarter of them clicked."""
    chance = random.Random(7)
    return [[f"r-{i}", f"2026-11-{1 + i * days // count:02d}T{i % 24:02d}:15:00Z",
             chance.choice(AGES), chance.choice(("North", "South")),
             "1" if chance.random() < 0.25 else "0", "true"] for i in range(count)]


def csv(lines, header=None, delimiter=","):
    return "\n".join(delimiter.join(line) for line in [header or HEADER, *lines]) + "\n"


class RefusedFiles(ProgramTest):
    def test_empty_file(self):
        self.assert_refused(check(self.write("empty.csv", "")), "empty.csv", "empty")

    def test_header_only(self):
        self.assert_refused(check(self.write("header.csv", csv([]))), "header.csv", "no row")

    def test_no_such_file(self):
        self.assert_refused(check(self.folder / "absent.csv"), "absent.csv")

    def test_a_folder_is_no_file(self):
        self.assert_refused(check(self.folder), str(self.folder))

    def test_no_id_column_names_what_is_missing_and_what_was_there(self):
        lines = [line[1:] for line in rows()]
        run = check(self.write("noid.csv", csv(lines, HEADER[1:])))
        self.assert_refused(run, "noid.csv", "id", "recommended_at", "age_group")

    def test_no_outcome_column(self):
        lines = [line[:4] for line in rows()]
        run = check(self.write("noclick.csv", csv(lines, HEADER[:4])))
        self.assert_refused(run, "noclick.csv", "click")

    def test_no_usable_id(self):
        lines = [["", *line[1:]] for line in rows()]
        self.assert_refused(check(self.write("emptyid.csv", csv(lines))), "recommendation_id")

    def test_binary(self):
        noise = bytes(random.Random(3).randrange(256) for _ in range(20_000))
        self.assert_refused(check(self.write("noise.csv", noise)), "noise.csv")

    def test_zip(self):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("sample.csv", csv(rows()))
        self.assert_refused(check(self.write("sample.zip", buffer.getvalue())), "sample.zip", "zip")

    def test_all_dates_ambiguous(self):
        lines = [[a, "01/02/2026", *rest] for a, _, *rest in rows()]
        run = check(self.write("us.csv", csv(lines)))
        self.assert_refused(run, "ambiguous", "01/02/2026", "date_order")

    def test_over_half_bad_stores_nothing(self):
        lines = rows()
        for line in lines[:310]:
            line[1] = "yesterday"
        store = self.folder / "kept.duckdb"
        good = ripen("ingest", self.write("good.csv", csv(rows(200))), "--store", store)
        self.assertEqual(good.code, 0, good.err)
        before = ripen("status", "--store", store)
        run = ripen("ingest", self.write("bad.csv", csv(lines)), "--store", store)
        self.assertEqual(run.code, 2, run.err)
        self.assertIn("310", run.err)
        self.assertEqual(ripen("status", "--store", store).out, before.out)


class LongLine(ProgramTest):
    def with_long_line(self, name, before, megabytes):
        """60 rows and, after `before` lines, one of `megabytes`."""
        path = self.folder / name
        lines = csv(rows(60)).splitlines(keepends=True)
        with path.open("wb") as file:
            file.write("".join(lines[:before]).encode())
            file.write(b"r-long,")
            for _ in range(megabytes):
                file.write(b"x" * 1_000_000)
            file.write(b"\n")
            file.write("".join(lines[before:]).encode())
        return path

    def test_a_line_that_the_reader_cannot_hold_refuses_the_file(self):
        # 3 GB when asked for (slow), else 40 MB; either way within a gigabyte of memory.
        megabytes = int(os.environ.get("RIPEN_TEST_LONG_LINE_MB", "40"))
        for name, before in (("middle.csv", 31), ("end.csv", 61)):
            with self.subTest(name):
                path = self.with_long_line(name, before, megabytes)
                run = check(path)
                peak_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
                self.assertLess(peak_mb, 1024)
                self.assert_refused(run, name, "line", "does not end")
                path.unlink()

    def test_a_line_of_some_megabytes_costs_that_row(self):
        report = self.assert_loaded(check(self.with_long_line("some.csv", 31, 5)))
        self.assertEqual(report["input"]["recommendations"], 60)
        (entry,) = report["input"]["rejected"]
        self.assertEqual((entry["count"], entry["first"]), (1, "some.csv:32"))

    def test_a_quote_that_is_not_closed_swallows_no_line(self):
        for count in (600, 200_000):
            lines = rows(count)
            lines[20][3] = '"' + lines[20][3]
            run = check(self.write("quote.csv", csv(lines)))
            self.assert_refused(run, "quote.csv", "line 22", "not closed")

    def test_a_stray_quote_inside_a_row_costs_that_row(self):
        lines = rows()
        lines[20][3] = '"No"rth'
        report = self.assert_loaded(check(self.write("stray.csv", csv(lines))))
        self.assert_nothing_lost(report, 600)
        self.assertEqual(sum(e["count"] for e in report["input"]["rejected"]), 1)


class SetAsideRows(ProgramTest):
    def rejected(self, report):
        return {(entry["column"], entry["count"]): entry for entry in report["input"]["rejected"]}

    def test_three_date_formats_in_a_column_are_read_row_by_row(self):
        lines = rows()
        for i, line in enumerate(lines):
            day = line[1][:10]
            if i % 3 == 1:
                line[1] = f"{day[8:10]}.{day[5:7]}.{day[:4]} 10:00"
            elif i % 3 == 2:
                line[1] = str(int(time.mktime(time.strptime(day + " UTC", "%Y-%m-%d %Z"))) + 43_200)
        report = self.assert_loaded(check(self.write("three.csv", csv(lines)),
                                          env={"TZ": "UTC"}))
        self.assertEqual(report["input"]["rejected"], [])
        self.assertEqual(report["input"]["recommendations"], 600)
        self.assertEqual((report["input"]["first_day"], report["input"]["last_day"]),
                         ("2026-11-01", "2026-11-20"))

    def test_some_ambiguous_dates_are_set_aside_with_line_and_value(self):
        lines = rows()
        for line in lines[10:15]:
            line[1] = "01/02/2026"
        report = self.assert_loaded(check(self.write("some.csv", csv(lines))))
        entry = self.rejected(report)[("recommended_at", 5)]
        self.assertIn("ambiguous", entry["reason"])
        self.assertEqual(entry["first"], "some.csv:12")
        self.assert_nothing_lost(report, 600)

    def test_date_order_makes_them_readable(self):
        lines = [[a, f"{t[8:10]}/{t[5:7]}/{t[:4]}", *rest] for a, t, *rest in rows()]
        config = self.write("ripen.toml", '[source]\ndate_order = "dmy"\n')
        report = self.assert_loaded(check(self.write("eu.csv", csv(lines)), "--config", config))
        self.assertEqual(report["input"]["last_day"], "2026-11-20")
        self.assertEqual(report["input"]["rejected"], [])

    def test_thousands_separators(self):
        header = [*HEADER[:4], "price", *HEADER[4:]]
        lines = [[*line[:4], '"19,90"', *line[4:]] for line in rows()]
        for line in lines[20:24]:
            line[4] = '"1.234.567,50"'
        report = self.assert_loaded(check(self.write("price.csv", csv(lines, header))))
        entry = self.rejected(report)[("price", 4)]
        self.assertEqual(entry["first"], "price.csv:22")
        self.assert_nothing_lost(report, 600)

    def test_conflicting_duplicates_are_counted_and_one_is_kept(self):
        lines = rows()
        again = [line[:] for line in lines[100:110]]
        for line in again:
            line[2] = "65+"
        report = self.assert_loaded(check(self.write("conflict.csv", csv(lines + again))))
        self.assertEqual(report["input"]["conflicts"], 10)
        self.assertEqual(report["input"]["recommendations"], 600)
        self.assert_nothing_lost(report, 610)

    def test_outcomes_before_their_recommendation(self):
        header = [*HEADER[:4], "clicked_at"]
        lines = [[*line[:4], line[1] if i % 4 == 0 else ""] for i, line in enumerate(rows())]
        for line in lines[40:60:4]:
            line[4] = "2026-10-01T10:00:00Z"
        report = self.assert_loaded(check(self.write("early.csv", csv(lines, header))))
        entry = self.rejected(report)[("clicked_at", 5)]
        self.assertIn("before", entry["reason"])

    def test_five_minutes_early_is_clock_skew(self):
        header = [*HEADER[:4], "clicked_at"]
        lines = [[*line[:4], line[1].replace(":15:00Z", ":11:00Z") if i % 4 == 0 else ""]
                 for i, line in enumerate(rows())]
        report = self.assert_loaded(check(self.write("skew.csv", csv(lines, header))))
        self.assertEqual(report["input"]["rejected"], [])
        figure = total(report)
        self.assertEqual(figure.get("events", figure.get("events_so_far")), 150)

    def test_a_few_dates_in_2099(self):
        lines = rows(4000)
        for line in lines[5:8]:
            line[1] = "2099-01-01T00:00:00Z"
        report = self.assert_loaded(check(self.write("future.csv", csv(lines))))
        self.assertEqual(report["as_of"], "2026-11-20")
        entry = self.rejected(report)[("recommended_at", 3)]
        self.assertIn("future", entry["reason"])
        self.assert_nothing_lost(report, 4000)

    def test_a_thousand_values_are_no_segment_and_that_is_said(self):
        header = [*HEADER, "campaign"]
        lines = [[*line, f"c{i % 1000}"] for i, line in enumerate(rows(4000))]
        run = check(self.write("many.csv", csv(lines, header)))
        report = self.assert_loaded(run)
        self.assertNotIn("campaign", {s for m in report["metrics"] for s in m["slice"]})
        self.assertIn("campaign", run.err)

    def test_a_numeric_attribute_is_no_segment_without_bins(self):
        header = [*HEADER, "basket"]
        lines = [[*line, str(i % 97)] for i, line in enumerate(rows(4000))]
        path = self.write("numeric.csv", csv(lines, header))
        run = check(path)
        report = self.assert_loaded(run)
        self.assertNotIn("basket", {s for m in report["metrics"] for s in m["slice"]})
        self.assertIn("basket", run.err)
        config = self.write("ripen.toml", "[segments.bins]\nbasket = [30, 60]\n")
        report = self.assert_loaded(check(path, "--config", config))
        values = {m["slice"]["basket"] for m in report["metrics"] if "basket" in m["slice"]}
        self.assertEqual(len(values), 3)


class Encodings(ProgramTest):
    def names(self, content):
        report = self.assert_loaded(check(self.write("file.csv", content)))
        return {m["slice"]["region"] for m in report["metrics"] if list(m["slice"]) == ["region"]}

    def text(self):
        return csv([[*line[:3], "Süd" if line[3] == "South" else "Nord", *line[4:]]
                    for line in rows()])

    def test_all_of_them_read_the_same(self):
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
            with self.subTest(encoding):
                self.assertEqual(self.names(self.text().encode(encoding)), {"Nord", "Süd"})


class Interrupted(ProgramTest):
    def test_killed_while_loading_leaves_all_or_nothing(self):
        big = self.write("big.csv", csv(rows(120_000)))
        store = self.folder / "store.duckdb"
        seen = set()
        for tenth in range(1, 11):
            process = subprocess.Popen([PROGRAM, "ingest", big, "--store", store],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(tenth * 0.06)
            process.send_signal(signal.SIGKILL)
            process.wait()
            run = ripen("status", "--store", store, "--format", "json") if store.exists() else None
            if run is not None and run.code == 0:
                seen.add(run.report["input"]["recommendations"])
        self.assertLessEqual(seen, {0, 120_000})
        run = ripen("ingest", big, "--store", store)
        self.assertEqual(run.code, 0, run.err)
        status = ripen("status", "--store", store, "--format", "json")
        self.assertEqual(status.report["input"]["recommendations"], 120_000)

    @unittest.skipUnless(os.geteuid() == 0, "a full disk is made by mounting a small one as root")
    def test_disk_full(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk],
                                 capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest("this machine does not let us mount a small disk")
        self.addCleanup(subprocess.run, ["umount", "-l", disk], check=False)
        big = self.write("big.csv", csv(rows(200_000)))
        run = ripen("ingest", big, "--store", disk / "store.duckdb")
        self.assertEqual(run.code, 3, run.err)
        self.assertEqual(run.out, "")
        self.assertRegex(run.err.lower(), "disk|space")


if __name__ == "__main__":
    unittest.main()
