#!/usr/bin/env python3
"""The numbers behind tests/integration/ranking_test.py: what was shown of a real catalogue, by pandas.

Usage: tests/oracle/obd_ranking.py > tests/oracle/obd_ranking_expected.json
Needs Debian's python3-pandas and python3-scipy (made with pandas 1.5.3, numpy 1.24.2, scipy 1.10.1).

By recommender and for both, of the whole week and of its first day: items shown, their share of the 34 (of the
first day: of those shown to anybody by then), Gini as half the mean absolute difference over the mean, exp of
the entropy, share of the most shown tenth. Clicks by position of the six days whose clicks are settled.
"""
import json
import math
import pathlib

import numpy
import pandas
import scipy.stats

DATA = pathlib.Path(__file__).resolve().parents[1] / "data" / "obd_zozotown_men" / "positions.csv.gz"


def spread(rows, available):
    counts = rows["item_id"].value_counts().to_numpy()
    difference = numpy.abs(counts[:, None] - counts[None, :]).mean()
    tenth = math.ceil(len(counts) / 10)
    return {"shown": int(counts.sum()), "items": len(counts), "available": available,
            "coverage": len(counts) / available, "gini": difference / 2 / counts.mean(),
            "effective_items": float(numpy.exp(scipy.stats.entropy(counts))),
            "top_tenth_share": float(counts[:tenth].sum() / counts.sum())}


def positions(rows):
    table = rows.groupby("position")["click"].agg(["size", "sum"])
    return [{"position": int(at), "shown": int(row["size"]), "events": int(row["sum"])} for at, row in table.iterrows()]


all_rows = pandas.read_csv(DATA)
all_rows["day"] = all_rows["shown_at"].str.slice(0, 10)
first = all_rows[all_rows["day"] == "2019-11-24"]
settled = all_rows[all_rows["day"] <= "2019-11-29"]
answer = {}
for policy in ("both", "random", "bts"):
    def of(rows):
        return rows if policy == "both" else rows[rows["policy"] == policy]
    answer[policy] = {"week": spread(of(all_rows), all_rows["item_id"].nunique()),
                      "first_day": spread(of(first), first["item_id"].nunique()),
                      "positions": positions(of(settled))}
print(json.dumps(answer, indent=1))
