"""The command line as a user meets it: help, exit codes, what goes where, stores and servers."""

import datetime
import json
import os
import pathlib
import re
import signal
import stat
import subprocess
import unittest
import urllib.request

from program import PROGRAM, ProgramTest, check, ripen

VERBS = ("check", "init", "ingest", "serve", "simulate", "demo", "status", "drill")


def events(count=60):
    """NDJSON events: `count` recommendations over 12 days, every third clicked."""
    lines = []
    for i in range(count):
        moment = f"2026-11-{1 + i // 5:02d}T10:{i % 60:02d}:00Z"
        lines.append({"type": "recommendation", "id": f"r-{i}", "shown_at": moment,
                      "customer": {"age_group": "25-34" if i % 2 else "35-44"}})
        if i % 3 == 0:
            lines.append({"type": "outcome", "recommendation_id": f"r-{i}", "stage": "click",
                          "happened_at": moment.replace("T10", "T11")})
    return "".join(json.dumps(line) + "\n" for line in lines)


class Usage(ProgramTest):
    def test_every_verb_has_help_with_an_example(self):
        for verb in VERBS:
            with self.subTest(verb):
                run = ripen(verb, "--help")
                self.assertEqual((run.code, run.err), (0, ""))
                self.assertIn(f"Example: ripen {verb}", run.out)

    def test_help_and_version(self):
        run = ripen("--help")
        self.assertEqual(run.code, 0)
        for verb in VERBS:
            self.assertRegex(run.out, rf"(?m)^  {verb} ")
        self.assertRegex(ripen("--version").out, r"^ripen \d+\.\d+\.\d+\n$")

    def test_wrong_usage_is_2_with_a_sentence(self):
        for arguments in ((), ("chekc",), ("check", "--lang", "fr", "x.csv"),
                          ("check", "--frobnicate"), ("check",), ("simulate",), ("drill",),
                          ("check", "x.csv", "--as-of", "noon"), ("ingest",),
                          ("serve", "--store", "x", "--listen", "nowhere")):
            with self.subTest(arguments):
                run = ripen(*arguments)
                self.assertEqual(run.code, 2, run.err)
                self.assertEqual(run.out, "")
                self.assertTrue(run.err.strip())

    def test_an_unknown_configuration_key_names_line_and_nearest(self):
        config = self.write("ripen.toml", "[report]\nlangauge = 'de'\n")
        run = check("x.csv", "--config", config)
        self.assert_refused(run, "ripen.toml:2", "language")
        self.assert_refused(check("x.csv", "--config", self.folder / "none.toml"), "none.toml")


