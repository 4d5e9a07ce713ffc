#!/usr/bin/env python3
"""Plays worlds with a known truth through the real program and counts what it says.

Usage: tests/worlds/run_worlds.py --ripen build/release/ripen [--suite NAME ...] [--seeds N] [--jobs N]

Every suite simulates histories (seeds 1..N, fixed), runs `ripen check --format json` on each file as a
user would, and compares the findings with the truth of the world. A suite passes when its counts reach
the bounds written beside it. The last line is "worlds: P passed, F failed"; the exit code is 0 only
when every suite passed.

Risk of the tests themselves: seeds are fixed, so a given release either passes or fails for ever. A
bound such as 49 of 50 says more than it costs: for a method whose true success share is .999, fewer
than 49 of 50 has probability 1.2e-3; the bounds of the quiet worlds (10 of 200) lie far above the 0 to 3
that are usual and below the 44 that the guarantee of one false alarm in 90 days would allow.
"""

import argparse
import concurrent.futures
import dataclasses
import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile


@dataclasses.dataclass
class World:
    """One way to simulate: scenario, recommendations a day and extra flags of `ripen simulate`."""

    scenario: str
    per_day: int
    flags: tuple = ()


@dataclasses.dataclass
class Outcome:
    """What one history showed, as named yes/no answers."""

    seed: int
    answers: dict
    note: str = ""


def simulate_and_check(ripen, world, seed):
    """The findings and the truth of one history."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix="ripen-world-"))
    try:
        subprocess.run(
            [ripen, "simulate", "--out", folder, "--scenario", world.scenario, "--seed", str(seed),
             "--per-day", str(world.per_day), *([] if "--days" in world.flags else ["--days", "30"]),
             *world.flags],
            check=True, capture_output=True)
        truth = json.loads((folder / "truth.json").read_text())
        files = sorted(str(path) for path in folder.iterdir()
                       if path.name != "truth.json" and path.suffix != ".toml")
        run = subprocess.run([ripen, "check", *files, "--format", "json"], capture_output=True,
                             text=True)
        if run.returncode not in (0, 1):
            raise RuntimeError(f"check failed on {world} seed {seed}: {run.stderr.strip()[-500:]}")
        report = json.loads(run.stdout)
        report["exit_code"] = run.returncode
        return report, truth
    finally:
        shutil.rmtree(folder)


def unexplained(report, level="alert", kind=None):
    return [f for f in report["findings"]
            if f["level"] == level and f["explained_by"] is None and kind in (None, f["kind"])]


def describe(findings):
    return "; ".join(f"{f['kind']}/{f['stage']}/{json.dumps(f['slice'])}/{f['direction']}"
                     f"/{f['evidence_days']}/{f['since']}" for f in findings)


def day(text):
    return datetime.date.fromisoformat(text)


def drop_of_25_34(report, truth):
    """Named exactly, dated within two days, and nothing else."""
    alerts = unexplained(report)
    named = [f for f in alerts if f["kind"] == "rate_shift" and f["stage"] == "click"
             and f["slice"] == truth["slice"] and f["direction"] == "fall"]
    start = day(truth["change_day"])
    # A shadow keeps its own numbers, so this is the total's evidence before anything is undone.
    total = max([f["evidence_days"] for f in report["findings"] if f["kind"] == "rate_shift"
                 and f["stage"] == "click" and f["slice"] == {}], default=0)
    return {
        "total<watch": total < 7,
        "total<alert": total < 90,
        "named": len(named) == 1,
        "since": bool(named) and abs((day(named[0]["since"]) - start).days) <= 2,
        "nothing_else": len([f for f in alerts if f not in named]) == 0,
        "exit_code": report["exit_code"] == (1 if alerts else 0),
    }


def quiet(report, _truth):
    return {"any_alert": any(f["level"] == "alert" for f in report["findings"])}


def signs(report):
    return [f["code"] for f in report["findings"] if f["kind"] == "leading_sign"]


def scores_move(report, _truth):
    """A hint, and nothing that calls for anybody."""
    return {
        "said": signs(report) == ["score_distribution"] and all(
            f["level"] == "info" for f in report["findings"] if f["kind"] == "leading_sign"),
        "any_alert": any(f["level"] == "alert" for f in report["findings"]),
    }


def quiet_signs(report, _truth):
    return {"any_sign": bool(signs(report)), "alert_of_sign": any(
        f["kind"] == "leading_sign" and f["level"] == "alert" for f in report["findings"])}


def clicks_moved(report):
    """Why the clicks of the last week are others than those of the week before, if that is told."""
    return next((move for move in report["moves"] if move["stage"] == "click"), None)


def says(moved, words):
    return words in moved["message"]["en"]["headline"]


def clear(effect):
    return effect["low"] > 0 or effect["high"] < 0


def mix(report, _truth):
    moved = clicks_moved(report)
    return {
        # The customers are a reason, by the attribute that changed; where the total clearly moved the
        # sentence says so and blames no group.
        "told": moved is not None and moved["attribute"] == "age_group" and moved["mix"]["high"] < 0
                and (not clear(moved["move"]) or (says(moved, "because other customers came")
                                                  and not says(moved, "aged"))),
        "accused": bool(unexplained(report, kind="rate_shift")),
        "said": any(f["kind"] == "mix_shift" and f["stage"] == "click" for f in report["findings"]),
    }


def mix_and_drop(report, truth):
    drop = drop_of_25_34(report, truth)
    said = any(f["kind"] == "mix_shift" and f["stage"] == "click" for f in report["findings"])
    moved = clicks_moved(report)
    fallen = [term for term in moved["terms"] if term["slice"] == {"age_group": "25-34"}] if moved else []
    return {
        "both": drop["named"] and said,
        "told": len(fallen) == 1 and moved["mix"]["high"] < 0 and fallen[0]["rate"]["high"] < 0
                and (not clear(moved["move"]) or (says(moved, "because other customers came") and
                                                  says(moved, "because customers aged 25-34 click less"))),
    }


def total_alone(report, _truth):
    alerts = unexplained(report, kind="rate_shift")
    return {"named": [f["slice"] for f in alerts if f["stage"] == "click"] == [{}]
                     and len(unexplained(report)) == len(alerts) == 1}


def expected_alone(report, truth):
    """The unexplained alerts are exactly the findings that truth.json expects."""
    def key(finding):
        return finding["kind"], finding["stage"], tuple(sorted(finding["slice"].items())), \
            finding["direction"]

    expected = {key(finding) for finding in truth["expected"]}
    found = [key(finding) for finding in unexplained(report)]
    # The search over all attributes must name the same groups: no narrower ones, no part of them.
    responsible = {(finding["kind"], finding["stage"], tuple(sorted(finding["responsible"]["slice"].items())),
                    finding["direction"]) for finding in unexplained(report) if finding.get("responsible")}
    return {"all_named": expected <= set(found), "nothing_else": set(found) <= expected,
            "responsible": responsible == expected}


def exposure_moved(report, truth):
    """Who is shown less of what is named exactly, within two days, and nobody else is accused."""
    alerts = unexplained(report)
    expected = truth["expected"][0]
    named = [f for f in alerts if f["kind"] == "exposure_shift" and f["slice"] == expected["slice"]
             and f["item_slice"] == expected["item_slice"] and f["direction"] == expected["direction"]]
    return {
        "named": len(named) == 1,
        "since": bool(named) and abs((day(named[0]["since"]) - day(truth["change_day"])).days) <= 2,
        "accused": any(f not in named for f in alerts),
    }


def clicks_missing(report, _truth):
    """A stage that falls silent is the data's fault, and no rate is blamed for it."""
    return {
        "said": any(f["kind"] == "data_problem" and f["stage"] == "click" and f["level"] == "alert"
                    for f in report["findings"]),
        "accused": bool(unexplained(report, kind="rate_shift")),
    }


