"""The command line of `python -m heapgrind run`."""

import errno
import os
import subprocess
import sys
import unittest

import command_support
from command_support import PACKAGES, PROGRAM_NAME
from dump_support import IS_FREE_THREADED
import heapgrind

VERSION = sys.version_info[:2]


class CommandLineTest(command_support.CommandTest):
    def assertUsageError(self, message, *arguments):
        status, output, errors = self.command(*arguments)
        self.assertEqual((status, output), (2, ""))
        first, rest = errors.split("\n", 1)
        self.assertEqual(first, "heapgrind: " + message)
        self.assertTrue(rest.startswith("usage: python -m heapgrind run "), rest)

    def test_help(self):
        for arguments in (["--help"], ["-h"], ["run", "--help"]):
            status, output, errors = self.command(*arguments)
            self.assertEqual((status, errors), (0, ""))
            self.assertIn("heapgrind.PID.json", output)

    def test_version(self):
        self.assertEqual(
            self.command("--version"),
            (0, "heapgrind {}\n".format(heapgrind.__version__), ""),
        )

    def test_usage_errors(self):
        self.assertUsageError("expected a script or -m MODULE, got nothing", "run")
        self.assertUsageError("expected a value after '-o'", "run", "-o")
        self.assertUsageError("unknown option '-z'", "run", "-z", "x.py")

    @unittest.skipUnless(VERSION >= (3, 12), "sites are known from Python 3.12 on")
    @unittest.skipIf(IS_FREE_THREADED, "not run: sites are not known there")
    def test_sites_are_traced_with_so_many_frames(self):
        self.write(PROGRAM_NAME, "def f():\n    return [object()]\nx = f()\n")
        for option, frames in ("--sites", 25), ("--sites=1", 1):
            status, _, _ = self.command("run", option, "-o", "out.json", PROGRAM_NAME)
            self.assertEqual(status, 0)
            sites = [
                (site["line"], "caller" in site)
                for site in self.dump().parsed(b'{"site": ')
                if site["file"].endswith(PROGRAM_NAME)
            ]
            self.assertIn((2, frames > 1), sites)

    def test_wrong_numbers_of_frames(self):
        for text in "0", "x", "65536":
            self.assertUsageError(
                "expected a number from 1 to 65535 in '--sites', got '{}'".format(text),
                "run",
                "--sites=" + text,
                "x.py",
            )

    @unittest.skipIf(VERSION >= (3, 12), "sites are known from Python 3.12 on")
    def test_sites_of_an_old_python_are_not_known(self):
        self.assertUsageError(
            "expected Python 3.12 or later for '--sites', got {}.{}".format(*VERSION),
            "run",
            "--sites",
            "x.py",
        )

    @unittest.skipUnless(IS_FREE_THREADED, "not run: this Python has a GIL")
    def test_sites_of_a_free_threaded_build_are_not_known(self):
        expected = "expected a Python with a GIL for '--sites', got a free-threaded build"
        self.assertUsageError(expected, "run", "--sites", "x.py")

    def test_option_that_is_mistyped(self):
        status, _, errors = self.command("run", "--ouput=x.json", "x.py")
        self.assertEqual(status, 2)
        self.assertEqual(
            errors.splitlines()[:2],
            [
                "heapgrind: unknown option '--ouput=x.json'",
                "hint: did you mean --output?",
            ],
        )

    def test_missing_script(self):
        self.assertEqual(
            self.command("run", "missing.py"),
            (
                2,
                "",
                "heapgrind: cannot open 'missing.py': No such file or directory\n",
            ),
        )

    def test_missing_module(self):
        self.assertEqual(
            self.command("run", "-m", "missing_module"),
            (2, "", "heapgrind: cannot find module 'missing_module' to run\n"),
        )


class PlaceTest(command_support.CommandTest):
    """The program must not start if its dump cannot be written."""

    def assertRefused(self, output, message):
        self.write(PROGRAM_NAME, "open('ran', 'w').close()\n")
        status, _, errors = self.command("run", "-o", output, PROGRAM_NAME)
        self.assertEqual((status, errors.splitlines()[0]), (2, "heapgrind: " + message))
        self.assertFalse(os.path.exists(os.path.join(self.directory, "ran")))

    def assertCannotWrite(self, output, reason):
        path = os.path.abspath(os.path.join(self.directory, output))
        self.assertRefused(output, "cannot write '{}': {}".format(path, reason))

    def test_what_cannot_be_written(self):
        self.assertCannotWrite("no/out.json", "No such file or directory")
        self.assertCannotWrite(".", "Is a directory")
        self.assertCannotWrite("/proc/out.json", "No such file or directory")
        self.assertCannotWrite(PROGRAM_NAME + "/out.json", "Not a directory")
        self.assertCannotWrite("x" * 300, os.strerror(errno.ENAMETOOLONG))

    def test_file_that_may_not_grow(self):
        self.write(PROGRAM_NAME, "open('ran', 'w').close()\n")
        process = subprocess.Popen(
            ["sh", "-c", "ulimit -f 0; exec \"$@\"", "sh", sys.executable]
            + ["-m", "heapgrind", "run", "-o", "out.json", PROGRAM_NAME],
            cwd=self.directory,
            env=dict(os.environ, PYTHONPATH=PACKAGES),
            stderr=subprocess.PIPE,
        )
        errors = process.communicate()[1].decode("utf-8")
        self.assertIn("File too large", errors)
        self.assertEqual(process.returncode, 2)
        self.assertEqual(os.listdir(self.directory), [PROGRAM_NAME])

    def test_home_that_the_shell_has_not_put_in(self):
        for output in "~/out.json", "~root/out.json":
            self.assertRefused(
                output,
                "after '-o': expected a path, got '{}': the shell expands ~ only at "
                "the start of a word".format(output),
            )

    def test_compression_that_there_is_not(self):
        self.assertRefused(
            "out.json.xz",
            "after '-o': expected a path in .gz or .zst to compress, or in .json, "
            "got 'out.json.xz'",
        )

    def test_place_of_dumps_at_other_times(self):
        self.write(PROGRAM_NAME, "open('ran', 'w').close()\n")
        status, _, _ = self.command(
            "run", "--when=exit", "-o", "no/%p-%n.json", PROGRAM_NAME
        )
        self.assertEqual((status, os.listdir(self.directory)), (2, [PROGRAM_NAME]))

    def test_file_that_is_there_is_replaced_only_when_the_dump_is_whole(self):
        self.write("out.json", "old")
        self.run_program("assert open('out.json').read() == 'old'\n")
        self.assertTrue(self.dump().text.startswith(b'{"heapgrind"'))


if __name__ == "__main__":
    unittest.main()