class Findings(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        import tempfile
        cls.world = tempfile.TemporaryDirectory(prefix="ripen-test-")
        cls.addClassCleanup(cls.world.cleanup)
        run = ripen("simulate", "--out", cls.world.name, "--seed", 5)
        assert run.code == 0, run.err
        (cls.file,) = run.out.split("\n")[:-1]

    def test_simulate_prints_the_files(self):
        self.assertTrue(pathlib.Path(self.file).is_file())

    def test_an_alert_is_1_unless_asked_otherwise(self):
        self.assertEqual(check(self.file).code, 1)
        self.assertEqual(check(self.file, "--fail-on", "watch").code, 1)
        self.assertEqual(check(self.file, "--fail-on", "never").code, 0)

    def test_text_names_the_group_in_both_languages(self):
        english = ripen("check", self.file)
        german = ripen("check", self.file, "--lang", "de", env={"LC_ALL": "de_DE.UTF-8"})
        self.assertEqual((english.code, german.code), (1, 1))
        self.assertRegex(english.out, r"aged 25.34")
        self.assertRegex(german.out, r"25 bis 34")
        # The mapping and the account are beside the result, not in it.
        self.assertIn("shown_at = ", english.err)
        self.assertNotIn("shown_at = ", english.out)
        self.assertNotIn("\033", english.err)

    def test_the_locale_changes_nothing(self):
        plain = ripen("check", self.file, env={"LC_ALL": "C"})
        german = ripen("check", self.file, env={"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"})
        self.assertEqual(plain.out, german.out)

    def test_as_of_looks_back(self):
        past = check(self.file, "--as-of", "2026-11-05")
        self.assertEqual(past.code, 0, past.err)
        self.assertEqual(past.report["as_of"], "2026-11-05")
        same = check(self.file, "--as-of", "2026-11-05T23:59:59Z")
        self.assertEqual(same.out, past.out)
        early = check(self.file, "--as-of", "2020-01-01")
        self.assert_refused(early, "Nothing was known on 2020-01-01")

    def test_init_maps_as_the_guess_and_is_not_overwritten(self):
        out = self.folder / "ripen.toml"
        run = ripen("init", self.file, "--out", out)
        self.assertEqual((run.code, run.out), (0, ""), run.err)
        guessed, configured = check(self.file), check(self.file, "--config", out)
        self.assertEqual(guessed.out, configured.out)
        self.assert_refused(ripen("init", self.file, "--out", out), "ripen.toml", "--out")
        self.assertEqual(ripen("init", self.file, "--out", "-").out, out.read_text())


class Stores(ProgramTest):
    def test_events_over_stdin(self):
        store = self.folder / "s.duckdb"
        done = subprocess.run([PROGRAM, "ingest", "-", "--history", "--store", store],
                              input=events().encode(), capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout, b"")
        status = ripen("status", "--store", store, "--format", "json").report
        self.assertEqual(status["input"]["recommendations"], 60)
        self.assertEqual(status["input"]["outcomes"], 20)
        self.assertEqual(status["newest_day"], "2026-11-12")
        again = subprocess.run([PROGRAM, "ingest", "-", "--history", "--store", store],
                               input=events().encode(), capture_output=True, check=False)
        self.assertEqual(again.returncode, 0, again.stderr)
        status = ripen("status", "--store", store, "--format", "json").report
        self.assertEqual(status["input"]["recommendations"], 60)
        self.assertEqual(status["input"]["duplicates"], 80)

    def test_live_events_are_known_from_the_moment_of_receipt(self):
        store = self.folder / "live.duckdb"
        before = datetime.datetime.now(datetime.timezone.utc).date()
        done = subprocess.run([PROGRAM, "ingest", "-", "--store", store],
                              input=events().replace("2026-11", "2025-11").encode(),
                              capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        after = datetime.datetime.now(datetime.timezone.utc).date()
        newest = ripen("status", "--store", store, "--format", "json").report["newest_day"]
        self.assertIn(newest, (before.isoformat(), after.isoformat()))
        past = check("--store", store, "--as-of", "2025-11-12")
        figures = past.report["metrics"] if past.code == 0 else []
        self.assertEqual([m for m in figures if m["trials"] > 0], [])
        figure = next(m for m in check("--store", store).report["metrics"] if m["slice"] == {})
        # News that came a year late is counted; how late it may come is now part of the waiting.
        self.assertEqual((figure["trials"], figure["events_so_far"]), (60, 20))
        self.assertEqual(figure["maturity"], "pending")

    def test_empty_stdin_and_mixed_input_are_refused(self):
        done = subprocess.run([PROGRAM, "ingest", "-", "--store", self.folder / "s.duckdb"],
                              input=b"", capture_output=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (2, b""))
        self.assertIn(b"empty", done.stderr)
        run = ripen("ingest", "-", self.write("e.ndjson", events()), "--store",
                    self.folder / "s.duckdb")
        self.assert_refused(run, "standard input")

    def test_a_store_that_is_not_there(self):
        for verb in ("status", "serve", "check"):
            run = ripen(verb, "--store", self.folder / "none.duckdb")
            self.assert_refused(run, "none.duckdb", "ripen ingest")
            self.assertFalse((self.folder / "none.duckdb").exists())

    def test_a_file_that_is_no_store(self):
        path = self.write("fake.duckdb", "not a store\n" * 500)
        run = ripen("status", "--store", path)
        self.assertIn(run.code, (2, 3))
        self.assertIn("fake.duckdb", run.err)
        self.assertEqual(run.out, "")

    def test_a_running_server_is_named_by_the_others(self):
        store = self.folder / "s.duckdb"
        run = ripen("ingest", self.write("e.ndjson", events()), "--store", store)
        self.assertEqual(run.code, 0, run.err)
        server = subprocess.Popen([PROGRAM, "serve", "--store", store, "--listen", "127.0.0.1:0"],
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(server.kill)
        address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline().decode())[0]
        note = pathlib.Path(f"{store}.server")
        self.assertEqual(stat.S_IMODE(os.stat(note).st_mode), 0o600)
        with urllib.request.urlopen(address + "healthz", timeout=30) as answer:
            self.assertEqual(answer.status, 200)
        with urllib.request.urlopen(address + "api/v1/check", timeout=60) as answer:
            self.assertEqual(json.load(answer)["input"]["recommendations"], 60)
        for arguments in (("status",), ("check",), ("ingest", self.write("t.csv", "id,shown_at\n1,2026-11-01\n"))):
            run = ripen(*arguments, "--store", store)
            self.assertIn(run.code, (2, 3), run.err)
            self.assertIn(address, run.err)
        server.send_signal(signal.SIGINT)
        self.assertEqual(server.wait(timeout=30), 0, server.stderr.read())
        self.assertFalse(note.exists())
        self.assertEqual(ripen("status", "--store", store).code, 0)
        server.stdout.close()
        server.stderr.close()

    def test_the_note_of_a_killed_server_holds_nobody_up(self):
        store = self.folder / "s.duckdb"
        self.assertEqual(ripen("ingest", self.write("e.ndjson", events()), "--store", store).code, 0)
        self.write("s.duckdb.server", "address=http://127.0.0.1:1/\ntoken=x\nprocess=4194303\n")
        self.assertEqual(ripen("status", "--store", store).code, 0)


class Demo(ProgramTest):
    def test_writes_the_example_serves_it_and_ends_with_ctrl_c(self):
        demo = subprocess.Popen([PROGRAM, "demo", "--listen", "127.0.0.1:0"], cwd=self.folder,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(demo.kill)
        said = ""
        while "http://" not in said:
            line = demo.stdout.readline().decode()
            self.assertTrue(line, "the demo ended early")
            said += line
        self.assertRegex(said, r"aged 25.34")
        sample = self.folder / "production-recommendations-sample.csv"
        self.assertTrue(sample.is_file())
        self.assertEqual([p.name for p in self.folder.iterdir()], [sample.name])
        address = re.search(r"http://\S+/", said)[0]
        with urllib.request.urlopen(address + "api/v1/check", timeout=60) as answer:
            report = json.load(answer)
        self.assertEqual(report["findings"][0]["slice"], {"age_group": "25-34"})
        demo.send_signal(signal.SIGINT)
        self.assertEqual(demo.wait(timeout=30), 0, demo.stderr.read())
        demo.stdout.close()
        demo.stderr.close()


if __name__ == "__main__":
    unittest.main()
