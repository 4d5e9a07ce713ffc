"""`ripen drill` through the real program: would a change be noticed, without touching what is stored."""

import hashlib
import http.client
import json
import pathlib
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.parse

import jsonschema
import yaml

from program import PROGRAM, ProgramTest, ripen

CONTRACT = pathlib.Path(__file__).parents[2] / "api" / "openapi.yaml"
GROUP = {"age_group": "25-34"}


def fingerprint(path):
    return (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns, path.stat().st_size)


class DrillTest(ProgramTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.world = tempfile.TemporaryDirectory(prefix="ripen-test-")
        cls.file = pathlib.Path(cls.world.name) / "recommendations.csv"
        made = ripen("simulate", "--out", cls.world.name, "--scenario", "stable", "--seed", 3, "--per-day", 800, "--days", 45)
        assert made.code == 0, made.err
        cls.contract = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))

    @classmethod
    def tearDownClass(cls):
        cls.world.cleanup()
        super().tearDownClass()

    def ingest(self):
        """A store as `ingest` leaves it: its counts are not brought up to date yet."""
        store = self.folder / "s.duckdb"
        run = ripen("ingest", self.file, "--store", store)
        self.assertEqual(run.code, 0, run.err)
        return store

    def assert_conforms(self, document, schema):
        jsonschema.Draft202012Validator({"$ref": f"#/components/schemas/{schema}",
                                         "components": self.contract["components"]}).validate(document)


