#!/usr/bin/env python3
"""Late outcomes: what it costs to bring the cube up to date, beside counting everything again.

Usage: bench/late.py [--size 200k|2M|20M ...] [--runs N] [--work FOLDER] [--look]

One in a hundred outcomes of the simulated shop of bench/end_to_end.py is left out of the first import
and comes later in a file of its own: of recommendations shown on 5 days in a row, or on all 60. Each run
copies the loaded store, opens it and reads its cube as a server does, imports the late file and refreshes;
then another process counts everything again. The cubes of five past days must be the same, byte for
byte, before a time is printed. Times are medians; a ratio is the median of the runs' ratios; peaks are
the largest. With --look, also what reading the cube of past days costs.
"""

import argparse
import json
import pathlib
import random
import shutil
import statistics
import subprocess
import sys

import end_to_end

SPREADS = {"5 days": range(30, 35), "60 days": range(0, 60)}
LATE_SHARE = 0.01


def split(folder, recommendations, outcomes, size):
    """Outcomes in time, and for each spread those left out of them: a file each, made once."""
    early = folder / "in-time.csv"
    late = {spread: folder / f"late-{len(days)}.csv" for spread, days in SPREADS.items()}
    if all(path.exists() for path in (early, *late.values())):
        return early, late
    chance = random.Random(1)
    per_day = end_to_end.ROWS[size] / end_to_end.DAYS
    chances = {spread: LATE_SHARE * end_to_end.DAYS / len(days) for spread, days in SPREADS.items()}
    with outcomes.open() as source, early.open("w") as in_time:
        targets = {spread: path.open("w") for spread, path in late.items()}
        header = next(source)
        for target in (in_time, *targets.values()):
            target.write(header)
        for line in source:
            day = int(int(line[2:line.index(",")]) / per_day)  # ids count up in the order shown
            for spread, days in SPREADS.items():
                if day in days and chance.random() < chances[spread]:
                    targets[spread].write(line)
                    break
            else:
                in_time.write(line)
        for target in targets.values():
            target.close()
    return early, late


def step(options, *arguments):
    done = subprocess.run([options.late, *map(str, arguments)], stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def copy_of(store):
    copy = store.with_name("copy.duckdb")
    shutil.copyfile(store, copy)
    return copy


def measure(options, size):
    folder = options.work / f"{size}-late"
    folder.mkdir(parents=True, exist_ok=True)
    recommendations, outcomes = end_to_end.make_files(options, size, "csv", options.work)
    early, late = split(folder, recommendations, outcomes, size)
    store = folder / "store.duckdb"
    store.unlink(missing_ok=True)
    loaded = step(options, "load", store, recommendations, early)
    print(f"{size}: import {loaded['import']:.2f} s, first count {loaded['refresh']:.2f} s, "
          f"{loaded['cube_rows']} counts, store {loaded['store_mb']} MB, "
          f"peak {loaded['peak_mb']} MB", flush=True)
    for spread, path in late.items():
        runs = []
        for _ in range(options.runs):
            copy = copy_of(store)
            changed = step(options, "late", copy, path)
            rebuilt = step(options, "rebuild", copy)
            if changed["cube"] != rebuilt["cube"]:
                raise SystemExit(f"{size}, {spread}: the cube is not that of a rebuild")
            if changed["cube"] == loaded["cube"]:
                raise SystemExit(f"{size}, {spread}: the late outcomes changed nothing")
            runs.append((changed, rebuilt))
            copy.unlink()
        median = lambda of: statistics.median(of(*run) for run in runs)
        print(f"  {runs[0][0]['outcomes']} late outcomes on {spread}: "
              f"refresh {median(lambda c, r: c['refresh']):.2f} s, "
              f"import {median(lambda c, r: c['import']):.2f} s, "
              f"everything again {median(lambda c, r: r['rebuild']):.2f} s; "
              f"refresh / everything {median(lambda c, r: c['refresh'] / r['rebuild']):.3f}, with the import "
              f"{median(lambda c, r: (c['refresh'] + c['import']) / r['rebuild']):.3f}; "
              f"peak {max(c['peak_mb'] for c, _ in runs)} MB "
              f"(everything: {max(r['peak_mb'] for _, r in runs)} MB); {len(runs)} runs", flush=True)
    if options.look:
        looked = [step(options, "look", store) for _ in range(options.runs)]
        for name in looked[0]:
            print(f"  {name}: {statistics.median(each[name] for each in looked):.3f}")
    store.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ripen", default="build/release/ripen")
    parser.add_argument("--late", default="build/release/bench/late_arrivals")
    parser.add_argument("--size", action="append", choices=list(end_to_end.ROWS))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("build/bench-data"))
    parser.add_argument("--look", action="store_true")
    options = parser.parse_args()
    for size in options.size or ["2M"]:
        measure(options, size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
