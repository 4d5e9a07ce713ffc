"""The real program as a process, for tests that read what a user would read."""

import dataclasses
import json
import os
import pathlib
import subprocess
import tempfile
import unittest

PROGRAM = os.environ.get("RIPEN_PROGRAM", "build/release/ripen")


@dataclasses.dataclass
class Run:
    code: int
    out: str
    err: str

    @property
    def report(self):
        return json.loads(self.out)


def ripen(*arguments, env=None, timeout=300):
    """Runs the program to its end; text as a terminal would get it."""
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, timeout=timeout,
                          env={**os.environ, **(env or {})}, check=False)
    return Run(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def check(*arguments, env=None):
    return ripen("check", *arguments, "--format", "json", env=env)


class ProgramTest(unittest.TestCase):
    """A test with a folder of its own and the checks that every answer must pass."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="ripen-test-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    def assert_refused(self, run, *words):
        """Exit code 2, nothing on stdout, and one sentence that holds all of `words`."""
        self.assertEqual(run.code, 2, run.err)
        self.assertEqual(run.out, "")
        for word in words:
            self.assertIn(word.lower(), run.err.lower())
        self.assertTrue(run.err.strip().endswith((".", "?", ")")), f"not a sentence: {run.err!r}")

    def assert_loaded(self, run):
        self.assertIn(run.code, (0, 1), run.err)
        return run.report

    def assert_nothing_lost(self, report, rows):
        """Every row is a recommendation, a repetition, a conflict or set aside; none is both."""
        account = report["input"]
        self.assertEqual(account["rows"], rows)
        set_aside = sum(entry["count"] for entry in account["rejected"])
        self.assertEqual(account["recommendations"] + account["duplicates"] + account["conflicts"]
                         + set_aside, rows, account)


def total(report, stage="click"):
    """The figure of everything over the whole span."""
    account = report["input"]
    return next(m for m in report["metrics"] if m["stage"] == stage and m["slice"] == {}
                and m["from"] == account["first_day"] and m["to"] == account["last_day"])
