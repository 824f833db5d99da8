"""Tests attempts.py."""

import os
import unittest
from unittest import mock

import attempts
from count_tests import Count

_LINE = "FLAKY 3.11.7 a_test: failed, and passed when it was run again\n"


class AttemptsTest(unittest.TestCase):
    def _attempt(self, *results, number="2"):
        """Returns the result of runs that end so, and how many of them are left."""
        runs = list(results)
        with mock.patch.dict(os.environ, {attempts.VARIABLE: number}):
            result = attempts.attempt("3.11.7 a_test", lambda: runs.pop(0))
        return result, len(runs)

    def test_what_passes_runs_once(self):
        passed = Count(passed=2), ""
        self.assertEqual(self._attempt(passed, passed), (passed, 1))

    def test_what_passes_when_it_is_run_again_is_named(self):
        runs = (Count(passed=1, failed=1), "why\n"), (Count(passed=2), "")
        self.assertEqual(self._attempt(*runs), ((Count(passed=2), "why\n" + _LINE), 0))

    def test_what_fails_twice_fails(self):
        failed = Count(failed=1)
        runs = (failed, "one\n"), (failed, "two\n"), (Count(passed=1), "")
        self.assertEqual(self._attempt(*runs), ((failed, "one\ntwo\n"), 1))

    def test_nothing_runs_again_unless_asked_for(self):
        runs = (Count(failed=1), "why\n"), (Count(passed=1), "")
        self.assertEqual(self._attempt(*runs, number=""), (runs[0], 1))

    def test_another_process_is_told(self):
        with mock.patch.dict(os.environ, {attempts.VARIABLE: "2"}):
            self.assertEqual(attempts.variables(), {attempts.VARIABLE: "2"})
        with mock.patch.dict(os.environ, clear=True):
            self.assertEqual(attempts.variables(), {})


if __name__ == "__main__":
    unittest.main()
