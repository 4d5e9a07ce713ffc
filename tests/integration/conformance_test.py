"""Every answer of the real server is what api/openapi.yaml says, and nothing else."""

import http.client
import itertools
import json
import pathlib
import signal
import subprocess
import unittest
import urllib.parse

import jsonschema
import yaml

from program import PROGRAM, ProgramTest, ripen

CONTRACT = pathlib.Path(__file__).parents[2] / "api" / "openapi.yaml"


def small_history():
    """Ten days of 60 recommendations by two models to two age groups, one of them hidden, one without an age."""
    lines = ["recommendation_id,recommended_at,customer_id,age_group,model,collection,clicked_at,purchased_at,returned_at"]
    for day, number in itertools.product(range(1, 11), range(60)):
        age = "" if number == 7 else ("16-24" if number == 8 else ("25-34" if number % 2 else "35-44"))
        shown = f"2026-11-{day:02d}"
        clicked = f"{shown}T10:{number:02d}:00Z" if number % 4 == 0 else ""
        bought = f"2026-11-{day + 2:02d}T11:00:00Z" if number % 12 == 0 else ""
        returned = f"2026-11-{day + 5:02d}T11:00:00Z" if number % 24 == 0 else ""
        lines.append(f"r-{day}-{number},{shown}T09:{number:02d}:00Z,c-{number},{age},v{12 + number // 30},Winter,{clicked},{bought},{returned}")
    lines.append("r-bad,not a time,c-1,25-34,v12,Winter,,,")
    return "\n".join(lines) + "\n"


# What a route cannot do without.
REQUIRED = {"/api/v1/metrics": {"stage": "click"}, "/api/v1/periods": {"stage": "click"},
            "/api/v1/changes": {"since": "2026-11-06"}, "/api/v1/expected": {"stage": "click"}, "/api/v1/side-by-side": {"stage": "click"},
            "/api/v1/exposure": {"customer": "age_group", "item": "collection", "from": "2026-11-02", "to": "2026-11-04"},
            "/api/v1/fairness": {"stage": "click"},
            "/api/v1/move": {"stage": "click", "from": "2026-11-02", "to": "2026-11-04",
                             "before_from": "2026-11-01", "before_to": "2026-11-01"}}


# What only this route takes for a parameter that others have too.
SUITABLE = {"/api/v1/collections": {"attribute": "collection"}}


# Agreed with the dashboard, and not answered by the program yet.
COMING = set()


