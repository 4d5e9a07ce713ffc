"""Incidents over a real server: the same whether it ran all the time, was down for a week, or its store was made anew."""

import json
import os
import signal
import shutil
import unittest

from live_test import LiveTest
from program import ripen

FIRST_EVENINGS = "2026-11-12"  # the change began on 11 November; nothing is alarmed yet


def world():
    """The events of `segment-drop` by the day on which they became known."""
    folder = f"/tmp/ripen-incidents-world-{os.getpid()}"
    done = ripen("simulate", "--out", folder, "--scenario", "segment-drop", "--seed", 5, "--per-day", 1500,
                 "--days", 30, "--shape", "long", "--format", "ndjson")
    assert done.code == 0, done.err
    days = {}
    with open(f"{folder}/events.ndjson", encoding="utf-8") as file:
        for line in file.read().splitlines():
            event = json.loads(line)
            known = event.get("arrived_at") or event.get("shown_at") or event["happened_at"]
            days.setdefault(known[:10], []).append(line)
    shutil.rmtree(folder)
    return days


class Incidents(LiveTest):
    @classmethod
    def setUpClass(cls):
        cls.days = world()

    def take(self, first, last):
        lines = [line for day in sorted(self.days) if first <= day <= last for line in self.days[day]]
        status, answer = self.post(lines)
        self.assertEqual(status, 200, answer)

    def incidents(self, as_of):
        """Asked for a day, so that the answer does not wait for what is worked in behind it."""
        for _ in range(100):
            status, answer = self.request("GET", f"/api/v1/incidents?as_of={as_of}")
            if status == 503:  # days are being looked at; it waited for two seconds
                continue
            self.assertEqual(status, 200, answer)
            if self.report()["as_of"] >= as_of:
                status, answer = self.request("GET", f"/api/v1/incidents?as_of={as_of}")
                if status == 200:
                    return answer
        self.fail(f"{as_of} is not reached")

    def say(self, incident, action, note=""):
        return self.request("POST", f"/api/v1/incidents/{incident}/{action}", json.dumps({"note": note}).encode(),
                            {"Content-Type": "application/json", "X-Ripen": "1"})

    def story(self, days_of_posts):
        """Posts the days in the given steps; acknowledges on 14 November and accepts on 15 November."""
        self.take("2026-01-01", FIRST_EVENINGS)
        for first, last in days_of_posts:
            self.take(first, last)
            open_ones = [each for each in self.incidents(last)["incidents"] if each["closed_on"] is None]
            if last == "2026-11-14":
                self.assertEqual(len(open_ones), 1, open_ones)
                status, answer = self.say(open_ones[0]["id"], "acknowledge", "Is the new model out?")
                self.assertEqual((status, answer["state"]), (200, "acknowledged"), answer)
            if last == "2026-11-15":
                status, answer = self.say(open_ones[0]["id"], "accept")
                self.assertEqual((status, answer["state"], answer["closed_on"]), (200, "accepted", last), answer)

    def assert_no_alert(self, as_of):
        for finding in self.report(as_of)["findings"]:
            self.assertNotEqual(finding["level"], "alert", finding)

    @staticmethod
    def without_moments(answer):
        for incident in answer["incidents"]:
            for judgement in incident["judgements"]:
                judgement.pop("at")
        return answer

    def test_they_are_the_same_whatever_became_of_the_server(self):
        each_day = [(f"2026-11-{day}", f"2026-11-{day}") for day in range(13, 21)]
        always = self.serve(self.folder / "always.duckdb")
        self.story(each_day)
        judged = self.request("GET", "/api/v1/judgements")[1]
        seen = {day: self.incidents(day) for day in ("2026-11-12", "2026-11-14", "2026-11-16", "2026-11-20")}
        self.end(always)
        self.assertEqual(len(judged["judgements"]), 2)
        last = seen["2026-11-20"]
        self.assertEqual([(each["state"], each["finding"]["slice"]) for each in last["incidents"]],
                         [("accepted", {"age_group": "25-34"})], last)
        self.assertEqual(seen["2026-11-12"]["incidents"], [])
        self.assertEqual(last["record"]["judged"], 1)
        self.assertEqual(last["record"]["looks"], 20)  # from the eleventh day on, one a day

        down = self.serve(self.folder / "down.duckdb")
        self.story(each_day[:3])
        down.send_signal(signal.SIGKILL)
        down.wait(timeout=60)
        down.stdout.close()
        self.serve(self.folder / "down.duckdb")
        self.take("2026-11-16", "2026-11-20")
        for day, answer in seen.items():
            self.assertEqual(self.without_moments(self.incidents(day)), self.without_moments(json.loads(json.dumps(answer))))

        self.server = self.serve(self.folder / "anew.duckdb")
        self.take("2026-01-01", "2026-11-20")
        before = self.incidents("2026-11-20")
        self.assertEqual([each["state"] for each in before["incidents"]], ["opened"])
        status, taken = self.request("POST", "/api/v1/judgements", json.dumps(judged).encode(),
                                     {"Content-Type": "application/json", "X-Ripen": "1"})
        self.assertEqual((status, taken), (200, judged))
        for day, answer in seen.items():
            self.assertEqual(self.incidents(day), answer, day)
        # From an export, decisions included: the files that it writes are all that it takes.
        self.end(self.server)
        export, again = self.folder / "export", self.folder / "again.duckdb"
        done = ripen("export", "--store", self.folder / "anew.duckdb", "--out", export)
        self.assertEqual((done.code, done.out), (0, ""), done.err)
        self.assert_refused(ripen("export", "--store", self.folder / "anew.duckdb", "--out", export), "already")
        done = ripen("restore", export, "--store", again)
        self.assertEqual((done.code, done.out), (0, ""), done.err)
        self.assert_refused(ripen("restore", export, "--store", again), "already")
        self.assert_refused(ripen("restore", self.folder, "--store", self.folder / "none.duckdb"), "no export")
        self.serve(again)
        for day, answer in seen.items():
            self.assertEqual(self.incidents(day), answer, day)
        # A level that was accepted is the usual one: nothing is alarmed about it any more.
        self.assert_no_alert("2026-11-20")
        self.assert_no_alert("2026-11-15")  # the day on which it was accepted
        self.assertTrue(any(finding["level"] == "alert" for finding in self.report("2026-11-14")["findings"]))

    def test_a_false_alarm_is_counted_and_stays_away(self):
        self.serve(self.folder / "false.duckdb")
        self.take("2026-01-01", "2026-11-17")
        incident = self.incidents("2026-11-17")["incidents"][0]
        answers = incident["answers"]["en"]
        self.assertIn("customers aged 25-34", answers["what"])
        self.assertIn("Since 11 Nov", answers["since"])
        self.assertEqual(set(answers), {"what", "who", "since", "sure", "cost", "check_next"})
        status, answer = self.say(incident["id"], "false", "A test of ours.")
        self.assertEqual((status, answer["state"]), (200, "judged_false"), answer)
        self.assert_no_alert("2026-11-17")
        self.take("2026-11-18", "2026-11-20")
        now = self.incidents("2026-11-20")
        self.assertEqual([each["state"] for each in now["incidents"]], ["judged_false"])
        self.assert_no_alert("2026-11-20")
        self.assertEqual((now["record"]["judged_false"], now["record"]["share"]), (1, 1))
        self.assertIn("1 was a false alarm", now["record"]["message"]["en"])
        self.assertEqual(self.say(incident["id"], "acknowledge")[0], 409)
        self.assertEqual(self.say("0123456789ab", "accept")[0], 404)
        self.assertEqual(self.say(incident["id"], "forget")[0], 404)
        self.assertEqual(self.request("POST", f"/api/v1/incidents/{incident['id']}/false", b"[]",
                                      {"Content-Type": "application/json", "X-Ripen": "1"})[0], 400)
        self.assertEqual(self.request("POST", f"/api/v1/incidents/{incident['id']}/false", b"{}",
                                      {"Content-Type": "application/json"})[0], 403)
        self.assertEqual(self.request("GET", f"/api/v1/incidents/{incident['id']}/false")[0], 405)


if __name__ == "__main__":
    unittest.main(verbosity=2)
