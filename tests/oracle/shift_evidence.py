#!/usr/bin/env python3
"""Numerical integration behind the values in detector_oracle_test.cc (needs mpmath).

B for a known variance is the ratio of two marginal likelihoods of records before and since a start:
flat prior on the common mean in both, a normal prior (standard deviation tau sqrt(v)) on the shift in
the numerator, averaged over tau. The t version integrates the scale as well (flat in its logarithm).
Nothing of the closed forms in src/stats is used.
"""
from mpmath import exp, mp, mpf, npdf, quad, sqrt

mp.dps = 15
TAUS = [mpf("0.1"), mpf("0.3"), mpf(1)]


def shift_ratio(score, variance, record_variance):
    records = 2 * mpf(variance) / record_variance      # as many before as since: V = v n / 2
    step = mpf(score) / (records / 2)                  # the difference of the two means
    precision = records / record_variance

    def likelihood(mean, shift):
        return exp(-precision / 2 * (mean**2 + (step - mean - shift) ** 2))

    spread = 8 / sqrt(precision)
    def over_mean(shift):
        centre = (step - shift) / 2
        return quad(lambda mean: likelihood(mean, shift),
                    [centre - spread, centre, centre + spread])

    null = over_mean(mpf(0))
    total = mpf(0)
    for tau in TAUS:
        sigma = tau * sqrt(mpf(record_variance))
        edge = 2 * spread
        knots = sorted({-8 * sigma, mpf(0), 8 * sigma, step - edge, step, step + edge})
        total += quad(lambda shift: npdf(shift, 0, sigma) * over_mean(shift), knots)
    return total / (3 * null)


def t_ratio(values, start, tau):
    days = len(values)

    def residual(shift):
        level = [value - (shift if day >= start else 0) for day, value in enumerate(values)]
        mean = mpf(sum(level)) / days
        return sum((value - mean) ** 2 for value in level)

    knots = [mpf(k) for k in ("0.05", "0.2", "0.5", "1", "2", "4", "8", "20", "100", "1000")]
    shifts = [-60, -5, 0, 3, 5, 8, 60]
    with_shift = quad(lambda s: s ** (-days) * quad(
        lambda shift: npdf(shift, 0, tau * s) * exp(-residual(shift) / (2 * s * s)), shifts), knots)
    without = quad(lambda s: s ** (-days) * exp(-residual(0) / (2 * s * s)), knots)
    return with_shift / without


if __name__ == "__main__":
    for case in [(-12, 9, "0.1875"), (3, 20, "0.09"), (0, 5, "0.25"), (25, 60, "0.21"),
                 (-1.5, 0.4, "0.05"), (8, 30, "0.006")]:
        print(case, mp.nstr(shift_ratio(case[0], case[1], mpf(case[2])), 10))
    print("t", mp.nstr(t_ratio([0, 1, 0, 1, 5, 6], 4, 1), 7))
