"""The options of `attach`: scanners that do not fit, and words that make no sense."""

import os
import re
import subprocess
import sys
import unittest

import attach_support
from attach_support import WAIT, elf_32
import heapgrind


class ScannerTest(attach_support.AttachTest):
    WANTED = "a scanner for {}CPython {}.{} on x86-64".format(
        "a debug build of " if hasattr(sys, "gettotalrefcount") else "", *sys.version_info[:2]
    )

    def setUp(self):
        attach_support.AttachTest.setUp(self)
        self.process = self.start(WAIT)
        self.folder = os.path.join(self.directory, "scanners")

    def assertNotTaken(self, got, path):
        status, errors = self.attach(self.process, "--scanner", path)
        text = "heapgrind: process {}: expected {}, {}\n".format(
            self.process.pid, self.WANTED, got
        )
        self.assertEqual((status, errors), (1, text))

    def write(self, name, data):
        if not os.path.isdir(self.folder):
            os.mkdir(self.folder)
        path = os.path.join(self.folder, name)
        with open(path, "wb") as scanner:
            scanner.write(data)
        return path

    def test_folder_without_one_for_this_python(self):
        self.write("_scanner.cpython-35m-x86_64-linux-gnu.so", b"")
        self.assertNotTaken(
            "found none in '{}'\nhint: build one with ./run wheel PYTHON, and give it: "
            "--scanner=WHEEL".format(self.folder),
            self.folder,
        )

    def test_file_that_is_not_there(self):
        path = os.path.join(self.directory, "no.so")
        status, errors = self.attach(self.process, "--scanner", path)
        text = "heapgrind: cannot use '{}': No such file or directory\n".format(path)
        self.assertEqual((status, errors), (1, text))

    def test_file_that_is_no_library(self):
        path = self.write("_scanner.so", b"text")
        self.assertNotTaken("got '{}', which is no library".format(path), path)

    def test_library_for_another_machine(self):
        path = self.write("_scanner.so", elf_32())
        self.assertNotTaken("got '{}', which is for 32-bit x86".format(path), path)

    def test_file_that_is_no_wheel(self):
        path = self.write("heapgrind.whl", b"text")
        self.assertNotTaken("got '{}', which is no wheel".format(path), path)

    def test_library_that_is_no_scanner(self):
        status, errors = self.attach(self.process, "--scanner", find_libm(os.getpid()))
        text = "heapgrind: process {}: expected a scanner of this version in it, got another\n"
        self.assertEqual((status, errors), (1, text.format(self.process.pid)))
        self.assertEqual(self.finish(self.process), (0, ""))

    def test_library_that_does_not_load(self):
        with open(heapgrind._scanner.__file__, "rb") as scanner:
            data = scanner.read()
        changed = data.replace(b"\0PyGILState_Ensure\0", b"\0PyGILState_Insure\0")
        path = self.write("_scanner.so", changed)
        status, errors = self.attach(self.process, "--scanner", path)
        self.assertEqual(status, 1)
        self.assertRegex_(
            errors,
            r"\Aheapgrind: process \d+: expected it to load the scanner, got: .*"
            r"undefined symbol: PyGILState_Insure.*\n\Z",
        )
        self.assertEqual(self.finish(self.process), (0, ""))


def find_libm(pid):
    """Returns the path of a library that the process has loaded."""
    with open("/proc/{}/maps".format(pid)) as maps:
        return re.search(r"/.*/libm[.-].*", maps.read()).group(0)


class CommandLineTest(attach_support.AttachTest):
    def assertUsageError(self, message, *arguments):
        command = [sys.executable, "-m", "heapgrind", "attach"] + list(arguments)
        process = subprocess.Popen(
            command,
            env=dict(os.environ, PYTHONPATH=attach_support.PACKAGES),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        output, errors = process.communicate()
        text = "heapgrind: {}\nusage: python -m heapgrind attach [OPTION...] PID\n"
        self.assertEqual(
            (process.returncode, output, errors.decode("utf-8")),
            (2, b"", text.format(message)),
        )

    def test_usage_errors(self):
        number = "expected the number of a process, got "
        self.assertUsageError(number + "nothing")
        self.assertUsageError(number + "'x'", "x")
        self.assertUsageError(number + "'0'", "0")
        self.assertUsageError(number + "'1' '2'", "1", "2")
        self.assertUsageError("unknown option '--fork'", "--fork", "1")
        self.assertUsageError("expected a value after '-o'", "1", "-o")
        self.assertUsageError("expected a value for '--output', got ''", "--output=", "1")
        self.assertUsageError(
            "expected seconds after '--timeout', got 'x'", "--timeout=x", "1"
        )
        self.assertUsageError(
            "expected a number above 0 after '--max-refs', got '0'", "--max-refs=0", "1"
        )
        self.assertUsageError(
            "expected \"short\", \"none\" or a number after '--values', got 'all'",
            "--values=all",
            "1",
        )
        self.assertUsageError(
            "expected a path in .gz or .zst to compress, or in .json, got 'a.xz'",
            "-o",
            "a.xz",
            "1",
        )

    def test_help(self):
        command = [sys.executable, "-m", "heapgrind", "attach", "--help"]
        output = subprocess.check_output(
            command, env=dict(os.environ, PYTHONPATH=attach_support.PACKAGES)
        )
        self.assertIn(b"--scanner PATH", output)


if __name__ == "__main__":
    unittest.main()
