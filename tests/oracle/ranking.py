#!/usr/bin/env python3
"""The numbers behind ranking_oracle_test.cc, from scikit-learn, statsmodels, scipy and numpy.

Usage: tests/oracle/ranking.py > tests/oracle/ranking_expected.csv
Needs Debian's python3-sklearn and python3-statsmodels (made with scikit-learn 1.2.1, statsmodels 0.13.5).

list: positions, gains, k and sklearn.metrics.ndcg_score with the score -position, so that items at one
position are ties. clusters: sum:records of each, then mean and standard error of a regression on a
constant with errors clustered (statsmodels; its small-sample factor is C/(C-1) (N-1)/(N-1)). counts: of
items, then Gini as half the mean absolute difference over the mean, exp of scipy's entropy.
"""
import random

import numpy
import scipy.stats
import sklearn.metrics
import statsmodels.api

rng = random.Random(20261128)
print("what,a,b,k,expected,expected_2")
for run in range(300):
    items = rng.randint(2, 12)
    positions = sorted(rng.randint(1, 12) for _ in range(items))
    levels = rng.choice([[0, 1], [0, 1, 3, 5], [0, 1, 3, 7]])
    gains = [rng.choice(levels) for _ in range(items)]
    if not any(gains):
        gains[rng.randrange(items)] = 1
    k = rng.randint(1, 12)
    ndcg = sklearn.metrics.ndcg_score([gains], [[-p for p in positions]], k=k)
    print("list", " ".join(map(str, positions)), " ".join(map(str, gains)), k, f"{ndcg:.15g}", "", sep=",")
for run in range(40):
    clusters = []
    values, groups = [], []
    for cluster in range(rng.randint(3, 40)):
        level = rng.random()
        mine = [rng.choice([0, .25, 1]) if rng.random() < level else 0 for _ in range(rng.randint(1, 6))]
        clusters.append(f"{sum(mine)}:{len(mine)}")
        values += mine
        groups += [cluster] * len(mine)
    fit = statsmodels.api.OLS(values, numpy.ones(len(values))).fit(
        cov_type="cluster", cov_kwds={"groups": numpy.array(groups)})
    print("clusters", " ".join(clusters), "", "", f"{fit.params[0]:.15g}", f"{fit.bse[0]:.15g}", sep=",")
for run in range(40):
    counts = numpy.array([rng.randint(1, 10 ** rng.randint(1, 5)) for _ in range(rng.randint(1, 60))])
    difference = numpy.abs(counts[:, None] - counts[None, :]).mean()
    print("counts", " ".join(map(str, counts)), "", "", f"{difference / 2 / counts.mean():.15g}",
          f"{numpy.exp(scipy.stats.entropy(counts)):.15g}", sep=",")
