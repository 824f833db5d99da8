"""Tests that the dumps in testdata/ are converted as expected.

Where a difference is wanted: ./run testdata --keep-dumps
"""

import os
import tempfile
import unittest

from tests.end_to_end.callgrind import check_callgrind
from tests.end_to_end.convert import golden


class GoldenTest(unittest.TestCase):
    """Gets one test for each case, below."""

    maxDiff = 4000

    def _check(self, case):
        output = golden.convert(case)
        with open(case.expected, encoding="utf-8", newline="") as file:
            self.assertEqual(output.decode("utf-8").split("\n"), file.read().split("\n"))

    def test_expected_output_follows_every_rule(self):
        for case in golden.CASES:
            with self.subTest(case.name):
                problems, _ = check_callgrind.check(
                    case.expected, has_classes="--by=type" not in case.options)
                self.assertEqual(problems, [])


for _case in golden.CASES:
    def _test(self, case=_case):
        self._check(case)
    setattr(GoldenTest, "test_" + _case.name.replace("-", "_"), _test)


if __name__ == "__main__":
    unittest.main()
