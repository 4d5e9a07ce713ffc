#!/usr/bin/env python3
"""Writes signs_expected.csv: what scipy and scikit-learn make of random counts.

Usage: python3 tests/oracle/signs.py > tests/oracle/signs_expected.csv   (scipy 1.17, scikit-learn 1.9)

Rows: `dirichlet`, the log evidence, then counts before and counts since, of equal number;
`isotonic`, then score, records, events and the fitted rate of every bin.
"""

import numpy
from scipy.special import gammaln
from sklearn.isotonic import IsotonicRegression


def log_marginal(counts):
    prior = .5 * len(counts)
    return gammaln(prior) - gammaln(prior + counts.sum()) + (gammaln(.5 + counts) - gammaln(.5)).sum()


def row(name, values):
    print(name + "," + ",".join(repr(float(value)) for value in values))


random = numpy.random.default_rng(9)
for bins in (2, 3, 10, 11):
    for _ in range(25):
        shares = random.dirichlet(numpy.ones(bins))
        before = random.multinomial(random.integers(1, 5000), shares) / random.choice([1, 1.7])
        since = random.multinomial(random.integers(1, 5000), random.dirichlet(20 * shares + .1))
        evidence = log_marginal(before) + log_marginal(since) - log_marginal(before + since)
        row("dirichlet", [evidence, *before, *since])
for _ in range(100):
    bins = random.integers(2, 50)
    scores = numpy.sort(random.random(bins))
    records = random.integers(1, 400, bins)
    events = random.binomial(records, numpy.clip(scores + random.normal(0, .2, bins), 0, 1))
    fitted = IsotonicRegression().fit_transform(scores, events / records, sample_weight=records)
    row("isotonic", numpy.column_stack([scores, records, events, fitted]).ravel())
