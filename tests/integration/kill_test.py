"""kill -9 at random moments of loading and counting, and disks that are full: nothing is half there.

RIPEN_TEST_KILLS: how often to kill (default 10). The moments are drawn anew in each run and printed, for
a kill cannot be repeated to the microsecond anyway; every outcome of it must pass.
"""

import json
import os
import random
import resource
import signal
import subprocess
import time
import unittest

from program import PROGRAM, ProgramTest, ripen

KILLS = int(os.environ.get("RIPEN_TEST_KILLS", "10"))
AS_OF = "2026-11-20"


def account(store):
    """What a store says that it holds; it must always be able to say so."""
    run = ripen("status", "--store", store, "--format", "json")
    assert run.code == 0, run.err
    return run.report["input"]


def without_input(run):
    report = run.report
    del report["input"]
    return json.dumps(report, sort_keys=True)


class Survives(ProgramTest):
    def make_files(self, per_day):
        """Recommendations in two files, outcomes in three: the middle ones in time, some late."""
        folder = self.folder / "world"
        run = ripen("simulate", "--out", folder, "--scenario", "segment-drop", "--seed", 9,
                    "--per-day", per_day, "--shape", "long")
        self.assertEqual(run.code, 0, run.err)
        files = []
        for name, bounds in (("recommendations", (0, .7, 1)), ("outcomes", (0, .6, .97, 1))):
            header, *lines = (folder / f"{name}.csv").read_text().splitlines()
            for part, (start, end) in enumerate(zip(bounds, bounds[1:])):
                rows = lines[int(start * len(lines)):int(end * len(lines))]
                path = self.write(f"{name}-{part}.csv", "\n".join([header, *rows]) + "\n")
                files.append((path, len(rows)))
        return [files[i] for i in (0, 2, 1, 3, 4)]

    def ingest(self, store, path, **limits):
        return subprocess.run([PROGRAM, "ingest", path, "--store", store], capture_output=True,
                              timeout=300, check=False, **limits)

    def count(self, store):
        """Brings the cube up to date and reads it."""
        return ripen("check", "--store", store, "--as-of", AS_OF, "--format", "json")

    def clean_run(self, files):
        """The figures and the account of a store that nothing happened to, and how long steps took."""
        store = self.folder / "clean.duckdb"
        seconds = {}
        for path, _ in files:
            start = time.monotonic()
            self.assertEqual(self.ingest(store, path).returncode, 0)
            seconds[path] = time.monotonic() - start
            start = time.monotonic()
            report = self.count(store)
            seconds[path, "count"] = time.monotonic() - start
            self.assertIn(report.code, (0, 1), report.err)
        return without_input(report), account(store), seconds

    def assert_all_there_once(self, store, figures, clean):
        report = self.count(store)
        self.assertIn(report.code, (0, 1), report.err)
        self.assertEqual(without_input(report), figures)
        found = account(store)
        for what in ("recommendations", "outcomes", "conflicts"):
            self.assertEqual(found[what], clean[what])


