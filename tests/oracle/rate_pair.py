#!/usr/bin/env python3
"""The numbers behind rate_pair_oracle_test.cc, by statsmodels and scipy.

Usage: tests/oracle/rate_pair.py > tests/oracle/rate_pair_expected.csv   (Debian: python3-statsmodels)

Made with statsmodels 0.13.5 and scipy 1.10.1. Lines "pair": events and trials of both groups, the ends of the 90 %
ranges of the difference (Newcombe) and of the ratio (Miettinen and Nurminen, with their correction N / (N - 1)). Lines
"prior": number of the world, mu and m by maximum likelihood (Nelder-Mead from several starts); lines "group":
number of the world, events, trials and the posterior mean.
"""
import itertools
import random

import numpy
from scipy.optimize import minimize
from scipy.special import betaln
from statsmodels.stats.proportion import confint_proportions_2indep


def pairs():
    for x1, n1, x2, n2 in [(56, 70, 48, 80), (9, 10, 3, 10), (5, 56, 2, 29), (1, 40, 6, 30), (224, 1000, 280, 1000),
                           (31, 9000, 44, 9100), (4, 400, 6, 12000)]:
        difference = confint_proportions_2indep(x1, n1, x2, n2, method="newcomb", compare="diff", alpha=.1)
        ratio = confint_proportions_2indep(x1, n1, x2, n2, method="score", compare="ratio", alpha=.1, correction=True)
        print("pair", x1, n1, x2, n2, *(f"{end:.9f}" for end in (*difference, *ratio)), sep=",")


def prior(events, trials):
    def loss(at):
        rate, weight = 1 / (1 + numpy.exp(-at[0])), numpy.exp(at[1])
        a, b = rate * weight, (1 - rate) * weight
        return -(betaln(a + events, b + trials - events) - betaln(a, b)).sum()

    starts = itertools.product((-3, -1, 0), (1, 3, 6))
    best = min((minimize(loss, start, method="Nelder-Mead", options={"xatol": 1e-11, "fatol": 1e-13, "maxiter": 20000})
                for start in starts), key=lambda found: found.fun)
    return 1 / (1 + numpy.exp(-best.x[0])), numpy.exp(best.x[1])


def priors():
    random.seed(11)
    for world, (rate, weight, groups) in enumerate([(.2, 30, 10), (.05, 80, 12), (.4, 12, 25)]):
        trials = numpy.array([random.choice((15, 60, 300, 2000)) for _ in range(groups)])
        events = numpy.array([sum(random.random() < level for _ in range(n)) for n, level in
                              ((n, random.betavariate(rate * weight, (1 - rate) * weight)) for n in trials)])
        mean, size = prior(events, trials)
        print("prior", world, f"{mean:.7f}", f"{size:.5f}", sep=",")
        for x, n in zip(events, trials):
            print("group", world, x, n, f"{(x + size * mean) / (n + size):.8f}", sep=",")


pairs()
priors()
