#!/usr/bin/env python3
"""A whole year without change, looked at on every midnight: how many incidents are raised?

Usage: tests/worlds/quiet_year.py --ripen build/release/ripen [--scenario stable|noisy ...] [--seeds N] [--per-day N]

Each history of 365 days (some 40 groups and their pairs: 10 attributes) is read into a store, and the incidents of a real
server are counted, which fold one look for every day. The budget is one false alarm in 90 days over everything, so that
a year may raise 3.9 on average. The test passes when the incidents of all years together are at most the budget of all
their days. Risk: seeds are fixed; if the true rate were the budget itself, the sum of N years would exceed it about half
of the time, but what was measured lies far below. The last line is "years: N, incidents: N, budget: N".
"""

import argparse
import http.client
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import urllib.parse

DAYS = 365
BUDGET_DAYS = 90


def incidents_of(ripen, scenario, seed, per_day):
    """The incidents of one year, of all kinds, and how many looks were taken."""
    with tempfile.TemporaryDirectory(prefix="ripen-year-") as name:
        folder = pathlib.Path(name)
        subprocess.run([ripen, "simulate", "--out", folder, "--scenario", scenario, "--seed", str(seed), "--days", str(DAYS),
                        "--per-day", str(per_day), "--wide-attributes"], check=True, capture_output=True)
        store = folder / "year.duckdb"
        subprocess.run([ripen, "ingest", folder / "recommendations.csv", "--store", store], check=True, capture_output=True)
        server = subprocess.Popen([ripen, "serve", "--store", store, "--listen", "127.0.0.1:0"], stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL, text=True)
        try:
            sentence = server.stdout.readline()
            port = urllib.parse.urlsplit(sentence[sentence.index("http://"):].split()[0]).port
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3600)
            connection.request("GET", "/api/v1/incidents")
            answer = connection.getresponse()
            report = json.loads(answer.read())
            if answer.status != 200:
                raise RuntimeError(report)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=60)
            server.stdout.close()
        for incident in report["incidents"]:
            finding = incident["finding"]
            print(f"    {scenario} {seed}: {incident['opened_on']} {finding['kind']} {finding['stage']} "
                  f"{json.dumps(finding['slice'])} {finding['evidence_days']} {incident['state']}", flush=True)
        return report["record"]["raised"], report["record"]["looks"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ripen", default="build/release/ripen")
    parser.add_argument("--scenario", action="append", choices=["stable", "noisy", "weekday"])
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--per-day", type=int, default=500)
    options = parser.parse_args()
    years = raised = looks = 0
    for scenario in options.scenario or ["stable", "noisy"]:
        for seed in range(1, options.seeds + 1):
            of_year, looks_of_year = incidents_of(options.ripen, scenario, seed, options.per_day)
            print(f"{scenario} {seed}: {of_year} incidents in {looks_of_year} looks", flush=True)
            years += 1
            raised += of_year
            looks += looks_of_year
    budget = looks / BUDGET_DAYS
    print(f"years: {years}, incidents: {raised}, budget: {budget:.1f}")
    return 0 if raised <= budget else 1


if __name__ == "__main__":
    sys.exit(main())
