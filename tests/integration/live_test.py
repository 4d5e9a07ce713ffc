"""Live input over a real server: what is posted, watched or sent is there once, whatever the way."""

import datetime
import gzip
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import threading
import time
import unittest
import urllib.parse

from program import PROGRAM, ProgramTest, ripen


def history(seed=7, per_day=60, days=24):
    """Events of a small shop as NDJSON lines, with the times at which they became known."""
    folder = f"/tmp/ripen-live-world-{os.getpid()}-{seed}"
    done = ripen("simulate", "--out", folder, "--scenario", "stable", "--seed", seed, "--per-day", per_day,
                 "--days", days, "--shape", "long", "--format", "ndjson")
    assert done.code == 0, done.err
    with open(f"{folder}/events.ndjson", encoding="utf-8") as file:
        lines = file.read().splitlines()
    shutil.rmtree(folder)
    return lines


class LiveTest(ProgramTest):
    def serve(self, store, *flags):
        server = subprocess.Popen([PROGRAM, "serve", "--create", "--store", str(store), "--listen", "127.0.0.1:0",
                                   *map(str, flags)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.addCleanup(self.end, server)
        sentence = server.stdout.readline()
        self.assertIn("http://127.0.0.1:", sentence)
        self.port = urllib.parse.urlsplit(sentence[sentence.index("http://"):].split()[0]).port
        return server

    def end(self, server):
        if server.poll() is None:
            server.send_signal(signal.SIGTERM)
            self.assertEqual(server.wait(timeout=60), 0)
        server.stdout.close()

    def request(self, method, target, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, target, body=body, headers=headers or {})
        answer = connection.getresponse()
        text = answer.read()
        connection.close()
        return answer.status, json.loads(text) if text else None

    def post(self, lines, packed=False, query="?history=true"):
        body = ("\n".join(lines) + "\n").encode("utf-8")
        headers = {"Content-Type": "application/x-ndjson", "X-Ripen": "1"}
        if packed:
            body = gzip.compress(body)
            headers["Content-Encoding"] = "gzip"
        return self.request("POST", f"/api/v1/events{query}", body, headers)

    def report(self, as_of=None):
        status, report = self.request("GET", "/api/v1/check" + (f"?as_of={as_of}" if as_of else ""))
        self.assertEqual(status, 200, report)
        report.pop("input")
        return report

    def settled_report(self, as_of=None):
        """The report once the newest events have been worked in."""
        before = None
        for _ in range(60):
            now = self.report(as_of)
            if now == before:
                return now
            before = now
            time.sleep(0.7)
        self.fail("the report does not come to rest")


class PostedEvents(LiveTest):
    def test_an_answer_counts_every_line(self):
        self.serve(self.folder / "s.duckdb")
        lines = history()
        status, answer = self.post(lines)
        self.assertEqual(status, 200, answer)
        self.assertEqual((answer["events"], answer["accepted"]), (len(lines), len(lines)))
        for packed in (False, True):
            status, answer = self.post(lines, packed)
            self.assertEqual((status, answer["accepted"], answer["duplicates"]), (200, 0, len(lines)))
        good = '{"type":"recommendation","id":"x-1","shown_at":"2026-11-20T10:00:00Z"}'
        bad = '{"type":"recommendation","id":"x-2","shown_at":"soon"}'
        status, answer = self.post([good, bad], query="")
        self.assertEqual((status, answer["accepted"], answer["rejected"]), (200, 1, 1))
        self.assertEqual(answer["rejected_lines"], [{"column": "shown_at", "line": 2, "value": "soon",
                                                     "reason": answer["rejected_lines"][0]["reason"]}])

    def test_what_cannot_be_used_is_refused_with_a_problem_and_stores_nothing(self):
        self.serve(self.folder / "s.duckdb")
        self.post(history())
        before = self.settled_report()
        for body, packed, status in ((["nonsense"], False, 400), (['{"type":"recommendation","id":"y"}'] * 3, False, 400),
                                     ([""], False, 400)):
            with self.subTest(body=body):
                got, problem = self.post(body, packed)
                self.assertEqual((got, problem["status"]), (status, status), problem)
                self.assertNotIn("/tmp", problem["detail"])
        got, problem = self.request("POST", "/api/v1/events", b"\x1f\x8bbroken",
                                    {"Content-Type": "application/x-ndjson", "X-Ripen": "1", "Content-Encoding": "gzip"})
        self.assertEqual(got, 400, problem)
        got, problem = self.request("POST", "/api/v1/events", b"{}", {"Content-Type": "application/x-ndjson"})
        self.assertEqual(got, 403, problem)
        self.assertEqual(self.settled_report(), before)

    def test_a_small_body_that_unpacks_to_over_512_mb_is_refused(self):
        self.serve(self.folder / "s.duckdb")
        packed = gzip.compress(b"\n" * (513 << 20), 9)
        got, problem = self.request("POST", "/api/v1/events", packed,
                                    {"Content-Type": "application/x-ndjson", "X-Ripen": "1", "Content-Encoding": "gzip"})
        self.assertEqual(got, 413, problem)

    def test_reads_answer_while_events_come_in(self):
        self.serve(self.folder / "s.duckdb")
        lines = history(per_day=400)
        self.post(lines[:4000])
        self.settled_report()
        slowest = 0.0
        over = threading.Event()

        def send():
            for start in range(4000, len(lines), 500):
                self.assertEqual(self.post(lines[start:start + 500])[0], 200)
            over.set()

        sender = threading.Thread(target=send)
        sender.start()
        while not over.is_set():
            began = time.monotonic()
            self.report()
            slowest = max(slowest, time.monotonic() - began)
        sender.join()
        self.assertLess(slowest, 5)
        self.assertEqual(self.settled_report()["metrics"][0]["trials"] > 0, True)

    def test_the_stream_tells_of_new_data(self):
        self.serve(self.folder / "s.duckdb")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", "/api/v1/stream")
        stream = connection.getresponse()
        self.assertEqual(stream.getheader("Content-Type"), "text/event-stream")
        self.post(history())
        heard = []
        while not any(line.startswith("data:") for line in heard):
            heard.append(stream.readline().decode("utf-8").strip())
        changed = json.loads(heard[-1].removeprefix("data:"))
        self.assertEqual(changed, {"as_of": "2026-11-20", "version": 1})
        connection.close()


class SlowClients(LiveTest):
    """Who sends slowly, stops halfway or never reads holds nobody up, and loses nothing unsaid."""

    def head(self, length):
        return ("POST /api/v1/events?history=true HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nX-Ripen: 1\r\n"
                "Content-Type: application/x-ndjson\r\nContent-Length: %d\r\n\r\n" % (self.port, length)).encode()

    def test_a_body_that_stops_halfway_is_not_stored(self):
        self.serve(self.folder / "s.duckdb")
        lines = history()
        body = ("\n".join(lines) + "\n").encode()
        with socket.create_connection(("127.0.0.1", self.port)) as broken:
            broken.sendall(self.head(len(body)) + body[:len(body) // 2])
        self.assertEqual(self.request("GET", "/api/v1/check")[0], 404)  # nothing is there
        status, account = self.post(lines)
        self.assertEqual((status, account["accepted"]), (200, len(lines)))

    def test_a_body_that_comes_in_pieces_is_stored_whole_while_others_are_served(self):
        self.serve(self.folder / "s.duckdb")
        lines = history()
        late, early = lines[-200:], lines[:-200]
        body = ("\n".join(late) + "\n").encode()
        with socket.create_connection(("127.0.0.1", self.port)) as slow:
            slow.sendall(self.head(len(body)))
            self.assertEqual(self.post(early)[0], 200)
            for at in range(0, len(body), 1000):
                slow.sendall(body[at:at + 1000])
                self.assertEqual(self.request("GET", "/healthz")[0], 200)
            answer = http.client.HTTPResponse(slow)
            answer.begin()
            self.assertEqual(answer.status, 200)
            self.assertEqual(json.loads(answer.read())["accepted"], len(late))
        with self.subTest("and is there once"):
            self.assertEqual(self.post(late)[1]["accepted"], 0)

    def test_a_listener_that_never_reads_holds_nobody_up(self):
        self.serve(self.folder / "s.duckdb")
        lines = history()
        deaf = socket.socket()
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        deaf.connect(("127.0.0.1", self.port))
        deaf.sendall(b"GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % self.port)
        for at in range(0, len(lines), len(lines) // 8):
            self.assertEqual(self.post(lines[at:at + len(lines) // 8])[0], 200)
        self.settled_report()
        _, report = self.request("GET", "/api/v1/check")
        self.assertEqual(report["input"]["recommendations"],
                         sum('"type":"recommendation"' in line.replace(" ", "") for line in lines))
        deaf.close()


class LiveDays(LiveTest):
    """A day that is not over is counted apart: its share of outcomes would be that of the fast."""

    @staticmethod
    def shown(number, moment):
        return json.dumps({"type": "recommendation", "id": f"r-{number}", "shown_at": moment.isoformat()})

    def test_figures_end_with_the_last_day_that_is_over(self):
        self.serve(self.folder / "s.duckdb")
        now = datetime.datetime.now(datetime.timezone.utc)
        past = [self.shown(n, now - datetime.timedelta(days=2 + n % 3)) for n in range(30)]
        self.assertEqual(self.post(past)[0], 200)
        bought = {"type": "outcome", "recommendation_id": "r-0", "stage": "purchase", "happened_at": now.isoformat()}
        status, account = self.post([self.shown(99, now), json.dumps(bought)], query="")
        self.assertEqual((status, account["accepted"]), (200, 2))
        # The day may end while this runs: then it is over, and the figures hold it.
        days = [now.date(), datetime.datetime.now(datetime.timezone.utc).date()]
        self.settled_report()
        _, report = self.request("GET", "/api/v1/check")
        if days[0] == days[1]:
            self.assertEqual(report["as_of"], str(days[0] - datetime.timedelta(days=1)))
            self.assertEqual(report["input"]["today"], {"day": str(days[0]), "recommendations": 1,
                                                        "outcomes": {"click": 0, "purchase": 1, "return": 0}})
        _, today = self.request("GET", f"/api/v1/check?as_of={days[0]}")
        self.assertEqual(today["as_of"], str(days[0]))
        self.assertEqual(sum(m["trials"] for m in today["metrics"][:1]), 31)


class AnyWayAnyOrder(LiveTest):
    """The same events in other orders, batches and repeats, by file, body and folder: one state."""

    def reports(self, store):
        self.serve(store)
        days = (None, "2026-11-12", "2026-11-16")
        return [self.settled_report(day) for day in days]

    def test_one_state(self):
        lines = history()
        expected = None
        for turn in range(int(os.environ.get("RIPEN_TEST_ORDERS", "4"))):
            random.seed(turn)
            shuffled = lines + random.sample(lines, len(lines) // 10)
            random.shuffle(shuffled)
            cuts = sorted(random.sample(range(1, len(shuffled)), random.randint(0, 4)))
            parts = [shuffled[a:b] for a, b in zip([0, *cuts], [*cuts, len(shuffled)])]
            store = self.folder / f"s-{turn}.duckdb"
            way = turn % 3
            with self.subTest(turn=turn, way=way, parts=len(parts)):
                if way == 0:
                    for number, part in enumerate(parts):
                        file = self.write(f"{turn}-{number}.ndjson", "\n".join(part) + "\n")
                        self.assertEqual(ripen("ingest", file, "--store", store).code, 0)
                elif way == 1:
                    server = self.serve(store)
                    for part in parts:
                        self.assertEqual(self.post(part, packed=turn % 2 == 0)[0], 200)
                    self.end(server)
                else:
                    folder = self.folder / f"in-{turn}"
                    folder.mkdir()
                    server = self.serve(store, "--watch", folder, "--history")
                    for number, part in enumerate(parts):
                        hidden = folder / f".{number}"
                        hidden.write_text("\n".join(part) + "\n", encoding="utf-8")
                        hidden.rename(folder / f"{number}.ndjson")
                    for _ in range(200):
                        if len(list((folder / "done").iterdir())) == len(parts):
                            break
                        time.sleep(0.2)
                    self.assertEqual(len(list((folder / "done").iterdir())), len(parts))
                    self.end(server)
                reports = self.reports(store)
                expected = expected or reports
                self.assertEqual(reports, expected)


class WatchedFolder(LiveTest):
    def test_what_is_refused_says_why(self):
        folder = self.folder / "in"
        folder.mkdir()
        (folder / "half.part").write_text("not yet", encoding="utf-8")
        (folder / "rubbish.csv").write_text("a,b\n1,2\n", encoding="utf-8")
        self.serve(self.folder / "s.duckdb", "--watch", folder)
        reason = folder / "refused" / "rubbish.csv.reason.txt"
        for _ in range(100):
            if reason.exists() and (folder / "refused" / "rubbish.csv").exists():
                break
            time.sleep(0.2)
        self.assertTrue(reason.read_text(encoding="utf-8").strip().endswith("."))
        self.assertTrue((folder / "half.part").exists())

    def test_a_folder_that_is_not_there_is_refused(self):
        run = ripen("serve", "--create", "--store", self.folder / "s.duckdb", "--watch", self.folder / "nowhere")
        self.assert_refused(run, "no folder", "nowhere")


class IngestBesideAServer(LiveTest):
    def test_events_go_to_the_server_that_holds_the_store(self):
        store = self.folder / "s.duckdb"
        self.serve(store)
        lines = history()
        run = ripen("ingest", self.write("e.ndjson", "\n".join(lines) + "\n"), "--store", store)
        self.assertEqual(run.code, 0, run.err)
        self.assertIn(f'"accepted":{len(lines)}', run.err)
        table = self.write("t.csv", "recommendation_id,shown_at,clicked\nr,2026-11-01,1\n")
        self.assertIn("--watch", ripen("ingest", table, "--store", store).err)


if __name__ == "__main__":
    unittest.main()
