#!/usr/bin/env python3
"""Asks /api/v1/expected in worlds whose quality falls while scores stay, and in quiet ones.

Usage: tests/worlds/expected_worlds.py --ripen build/release/ripen [--seeds N]

In segment-drop customers aged 25-34 click half as much, in total-drop everybody clicks less, and scores
know nothing of it: the headline must say that scores cannot see the change. In stable and scores-move
worlds nothing happens to quality: it must not say so. Where all scores move by a quarter the line moves
with them, which is the method's limit; how often the answer says then that the scores moved alone is
counted, and judged only where it would be wrong.
Seeds are fixed: a release passes or fails for ever.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import tempfile
import urllib.request


def ask(ripen, scenario, seed):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="ripen-expected-"))
    server = None
    try:
        subprocess.run([ripen, "simulate", "--out", folder, "--scenario", scenario, "--seed", str(seed),
                        "--per-day", "1000", "--days", "30"], check=True, capture_output=True)
        files = sorted(str(path) for path in folder.iterdir() if path.suffix == ".csv")
        store = str(folder / "store.duckdb")
        subprocess.run([ripen, "ingest", *files, "--store", store], check=True, capture_output=True)
        server = subprocess.Popen([ripen, "serve", "--store", store, "--listen", "127.0.0.1:0"],
                                  stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = server.stdout.readline()
        address = line[line.index("http://"):].split()[0].rstrip("/")
        with urllib.request.urlopen(f"{address}/api/v1/expected?stage=click", timeout=120) as answer:
            return json.load(answer)
    finally:
        if server is not None:
            server.terminate()
            server.wait(timeout=60)
            server.stdout.close()
        shutil.rmtree(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--ripen", required=True)
    parser.add_argument("--seeds", type=int, default=20)
    options = parser.parse_args()
    failed = 0
    for scenario, least, most in (("segment-drop", .95, 1), ("total-drop", .95, 1), ("stable", 0, .05),
                                  ("scores-move", 0, .05)):
        said = moved = covered = 0
        lines = []
        ratios = []
        for seed in range(1, options.seeds + 1):
            answer = ask(options.ripen, scenario, seed)
            text = answer["message"]["en"]
            said += answer["scores_cannot_see"] and text["headline"].startswith("The model's scores cannot see")
            moved += any("the scores moved" in detail for detail in text["details"])
            covered += answer["recent"]["ratio_low"] <= 1 <= answer["recent"]["ratio_high"]
            lines.append(answer["recent"]["expected"])
            ratios.append(answer["recent"]["ratio"])
        good = least * options.seeds <= said <= most * options.seeds
        good = good and (scenario == "scores-move" or moved <= .05 * options.seeds)
        failed += not good
        print(f"{scenario}: cannot see {said} of {options.seeds}, scores alone {moved}, range holds 1 in {covered}, "
              f"line {sum(lines) / len(lines):.4f}, "
              f"ratio {sum(ratios) / len(ratios):.3f} ({min(ratios):.3f} to {max(ratios):.3f})"
              f"{'' if good else '  FAILED'}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
