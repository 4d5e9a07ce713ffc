"""Annotations over a real server: told, known from then on, taken back, carried by an export; by configuration too."""

import json
import os
import shutil
import unittest

import jsonschema
import yaml

from live_test import LiveTest
from program import ripen

CONTRACT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "api", "openapi.yaml")


def recommendations(day, number):
    return [json.dumps({"type": "recommendation", "id": f"{day}-{i}", "shown_at": f"{day}T09:00:00Z",
                        "item": {"collection": "Summer" if i % 2 else "Spring"}}) for i in range(number)]


class Annotations(LiveTest):
    def setUp(self):
        super().setUp()
        self.serve(self.folder / "store.duckdb")
        for day in range(1, 25):
            status, answer = self.post(recommendations(f"2026-04-{day:02d}", 20))
            self.assertEqual(status, 200, answer)

    def write(self, route, body):
        return self.request("POST", f"/api/v1/annotations{route}", json.dumps(body).encode(),
                            {"Content-Type": "application/json", "X-Ripen": "1"})

    def known(self, as_of=None):
        status, answer = self.request("GET", "/api/v1/annotations" + (f"?as_of={as_of}" if as_of else ""))
        self.assertEqual(status, 200, answer)
        with open(CONTRACT, encoding="utf-8") as file:
            contract = yaml.safe_load(file)
        schema = {"$ref": "#/components/schemas/Annotations", "components": contract["components"]}
        jsonschema.Draft202012Validator(schema).validate(answer)
        return answer["annotations"]

    def test_told_known_and_taken_back(self):
        summer = {"kind": "launch", "day": "2026-04-10", "item": {"collection": "Summer"}, "note": "300 items"}
        status, told = self.write("", summer)
        self.assertEqual((status, told["title"], told["origin"], told["new_epoch"]), (200, "Summer", "told", True), told)
        newest = told["told_on"]
        self.assertEqual(self.known(newest), [told])
        self.assertEqual(self.known("2026-04-20"), [], "a day before it was told must not know it")
        self.assertEqual(self.write("", summer), (200, told), "the same words again change nothing")
        epochs = self.report(newest)["epochs"]
        self.assertEqual([each["since"] for each in epochs], ["2026-04-01", "2026-04-10"], epochs)
        self.assertEqual([each["annotations"] for each in epochs], [[], [told["id"]]])
        self.assertEqual(len(self.report("2026-04-20")["epochs"]), 1)

        status, gone = self.write(f"/{told['id']}/take-back", {})
        self.assertEqual((status, gone["id"]), (200, told["id"]), gone)
        self.assertEqual(self.known(newest), [])
        status, problem = self.write(f"/{told['id']}/take-back", {})
        self.assertEqual((status, problem["detail"]), (404, f"There is no annotation {told['id']} to take back."))

    def test_what_is_refused(self):
        status, problem = self.write("", {"kind": "launch", "day": "2026-04-10", "title": "a\nb"})
        self.assertEqual((status, problem["detail"]), (400, "The title must be plain text, without control characters."))
        status, problem = self.request("POST", "/api/v1/annotations", b"{}", {"Content-Type": "application/json"})
        self.assertIn(status, (400, 403), "a foreign page cannot write")


class ByFile(unittest.TestCase):
    def setUp(self):
        self.folder = f"/tmp/ripen-annotations-{os.getpid()}"
        os.makedirs(self.folder)
        self.addCleanup(shutil.rmtree, self.folder)
        with open(f"{self.folder}/events.csv", "w", encoding="utf-8") as file:
            file.write("id,shown_at,clicked_at,collection\n")
            for i in range(600):
                file.write(f"{i},2026-04-{1 + i // 25:02d}T09:00:00Z,,{'Summer' if i % 2 else 'Spring'}\n")

    def test_the_configuration_declares(self):
        with open(f"{self.folder}/ripen.toml", "w", encoding="utf-8") as file:
            file.write('[[annotations]]\nday = 2026-04-20\nitem = "collection=Summer"\n')
        done = ripen("check", f"{self.folder}/events.csv", "--config", f"{self.folder}/ripen.toml", "--format", "json")
        self.assertEqual(done.code, 0, done.err)
        report = json.loads(done.out)
        self.assertEqual([each["title"] for each in report["annotations"]], ["Summer"])
        self.assertEqual(report["epochs"][-1]["state"], "collecting")
        self.assertEqual(report["epochs"][-1]["first_alert_on"], "2026-04-30")


if __name__ == "__main__":
    unittest.main()
