#!/usr/bin/env python3
"""From a file to findings: `ripen check` beside a plain SQL script on the same files.

Usage: bench/end_to_end.py --ripen build/release/ripen --plain build/release/bench/plain_runner
                           [--size 2M|20M ...] [--format csv|parquet ...] [--runs N] [--work FOLDER]

The files: a simulated shop of 60 days with 6 customer and context and 4 item attributes, long form
(recommendations and outcomes, 2 outcomes for each 5 recommendations). bench/plain.sql loads them with
the same types, folds them and counts the same cube, without any validation, on the same DuckDB. The two
run in turn, A B A B, in one session; every run's answer (recommendations, clicks, purchases, returns)
is checked before a time is printed. Wall and CPU seconds are medians of whole processes, the peak is
the largest. CPU seconds tell what a machine busy with other things hides.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

DAYS = 60
ROWS = {"200k": 200_000, "2M": 2_000_000, "20M": 20_000_000}


def run_measured(command):
    """Wall and CPU seconds, peak MB and standard output of one process; it must succeed."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.monotonic()
        process = subprocess.Popen(command, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        out.seek(0)
        err.seek(0)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            raise RuntimeError(f"{command[0]} failed: {err.read()[-800:]}")
        return (seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), out.read()


def ripen_answer(text):
    """Recommendations, clicks, purchases and returns of the whole span."""
    report = json.loads(text)
    first, last = report["input"]["first_day"], report["input"]["last_day"]
    spans = {m["stage"]: m for m in report["metrics"]
             if m["slice"] == {} and m["from"] == first and m["to"] == last}
    counts = [spans[s].get("events", spans[s].get("events_so_far"))
              for s in ("click", "purchase", "return")]
    return [report["input"]["recommendations"], *counts]


def plain_answer(text):
    line = next(line for line in text.splitlines() if line.startswith("answer: "))
    return [int(number) for number in line.removeprefix("answer: ").split("|")]


def make_files(options, size, form, folder):
    """The simulated files of one size and form; made once, kept in the work folder."""
    target = folder / f"{size}-{form}"
    files = [target / f"{name}.{form}" for name in ("recommendations", "outcomes")]
    if all(file.exists() for file in files):
        return files
    target.mkdir(parents=True, exist_ok=True)
    if form == "csv":
        subprocess.run([options.ripen, "simulate", "--out", target, "--scenario", "segment-drop",
                        "--seed", "1", "--per-day", str(ROWS[size] // DAYS), "--days", str(DAYS),
                        "--shape", "long", "--wide-attributes", "--purchase-rate", "0.136"], check=True,
                       stdout=subprocess.DEVNULL)
    else:
        sources = make_files(options, size, "csv", folder)
        script = target / "convert.sql"
        script.write_text("".join(
            f"COPY (FROM read_csv('{source}', header = true)) TO '{file}' (FORMAT parquet);\n"
            for source, file in zip(sources, files)) + "SELECT cast(0 AS BIGINT);\n")
        subprocess.run([options.plain, script, ":memory:"], check=True, stdout=subprocess.DEVNULL)
    return files


def measure(options, size, form, folder):
    files = [str(file) for file in make_files(options, size, form, folder)]
    reader = "read_csv" if form == "csv" else "read_parquet"
    figures = {"ripen": [], "plain": []}
    for _ in range(options.runs):
        figure, text = run_measured([options.ripen, "check", *files, "--format", "json"])
        found = ripen_answer(text)
        figures["ripen"].append(figure)
        database = folder / "plain.duckdb"
        database.unlink(missing_ok=True)
        figure, text = run_measured(
            [options.plain, "bench/plain.sql", str(database), f"RECOMMENDATIONS={files[0]}",
             f"OUTCOMES={files[1]}", f"READER={reader}"])
        figures["plain"].append(figure)
        if found != plain_answer(text):
            raise SystemExit(f"{size} {form}: ripen counts {found}, plain {plain_answer(text)}")
    ratios = [a[0] / b[0] for a, b in zip(figures["ripen"], figures["plain"])]
    cells = [f"{size:>5} {form:8}"]
    for name in ("ripen", "plain"):
        wall = statistics.median(f[0] for f in figures[name])
        cpu = statistics.median(f[1] for f in figures[name])
        peak = max(f[2] for f in figures[name])
        cells.append(f"{name} {wall:7.2f} s (CPU {cpu:6.2f} s) {peak:6.0f} MB")
    cells.append(f"ratio {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})"
                 f"  {options.runs} runs  answer {found}")
    print("   ".join(cells), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ripen", default="build/release/ripen")
    parser.add_argument("--plain", default="build/release/bench/plain_runner")
    parser.add_argument("--size", action="append", choices=list(ROWS))
    parser.add_argument("--format", action="append", choices=["csv", "parquet"])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("build/bench-data"))
    options = parser.parse_args()
    for size in options.size or ["2M", "20M"]:
        for form in options.format or ["csv", "parquet"]:
            measure(options, size, form, options.work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