class FromAStore(DrillTest):
    def drill(self, store, *flags):
        run = ripen("drill", "--store", store, "--slice", "age_group=25-34", "--stage", "click", "--change", "-45%", *flags)
        self.assertEqual(run.code, 0, run.err)
        return run

    def test_the_store_is_not_touched_and_the_answer_is_the_same_again(self):
        store = self.ingest()
        before = fingerprint(store)
        first = self.drill(store, "--format", "json")
        self.assertEqual(fingerprint(store), before)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["s.duckdb"])
        self.assertEqual(self.drill(store, "--format", "json").out, first.out)
        self.assertEqual(fingerprint(store), before)
        report = json.loads(first.out)
        self.assert_conforms(report, "Drill")
        self.assertEqual((report["slice"], report["stage"], report["days"]), (GROUP, "click", 10))

    def test_files_and_their_store_give_the_same(self):
        stored = self.drill(self.ingest(), "--format", "json")
        read = ripen("drill", self.file, "--slice", "age_group=25-34", "--stage", "click", "--change", "-0.45", "--format",
                     "json")
        self.assertEqual(read.code, 0, read.err)
        self.assertEqual(read.out, stored.out)

    def test_larger_changes_are_noticed_more_often_and_sooner(self):
        sizes = json.loads(self.drill(self.ingest(), "--format", "json").out)["sizes"]
        self.assertEqual([each["change"] for each in sizes], [-.05, -.1, -.15, -.25, -.35, -.45, -.5])
        for smaller, larger in zip(sizes, sizes[1:]):
            self.assertLessEqual(smaller["noticed"], larger["noticed"])
            if smaller["days_median"] is not None:
                self.assertGreaterEqual(smaller["days_median"], larger["days_median"])
        for each in sizes:
            self.assertEqual(sum(each["named"].values()), each["noticed"])
            self.assertLessEqual(each["low"], each["share"])
            self.assertLessEqual(each["share"], each["high"])
        self.assertEqual(sizes[0]["noticed"], 0, "5 % of 80 a day cannot be told from chance")
        self.assertGreater(sizes[-1]["share"], .8)

    def test_the_text_in_both_languages(self):
        store = self.ingest()
        english = self.drill(store).out
        self.assertRegex(" ".join(english.split()), r"^A fall of 45 % in clicks among customers aged 25-34 would be noticed "
                                                    r"within \d+ days in ")
        self.assertRegex(english, r"(?m)^ +Change +noticed +likely of 100 +days, half of all")
        self.assertIn("The data were not touched.", " ".join(english.split()))
        german = " ".join(self.drill(store, "--lang", "de").out.split())
        self.assertIn("Klicks, Kundinnen und Kunden von 25 bis 34 Jahren: Ein Rückgang um 45 % würde binnen ", german)

    def test_conjunctions_and_everybody(self):
        store = self.ingest()
        answers = []
        for slices in (("--slice", "age_group=25-34,region=South"), ("--slice", "region=South", "--slice", "age_group=25-34")):
            run = ripen("drill", "--store", store, *slices, "--stage", "click", "--change", "+30%", "--days", 5, "--format", "json")
            self.assertEqual(run.code, 0, run.err)
            answers.append(run.out)
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(json.loads(answers[0])["slice"], {"age_group": "25-34", "region": "South"})
        for flags in ((), ("--slice", "{}")):
            run = ripen("drill", "--store", store, *flags, "--stage", "purchase", "--change", "-30%", "--format", "json")
            self.assertEqual(run.code, 0, run.err)
            self.assertEqual(json.loads(run.out)["slice"], {})

    def test_what_cannot_be_drilled_is_refused_with_a_sentence(self):
        store = self.ingest()
        for flags, words in ((("--stage", "signup", "--change", "-5%"), ("no stage named 'signup'", "click")),
                             (("--stage", "click", "--change", "lots"), ("--change must look like",)),
                             (("--stage", "click", "--change", "-45"), ("no unit", "-45%")),
                             (("--stage", "click", "--change", "0%"), ("not be 0",)),
                             (("--stage", "click", "--change", "+390%"), ("beyond 95 in 100",)),
                             (("--stage", "click", "--change", "-5%", "--days", "90"), ("1 to 60",)),
                             (("--stage", "click", "--change", "-5%", "--days", "40"), ("too short",)),
                             (("--stage", "click", "--change", "-5%", "--slice", "age=25-34"), ("age_group",)),
                             (("--stage", "click", "--change", "-5%", "--slice", "age_group=25-35"), ("25-34",)),
                             (("--stage", "click", "--change", "-5%", "--slice", "young"), ("--slice must look like",)),
                             (("--stage", "click", "--change", "-5%", "--as-of", "2020-01-01"), ("2026-10-07",))):
            with self.subTest(flags=flags):
                self.assert_refused(ripen("drill", "--store", store, *flags), *words)
        self.assert_refused(ripen("drill", "--store", self.folder / "none.duckdb", "--stage", "click", "--change", "-5%"),
                            "There is no store at")
        other = self.write("other.duckdb", "this is no store")
        run = ripen("drill", "--store", other, "--stage", "click", "--change", "-5%")
        self.assertEqual((run.code, run.out), (3, ""))
        self.assertIn(f"{other} is not a store", run.err)

    def test_outcomes_without_times_are_refused(self):
        folder = self.folder / "dates"
        ripen("simulate", "--out", folder, "--scenario", "stable", "--per-day", 100, "--days", 40, "--dates-only")
        self.assert_refused_after_reading(ripen("drill", folder / "recommendations.csv", "--stage", "click", "--change", "-50%"),
                                          "no times of their own")

    def assert_refused_after_reading(self, run, words):
        self.assertEqual((run.code, run.out), (2, ""), run.err)
        self.assertIn(words, run.err)


