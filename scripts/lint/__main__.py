"""`./dev lint`: every rule of the house over the whole tree, after the rules' own tests.

Usage: python3 scripts/lint [--fix] [--only RULE ...] [--build FOLDER] [--jobs N] [--tidy-seconds S] [--all]
The exit code is 0 when no rule complains. The rules are in rules_*.py, their data in house.toml.
"""

import argparse
import pathlib
import subprocess
import sys
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import rules_cpp  # noqa: E402
import rules_docs  # noqa: E402,F401
import rules_compile  # noqa: E402  the slow rules last
from tree import RULES, Tree, run_rule  # noqa: E402


def test_the_rules():
    suite = unittest.defaultTestLoader.discover(pathlib.Path(__file__).parent, "*_test.py")
    return unittest.TextTestRunner(verbosity=0).run(suite).wasSuccessful()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fix", action="store_true", help="add the [[nodiscard]] that are missing")
    parser.add_argument("--only", action="append", choices=sorted(RULES), help="this rule alone")
    parser.add_argument("--build", help="a configured build folder with compile_commands.json")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--tidy-seconds", type=int, default=300, help="the longest that clang-tidy may take")
    parser.add_argument("--all", action="store_true", help="clang-tidy on every file, changed or not")
    options = parser.parse_args()
    rules_compile.Settings.tidy_all = options.all
    rules_compile.Settings.jobs = options.jobs
    rules_compile.Settings.tidy_seconds = options.tidy_seconds
    root = pathlib.Path(__file__).resolve().parent.parent.parent

    if not options.only and not test_the_rules():
        print("lint: the rules' own tests fail")
        return 1
    rules_compile.Settings.notes.clear()
    if options.fix:
        for path in rules_cpp.fix_nodiscard(Tree(root, options.build)):
            subprocess.run(["clang-format-14", "-i", root / path], check=True)
            print(f"{path}: added [[nodiscard]]")
    tree, total = Tree(root, options.build), 0
    for name in options.only or RULES:
        start = time.monotonic()
        findings = sorted(set(run_rule(name, tree)))
        total += len(findings)
        for finding in findings:
            print(finding)
        state = f"{len(findings)} findings" if findings else "ok"
        print(f"{name:15} {state:12} {time.monotonic() - start:5.1f} s  {RULES[name][0]}", flush=True)
    for note in rules_compile.Settings.notes:
        print(note)
    print(f"lint: {len(options.only or RULES)} rules over {len(tree.paths)} files, {total} findings")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
