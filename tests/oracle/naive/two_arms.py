#!/usr/bin/env python3
"""A slow, plain version of the comparison of two arms, from its description alone.

Makes tests/oracle/two_arms_expected.csv: three small worlds by day (one stratum, three strata with
days that lack an arm, few outcomes with unequal arms), and after each day the evidence, its highest
value, the difference and its range. Everything is worked out anew for each day from all blocks; one
record is one factor. Run it in tests/oracle: python3 naive/two_arms.py > two_arms_expected.csv
"""
import csv
import math
import random
import sys

ALPHA = 0.05
LEARNING_DAYS = 3
PRIOR_TRIALS = 20
SHIFT_SCALE = 0.3
MIN_OUTCOMES = 10
EFFECTS = (0.01, 0.03, 0.1)


def record_factors(block, p_a, p_b):
    """ln of the product over records, one by one."""
    n_a, x_a, n_b, x_b = block
    p_0 = (n_a * p_a + n_b * p_b) / (n_a + n_b)
    log_e = 0.0
    for n, x, p in ((n_a, x_a, p_a), (n_b, x_b, p_b)):
        for record in range(n):
            y = 1 if record < x else 0
            top = p if y else 1 - p
            bottom = p_0 if y else 1 - p_0
            log_e += math.log(top / bottom)
    return log_e


def both(block):
    return block[0] > 0 and block[2] > 0


def information(block):
    n_a, _, n_b, _ = block
    return n_a * n_b / (n_a + n_b)


def score(block):
    """Events of a beyond a's part of all events of the block."""
    n_a, x_a, n_b, x_b = block
    return x_a - n_a * (x_a + x_b) / (n_a + n_b)


def hypergeometric_variance(block):
    n_a, x_a, n_b, x_b = block
    n, m = n_a + n_b, x_a + x_b
    return n_a * n_b * m * (n - m) / (n * n * (n - 1))


def day_sum(day, what):
    return sum(what(block) for block in day.values() if both(block))


def rho_after(days):
    """From all pairs of successive days that hold both arms."""
    with_both = [day for day in days if day_sum(day, information) > 0]
    excesses, weights = [], []
    for k in range(1, len(with_both)):
        seen = with_both[:k + 1]
        v = (sum(day_sum(d, hypergeometric_variance) for d in seen)
             / sum(day_sum(d, information) for d in seen))
        if v <= 0:
            continue
        diffs, chances = [], []
        for d in with_both[k - 1:k + 1]:
            w = day_sum(d, information)
            diffs.append(day_sum(d, score) / w)
            chances.append(day_sum(d, hypergeometric_variance) / w / w)
        chance = sum(chances) / v
        if chance <= 0:
            continue
        weights.append(1 / chance)
        excesses.append(((diffs[1] - diffs[0]) ** 2 / v - chance) / 4 / chance)
    if not weights:
        return 0.0
    error = math.sqrt(sum(e * e for e in excesses)) * (1 + 8 / len(weights))
    return min(max((sum(excesses) + error) / sum(weights), 0.0), 0.2)


def share(day, rho):
    return 1 / (1 + 2 * rho * day_sum(day, information))


def logit(p):
    return math.log(p / (1 - p))


def expit(l):
    return 1 / (1 + math.exp(-l))


def day_evidence(days, t):
    """ln of the factor of day t, from the days before it."""
    past, day = days[:t], days[t]
    trials = sum(b[0] + b[2] for d in past for b in d.values())
    events = sum(b[1] + b[3] for d in past for b in d.values())
    if t < LEARNING_DAYS or events == 0:
        return 0.0
    common = (events + 0.5) / (trials + 1)
    top = bottom = 0.0
    for s, d in enumerate(past):
        c = share(d, rho_after(days[:s]))  # what was known of rho on that day
        top += c * day_sum(d, score)
        bottom += c * day_sum(d, hypergeometric_variance)
    apart = top / (bottom + 1 / SHIFT_SCALE ** 2)
    log_e = 0.0
    for stratum, block in day.items():
        if not both(block):
            continue
        n = sum(d[stratum][0] + d[stratum][2] for d in past if stratum in d)
        x = sum(d[stratum][1] + d[stratum][3] for d in past if stratum in d)
        level = logit((x + PRIOR_TRIALS * common) / (n + PRIOR_TRIALS))
        part_a = block[0] / (block[0] + block[2])
        log_e += record_factors(block, expit(level + apart * (1 - part_a)),
                                expit(level - apart * part_a))
    return share(day, rho_after(past)) * log_e


def mixture(z, w):
    return sum(math.exp(z * z / 2 * t * t * w / (1 + t * t * w)) / math.sqrt(1 + t * t * w)
               for t in EFFECTS) / len(EFFECTS)


def deviate(w):
    low, high = 0.0, 30.0
    for _ in range(200):
        middle = (low + high) / 2
        if mixture(middle, w) < 1 / ALPHA:
            low = middle
        else:
            high = middle
    return high


def range_after(days):
    rho = rho_after(days)
    w = s = 0.0
    outcomes = [0.0] * 4
    for d in days:
        c = share(d, rho)
        w += c * day_sum(d, information)
        s += c * day_sum(d, score)
        for block in d.values():
            if both(block):
                n_a, x_a, n_b, x_b = block
                for at, count in enumerate((x_a, x_b, n_a - x_a, n_b - x_b)):
                    outcomes[at] += c * count
    if w == 0:
        return None, None, None
    difference = s / w
    variance = null_variance = 0.0
    for d in days:
        c = share(d, rho)
        for block in d.values():
            if not both(block):
                continue
            n_a, x_a, n_b, x_b = block
            n = n_a + n_b
            p = (x_a + x_b) / n
            p_a, p_b = p + n_b / n * difference, p - n_a / n * difference
            v = information(block) ** 2 * (p_a * (1 - p_a) / n_a + p_b * (1 - p_b) / n_b)
            variance += c * v * n / (n - 1)
            null_variance += c * hypergeometric_variance(block)
    variance = max(variance, null_variance / 2)
    if len(days) <= LEARNING_DAYS or min(outcomes) < MIN_OUTCOMES or variance <= 0:
        return difference, None, None
    half = deviate(w) * math.sqrt(variance) / w
    return difference, difference - half, difference + half


def worlds():
    rng = random.Random(20261127)

    def draw(n, p):
        return sum(rng.random() < p for _ in range(n))

    one = [{0: (90, draw(90, .3), 110, draw(110, .18))} for _ in range(12)]
    three = []
    for t in range(15):
        day = {}
        for stratum, p in enumerate((.1, .2, .4)):
            n_a = 0 if t == 4 or (t + stratum) % 7 == 0 else 20 + rng.randrange(30)
            n_b = 0 if t == 9 else 30 + rng.randrange(30)
            day[stratum] = (n_a, draw(n_a, p), n_b, draw(n_b, p * (1 + .5 * (t % 3))))
        three.append(day)
    few = [{0: (40, draw(40, .02), 400, draw(400, .03))} for _ in range(30)]
    return {"one": one, "three": three, "few": few}


def main():
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["world", "day", "cells", "log_evidence", "highest", "difference", "low", "high"])
    for name, days in worlds().items():
        log_e = highest = 0.0
        for t, day in enumerate(days):
            log_e += day_evidence(days, t)
            highest = max(highest, log_e)
            cells = ";".join(":".join(map(str, (s, *block))) for s, block in day.items())
            out.writerow([name, t, cells, repr(log_e), repr(highest)]
                         + ["" if v is None else repr(v) for v in range_after(days[:t + 1])])


if __name__ == "__main__":
    main()
