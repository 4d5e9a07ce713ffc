#!/usr/bin/env python3
"""Four collections that follow one another in a year: what the page says at every switch, against the truth.

Usage: collection_worlds.py --ripen build/release/ripen [--seeds 20] [--per-day 1000] [--first-seed 1]

`seasons`: every collection is clicked alike at the same age (less as it gets older), so at every switch the new one
is clicked more while both are shown, no different at the same age, and no group takes it otherwise.
`seasons-badly-taken`: customers aged 25-34 click Summer 40 % less. The server of each world is asked for
/api/v1/collections as of days around each switch, oldest day last, so that no answer can lean on another.

Held to: the named day is the same on every day asked for; nothing is compared before it, and everything that can
be from it on; same-age ranges leave out "the same" in at most 1 of 10 switches and stages; a healthy group is called
worse or better in at most 1 of 10 switches and stages; the group that takes Summer badly is called worse in at least 9 of 10 worlds
at the year's end. Risk: a comparison at its full level of .05 would break the bound on groups (some 300 of them with 20
seeds) with a chance under 1e-3; the measured shares are lower.
"""
import argparse
import datetime
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

SETTLING = {"click": 1, "purchase": 14, "return": 44}
BAD_GROUP = {"age_group": "25-34"}
# Days after a launch on which a monitor may be asked: before, on and after each named day.
ASKED = (1, 6, 7, 8, 13, 19, 20, 21, 34, 49, 50, 51, 60, 75)


def ask(address, as_of):
    started = time.monotonic()
    with urllib.request.urlopen(f"{address}/api/v1/collections?as_of={as_of}", timeout=300) as answer:
        return json.loads(answer.read()), time.monotonic() - started


class Tally:
    def __init__(self):
        self.faults = []
        self.same_age = self.same_age_claimed = 0
        self.overlap = self.overlap_higher = 0
        self.groups = self.accused = 0
        self.bad = self.bad_found = 0
        self.first_found = []


def look(tally, name, answer, as_of, named):
    for switch in answer["switches"]:
        launched = datetime.date.fromisoformat(switch["launched_on"])
        for stage in switch["stages"]:
            for comparison in stage["comparisons"]:
                key = (switch["new_collection"], stage["stage"], comparison["kind"])
                on = comparison["comparable_on"]
                if on is None:
                    if comparison["state"] == "comparable":
                        tally.faults.append(f"{name} {as_of} {key}: compared without a day")
                    continue
                day = datetime.date.fromisoformat(on)
                # Lateness of these worlds is 0.
                if day != launched + datetime.timedelta(days=7 + SETTLING[stage["stage"]]):
                    tally.faults.append(f"{name} {as_of} {key}: names {on}, launched on {launched}")
                if named.setdefault(key, on) != on:
                    tally.faults.append(f"{name} {as_of} {key}: {named[key]} has become {on}")
                due = as_of + datetime.timedelta(days=1) >= day
                if (comparison["reason"] == "too_young") == due:
                    tally.faults.append(f"{name} {as_of} {key}: {comparison['reason']} though the day is {on}")


def score(tally, scenario, switch):
    """What was said eight weeks and more after a launch."""
    bad = scenario == "seasons-badly-taken" and switch["new_collection"] == "Summer"
    touched = scenario == "seasons-badly-taken" and "Summer" in (switch["new_collection"], switch["old_collection"])
    for stage in switch["stages"]:
        for comparison in stage["comparisons"]:
            if comparison["state"] != "comparable":
                continue
            kind = comparison["kind"]
            if kind == "same_age" and not touched:
                tally.same_age += 1
                tally.same_age_claimed += comparison["verdict"] != "none_yet"
            elif kind == "overlap" and stage["stage"] == "click" and not touched:
                tally.overlap += 1
                tally.overlap_higher += comparison["verdict"] == "higher"
            elif kind == "groups":
                said = {json.dumps(group["slice"]): group["verdict"] for group in comparison["groups"]}
                named = [group for group, verdict in said.items() if verdict in ("worse", "better")]
                if bad and stage["stage"] == "click":
                    tally.bad += 1
                    tally.bad_found += said.get(json.dumps(BAD_GROUP)) == "worse"
                # When Summer leaves, the group takes Autumn better: that is true as well.
                true = json.dumps(BAD_GROUP) if touched else None
                tally.groups += 1
                tally.accused += any(group != true for group in named)