def fairness_gap(report, truth):
    """A group that falls by a fifth within 20 days is named, itself or as one of a pair; its neighbours are not."""
    fallen = {"age_group": "25-34"}

    def names(finding):
        return finding["slice"] == fallen and finding["worse"]

    alerts = unexplained(report)
    return {
        "named": any(names(f) for f in alerts if f["kind"] in ("rate_shift", "fairness_gap")),
        "neighbours_accused": any(not names(f) for f in alerts),
        "gap": any(f["kind"] == "fairness_gap" for f in report["findings"]),
    }


def no_gap(report, _truth):
    return {"gap_alert": any(f["kind"] == "fairness_gap" and f["level"] == "alert" for f in report["findings"]),
            "any_alert": bool(unexplained(report))}


# Suite -> (worlds, seeds, judge, bounds). A bound is (answer, "at least" | "at most", share).
DROP = [("named", "at least", 49 / 50), ("since", "at least", 47 / 50),
        ("nothing_else", "at least", 48 / 50), ("exit_code", "at least", 1)]
SHARE_24 = ("--share-25-34", "0.24")
QUIET = [("any_alert", "at most", 10 / 200)]
EXACTLY = [("all_named", "at least", 48 / 50), ("nothing_else", "at least", 48 / 50),
           ("responsible", "at least", 45 / 50)]
