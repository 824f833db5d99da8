"""Tests fresh_root.py and fresh_debian.py, as far as that needs no network and no root."""

import contextlib
import io
import os
import tempfile
import unittest
from unittest import mock

from tests import fresh_debian
from tests import fresh_root
from tests.count_tests import Count

_ANSWER = "__main__.PAGES, a dict of 20000 items, holds {} of 1000 bytes (60 %).\n"


class JudgementTest(unittest.TestCase):
    def test_leak_passes_when_it_names_the_holder_first(self):
        self.assertEqual(fresh_root.judge("leak", 0, _ANSWER.format(600)), Count(passed=1))

    def test_leak_fails_when_another_variable_or_too_little_is_named(self):
        for output in ("", "something\n" + _ANSWER.format(600), _ANSWER.format(400)):
            with self.subTest(output):
                self.assertEqual(fresh_root.judge("leak", 0, output), Count(failed=1))

    def test_tests_are_counted_by_the_last_line(self):
        self.assertEqual(
            fresh_root.judge("test", 1, "FAILED x\n12 passed, 3 failed\n"), Count(12, 3))

    def test_tests_without_a_last_line_are_one_failure(self):
        self.assertEqual(fresh_root.judge("test", 1, "Killed\n"), Count(failed=1))

    def test_exit_status_that_the_output_does_not_explain_is_a_failure(self):
        self.assertEqual(fresh_root.judge("test", 1, "12 passed, 0 failed\n"), Count(12, 1))

    def test_figures_say_minutes_and_seconds(self):
        self.assertEqual(
            fresh_root.figures(fresh_root.Result("Debian 12, ./run test", Count(12, 3), 119.6)),
            "Debian 12, ./run test: 12 passed, 3 failed, 2 min 0 s")


class ObjectsTest(unittest.TestCase):
    def test_clone_takes_what_was_compiled_and_no_result_of_a_test(self):
        with tempfile.TemporaryDirectory() as root, tempfile.TemporaryDirectory() as objects:
            os.makedirs(root + fresh_root.CLONE)
            with open(os.path.join(objects, "object"), "w", encoding="utf-8"):
                pass
            fresh_root.use_objects(root, objects)
            self.assertEqual(os.listdir(root + "/root/objects"), ["object"])
            with open(root + fresh_root.CLONE + "/user.bazelrc", encoding="utf-8") as file:
                self.assertEqual(file.read(), "build --disk_cache=/root/objects\n"
                                 "test --nocache_test_results --flaky_test_attempts=2\n")


class CommandLineTest(unittest.TestCase):
    def _main(self, *arguments):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            return fresh_root.main(list(arguments)), output.getvalue()

    def _results_of(self, release, _objects=None):
        return [fresh_root.Result(f"{release}, ./run {name}", Count(passed=2), 60)
                for name in fresh_root.COMMANDS]

    def test_both_releases_are_the_default(self):
        with mock.patch.object(fresh_root, "run_release", self._results_of):
            status, output = self._main()
        self.assertEqual((status, output.splitlines()), (0, [
            "bookworm, ./run leak: 2 passed, 0 failed, 1 min 0 s",
            "bookworm, ./run test: 2 passed, 0 failed, 1 min 0 s",
            "trixie, ./run leak: 2 passed, 0 failed, 1 min 0 s",
            "trixie, ./run test: 2 passed, 0 failed, 1 min 0 s",
            "8 passed, 0 failed"]))

    def test_says_why_it_was_not_run(self):
        with mock.patch.object(os, "geteuid", return_value=1000):
            self.assertEqual(self._main("bookworm"), (
                1, "not run: expected root, to make a root file system\n"))

    def test_figures_of_what_was_run_are_not_lost(self):
        def run_release(release, _objects):
            if release == "trixie":
                raise fresh_root.NotRun("no network")
            return self._results_of(release)

        with mock.patch.object(fresh_root, "run_release", run_release):
            status, output = self._main()
        self.assertEqual((status, output.splitlines()), (1, [
            "bookworm, ./run leak: 2 passed, 0 failed, 1 min 0 s",
            "bookworm, ./run test: 2 passed, 0 failed, 1 min 0 s",
            "not run: no network"]))

    def test_names_what_passed_when_it_was_run_again(self):
        result = fresh_root.Result("trixie, ./run test", Count(passed=2), 60, ["FLAKY //a"])
        self.assertEqual(fresh_root.figures(result),
                         "FLAKY //a\ntrixie, ./run test: 2 passed, 0 failed, 1 min 0 s")

    def test_objects_are_for_the_release_of_this_machine_alone(self):
        with mock.patch.multiple(
                fresh_root, fresh_debian=mock.MagicMock(), own_codename=lambda: "trixie",
                check_network=mock.DEFAULT, clone=mock.DEFAULT, use_objects=mock.DEFAULT,
                run_command=lambda _, release, command: fresh_root.Result(command, Count(1), 1),
        ) as mocks:
            self.assertEqual(self._main("--objects=cache")[0], 0)
        self.assertEqual([call[0][1] for call in mocks["use_objects"].call_args_list], ["cache"])

    def test_other_release_is_a_usage_error(self):
        errors = io.StringIO()
        with contextlib.redirect_stderr(errors), self.assertRaises(SystemExit) as caught:
            fresh_root.main(["buster"])
        self.assertEqual(caught.exception.code, 2)
        self.assertIn("expected bookworm or trixie, got 'buster'", errors.getvalue())


class RootTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_packages_are_copied_once_and_nothing_else_is(self):
        names = {"source": ("a.deb", "b.deb", "lock"), "target": ("b.deb",)}
        for folder, files in names.items():
            os.mkdir(os.path.join(self.folder, folder))
            for name in files:
                with open(os.path.join(self.folder, folder, name), "w", encoding="ascii") as file:
                    file.write(folder)
        source, target = (os.path.join(self.folder, name) for name in names)
        fresh_debian.copy_packages(source, target)
        self.assertEqual(sorted(os.listdir(target)), ["a.deb", "b.deb"])
        with open(os.path.join(target, "b.deb"), encoding="ascii") as file:
            self.assertEqual(file.read(), "target")

    def test_environment_is_that_of_a_login_with_the_proxies_of_this_one(self):
        with mock.patch.dict(os.environ, {"http_proxy": "http://proxy", "PYTHONPATH": "/x"},
                             clear=True):
            self.assertEqual(fresh_debian.environment(), {
                "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root", "LANG": "C.UTF-8",
                "http_proxy": "http://proxy"})


if __name__ == "__main__":
    unittest.main()