def run_world(program, scenario, seed, per_day, folder, tally):
    world = pathlib.Path(folder) / f"{scenario}-{seed}"
    subprocess.run([program, "simulate", "--out", world, "--scenario", scenario, "--seed", str(seed), "--per-day", str(per_day)],
                   check=True, capture_output=True)
    store = world / "s.duckdb"
    subprocess.run([program, "ingest", world / "recommendations.csv", "--store", store], check=True, capture_output=True)
    server = subprocess.Popen([program, "serve", "--store", store, "--listen", "127.0.0.1:0"],
                              stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    slowest = 0
    try:
        line = server.stdout.readline()
        address = "http://" + line.split("http://")[1].split()[0].rstrip("/.")
        with urllib.request.urlopen(f"{address}/api/v1/collections", timeout=300) as answer:
            whole = json.loads(answer.read())
        last = datetime.date.fromisoformat(whole["as_of"])
        launches = [datetime.date.fromisoformat(one["launched_on"]) for one in whole["collections"] if one["launched_on"]]
        if [one["value"] for one in whole["collections"]] != ["Autumn", "Summer", "Spring", "Winter"]:
            tally.faults.append(f"{scenario} {seed}: {[one['value'] for one in whole['collections']]}")
        days = sorted({launch + datetime.timedelta(days=after) for launch in launches for after in ASKED}, reverse=True)
        named = {}
        for day in [last] + [day for day in days if day < last]:
            answer, _ = ask(address, day)
            again, took = ask(address, day)
            slowest = max(slowest, took)
            if again != answer:
                tally.faults.append(f"{scenario} {seed} {day}: two answers")
            look(tally, f"{scenario} {seed}", answer, day, named)
            for switch in answer["switches"]:
                for stage in switch["stages"]:
                    for comparison in stage["comparisons"]:
                        if switch["new_collection"] == "Summer" and stage["stage"] == "click" and any(
                                group["slice"] == BAD_GROUP and group["verdict"] == "worse" for group in comparison["groups"]):
                            named["first"] = switch["days_since_launch"]
        if scenario == "seasons-badly-taken" and "first" in named:
            tally.first_found.append(named["first"])
        for switch in whole["switches"]:
            score(tally, scenario, switch)
    finally:
        server.terminate()
        server.wait(timeout=60)
    return slowest


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--ripen", required=True)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--per-day", type=int, default=1000)
    options = parser.parse_args()
    tally, slowest = Tally(), 0
    for seed in range(options.first_seed, options.first_seed + options.seeds):
        for scenario in ("seasons", "seasons-badly-taken"):
            with tempfile.TemporaryDirectory() as folder:
                slowest = max(slowest, run_world(options.ripen, scenario, seed, options.per_day, folder, tally))
        print(f"seed {seed}: faults {len(tally.faults)}, same age claimed {tally.same_age_claimed} of {tally.same_age}, "
              f"overlap higher {tally.overlap_higher} of {tally.overlap}, healthy groups accused {tally.accused} of {tally.groups}, "
              f"badly taken found {tally.bad_found} of {tally.bad}, slowest {slowest:.2f} s", flush=True)
    for fault in tally.faults[:20]:
        print(fault)
    print("first found on day", sorted(tally.first_found))
    fine = (not tally.faults and tally.same_age_claimed <= .1 * tally.same_age and tally.accused <= .1 * tally.groups
            and tally.bad_found >= .9 * tally.bad and tally.bad > 0)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
