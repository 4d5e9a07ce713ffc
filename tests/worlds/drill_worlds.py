#!/usr/bin/env python3
"""Checks what `ripen drill` promises against fresh worlds in which its change really happens.

Usage: tests/worlds/drill_worlds.py --ripen build/release/ripen --first-alert build/release/tests/worlds/first_alert

Twenty changes (group, stage, size and days; drawn from a fixed seed) are drilled in one simulated history in
which nothing changes. Each is then made to happen in --worlds fresh histories, which are judged day by day;
the share of them that noticed it in time is set beside the share promised. The last lines are a table for
docs/methods/drill.md and "drills: H of 20 ranges hold"; the exit code is 0 when at least 16 hold.

A range holds when the share observed lies within the promised 90 % range, widened on either side by the 90 %
noise of that many worlds (1.645 standard errors of the share observed, counted with one success and one
failure more).
Risk of the test: seeds are fixed, so a given release either passes or fails for ever. Were every range to hold
with probability .9 independently, fewer than 16 of 20 would hold in 4 of 100 choices of seeds.
"""

import argparse
import concurrent.futures
import json
import pathlib
import random
import subprocess
import sys
import tempfile

PER_DAY, DAYS, PURCHASE_RATE = 1500, 60, .06
CHANGES, CHANGE_DAYS, FIRST_SEED = 20, 10, 1000
# With each group the factor that brings its sizes to where it is open whether they are noticed: the larger
# the group, the smaller the change that is.
GROUPS = {"": .45, "age_group=25-34": 1.2, "age_group=35-44": .9, "age_group=45-54": .9, "age_group=16-24": 1,
          "region=South": .8, "region=North": .8, "sustainability_preference=high": .8, "model_version=v11": .8,
          "age_group=35-44,region=South": 1.5, "age_group=45-54,sustainability_preference=medium": 1.5,
          "item_collection=Winter": .8}
PURCHASE_FACTOR = 1.9


def draw_changes(groups):
    """The changes: about half of them falls, two thirds of clicks; sizes from hard to see to plain."""
    chance = random.Random(20261127)
    changes = []
    for number in range(CHANGES):
        stage = "purchase" if number % 3 == 2 else "click"
        fall = chance.random() < .5
        group = chance.choice(sorted(groups))
        size = chance.uniform(.12, .35) * groups[group] * (PURCHASE_FACTOR if stage == "purchase" else 1)
        changes.append((group, stage, round(-size if fall else size, 2), chance.choice((5, 8, 10))))
    return changes


def promise(ripen, store, change):
    group, stage, size, days = change
    done = subprocess.run([ripen, "drill", "--store", store, "--slice", group, "--stage", stage, f"--change={size * 100:g}%",
                           "--days", str(days), "--format", "json"], check=True, capture_output=True, text=True)
    return next(each for each in json.loads(done.stdout)["sizes"] if abs(each["change"] - size) < 1e-6)


def happen(tool, worlds, number, change):
    """For each world: the days known when it was noticed (0 = never), and as what."""
    group, stage, size, _ = change
    seed = FIRST_SEED + number * 1000
    done = subprocess.run([tool, str(seed), str(worlds), "stable", str(PER_DAY), str(DAYS), str(PURCHASE_RATE), group, stage,
                           f"{1 + size:g}", str(CHANGE_DAYS)], check=True, capture_output=True, text=True)
    return [(int(line.split()[1]), line.split()[2]) for line in done.stdout.splitlines()]


def holds(promised, noticed, worlds):
    share = noticed / worlds
    counted = (noticed + 1) / (worlds + 2)
    noise = 1.645 * (counted * (1 - counted) / worlds) ** .5
    return promised["low"] - noise <= share <= promised["high"] + noise


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ripen", default="build/release/ripen")
    parser.add_argument("--first-alert", default="build/release/tests/worlds/first_alert")
    parser.add_argument("--worlds", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ripen-drill-") as name:
        folder = pathlib.Path(name)
        subprocess.run([options.ripen, "simulate", "--out", folder, "--scenario", "stable", "--seed", "1", "--per-day",
                        str(PER_DAY), "--days", str(DAYS), "--purchase-rate", str(PURCHASE_RATE)], check=True,
                       capture_output=True)
        store = folder / "s.duckdb"
        subprocess.run([options.ripen, "ingest", folder / "recommendations.csv", "--store", store], check=True,
                       capture_output=True)
        changes = draw_changes(GROUPS)
        promises = [promise(options.ripen, store, change) for change in changes]
    good = 0
    print(f"| group | stage | change | days | promised | range | happened, of {options.worlds} | exactly / wider / part | holds |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        outcomes = pool.map(lambda pair: happen(options.first_alert, options.worlds, *pair), enumerate(changes))
        for change, promised, worlds in zip(changes, promises, outcomes):
            group, stage, size, days = change
            noticed = [named for known, named in worlds if 0 < known <= days]
            hold = holds(promised, len(noticed), len(worlds))
            good += hold
            names = " / ".join(str(noticed.count(name)) for name in ("exactly", "wider", "narrower"))
            print(f"| {group or 'everybody'} | {stage} | {size:+.0%} | {days} | {promised['share']:.2f} | "
                  f"{promised['low']:.2f}–{promised['high']:.2f} | {len(noticed)} | {names} | {'yes' if hold else 'NO'} |", flush=True)
    print(f"drills: {good} of {len(changes)} ranges hold")
    return 0 if good >= 16 else 1


if __name__ == "__main__":
    sys.exit(main())