class ConformanceTest(ProgramTest):
    @classmethod
    def setUpClass(cls):
        cls.contract = yaml.safe_load(CONTRACT.read_text(encoding="utf-8"))

    def setUp(self):
        super().setUp()
        store = self.folder / "store.duckdb"
        loaded = ripen("ingest", self.write("history.csv", small_history()), "--store", store)
        self.assertEqual(loaded.code, 0, loaded.err)
        self.server = subprocess.Popen([PROGRAM, "serve", "--store", str(store), "--listen", "127.0.0.1:0"],
                                       stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(self.stop)
        sentence = self.server.stdout.readline()
        self.assertIn("http://127.0.0.1:", sentence, self.server.poll())
        self.port = urllib.parse.urlsplit(sentence[sentence.index("http://"):].split()[0]).port

    def stop(self):
        self.server.send_signal(signal.SIGTERM)
        self.assertEqual(self.server.wait(timeout=30), 0)
        self.server.stdout.close()
        self.server.stderr.close()

    def ask(self, target, method="GET", headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, target, headers=headers or {})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.getheader("Content-Type"), body

    def assert_conforms(self, path, query=None, status=200):
        """Asks and validates against the schema of that status; returns the answer."""
        target = path + ("?" + urllib.parse.urlencode(query) if query else "")
        got, content_type, body = self.ask(target)
        self.assertEqual(got, status, f"{target}: {body!r}")
        responses = self.contract["paths"][path]["get"]["responses"]
        response = responses.get(str(got), responses["default"])
        if "$ref" in response:
            response = self.contract["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
        self.assertIn(content_type, response["content"], target)
        schema = {**response["content"][content_type]["schema"], "components": self.contract["components"]}
        answer = json.loads(body)
        jsonschema.Draft202012Validator(schema).validate(answer)
        self.assertEqual(list(answer), sorted(answer), f"{target}: keys are sorted")
        return answer

    def test_every_route_answers_what_it_promises(self):
        for path, operations in self.contract["paths"].items():
            if "get" not in operations or path.endswith(("/stream", "}")) or path in COMING:
                # What is written to and what never ends are in live_test.py, drills in drill_test.py.
                continue
            with self.subTest(path=path):
                self.assert_conforms(path, REQUIRED.get(path))

    def test_every_day_in_the_past_conforms(self):
        for day in range(1, 16):
            as_of = f"2026-11-{day:02d}"
            for route in ("check", "findings", "input", "segments", "truth"):
                with self.subTest(route=route, as_of=as_of):
                    self.assertEqual(self.assert_conforms(f"/api/v1/{route}", {"as_of": as_of})["as_of"], as_of)

    def test_metrics_in_every_form(self):
        maturities = set()
        for stage, by in itertools.product(("click", "purchase", "return"), ("day", "week", "span")):
            for extra in ({}, {"attribute": "age_group"}, {"slice": '{"age_group":"25-34"}'}, {"slice": '{"age_group":null}'},
                          {"from": "2026-11-03", "to": "2026-11-05"}, {"as_of": "2026-11-06"}):
                with self.subTest(stage=stage, by=by, extra=extra):
                    answer = self.assert_conforms("/api/v1/metrics", {"stage": stage, "by": by, **extra})
                    self.assertEqual((answer["stage"], answer["by"]), (stage, by))
                    maturities |= {point["maturity"] for series in answer["series"] for point in series["points"]}
        self.assertLessEqual({"confirmed", "pending"}, maturities)

    def test_periods_in_every_form(self):
        for stage, by, against in itertools.product(("click", "purchase", "return"), ("week", "month"),
                                                    ("before", "last_collection")):
            with self.subTest(stage=stage, by=by, against=against):
                answer = self.assert_conforms("/api/v1/periods", {"stage": stage, "by": by, "against": against})
                self.assertEqual(answer["reason"] is None, bool(answer["lines"]))

    def test_sides_of_every_attribute_and_stage(self):
        reasons = set()
        for stage, attribute in itertools.product(("click", "purchase", "return"), ("model", "age_group", "collection")):
            for as_of in ("2026-11-04", "2026-11-08", "2026-11-11"):
                with self.subTest(stage=stage, attribute=attribute, as_of=as_of):
                    answer = self.assert_conforms("/api/v1/side-by-side", {"stage": stage, "attribute": attribute, "as_of": as_of})
                    for side in answer["comparisons"]:
                        self.assertEqual(side["reason"] is None, side["verdict"] is not None)
                        self.assertEqual(side["verdict"] is None, side["difference"] is None)
                        reasons.add(side["reason"])
        self.assertLessEqual({None, "not_settled"}, reasons)
        whole = self.assert_conforms("/api/v1/side-by-side", {"stage": "click"})
        self.assertEqual([side["attribute"] for side in whole["comparisons"]], ["model"])
        listed = self.assert_conforms("/api/v1/check")["side_by_side"]
        self.assertEqual([side for side in listed if side["stage"] == "click"], whole["comparisons"])

    def test_exposure_of_every_pair_of_attributes(self):
        for customer, extra in itertools.product(
                ("age_group", "model"), ({}, {"as_of": "2026-11-04"}, {"from": "2026-11-02", "to": "2026-11-05"})):
            with self.subTest(customer=customer, extra=extra):
                answer = self.assert_conforms("/api/v1/exposure", {"customer": customer, "item": "collection", **extra})
                everybody = [cell for cell in answer["cells"] if cell["customer"] == {}]
                self.assertAlmostEqual(sum(cell["now"]["share"] for cell in everybody if not cell["hidden"]), 1, places=5)

    def test_moves_in_every_form(self):
        reasons = set()
        for stage, extra in itertools.product(
                ("click", "purchase", "return"),
                ({}, {"attribute": "age_group"}, {"attribute": "item.collection"}, {"as_of": "2026-11-06"},
                 {"from": "2026-11-04", "to": "2026-11-05"}, {"from": "2026-11-01", "to": "2026-11-02"})):
            with self.subTest(stage=stage, extra=extra):
                if extra.get("attribute") == "item.collection":
                    names = {each["name"] for each in self.assert_conforms("/api/v1/segments")["attributes"]}
                    if "item.collection" not in names:
                        extra = {"attribute": sorted(names)[-1]}
                answer = self.assert_conforms("/api/v1/move", {"stage": stage, **extra})
                reasons.add(answer["reason"])
                self.assertEqual(answer["reason"] is None, bool(answer["terms"]))
                if answer["reason"] is None:
                    parts = sum(term[part]["value"] for term in answer["terms"] for part in ("rate", "mix"))
                    self.assertAlmostEqual(parts, answer["move"]["value"], places=5)
        self.assertLessEqual({None, "outside_data", "no_two_weeks"}, reasons)

    def test_changes_since_every_day(self):
        for day in range(1, 15):
            with self.subTest(day=day):
                answer = self.assert_conforms("/api/v1/changes", {"since": f"2026-11-{day:02d}"})
                for change in answer["changes"]:
                    self.assertNotEqual(change["then"], change["now"])
                    if change["then"]["maturity"] == "confirmed":
                        self.assertEqual(change["now"]["maturity"], "confirmed")

    def test_every_parameter_of_the_contract_is_read(self):
        values = {"as_of": "2026-11-09", "stage": "click", "by": "week", "attribute": "age_group", "slice": "{}",
                  "from": "2026-11-02", "to": "2026-11-04", "since": "2026-11-05", "against": "last_collection",
                  "before_from": "2026-11-01", "before_to": "2026-11-01", "k": "5", "customer": "model", "item": "collection"}
        for path, operations in self.contract["paths"].items():
            if path.endswith("}") or path in COMING:
                continue
            for parameter in operations.get("get", {}).get("parameters", []):
                if "$ref" in parameter:
                    parameter = self.contract["components"]["parameters"][parameter["$ref"].rsplit("/", 1)[1]]
                own = {**REQUIRED.get(path, {}), **SUITABLE.get(path, {})}
                query = {**REQUIRED.get(path, {}), parameter["name"]: own.get(parameter["name"], values.get(parameter["name"]))}
                with self.subTest(path=path, parameter=parameter["name"]):
                    self.assert_conforms(path, query)

    def test_every_error_is_a_problem_document(self):
        for path, query, status in (
                ("/api/v1/check", {"as_of": "yesterday"}, 400), ("/api/v1/check", {"asof": "2026-11-01"}, 400),
                ("/api/v1/check", {"as_of": "1999-01-01"}, 422), ("/api/v1/metrics", None, 400),
                ("/api/v1/metrics", {"stage": "view"}, 400), ("/api/v1/metrics", {"stage": "click", "by": "year"}, 400),
                ("/api/v1/metrics", {"stage": "click", "slice": "{"}, 400),
                ("/api/v1/metrics", {"stage": "click", "attribute": "shoe_size"}, 404),
                ("/api/v1/metrics", {"stage": "click", "from": "2031-01-01"}, 422), ("/healthz", {"x": "1"}, 400),
                ("/api/v1/periods", None, 400), ("/api/v1/periods", {"stage": "click", "by": "day"}, 400),
                ("/api/v1/periods", {"stage": "click", "against": "summer"}, 400),
                ("/api/v1/side-by-side", None, 400), ("/api/v1/side-by-side", {"stage": "view"}, 400),
                ("/api/v1/side-by-side", {"stage": "click", "attribute": "modell"}, 404),
                ("/api/v1/exposure", None, 400), ("/api/v1/exposure", {"customer": "age_group"}, 400),
                ("/api/v1/exposure", {"customer": "collection", "item": "collection"}, 400),
                ("/api/v1/exposure", {"customer": "shoe_size", "item": "collection"}, 404),
                ("/api/v1/exposure", {"customer": "age_group", "item": "collection", "from": "2026-11-05"}, 400),
                ("/api/v1/collections", {"attribute": "age_group"}, 400), ("/api/v1/collections", {"attribute": "colection"}, 404),
                ("/api/v1/collections", {"stage": "view"}, 404),
                ("/api/v1/move", None, 400), ("/api/v1/move", {"stage": "kept"}, 400),
                ("/api/v1/move", {"stage": "click", "from": "2026-11-05"}, 400),
                ("/api/v1/move", {"stage": "click", "attribute": "shoe_size"}, 404),
                ("/api/v1/changes", None, 400), ("/api/v1/changes", {"since": "2031-01-01"}, 400)):
            with self.subTest(path=path, query=query):
                problem = self.assert_conforms(path, query, status)
                self.assertEqual(problem["status"], status)
                self.assertRegex(problem["detail"], r"^[A-Za-z].* .*[.)]$")

    def test_errors_before_any_route_are_problem_documents(self):
        schema = {"$ref": "#/components/schemas/Problem", "components": self.contract["components"]}
        for status, target, method, headers in (
                (404, "/api/v1/orders", "POST", {"X-Ripen": "1", "Content-Type": "application/json"}),
                (405, "/api/v1/check", "POST", {"X-Ripen": "1", "Content-Type": "application/json"}),
                (403, "/api/v1/check", "POST", {}), (415, "/api/v1/check", "POST", {"X-Ripen": "1"}),
                (403, "/api/v1/check", "GET", {"Origin": "http://other.example"}),
                (421, "/api/v1/check", "GET", {"Host": "other.example"}), (414, "/" + "a" * 9000, "GET", {}),
                (404, "/missing.js", "GET", {})):
            with self.subTest(status=status, target=target[:40], method=method):
                got, content_type, body = self.ask(target, method, headers)
                self.assertEqual((got, content_type), (status, "application/problem+json"), body)
                jsonschema.Draft202012Validator(schema).validate(json.loads(body))

    def test_the_served_report_is_the_printed_one(self):
        """One report, two ways: only `input` may differ (it counts what was read)."""
        served = self.assert_conforms("/api/v1/check")
        printed = ripen("check", self.folder / "history.csv", "--format", "json")
        self.assertIn(printed.code, (0, 1), printed.err)
        report = printed.report
        schema = {"$ref": "#/components/schemas/CheckReport", "components": self.contract["components"]}
        jsonschema.Draft202012Validator(schema).validate(report)
        for answer in (served, report):
            answer.pop("input")
        self.assertEqual(served, report)

    def test_a_hidden_group_shows_nothing(self):
        attributes = {a["name"]: a for a in self.assert_conforms("/api/v1/segments")["attributes"]}
        hidden = [value for value in attributes["age_group"]["values"] if value["hidden"]]
        self.assertTrue(hidden, attributes["age_group"])
        for value in hidden:
            self.assertIsNone(value["recommendations"])
        names = {value["value"] for value in hidden}
        for metric in self.assert_conforms("/api/v1/check")["metrics"]:
            if "age_group" in metric["slice"]:
                self.assertNotIn(metric["slice"]["age_group"], names)


if __name__ == "__main__":
    unittest.main()
