"""Tests what heapgrind does with its words before a command has them."""

import os
import sys
import tempfile
import unittest

from tests.end_to_end.support import heapgrind_program
from tests.end_to_end.support.version import VERSION

_PACKAGE = "import sys\nprint(sys.argv[1:])\nsys.exit(7)\n"


class CommandsTest(unittest.TestCase):
    def test_help_lists_the_commands(self):
        result = heapgrind_program.run("--help")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertIn("\n  run      run a Python program, and dump its heap\n", result.stdout)
        self.assertEqual(heapgrind_program.run("help").stdout, result.stdout)

    def test_says_its_version(self):
        self.assertEqual(heapgrind_program.run("--version").stdout, f"heapgrind {VERSION}\n")

    def test_no_command_is_a_usage_error(self):
        result = heapgrind_program.run()
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertEqual(
            result.stderr,
            "heapgrind: expected a command, got none\nhint: try heapgrind --help\n")

    def test_unknown_command_is_a_usage_error(self):
        result = heapgrind_program.run("frobnicate", "dump.json")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertEqual(
            result.stderr, 'heapgrind: expected a command, got "frobnicate"\n'
            "hint: try heapgrind --help\n")

    def test_unknown_command_names_the_closest(self):
        result = heapgrind_program.run("dmup", "4711")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertEqual(
            result.stderr, 'heapgrind: expected a command, got "dmup"\n'
            "hint: did you mean heapgrind dump?\n")

    def test_file_without_a_command_names_the_command(self):
        for word, command in (("app.py", "run"), ("app.json.zst", "summary"), ("4711", "dump")):
            self.assertEqual(
                heapgrind_program.run(word).stderr,
                f'heapgrind: expected a command, got "{word}"\n'
                f"hint: did you mean heapgrind {command} {word}?\n")

    def test_help_of_an_unknown_command_is_a_usage_error(self):
        self.assertEqual(heapgrind_program.run("help", "frobnicate").returncode, 2)

    def test_attach_is_dump_and_says_so(self):
        line = "heapgrind: attach is called dump now\n"
        for words in (["--help"], ["--scanner=x.whl", "4711"], ["nosuch.core"]):
            expected, result = (heapgrind_program.run(name, *words) for name in ("dump", "attach"))
            self.assertEqual((result.returncode, result.stdout, result.stderr),
                             (expected.returncode, expected.stdout, line + expected.stderr))


class PythonCommandsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._folder = folder.name

    def _install(self):
        os.mkdir(os.path.join(self._folder, "heapgrind"))
        for name, text in (("__init__.py", ""), ("__main__.py", _PACKAGE)):
            with open(os.path.join(self._folder, "heapgrind", name), "w", encoding="utf-8") as file:
                file.write(text)

    def _run(self, *words, **environment):
        return heapgrind_program.run(
            *words, cwd=self._folder,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": self._folder, **environment})

    def test_run_and_hook_are_handed_to_python(self):
        self._install()
        for command in ("run", "hook"):
            result = self._run(command, "-o", "two words", "--", "x.py")
            self.assertEqual(
                (result.returncode, result.stdout, result.stderr),
                (7, f"['{command}', '-o', 'two words', '--', 'x.py']\n", ""))

    def test_help_of_run_is_the_scanners(self):
        self._install()
        self.assertEqual(self._run("help", "run").stdout, "['run', '--help']\n")

    def test_python_may_be_chosen(self):
        self._install()
        self.assertEqual(self._run("run", PYTHON=sys.executable).returncode, 7)

    def test_python_without_the_scanner_is_an_error(self):
        result = self._run("run", "x.py", PYTHON="/usr/bin/python3")
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertEqual(
            result.stderr,
            "heapgrind run: expected a Python with the package heapgrind, got one without it: "
            "/usr/bin/python3\n"
            "hint: install the scanner into it, or name another with PYTHON=...\n")

    def test_program_that_is_no_python_is_an_error(self):
        result = self._run("run", "x.py", PATH=self._folder)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertEqual(
            result.stderr,
            "heapgrind run: expected a Python with the package heapgrind, "
            "got one that does not run: python3\n"
            "hint: install the scanner into it, or name another with PYTHON=...\n")


if __name__ == "__main__":
    unittest.main()
