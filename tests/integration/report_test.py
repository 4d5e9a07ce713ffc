"""`ripen report`: the dashboard's pages as one file, drawn by a real Chromium."""

import os
import pathlib
import re
import shutil
import tempfile
import unittest

from program import ripen

CHROMIUM = os.environ.get("RIPEN_CHROMIUM") or next(
    (path for path in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if path), None)


@unittest.skipIf(CHROMIUM is None, "Chromium draws reports; it is not installed")
class Report(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="ripen-report-"))
        done = ripen("simulate", "--out", cls.folder, "--scenario", "segment-drop", "--seed", 3, "--per-day", 700)
        assert done.code == 0, done.err
        cls.file = cls.folder / "recommendations.csv"

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def test_html_needs_nothing_else(self):
        out = self.folder / "report.html"
        done = ripen("report", self.file, "--out", out, "--lang", "de")
        self.assertEqual(done.code, 0, done.err)
        text = out.read_text(encoding="utf-8")
        # No program runs, and nothing is fetched: every address is inside the file.
        for forbidden in ("<script", "<link", " src=", " href=", 'aria-busy="true"'):
            self.assertFalse(forbidden in text, forbidden)
        self.assertEqual(set(re.findall(r"url\((?!data:|#|&quot;#|\"#)[^)]*\)", text)), set())
        self.assertIn("default-src 'none'", text)
        # All pages, each with what is settled and what is not.
        for sentence in ("25 bis 34 Jahren", "Was ist zu tun?", "Welche Gruppe wird schlechter bedient?", "Wann wissen wir es?", "Bestätigt", "Noch offen",
                         "Was Ripen Ende des"):
            self.assertTrue(sentence in text, sentence)

    def test_pdf_of_an_earlier_day_is_tagged(self):
        out = self.folder / "report.pdf"
        done = ripen("report", self.file, "--out", out, "--as-of", "2026-11-10")
        self.assertEqual(done.code, 0, done.err)
        pdf = out.read_bytes()
        self.assertTrue(pdf.startswith(b"%PDF-") and b"/MarkInfo" in pdf and b"/StructTreeRoot" in pdf)
        pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
        self.assertTrue(5 <= pages <= 20, pages)

    def test_refusals_are_sentences(self):
        for arguments, sentence in ((("--out", "report.txt"), "must end in .html or .pdf, got 'report.txt'"),
                                    (("--out", self.folder / "r.html", "--store", "x.duckdb"), "either files or a store"),
                                    (("--out", self.folder / "r.html", "--as-of", "2026-13-01"), "2026-13-01"),
                                    (("--out", "/nowhere/r.html"), "/nowhere/r.html cannot be written")):
            done = ripen("report", self.file, *arguments)
            self.assertIn(done.code, (2, 3), done.err)
            self.assertIn(sentence, done.err)
            self.assertEqual(done.out, "")


if __name__ == "__main__":
    unittest.main()
