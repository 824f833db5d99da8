"""Tests test_32bit.py, as far as that needs no network and no root."""

import contextlib
import io
import os
import tempfile
import unittest
from unittest import mock

from tests import test_32bit

_TARGETS = """bookworm-updates http://example.org/debian
bookworm http://example.org/debian
bookworm http://example.org/other
"""


class MirrorTest(unittest.TestCase):
    def test_first_mirror_of_the_release_is_taken(self):
        self.assertEqual(
            test_32bit.choose_mirror(_TARGETS, "bookworm"), "http://example.org/debian")

    def test_release_without_a_mirror(self):
        with self.assertRaises(test_32bit.NotRun) as caught:
            test_32bit.choose_mirror(_TARGETS, "trixie")
        self.assertEqual(
            str(caught.exception),
            "expected a mirror of Debian 'trixie' in apt's sources, got none")


class MachineTest(unittest.TestCase):
    def _refusal(self, *arguments):
        with self.assertRaises(test_32bit.NotRun) as caught:
            test_32bit.check_machine(*arguments)
        return str(caught.exception)

    def test_other_architecture(self):
        self.assertEqual(
            self._refusal("aarch64", 0),
            "expected a machine that runs programs for i386, got aarch64")

    def test_user_who_is_not_root(self):
        self.assertEqual(
            self._refusal("x86_64", 1000), "expected root, to make a root file system")

    def test_machine_without_debootstrap(self):
        with mock.patch.dict(os.environ, PATH="/nonexistent"):
            self.assertEqual(
                self._refusal("x86_64", 0),
                "expected debootstrap in PATH (Debian: debootstrap, util-linux)")


class MainTest(unittest.TestCase):
    def test_says_in_the_last_line_why_it_did_not_run(self):
        with tempfile.TemporaryDirectory() as folder:
            root = os.path.join(folder, "root")
            output = io.StringIO()
            with mock.patch("os.geteuid", return_value=1000), \
                    mock.patch("platform.machine", return_value="x86_64"), \
                    contextlib.redirect_stdout(output):
                status = test_32bit.main([root])
            self.assertEqual(
                (status, output.getvalue(), os.listdir(folder)),
                (1, "not run: expected root, to make a root file system\n", []))

    def test_failed_debootstrap_leaves_no_root(self):
        with tempfile.TemporaryDirectory() as folder:
            root = os.path.join(folder, "root")
            with mock.patch.object(test_32bit, "read_output", side_effect=["bookworm\n", _TARGETS]), \
                    mock.patch.object(test_32bit, "in_namespace", return_value=[
                        "sh", "-c", "echo I: Retrieving; echo E: No network; exit 1"]), \
                    contextlib.redirect_stderr(io.StringIO()), \
                    self.assertRaises(test_32bit.NotRun) as caught:
                test_32bit.make_root(root)
            self.assertEqual(
                (str(caught.exception), os.path.exists(root)),
                ("debootstrap: E: No network", False))


if __name__ == "__main__":
    unittest.main()
