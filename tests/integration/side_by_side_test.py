"""Two recommenders that ran side by side, through the real program: what is claimed where nothing differs.

The label `policy` of the Open Bandit rows is permuted, so that both policies are the same by construction. Each
permutation is a file of its own. RIPEN_OBD names the whole sample of 20,000 rows (the part in tests/data holds
6,650); RIPEN_TEST_PERMUTATIONS says how many permutations.

Risk: at most 5 of 200 may claim a difference. A comparison that claims one in 2 % of the cases (its level of 5 %
is that of a whole year) would break that with a chance of 0.21, one at the measured share (0) not at all.
"""

import csv
import gzip
import io
import os
import pathlib
import random
import unittest

from program import ProgramTest, check

ROOT = pathlib.Path(__file__).resolve().parents[2]
PART = ROOT / "tests" / "data" / "obd_zozotown_men" / "impressions.csv.gz"
CONFIG = ROOT / "examples" / "obd_zozotown_men" / "ripen.toml"


def rows():
    with gzip.open(os.environ.get("RIPEN_OBD", PART), "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def as_csv(table):
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(table[0]))
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


class TwoPolicies(ProgramTest):
    def compare(self, table):
        """The comparison of the two policies on clicks."""
        report = self.assert_loaded(check(self.write("rows.csv", as_csv(table)), "--config", CONFIG))
        (side,) = [side for side in report["side_by_side"] if side["attribute"] == "policy"]
        self.assertEqual(side["stage"], "click")
        self.assertEqual({side["arm"]["value"], side["against"]["value"]}, {"bts", "random"})
        self.assertEqual(side["days"], 6)  # the seventh is not settled
        return side

    def test_permuted_labels(self):
        permutations = int(os.environ.get("RIPEN_TEST_PERMUTATIONS", "20"))
        table = rows()
        policies = [row["policy"] for row in table]
        claimed, compared, highest = 0, 0, 0
        for seed in range(permutations):
            shuffled = policies[:]
            random.Random(seed).shuffle(shuffled)
            side = self.compare([{**row, "policy": policy} for row, policy in zip(table, shuffled)])
            claimed += side["claimed_with"] is not None
            compared += side["verdict"] is not None
            highest = max(highest, side["highest_evidence"] or 0)
        print(f"{len(table)} rows, {permutations} permutations: {compared} compared, "
              f"{claimed} claim a difference, highest evidence {highest} (20 claims)")
        self.assertLessEqual(claimed, permutations // 40)

    def test_a_planted_difference_is_claimed(self):
        """The same rows, but every fifth of bts is clicked: so the test above could fail."""
        table = rows()
        for number, row in enumerate(table):
            if row["policy"] == "bts" and number % 5 == 0:
                row["click"] = "1"
        side = self.compare(table)
        self.assertIsNotNone(side["claimed_with"])
        sign = 1 if side["arm"]["value"] == "bts" else -1
        self.assertGreater(sign * side["difference"]["value"], 0.1)
        self.assertEqual(side["verdict"], "more" if sign > 0 else "fewer")
        self.assertIn("among customers of the same groups", side["message"]["en"]["headline"])

    def test_the_real_policies(self):
        side = self.compare(rows())
        self.assertIsNone(side["claimed_with"])
        self.assertEqual(side["mix_differs"], [])


if __name__ == "__main__":
    unittest.main()
