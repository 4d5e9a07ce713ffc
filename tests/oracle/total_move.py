#!/usr/bin/env python3
"""The numbers behind total_move_oracle_test.cc, by exact fractions and by enumeration.

Usage: tests/oracle/total_move.py > tests/oracle/total_move_expected.csv

Nothing of the formulas in src/stats is used. Rate and mix come from walking from one period to the other:
shares first or rates first, the two ways averaged (what each step changes is its effect). The terms of a
group are the part of each step that the group's own change makes, shares measured against the average
of the two overall rates. The mix by attribute comes from all k! orders: in which attributes are named
(which gives a cell's factors), and in which attributes move (which gives the steps). Prints the cells
("cell"), then every expected number. Berkeley's table is tests/data/simpson_berkeley.
"""
import csv
import itertools
import math
import pathlib
import random
from fractions import Fraction

DATA = pathlib.Path(__file__).resolve().parents[1] / "data" / "simpson_berkeley" / "ucb_admissions.csv"


def overall(shares, rates):
    return sum(share * rate for share, rate in zip(shares, rates))


def decompose(cells):
    """cells: (trials before, events before, trials after, events after)."""
    n0, n1 = sum(c[0] for c in cells), sum(c[2] for c in cells)
    w0 = [Fraction(c[0], n0) for c in cells]
    w1 = [Fraction(c[2], n1) for c in cells]
    r0 = [Fraction(c[1], c[0]) if c[0] else Fraction(c[3], c[2]) for c in cells]
    r1 = [Fraction(c[3], c[2]) if c[2] else rate for c, rate in zip(cells, r0)]
    start, end = overall(w0, r0), overall(w1, r1)
    mix = ((overall(w1, r0) - start) + (end - overall(w0, r1))) / 2
    rate = ((end - overall(w1, r0)) + (overall(w0, r1) - start)) / 2
    rates, mixes = [], []
    for at in range(len(cells)):
        moved = r0[:at] + [r1[at]] + r0[at + 1:]
        rates.append(((overall(w0, moved) - start) + (overall(w1, moved) - overall(w1, r0))) / 2)
        level = (start + end) / 2
        mixes.append(((w1[at] - w0[at]) * (r0[at] - level) + (w1[at] - w0[at]) * (r1[at] - level)) / 2)
    return start, end, rate, mix, rates, mixes


def log_factors(cells, keys, period):
    trials = [c[2 * period] for c in cells]
    total = sum(trials)
    count = len(keys[0])
    orders = list(itertools.permutations(range(count)))
    factors = []
    for key in keys:
        logs = [0.0] * count
        for order in orders:
            named, was = [], 1.0
            for attribute in order:
                named.append(attribute)
                share = sum(n for n, other in zip(trials, keys)
                            if all(other[a] == key[a] for a in named)) / total
                logs[attribute] += math.log(share / was)
                was = share
        factors.append([log / len(orders) for log in logs])
    return factors


def mix_by_attribute(cells, keys):
    before, after = log_factors(cells, keys, 0), log_factors(cells, keys, 1)
    rates = [(c[1] / c[0] + c[3] / c[2]) / 2 for c in cells]

    def standardised(moved):
        weights = [math.exp(sum((a if at in moved else b)[at] for at in range(len(a))))
                   for a, b in zip(after, before)]
        return sum(w * r for w, r in zip(weights, rates)) / sum(weights)

    count = len(keys[0])
    effects = [0.0] * count
    orders = list(itertools.permutations(range(count)))
    for order in orders:
        moved = set()
        for attribute in order:
            was = standardised(moved)
            moved.add(attribute)
            effects[attribute] += (standardised(moved) - was) / len(orders)
    return effects


def show(world, what, at, value):
    print(f"{world},{what},{at},{float(value):.17g}")


def berkeley():
    counts = {}
    for row in csv.DictReader(DATA.open()):
        cell = counts.setdefault(row["dept"], {"Male": [0, 0], "Female": [0, 0]})[row["gender"]]
        cell[0] += int(row["freq"])
        cell[1] += int(row["freq"]) if row["admit"] == "Admitted" else 0
    return [tuple(c["Male"] + c["Female"]) for _, c in sorted(counts.items())]


def drawn(seed, sizes):
    source = random.Random(seed)
    cells, keys = [], list(itertools.product(*(range(size) for size in sizes)))
    for _ in keys:
        n0, n1 = source.randint(20, 400), source.randint(20, 400)
        cells.append((n0, source.randint(0, n0), n1, source.randint(0, n1)))
    return cells, keys


def main():
    print("world,what,at,value")
    worlds = {"berkeley": (berkeley(), None),
              "vanished": ([(100, 20, 80, 30), (0, 0, 50, 35), (60, 6, 0, 0)], None)}
    for name, seed, sizes in (("two", 3, (3, 2)), ("three", 4, (2, 3, 2)), ("five", 5, (2, 2, 2, 2, 2))):
        worlds[name] = drawn(seed, sizes)
    for world, (cells, keys) in worlds.items():
        for at, cell in enumerate(cells):
            for what, value in zip(("n0", "x0", "n1", "x1"), cell):
                show(world, what, at, value)
        start, end, rate, mix, rates, mixes = decompose(cells)
        for what, value in (("before", start), ("after", end), ("rate", rate), ("mix", mix)):
            show(world, what, 0, value)
        for at, (of_rate, of_mix) in enumerate(zip(rates, mixes)):
            show(world, "rate_of", at, of_rate)
            show(world, "mix_of", at, of_mix)
        if keys:
            for at, key in enumerate(keys):
                for attribute, value in enumerate(key):
                    show(world, f"key{attribute}", at, value)
            for at, effect in enumerate(mix_by_attribute(cells, keys)):
                show(world, "attribute", at, effect)


main()
