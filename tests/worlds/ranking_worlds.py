#!/usr/bin/env python3
"""Lists whose end is known, asked for as of many days: do the bounds hold, and the ranges?

Usage: ranking_worlds.py --ripen build/release/ripen [--seeds 3] [--every 3] [--port 0]

A world with lists of five is read whole; the server is asked for /api/v1/ranking as of past days. The end
of every span is in truth.json, from all that will ever happen. Every hard bound has to hold it, in every
run: an outcome that comes after its window would break one, and these worlds have none. Nine in ten ranges
should; spans of one world overlap, so that the share is held to .80 to 1 only, with 3 worlds far beyond
what chance does. Confirmed figures equal the truth to rounding. Prints one line a world and the totals.
"""
import argparse
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

MEASURES = {"ndcg": ("ndcg", "hits"), "mrr": ("reciprocal_rank", "lists"), "hit_rate": ("hits", "lists")}
ROUNDING = 2e-6


def truth_of(days, relevance, span, measure):
    top, bottom = MEASURES[measure]
    inside = [day[relevance] for day in days if span["from"] <= day["day"] <= span["to"]]
    count = sum(day[bottom] for day in inside)
    return sum(day[top] for day in inside) / count if count else None


def ask(address, as_of):
    with urllib.request.urlopen(f"{address}/api/v1/ranking?as_of={as_of}", timeout=120) as answer:
        return json.loads(answer.read())


class Tally:
    def __init__(self):
        self.bounds = self.broken = self.ranges = self.held = self.confirmed = self.wrong = 0
        self.width = self.bound_width = 0.0

    def add(self, other):
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def take(self, figure, truth):
        maturity = figure["maturity"]
        if maturity == "confirmed":
            self.confirmed += 1
            self.wrong += abs(figure["value"] - truth) > ROUNDING
            return
        if figure["least"] is None:
            return
        self.bounds += 1
        self.broken += not figure["least"] - ROUNDING <= truth <= figure["most"] + ROUNDING
        self.bound_width += figure["most"] - figure["least"]
        if maturity == "provisional":
            self.ranges += 1
            self.held += figure["low"] - ROUNDING <= truth <= figure["high"] + ROUNDING
            self.width += figure["high"] - figure["low"]

    def __str__(self):
        return (f"bounds {self.bounds - self.broken} of {self.bounds} hold, "
                f"ranges {self.held} of {self.ranges} ({self.held / max(1, self.ranges):.3f}; "
                f"mean width {self.width / max(1, self.ranges):.4f}, of bounds "
                f"{self.bound_width / max(1, self.bounds):.3f}), "
                f"confirmed {self.confirmed - self.wrong} of {self.confirmed} exact")


def run_world(program, scenario, seed, every, folder, by_relevance):
    world = pathlib.Path(folder) / f"{scenario}-{seed}"
    subprocess.run([program, "simulate", "--out", world, "--scenario", scenario, "--seed", str(seed), "--days", "100",
                    "--per-day", "1000", "--lists", "5"], check=True, capture_output=True)
    truth = json.loads((world / "truth.json").read_text())["lists"]
    store = world / "s.duckdb"
    subprocess.run([program, "ingest", world / "recommendations.csv", "--store", store], check=True,
                   capture_output=True)
    server = subprocess.Popen([program, "serve", "--store", store, "--listen", "127.0.0.1:0"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    tally = Tally()
    try:
        line = server.stdout.readline()
        address = "http://" + line.split("http://")[1].split()[0].rstrip("/.")
        last = datetime.date.fromisoformat(truth[-1]["day"])
        for back in range(0, 60, every):
            answer = ask(address, last - datetime.timedelta(days=back))
            for relevance in answer["relevances"]:
                if relevance["relevance"] == "graded":
                    continue
                spans = [relevance["last_7"], relevance["last_28"]] + [week["span"] for week in relevance["weeks"]]
                for span in spans:
                    for measure in MEASURES:
                        value = truth_of(truth, relevance["relevance"], span, measure)
                        if value is None:
                            continue
                        for each in (tally, by_relevance.setdefault((relevance["relevance"], measure), Tally())):
                            each.take(span[measure], value)
    finally:
        server.terminate()
        server.wait(timeout=30)
    return tally


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ripen", required=True)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--every", type=int, default=3)
    options = parser.parse_args()
    total = Tally()
    by_relevance = {}
    with tempfile.TemporaryDirectory() as folder:
        for scenario in ("stable", "noisy", "segment-drop"):
            for seed in range(1, options.seeds + 1):
                tally = run_world(options.ripen, scenario, seed, options.every, folder, by_relevance)
                print(f"{scenario} {seed}: {tally}", flush=True)
                total.add(tally)
    for (relevance, measure), tally in by_relevance.items():
        print(f"{relevance} {measure}: {tally}")
    print(f"all: {total}")
    share = total.held / max(1, total.ranges)
    return 0 if total.broken == 0 and total.wrong == 0 and total.bounds > 0 and .80 <= share else 1


if __name__ == "__main__":
    sys.exit(main())
