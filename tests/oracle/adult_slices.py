#!/usr/bin/env python3
"""Every slice of one or two attribute values of tests/data/adult_slices, by plain enumeration.

Usage: python3 tests/oracle/adult_slices.py > tests/oracle/adult_slices_expected.csv

An income of more than 50K is the outcome; what is expected of a row is the share of all rows. Writes
for falls and rises the 200 best of all slices that expect at least 10 outcomes: direction, rows,
observed, score, then attribute and value of each predicate. The last line of each direction counts
all slices that were scored.
"""

import collections
import csv
import gzip
import itertools
import math
import pathlib

ATTRIBUTES = ["workclass", "education", "marital_status", "occupation", "relationship", "race", "sex",
              "native_country", "age_band"]
PENALTY = 2
LEAST_EXPECTED = 10


def main():
    path = pathlib.Path(__file__).parent.parent / "data/adult_slices/adult.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["age_band"] = str(int(row["age"]) // 10)
    events = [row["income"].strip() == ">50K" for row in rows]
    rate = sum(events) / len(rows)
    counts = collections.defaultdict(lambda: [0, 0])
    for row, event in zip(rows, events):
        for size in (0, 1, 2):
            for names in itertools.combinations(ATTRIBUTES, size):
                slot = counts[tuple((name, row[name]) for name in names)]
                slot[0] += 1
                slot[1] += event
    for direction in ("fall", "rise"):
        scored = []
        for predicates, (trials, observed) in counts.items():
            expected = trials * rate
            if predicates and expected < LEAST_EXPECTED:
                continue
            moved = observed < expected if direction == "fall" else observed > expected
            gain = 0.0
            if moved:
                gain = expected - observed + (observed * math.log(observed / expected)
                                              if observed else 0)
            scored.append((gain - PENALTY * len(predicates), trials, observed, predicates))
        scored.sort(key=lambda each: -each[0])
        for score, trials, observed, predicates in scored[:200]:
            flat = [part for predicate in predicates for part in predicate]
            print(",".join([direction, str(trials), str(observed), f"{score:.9f}", *flat]))
        print(f"{direction}_scored,{len(scored)}")


if __name__ == "__main__":
    main()