class FromAServer(DrillTest):
    def setUp(self):
        super().setUp()
        self.store = self.ingest()
        self.server = subprocess.Popen([PROGRAM, "serve", "--store", str(self.store), "--listen", "127.0.0.1:0"],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(self.stop)
        sentence = self.server.stdout.readline()
        self.port = urllib.parse.urlsplit(sentence[sentence.index("http://"):].split()[0]).port

    def stop(self):
        if self.server.poll() is None:
            self.server.send_signal(signal.SIGTERM)
            self.assertEqual(self.server.wait(timeout=30), 0)
        self.server.stdout.close()

    def request(self, method, target, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, target, body=body, headers=headers)
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text)

    def post(self, **request):
        return self.request("POST", "/api/v1/drills", json.dumps(request), **{"Content-Type": "application/json", "X-Ripen": "1"})

    def finished(self, drill):
        progress = 0
        for _ in range(600):
            status, answer = self.request("GET", f"/api/v1/drills/{drill['id']}")
            self.assertEqual(status, 200, answer)
            self.assert_conforms(answer, "DrillAnswer")
            self.assertGreaterEqual(answer["progress"], progress)
            progress = answer["progress"]
            if answer["state"] in ("done", "failed"):
                return answer
            time.sleep(.05)
        self.fail("the drill does not end")

    def test_a_drill_is_taken_worked_on_and_kept(self):
        status, taken = self.post(stage="click", slice=GROUP, change=-.45)
        self.assertEqual(status, 202, taken)
        self.assert_conforms(taken, "DrillAnswer")
        done = self.finished(taken)
        self.assertEqual((done["state"], done["progress"], done["reason"]), ("done", 1, None))
        again = self.finished(taken)
        self.assertEqual(again, done)
        # The command line asks the server that holds the store, and prints what files would give.
        flags = ("--slice", "age_group=25-34", "--stage", "click", "--change", "-45%")
        sent = ripen("drill", "--store", self.store, *flags, "--format", "json")
        read = ripen("drill", self.file, *flags, "--format", "json")
        self.assertEqual((sent.code, read.code), (0, 0), sent.err + read.err)
        self.assertEqual(sent.out, read.out)
        self.assertEqual(json.loads(sent.out), done["result"])
        self.assertEqual(ripen("drill", "--store", self.store, *flags, "--lang", "de").out,
                         ripen("drill", self.file, *flags, "--lang", "de").out)

    def test_what_cannot_be_drilled_says_why(self):
        status, taken = self.post(stage="click", slice={"age_group": "24-35"}, change=-.45)
        self.assertEqual(status, 202)
        failed = self.finished(taken)
        self.assertEqual((failed["state"], failed["result"]), ("failed", None))
        self.assertIn("'age_group' has no value '24-35'", failed["reason"])
        run = ripen("drill", "--store", self.store, "--slice", "age_group=24-35", "--stage", "click", "--change", "-45%")
        self.assert_refused(run, "'age_group' has no value '24-35'")

    def test_wrong_requests_are_problem_documents(self):
        schema = {"$ref": "#/components/schemas/Problem", "components": self.contract["components"]}
        own = {"Content-Type": "application/json", "X-Ripen": "1"}
        good = '{"stage":"click","change":-0.2}'
        for status, method, target, body, headers in (
                (400, "POST", "/api/v1/drills", "", own), (400, "POST", "/api/v1/drills", "[]", own),
                (400, "POST", "/api/v1/drills", '{"stage":"click"}', own), (400, "POST", "/api/v1/drills", '{"change":-1}', own),
                (400, "POST", "/api/v1/drills", '{"stage":"click","change":"-5%"}', own),
                (400, "POST", "/api/v1/drills", '{"stage":"click","change":-0.1,"slice":[1]}', own),
                (400, "POST", "/api/v1/drills", '{"stage":"click","change":-0.1,"days":2.5}', own),
                (400, "POST", "/api/v1/drills", '{"stage":"click","change":-0.1,"colour":1}', own),
                (400, "POST", "/api/v1/drills", '{"stage":"click","change":-0.1,"as_of":"soon"}', own),
                (400, "POST", "/api/v1/drills?x=1", good, own), (405, "GET", "/api/v1/drills", None, {}),
                (405, "POST", "/api/v1/drills/1", good, own), (404, "GET", "/api/v1/drills/77", None, {}),
                (404, "GET", "/api/v1/drills/", None, {}), (403, "POST", "/api/v1/drills", good, {"Content-Type": "application/json"}),
                (415, "POST", "/api/v1/drills", good, {"X-Ripen": "1"}),
                (415, "POST", "/api/v1/drills", good, {**own, "Content-Encoding": "gzip"})):
            with self.subTest(target=target, body=body, headers=headers):
                got, problem = self.request(method, target, body, **headers)
                self.assertEqual(got, status, problem)
                jsonschema.Draft202012Validator(schema).validate(problem)

    def test_a_server_that_is_stopped_does_not_wait_for_its_drills(self):
        for _ in range(5):
            self.assertEqual(self.post(stage="click", slice=GROUP, change=-.3)[0], 202)
        began = time.monotonic()
        self.server.send_signal(signal.SIGTERM)
        self.assertEqual(self.server.wait(timeout=30), 0)
        self.assertLess(time.monotonic() - began, 15)


if __name__ == "__main__":
    unittest.main()
