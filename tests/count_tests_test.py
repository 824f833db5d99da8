"""Tests count_tests.py."""

import contextlib
import io
import json
import os
import tempfile
import unittest

from tests import count_tests
from tests.count_tests import Count

_GOOGLE_TEST_XML = """<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="4" failures="1" disabled="1" errors="0" name="AllTests">
  <testsuite name="A" tests="4" failures="1" disabled="1" skipped="1" errors="0">
    <testcase name="B" status="run" result="completed" classname="A" />
    <testcase name="C" status="run" result="completed" classname="A">
      <failure message="1 is not 2" type=""/>
    </testcase>
    <testcase name="DISABLED_D" status="notrun" result="suppressed" classname="A" />
    <testcase name="E" status="run" result="skipped" classname="A"><skipped message=""/></testcase>
  </testsuite>
</testsuites>
"""


class CountTest(unittest.TestCase):
    def test_google_test_xml_tells_passed_failed_and_skipped_cases(self):
        self.assertEqual(count_tests.count_xml(_GOOGLE_TEST_XML), Count(1, 1, 2))

    def test_unittest_log_without_failure(self):
        log = "...\n-----\nRan 3 tests in 0.001s\n\nOK\n"
        self.assertEqual(count_tests.count_unittest(log), Count(3, 0, 0))

    def test_unittest_log_where_all_were_skipped(self):
        log = "ss\n-----\nRan 0 tests in 0.006s\n\nNO TESTS RAN (skipped=10)\n"
        self.assertEqual(count_tests.count_unittest(log), Count(0, 0, 10))

    def test_unittest_log_with_every_kind_of_result(self):
        log = ("Ran 9 tests in 1.5s\n\nFAILED (failures=1, errors=2, skipped=1, "
               "expected failures=1, unexpected successes=1)\n")
        self.assertEqual(count_tests.count_unittest(log), Count(4, 4, 1))

    def test_last_unittest_summary_of_a_log_counts(self):
        log = "Ran 1 test in 0.1s\n\nOK\nRan 2 tests in 0.2s\n\nFAILED (errors=1)\n"
        self.assertEqual(count_tests.count_unittest(log), Count(1, 1, 0))

    def test_other_log_has_no_unittest_count(self):
        self.assertIsNone(count_tests.count_unittest("[  PASSED  ] 2 tests.\n"))


class MainTest(unittest.TestCase):
    """Runs main() on files as a `bazel test` leaves them."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._folder = folder.name

    def _write(self, name, text):
        path = os.path.join(self._folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def _result(self, label, status, log):
        path = self._write(f"{label.strip('/')}-{status}.log", log)
        return {
            "id": {"testResult": {"label": label, "run": 1, "shard": 1}},
            "testResult": {
                "status": status,
                "testActionOutput": [{"name": "test.log", "uri": f"file://{path}"}],
            },
        }

    def _main(self, bazel_status, *events):
        events = [{"id": {"started": {}}}, *events]
        path = self._write("events", "".join(json.dumps(event) + "\n" for event in events))
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            status = count_tests.main([f"--bazel-status={bazel_status}", path])
        return status, output.getvalue()

    def test_adds_up_the_targets(self):
        self.assertEqual(
            self._main(
                3,
                self._result("//a", "PASSED", "Ran 2 tests in 0.1s\n\nOK\n"),
                self._result("//b", "FAILED", "Ran 3 tests in 0.1s\n\nFAILED (failures=1)\n"),
            ),
            (1, "FAILED //b: 2 passed, 1 failed\n4 passed, 1 failed\n"),
        )

    def test_all_passed(self):
        self.assertEqual(
            self._main(0, self._result("//a", "PASSED", "Ran 1 test in 0.1s\n\nOK (skipped=1)\n")),
            (0, "1 skipped\n0 passed, 0 failed\n"),
        )

    def test_crash_is_one_failed_test(self):
        self.assertEqual(
            self._main(3, self._result("//a", "FAILED", "Segmentation fault\n")),
            (1, "FAILED //a: 0 passed, 1 failed\n0 passed, 1 failed\n"),
        )

    def test_target_that_did_not_build_is_one_failed_test(self):
        configured = {
            "id": {"targetConfigured": {"label": "//a"}},
            "configured": {"targetKind": "cc_test rule", "testSize": "SMALL"},
        }
        self.assertEqual(
            self._main(1, configured),
            (1, "FAILED //a: 0 passed, 1 failed\n0 passed, 1 failed\n"),
        )

    def test_target_that_passes_when_it_is_run_again_is_named(self):
        summary = {"id": {"testSummary": {"label": "//a"}}, "testSummary": {"overallStatus": "FLAKY"}}
        self.assertEqual(
            self._main(
                0,
                self._result("//a", "FAILED", "Ran 2 tests in 0.1s\n\nFAILED (failures=1)\n"),
                self._result("//a", "PASSED", "Ran 2 tests in 0.1s\n\nOK\n"),
                summary,
            ),
            (0, "FLAKY //a: failed, and passed when it was run again\n2 passed, 0 failed\n"),
        )

    def test_failure_of_bazel_itself_is_one_failed_test(self):
        self.assertEqual(
            self._main(1), (1, "FAILED bazel: exit status 1\n0 passed, 1 failed\n"))


if __name__ == "__main__":
    unittest.main()