SUITES = {
    "drop-10-1000": (World("segment-drop", 1000), 50, drop_of_25_34,
                     [*DROP, ("total<watch", "at least", 36 / 50)]),
    "drop-10-2000": (World("segment-drop", 2000), 50, drop_of_25_34,
                     [*DROP, ("total<alert", "at least", 36 / 50)]),
    "drop-24-1000": (World("segment-drop", 1000, SHARE_24), 50, drop_of_25_34, DROP),
    "drop-24-2000": (World("segment-drop", 2000, SHARE_24), 50, drop_of_25_34, DROP),
    "drop-10-500": (World("segment-drop", 500), 50, drop_of_25_34, [("named", "at least", 45 / 50)]),
    "drop-24-500": (World("segment-drop", 500, SHARE_24), 50, drop_of_25_34,
                    [("named", "at least", 45 / 50)]),
    "drop-german": (World("segment-drop", 1000, ("--language", "de")), 50, drop_of_25_34, DROP),
    "drop-dates": (World("segment-drop", 1000, ("--dates-only",)), 50, drop_of_25_34, DROP),
    "stable-700": (World("stable", 700), 200, quiet, QUIET),
    "stable-2000": (World("stable", 2000), 200, quiet, QUIET),
    "noisy-700": (World("noisy", 700), 200, quiet, QUIET),
    "noisy-2000": (World("noisy", 2000), 200, quiet, QUIET),
    "weekday-700": (World("weekday", 700), 200, quiet, QUIET),
    "weekday-2000": (World("weekday", 2000), 200, quiet, QUIET),
    "mix": (World("mix", 1000), 50, mix,
            [("accused", "at most", 0), ("said", "at least", 48 / 50), ("told", "at least", 45 / 50)]),
    "mix-and-drop": (World("mix-and-drop", 1000), 50, mix_and_drop,
                     # Three of the seven earlier days are before the fall, so that a week against a week sees half of it.
                     [("both", "at least", 48 / 50), ("told", "at least", 40 / 50)]),
    "total-drop": (World("total-drop", 1000), 50, total_alone, [("named", "at least", 48 / 50)]),
    "two-causes": (World("two-causes", 1000), 50, expected_alone, EXACTLY),
    "intersection": (World("intersection", 2000), 50, expected_alone, EXACTLY),
    "slow-drift": (World("slow-drift", 2000), 50, expected_alone, EXACTLY),
    "sale-day": (World("sale-day", 1000), 50, expected_alone, EXACTLY),
    # 120 days at 1,000 a day hold some 4,200 purchases: at half of that one in two is found.
    "returns-rise": (World("returns-rise", 1000, ("--days", "120")), 50, expected_alone,
                     [("all_named", "at least", 45 / 50), ("nothing_else", "at least", 45 / 50),
                      ("responsible", "at least", 45 / 50)]),
    "exposure": (World("exposure", 2000), 100, exposure_moved,
                 [("named", "at least", 90 / 100), ("since", "at least", 90 / 100), ("accused", "at most", 5 / 100)]),
    # 600 recommendations a day to the group that falls.
    "fairness-gap": (World("fairness-gap", 2500, (*SHARE_24, "--days", "60")), 100, fairness_gap,
                     [("named", "at least", 80 / 100), ("neighbours_accused", "at most", 5 / 100)]),
    # Ages 16-24 are clicked half as often again as 55+, on all 60 days.
    "fairness-constant": (World("stable", 2000, ("--days", "60")), 100, no_gap,
                          [("gap_alert", "at most", 0), ("any_alert", "at most", 5 / 100)]),
    "buys-later": (World("buys-later", 2000, (*SHARE_24, "--days", "75")), 100, no_gap,
                   [("gap_alert", "at most", 0)]),
    "messy": (World("messy", 1000), 50, expected_alone, EXACTLY),
    "scores-move": (World("scores-move", 1000), 100, scores_move,
                    [("said", "at least", 97 / 100), ("any_alert", "at most", 2 / 100)]),
    # One look at the end of a month: one false sign in 7 days would allow far more.
    "signs-stable": (World("stable", 1000), 100, quiet_signs, [("any_sign", "at most", 5 / 100),
                                                               ("alert_of_sign", "at most", 0)]),
    "signs-noisy": (World("noisy", 1000), 100, quiet_signs, [("any_sign", "at most", 5 / 100),
                                                             ("alert_of_sign", "at most", 0)]),
    "logging-change": (World("logging-change", 1000), 50, clicks_missing,
                       [("said", "at least", 1), ("accused", "at most", 0)]),
}


def play(ripen, name, seeds, jobs):
    world, default_seeds, judge, bounds = SUITES[name]
    count = seeds or default_seeds

    def one(seed):
        report, truth = simulate_and_check(ripen, world, seed)
        return Outcome(seed, judge(report, truth), describe(unexplained(report)))

    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        outcomes = list(pool.map(one, range(1, count + 1)))
    passed = True
    for answer, direction, share in bounds:
        hits = sum(outcome.answers[answer] for outcome in outcomes)
        bound = share * count
        good = hits >= bound - 1e-9 if direction == "at least" else hits <= bound + 1e-9
        passed &= good
        print(f"{name:14} {answer:13} {hits:4} of {count}  ({direction} {bound:g})"
              f"  {'ok' if good else 'MISSED'}", flush=True)
        if not good:
            odd = [o for o in outcomes if o.answers[answer] != (direction == "at least")]
            for outcome in odd[:8]:
                print(f"    seed {outcome.seed}: {outcome.note or 'no unexplained alert'}", flush=True)
    return passed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ripen", default="build/release/ripen")
    parser.add_argument("--list", action="store_true", help="print the names of the suites")
    parser.add_argument("--suite", action="append", choices=sorted(SUITES))
    parser.add_argument("--seeds", type=int, help="fewer histories, for a quick try")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    if options.list:
        print("\n".join(SUITES))
        return 0
    results = [play(options.ripen, name, options.seeds, options.jobs)
               for name in options.suite or SUITES]
    print(f"worlds: {sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
