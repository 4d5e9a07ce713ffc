#!/usr/bin/env python3
"""Live events: how many a second POST events keeps, beside DuckDB's raw appender, and what reads take.

Usage: bench/events.py [--rows N] [--batch N ...] [--runs N]

Each run posts the same simulated events to a new server on loopback, one body after the other, while
another client asks for what the overview shows; then another process appends as many rows to a
DuckDB file in transactions of the same size. The server must have every event once before a time is
printed. Times are medians; the ratio is the median of the runs' ratios.
"""

import argparse
import http.client
import json
import pathlib
import statistics
import subprocess
import tempfile
import threading
import time

READS = ("/api/v1/check", "/api/v1/segments", "/api/v1/truth", "/api/v1/metrics?stage=click&by=day")


class Server:
    def __init__(self, ripen, store):
        self.process = subprocess.Popen([ripen, "serve", "--create", "--store", store, "--listen",
                                         "127.0.0.1:0"], stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True)
        for line in self.process.stdout:
            if "http://" in line:
                self.port = int(line.split("http://")[1].split()[0].rstrip("/.").rsplit(":", 1)[1])
                break

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def ask(connection, path):
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def keep_reading(server, over, times):
    connection = server.connect()
    turn = 0
    while not over.is_set():
        began = time.perf_counter()
        status, _ = ask(connection, READS[turn % len(READS)])
        if status == 200:
            times.append(time.perf_counter() - began)
        turn += 1
        over.wait(0.02)


def post(ripen, folder, bodies, events):
    server = Server(ripen, folder / "live.duckdb")
    try:
        connection = server.connect()
        times, over = [], threading.Event()
        reader = threading.Thread(target=keep_reading, args=(server, over, times))
        reader.start()
        began = time.perf_counter()
        accepted = 0
        for body in bodies:
            connection.request("POST", "/api/v1/events?history=true", body,
                               {"Content-Type": "application/x-ndjson", "X-Ripen": "1"})
            answer = connection.getresponse()
            account = json.loads(answer.read())
            assert answer.status == 200, account
            accepted += account["accepted"]
        took = time.perf_counter() - began
        over.set()
        reader.join()
        assert accepted == events, (accepted, events)
        return took, times
    finally:
        server.stop()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ripen", default="build/release/ripen")
    parser.add_argument("--raw", default="build/release/bench/raw_appender")
    parser.add_argument("--rows", type=int, default=400_000)
    parser.add_argument("--batch", type=int, nargs="+", default=[50_000, 5_000])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([options.ripen, "simulate", "--out", folder / "world", "--format", "ndjson",
                        "--shape", "long", "--days", "40", "--per-day",
                        str(int(options.rows / 40 / 1.27))], check=True, capture_output=True)
        lines = [line for path in sorted((folder / "world").glob("*.ndjson"), reverse=True)
                 for line in path.read_bytes().splitlines(keepends=True)]
        for batch in options.batch:
            bodies = [b"".join(lines[at:at + batch]) for at in range(0, len(lines), batch)]
            measure(options, folder, bodies, len(lines), batch)


def measure(options, folder, bodies, events, batch):
    ours, raw, ratios, reads = [], [], [], []
    for run in range(options.runs):
        place = folder / f"{batch}-{run}"
        place.mkdir()
        took, times = post(options.ripen, place, bodies, events)
        out = subprocess.run([options.raw, place / "raw.duckdb", str(events), str(batch)],
                             check=True, capture_output=True, text=True).stdout.split()
        assert int(out[0]) == events
        ours.append(events / took)
        raw.append(events / float(out[1]))
        ratios.append(ours[-1] / raw[-1])
        reads += times
    reads.sort()
    quantile = lambda share: 1000 * reads[min(len(reads) - 1, int(share * len(reads)))]
    print(f"{events} events in bodies of {batch}: {statistics.median(ours):,.0f} a second; raw "
          f"appender {statistics.median(raw):,.0f}; ratio {statistics.median(ratios):.2f} "
          f"({min(ratios):.2f}-{max(ratios):.2f}); {len(reads)} reads meanwhile: median "
          f"{quantile(.5):.0f} ms, 99th percentile {quantile(.99):.0f} ms", flush=True)


if __name__ == "__main__":
    main()
