#!/usr/bin/env python3
"""The numbers behind difference_in_differences_oracle_test.cc, by statsmodels (made with 0.15.0).

Usage: tests/oracle/difference_in_differences.py > tests/oracle/difference_in_differences_expected.csv

The interaction of group and period in a binomial glm with logit link, with its standard error.
"""
import random
import warnings

import numpy
import statsmodels.api

warnings.simplefilter("ignore")  # a saturated model always fits
chosen = random.Random(20260601)
print("group_new_trials,group_new_events,group_old_trials,group_old_events,"
      "others_new_trials,others_new_events,others_old_trials,others_old_events,interaction,standard_error")
for case in range(12):
    cells = [(400, 60), (400, 112), (1000, 280), (1000, 280)]  # the worked value of the header
    if case > 0:
        cells = []
        for _ in range(4):
            trials = chosen.randint(40, 20000)
            cells.append((trials, min(trials - 6, max(6, int(trials * chosen.uniform(.01, .6))))))
    outcomes = numpy.array([[events, trials - events] for trials, events in cells])
    design = numpy.array([[1, 1, 1, 1], [1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 0]])  # 1, group, new, group x new
    fit = statsmodels.api.GLM(outcomes, design, family=statsmodels.api.families.Binomial()).fit(tol=1e-10)
    print(",".join(f"{trials},{events}" for trials, events in cells) + f",{fit.params[3]:.9f},{fit.bse[3]:.9f}")
