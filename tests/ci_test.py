"""Tests .ci/run, with a `run` that is ours."""

import os
import shutil
import subprocess
import tempfile
import unittest

# Stands for `run`: prints a line that the environment has for the command, and
# fails unless that says that all passed, or is empty.
_RUN = """#!/bin/bash
words=$*
words=${words%% --*}
name=${words//[- ]/_}
echo "some output of $*"
echo "${!name}"
[[ -z ${!name} || ${!name} == *" 0 failed" ]]
"""
_COUNTS = {
    "test": "5 passed, 0 failed", "test_pythons": "3 passed, 0 failed",
    "test_roots_sid": "4 passed, 0 failed", "test_roots_trixie": "4 passed, 0 failed",
    "test_dumps": "2 passed, 0 failed",
    "test_32bit": "2 passed, 0 failed", "asan": "1 passed, 0 failed", "tsan": "1 passed, 0 failed",
    "test_programs": "9 passed, 0 failed", "test_outside": "6 passed, 0 failed",
    "test_yama": "7 passed, 0 failed", "test_packages": "1 passed, 0 failed",
    "test_native": "3 passed, 0 failed", "test_aarch64": "5 passed, 0 failed",
    "test_aarch64_trixie": "6 passed, 0 failed", "test_aarch64_sid": "7 passed, 0 failed",
    "test_converter_aarch64": "20 passed, 0 failed", "test_musl": "4 passed, 0 failed",
    "test_sentences": "2 passed, 0 failed", "test_free_threaded": "6 passed, 0 failed",
    "test_page": "10 passed, 0 failed", "test_cgroup2": "4 passed, 0 failed",
    "test_metrics": "15 passed, 0 failed", "test_suites": "3 passed, 0 failed",
    "test_fresh_bookworm": "7 passed, 0 failed", "test_fresh_trixie": "8 passed, 0 failed",
}


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

    def _run(self, *arguments, last="asan --scanner", **last_lines):
        """Returns the exit status and the lines after those of the last command.

        Those that say how long a command took are left out.
        """
        result = subprocess.run(
            [self._script, *arguments], env={"PATH": "/usr/bin:/bin", **_COUNTS, **last_lines},
            stdout=subprocess.PIPE, universal_newlines=True, check=False)
        lines = [
            line for line in result.stdout.splitlines() if not line.endswith(": 0 min")]
        said = [line.startswith(f"some output of {last}") for line in lines]
        return result.returncode, lines[said.index(True) + 2 :]

    def test_sums_what_each_command_counts(self):
        self.assertEqual(self._run(), (0, ["24 passed, 0 failed"]))

    def test_failed_test_fails(self):
        self.assertEqual(
            self._run(test_pythons="2 passed, 1 failed"), (1, ["23 passed, 1 failed"]))

    def test_command_that_counts_nothing_is_a_failed_test(self):
        self.assertEqual(self._run(asan="Segmentation fault"), (1, ["23 passed, 1 failed"]))

    def test_what_could_not_be_run_is_said_and_does_not_fail(self):
        self.assertEqual(
            self._run(test_32bit="not run: expected root"),
            (0, ["./run test-32bit: not run: expected root", "22 passed, 0 failed"]))

    def test_slow_machine_runs_what_it_has_time_for_and_says_the_rest(self):
        status, lines = self._run(last="test", HEAPGRIND_CI_MINUTES="0")
        self.assertEqual(status, 0)
        self.assertIn("./run asan --scanner: not run: 0 minutes have passed", lines)
        self.assertEqual(lines[-1], "5 passed, 0 failed")

    def test_all_runs_what_ci_does_not(self):
        self.assertEqual(self._run("--all", last="benchmark"), (0, ["149 passed, 0 failed"]))

    def test_command_that_counts_nothing_fails_by_its_exit_status(self):
        status, lines = self._run("--all", last="benchmark", fuzz_600="cannot")
        self.assertEqual((status, lines), (1, ["148 passed, 1 failed"]))

    def test_names_at_the_end_what_passed_when_it_was_run_again(self):
        flaky = "FLAKY //a: failed, and passed when it was run again"
        self.assertEqual(self._run(test=f"{flaky}\n5 passed, 0 failed"),
                         (0, [flaky, "24 passed, 0 failed"]))

    def test_unknown_option_runs_nothing(self):
        result = subprocess.run([self._script, "--everything"], env={"PATH": "/usr/bin:/bin"},
                                capture_output=True, text=True, check=False)
        self.assertEqual((result.returncode, result.stdout, result.stderr), (
            2, "", ".ci/run: expected --all or nothing, got '--everything'\n"))

    def test_roots_that_could_not_be_made_are_said_each(self):
        reason = "not run: expected a mirror"
        self.assertEqual(
            self._run(test_roots_sid=reason, test_32bit=reason),
            (0, [f"./run test-roots sid: {reason}", f"./run test-32bit: {reason}",
                 "18 passed, 0 failed"]))


if __name__ == "__main__":
    unittest.main()