class Killed(Survives):
    def kill_while(self, arguments, seconds, chance, left):
        """Whether the program was killed before it was done; it is let alone once none are left."""
        # Most moments are spread over the work; some lie close to its end, where it commits.
        delay = seconds * (chance.uniform(0, 1.1) if chance.random() < .6 else
                           chance.uniform(.8, 1.05))
        process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        try:
            process.wait(delay if left > 0 else None)
        except subprocess.TimeoutExpired:
            process.kill()
        code = process.wait()
        self.assertIn(code, (0, 1, -signal.SIGKILL))
        return code == -signal.SIGKILL

    def test_kill_at_random_moments(self):
        seed = random.SystemRandom().randrange(1 << 32)
        print(f"seed {seed}", flush=True)
        chance = random.Random(seed)
        files = self.make_files(1500)
        figures, clean, seconds = self.clean_run(files)
        kills = {"loading": 0, "counting": 0}
        stored_by_killed = 0
        for world in range(10 * KILLS):
            left = lambda: KILLS - sum(kills.values())
            if left() <= 0:
                break
            store = self.folder / f"killed-{world}.duckdb"
            for path, rows in files:
                before = account(store) if store.exists() and store.stat().st_size else None
                rows_before = before["rows"] if before else 0
                for tries in range(2, -1, -1):  # the last time it is let alone
                    killed = self.kill_while(["ingest", path, "--store", store], seconds[path],
                                             chance, min(tries, left()))
                    kills["loading"] += killed
                    found = account(store)["rows"] if store.exists() and store.stat().st_size else 0
                    self.assertIn(found - rows_before, (0, rows) if killed else (rows,),
                                  "an import is there whole or not at all")
                    stored_by_killed += killed and found > rows_before
                    if not killed:
                        break
                    rows_before = found
                for _ in range(chance.randrange(3)):
                    kills["counting"] += self.kill_while(
                        ["check", "--store", store, "--as-of", AS_OF], seconds[path, "count"], chance,
                        left())
            self.assert_all_there_once(store, figures, clean)
            # Everything once more: it changes nothing.
            for path, _ in files:
                self.assertEqual(self.ingest(store, path).returncode, 0)
            self.assert_all_there_once(store, figures, clean)
            self.assertFalse(store.with_name(store.name + ".tmp").exists())
            store.unlink()
        print(f"killed {kills['loading']} times while loading, {kills['counting']} while counting; "
              f"{stored_by_killed} imports were stored before their process could say so", flush=True)
        self.assertGreaterEqual(sum(kills.values()), KILLS)


class FullDisk(Survives):
    def assert_sentence(self, run):
        self.assertIn(run.returncode, (2, 3), run.stderr)
        said = run.stderr.decode().strip().splitlines()[-1]
        self.assertIn("disk is full", said)
        self.assertTrue(said.endswith("."), said)
        self.assertEqual(run.stdout, b"")

    def fill(self, store, limit, free):
        """Loads what fits, meets the limit, and goes on when there is room again."""
        files = self.make_files(1500)
        figures, clean, _ = self.clean_run(files)
        first, _ = files[0]
        self.assertEqual(self.ingest(store, first).returncode, 0)
        before = account(store)
        limits = limit(store)
        refused = 0
        for path, _ in files[1:]:
            run = self.ingest(store, path, **limits)
            if run.returncode == 0:
                before = account(store)  # acknowledged
                continue
            refused += 1
            self.assert_sentence(run)
            self.assertEqual(account(store), before)
        counted = subprocess.run([PROGRAM, "check", "--store", store, "--as-of", AS_OF],
                                 capture_output=True, timeout=300, check=False, **limits)
        if counted.returncode not in (0, 1):
            refused += 1
            self.assert_sentence(counted)
            self.assertEqual(account(store), before)
        self.assertGreater(refused, 0, "the limit was never met")
        free()
        for path, _ in files:
            run = self.ingest(store, path)
            self.assertEqual(run.returncode, 0, run.stderr)
        self.assert_all_there_once(store, figures, clean)

    def test_a_file_that_may_not_grow(self):
        def limit(store):
            most = store.stat().st_size // 8
            return {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))}
        self.fill(self.folder / "limited.duckdb", limit, lambda: None)

    def test_a_small_disk(self):
        disk = self.folder / "disk"
        disk.mkdir()
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk],
                                 capture_output=True, check=False)
        if mounted.returncode != 0:
            self.skipTest("only root can make a small disk to fill")
        self.addCleanup(subprocess.run, ["umount", disk], check=False)
        filler = disk / "filler"

        def limit(_):
            room = os.statvfs(disk)
            filler.write_bytes(bytes(room.f_bavail * room.f_frsize - 100_000))
            return {}
        self.fill(disk / "small.duckdb", limit, filler.unlink)


if __name__ == "__main__":
    unittest.main()
