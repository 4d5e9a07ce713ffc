#!/usr/bin/env python3
"""Replays worlds with a known truth day by day and judges what was said on each day.

Usage: tests/worlds/replay_worlds.py --ripen build/release/ripen [--suite NAME ...] [--seeds N] [--jobs N]

Every suite simulates histories (seeds 1..N, fixed), loads each once and asks a server for the answer
as of each day. Ranges are compared with what the end of the history knows; alerts with the day on which
the world changed. A suite passes when its figures lie within the bounds written beside it. The last
line is "replays: P passed, F failed"; the exit code is 0 only when every suite passed.

Risk of the tests themselves: seeds are fixed, so a given release either passes or fails for ever. The
share of 480 ranges that hold has a standard error of about .02 (ranges of one history move together).
"""

import argparse
import concurrent.futures
import dataclasses
import datetime
import http.client
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.parse


def day(text):
    return datetime.date.fromisoformat(text)


class History:
    """One simulated history in a store, behind a server."""

    def __init__(self, ripen, scenario, seed, per_day, days, flags):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ripen-replay-"))
        world = self.folder / "world"
        subprocess.run([ripen, "simulate", "--out", world, "--scenario", scenario, "--seed", str(seed), "--per-day",
                        str(per_day), "--days", str(days), *flags], check=True, capture_output=True)
        self.truth = json.loads((world / "truth.json").read_text())
        store = self.folder / "s.duckdb"
        subprocess.run([ripen, "ingest", *(world / name for name in self.truth["files"]), "--store", store], check=True,
                       capture_output=True)
        self.server = subprocess.Popen([ripen, "serve", "--store", store, "--listen", "127.0.0.1:0"],
                                       stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        sentence = self.server.stdout.readline()
        self.port = urllib.parse.urlsplit(sentence[sentence.index("http://"):].split()[0]).port
        self.last = day(self.truth["last_day"])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.server.kill()
        self.server.wait()
        self.server.stdout.close()
        shutil.rmtree(self.folder)

    def ask(self, route, **query):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request("GET", f"/api/v1/{route}?{urllib.parse.urlencode(query)}")
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{route} {query}: {body[:300]}")
        return json.loads(body)

    def findings(self, as_of):
        return self.ask("findings", as_of=as_of.isoformat())["findings"]


def last_weeks(history, apart, first_day):
    """(group, estimate, truth) of the seven-day purchase rate as of past days whose truth is in."""
    pairs = []
    as_of = history.last - datetime.timedelta(days=15)
    while as_of >= first_day:
        week = {"stage": "purchase", "by": "span", "from": (as_of - datetime.timedelta(days=6)).isoformat(),
                "to": as_of.isoformat()}
        for extra in ({}, {"attribute": "age_group"}):
            then = history.ask("metrics", as_of=as_of.isoformat(), **week, **extra)["series"]
            now = history.ask("metrics", **week, **extra)["series"]
            for a, b in zip(then, now):
                assert a["slice"] == b["slice"]
                pairs.append((a["slice"], a["points"][0], b["points"][0]))
        as_of -= datetime.timedelta(days=apart)
    return pairs


@dataclasses.dataclass
class Suite:
    scenario: str
    per_day: int
    days: int
    seeds: int
    judge: object   # history -> dict
    verdict: object  # list of dicts -> list of (what, figure, bound, good)
    flags: tuple = ()


def ranges(history):
    first = history.last - datetime.timedelta(days=45)
    return {"pairs": last_weeks(history, 4, first)}


def judge_ranges(results):
    rows = []
    for name, wanted in (("total", lambda s: not s), ("groups", bool),
                         ("25-34", lambda s: s == {"age_group": "25-34"})):
        bias, held, half, pending = [], [], [], 0
        for result in results:
            for group, then, now in result["pairs"]:
                if not wanted(group) or now["maturity"] != "confirmed" or not now["rate"]:
                    continue
                if then["maturity"] != "provisional":
                    pending += 1
                    continue
                bias.append(then["rate"] / now["rate"] - 1)
                held.append(then["low"] - 1e-9 <= now["rate"] <= then["high"] + 1e-9)
                half.append((then["high"] - then["low"]) / 2 / then["rate"])
        mean = statistics.fmean(bias)
        share = statistics.fmean(held)
        rows.append((f"{name}: ranges", len(held), "-", True))
        rows.append((f"{name}: without an estimate", pending, "-", True))
        rows.append((f"{name}: bias", round(mean, 4), "within .03", abs(mean) <= .03))
        rows.append((f"{name}: held", round(share, 3), ".85 to .97", .85 <= share <= .97))
        rows.append((f"{name}: half width", round(statistics.fmean(half), 3), "-", True))
    return rows


def alerts(findings, kind, stage):
    return [f for f in findings if f["kind"] == kind and f["stage"] == stage and f["level"] == "alert"
            and f["explained_by"] is None]


def delay(history):
    change = day(history.truth["change_day"])
    found, fewer = None, False
    for late in range(0, 20):
        as_of = change + datetime.timedelta(days=late)
        findings = history.findings(as_of)
        if found is None and alerts(findings, "delay_shift", "purchase"):
            found = late
        fewer |= any(f["direction"] == "fall" for f in alerts(findings, "rate_shift", "purchase"))
    return {"found": found, "fewer": fewer}


def judge_delay(results):
    found = [r["found"] for r in results]
    in_time = sum(f is not None and f <= 10 for f in found) / len(found)
    fewer = sum(r["fewer"] for r in results) / len(results)
    seen = [f for f in found if f is not None]
    return [("delay alert within 10 days", round(in_time, 3), "at least .85", in_time >= .85),
            ("median days to it", statistics.median(seen) if seen else None, "-", True),
            ("\"fewer\" pushed wrongly", round(fewer, 3), "at most .10", fewer <= .10)]


def fall(history):
    change = day(history.truth["change_day"])
    slice_ = history.truth["slice"]
    alert, evident, other = None, None, False
    for late in range(0, 20):
        findings = history.findings(change + datetime.timedelta(days=late))
        own = [f for f in findings if f["kind"] == "rate_shift" and f["stage"] == "purchase" and f["slice"] == slice_
               and f["direction"] == "fall" and f["explained_by"] is None]
        if evident is None and any((f["evidence_days"] or 0) >= 90 for f in own):
            evident = late
        pushed = alerts(findings, "rate_shift", "purchase")
        other |= any(f["slice"] != slice_ for f in pushed)
        if alert is None and any(f["level"] == "alert" for f in own):
            alert = late
            break
    return {"alert": alert, "evident": evident, "other": other}


def judge_fall(results, share=.95, median=5):
    found = [r["alert"] for r in results if r["alert"] is not None]
    price = sorted(r["alert"] - r["evident"] for r in results if r["alert"] is not None)
    hit = len(found) / len(results)
    other = sum(r["other"] for r in results) / len(results)
    rows = [("found", round(hit, 3), f"at least {share}" if share else "-", not share or hit >= share)]
    if found:
        # The change day itself is day 0, so a fall that is pushed on day 5 had six days of data.
        rows.append(("median days to the alert", statistics.median(found), f"at most {median}" if median else "-",
                     not median or statistics.median(found) <= median))
        rows.append(("price of the guard, median days", statistics.median(price), "at most 2",
                     statistics.median(price) <= 2))
        rows.append(("price of the guard, 90 % point", price[min(len(price) - 1, int(.9 * len(price)))], "-", True))
    rows.append(("another group pushed before", round(other, 3), "at most .05", other <= .05))
    return rows


def quiet(history):
    said = []
    for back in range(30):
        for finding in history.findings(history.last - datetime.timedelta(days=back)):
            if finding["level"] == "alert":
                said.append((back, finding["kind"], finding["stage"], finding["slice"]))
    return {"said": said}


def judge_quiet(results):
    share = sum(bool(r["said"]) for r in results) / len(results)
    for result in results:
        for each in result["said"][:1]:
            print(f"    {each}", flush=True)
    # One false alarm in 90 days leaves a third of all months with one; far fewer are usual.
    return [("months with any alert", round(share, 3), "at most .333", share <= 1 / 3)]


FALL = ("--purchase-rate", "0.06", "--share-25-34", "0.2")
SUITES = {
    "nowcast-stable": Suite("stable", 1500, 110, 20, ranges, judge_ranges),
    "nowcast-noisy": Suite("noisy", 1500, 110, 20, ranges, judge_ranges),
    "nowcast-drop": Suite("purchase-drop", 1800, 110, 20, ranges, judge_ranges, FALL),
    "delay": Suite("slower-purchases", 2000, 75, 40, delay, judge_delay),
    "fall-1800": Suite("purchase-drop", 9000, 75, 25, fall, judge_fall, FALL),
    "fall-360": Suite("purchase-drop", 1800, 75, 30, fall, lambda r: judge_fall(r, 0, 0), FALL),
    "quiet-stable": Suite("stable", 2000, 75, 15, quiet, judge_quiet),
    "quiet-noisy": Suite("noisy", 2000, 75, 15, quiet, judge_quiet),
}


def play(ripen, name, seeds, jobs):
    suite = SUITES[name]

    def one(seed):
        with History(ripen, suite.scenario, seed, suite.per_day, suite.days, suite.flags) as history:
            return suite.judge(history)

    count = seeds or suite.seeds
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        results = list(pool.map(one, range(1, count + 1)))
    passed = True
    for what, figure, bound, good in suite.verdict(results):
        passed &= good
        print(f"{name:15} {what:34} {figure!s:>8}  ({bound})  {'' if bound == '-' else 'ok' if good else 'MISSED'}",
              flush=True)
    return passed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ripen", default="build/release/ripen")
    parser.add_argument("--list", action="store_true", help="print the names of the suites")
    parser.add_argument("--suite", action="append", choices=sorted(SUITES))
    parser.add_argument("--seeds", type=int, help="fewer histories, for a quick try")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    if options.list:
        print("\n".join(SUITES))
        return 0
    results = [play(options.ripen, name, options.seeds, options.jobs) for name in options.suite or SUITES]
    print(f"replays: {sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
