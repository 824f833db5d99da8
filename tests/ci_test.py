"""Tests .ci/run, with a `run` that is ours."""

import os
import shutil
import subprocess
import tempfile
import unittest

# Stands for `run`: prints a line that the environment has for the command, and
# fails unless that says that all passed.
_RUN = """#!/bin/bash
name=${1//-/_}
echo "some output of $1"
echo "${!name}"
[[ ${!name} == *" 0 failed" ]]
"""


class CiTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._script = os.path.join(folder.name, ".ci", "run")
        os.mkdir(os.path.dirname(self._script))
        shutil.copy(".ci/run", self._script)
        with open(os.path.join(folder.name, "run"), "w", encoding="utf-8") as file:
            file.write(_RUN)
        os.chmod(file.name, 0o755)

    def _run(self, **last_lines):
        """Returns the exit status and the lines after those of the last command."""
        counts = {"test": "5 passed, 0 failed", "test_pythons": "3 passed, 0 failed",
                  "test_roots": "4 passed, 0 failed", "test_32bit": "2 passed, 0 failed",
                  "asan": "1 passed, 0 failed", **last_lines}
        result = subprocess.run(
            [self._script], env={"PATH": "/usr/bin:/bin", **counts}, stdout=subprocess.PIPE,
            universal_newlines=True, check=False)
        lines = result.stdout.splitlines()
        return result.returncode, lines[lines.index("some output of asan") + 2 :]

    def test_sums_what_each_command_counts(self):
        self.assertEqual(self._run(), (0, ["19 passed, 0 failed"]))

    def test_failed_test_fails(self):
        self.assertEqual(
            self._run(test_pythons="2 passed, 1 failed"), (1, ["18 passed, 1 failed"]))

    def test_command_that_counts_nothing_is_a_failed_test(self):
        self.assertEqual(self._run(asan="Segmentation fault"), (1, ["18 passed, 1 failed"]))

    def test_what_could_not_be_run_is_said_and_does_not_fail(self):
        self.assertEqual(
            self._run(test_32bit="not run: expected root"),
            (0, ["./run test-32bit: not run: expected root", "17 passed, 0 failed"]))

    def test_roots_that_could_not_be_made_are_said_each(self):
        reason = "not run: expected a mirror"
        self.assertEqual(
            self._run(test_roots=reason),
            (0, [f"./run test-roots sid: {reason}", f"./run test-roots trixie: {reason}",
                 "11 passed, 0 failed"]))


if __name__ == "__main__":
    unittest.main()
