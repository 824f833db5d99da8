"""Tests with which interpreter `run` does what Python does, and what it builds for that."""

import os
import shutil
import subprocess
import unittest

from tests import run_support

# An interpreter without headers; otherwise the real one.
_HEADERLESS = f"""#!/bin/bash
[[ $2 != *Python.h* ]] || exit 1
exec {run_support.PYTHON} "$@"
"""
_BUILT = "built the scanner"
# They stand for what finds the interpreters, builds a scanner for one and adds it to the program.
_DUMP_TOOLS = {
    "tests/test_pythons.py": "import sys; print(sys.executable)",
    "scanner/build_blob.py":
        "import os, sys; open(os.path.join(sys.argv[2], 'heapgrind-x.blob'), 'w').close()",
    "converter/add_blobs.py": """
import os, sys
with open(sys.argv[-1], "w") as program:
    program.write('#!/bin/bash\\necho "with %s: $*"; exit 7\\n' % os.path.basename(sys.argv[2]))
os.chmod(sys.argv[-1], 0o755)
""",
}


class InterpretersTest(run_support.Workspace):
    def setUp(self):
        super().setUp()
        if shutil.which("g++") is None:
            self.skipTest("not run: expected g++")
        self._real_python = os.path.realpath(run_support.PYTHON)
        # What must not be taken where another is asked for.
        self._write_program("python3", "#!/bin/bash\necho 'the python3 of PATH' >&2\nexit 1\n")

    def assert_runs(self, result, *words):
        """Fails unless the scanner ran with these arguments, under the real interpreter."""
        self.assertEqual(result.stdout, f"{self._real_python} {list(words)}\n", result.stderr)
        self.assertEqual(result.returncode, 0)

    def test_run_takes_the_interpreter_asked_for(self):
        for option in (["--python", run_support.PYTHON], ["--python=" + run_support.PYTHON]):
            with self.subTest(option):
                self.assert_runs(self._run("heapgrind", "run", *option, "-o", "a b", "app.py"),
                                 "run", "-o", "a b", "app.py")

    def test_interpreter_may_be_named_after_other_options(self):
        self.assert_runs(
            self._run("heapgrind", "run", "-o", "x", "--sites", "--python", run_support.PYTHON,
                      "-m", "app"), "run", "-o", "x", "--sites", "-m", "app")

    def test_interpreter_may_be_named_before_the_command(self):
        self.assert_runs(self._run("heapgrind", "--python", run_support.PYTHON, "hook", "status"),
                         "hook", "status")

    def test_options_of_the_program_stay_its_own(self):
        for program in (["app.py"], ["-m", "app"], ["--", "app.py"]):
            with self.subTest(program):
                self.assert_runs(
                    self._run("heapgrind", "run", "--python", run_support.PYTHON, *program,
                              "--python", "x"), "run", *program, "--python", "x")

    def test_default_is_the_interpreter_of_the_environment_and_then_of_the_path(self):
        self.assert_runs(self._run("heapgrind", "run", "app.py", PYTHON=run_support.PYTHON),
                         "run", "app.py")
        self._write_program("python3", f'#!/bin/bash\nexec {run_support.PYTHON} "$@"\n')
        self.assert_runs(self._run("heapgrind", "run", "app.py"), "run", "app.py")

    def test_scanner_is_built_once(self):
        for _ in range(2):
            result = self._run("heapgrind", "run", "--python", run_support.PYTHON, "app.py")
        self.assertEqual((self._lines_of_log(), result.stderr), ([_BUILT], ""))

    def test_changed_source_of_the_scanner_builds_it_again(self):
        for name in ("one.c", "two.c"):
            self._write(os.path.join(self._root, "scanner", name), "")
            self._run("heapgrind", "run", "--python", run_support.PYTHON, "app.py")
        self.assertEqual(self._lines_of_log(), [_BUILT] * 2)

    def test_failed_build_of_the_scanner_shows_its_log_and_leaves_nothing(self):
        self._write(os.path.join(self._root, "scanner/build_wheel.py"), "raise SystemExit('no')")
        result = self._run("heapgrind", "run", "--python", run_support.PYTHON, "app.py")
        self.assertEqual((result.returncode, result.stderr.splitlines()[1]), (1, "no"))
        self.assertEqual(os.listdir(os.path.join(self._root, ".run/scanner")), [])

    def test_interpreter_without_headers_is_one_line(self):
        python = self._write_program("headerless", _HEADERLESS)
        result = self._run("heapgrind", "run", "--python", python, "app.py")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (
            1, "", f"run: expected the C headers (Python.h) of '{python}', found none\n"))

    def test_interpreter_that_does_not_run_is_one_line(self):
        result = self._run("heapgrind", "run", "--python", "/no/python", "app.py")
        self.assertEqual((result.returncode, result.stdout, result.stderr), (
            1, "", "run: expected a Python that runs, got '/no/python'\n"))

    def test_python_without_a_path_is_a_usage_error(self):
        result = self._run("heapgrind", "run", "--python")
        self.assertEqual((result.returncode, result.stderr.splitlines()[0]), (
            2, "run: expected the path of a Python after '--python'"))

    def test_dump_and_its_former_name_are_the_program_with_the_scanners(self):
        for path, text in _DUMP_TOOLS.items():
            self._write(os.path.join(self._root, path), text)
        self._write_program("python3", f'#!/bin/bash\nexec {run_support.PYTHON} "$@"\n')
        for command in ("dump", "attach"):
            result = self._run("heapgrind", command, "-o", "a b", "4711")
            self.assertEqual(
                (result.returncode, result.stdout.splitlines()[0]),
                (7, f"with heapgrind-x.blob: {command} -o a b 4711"), result.stderr)

    def test_other_commands_are_those_of_the_native_program(self):
        result = self._run("heapgrind", "summary", "--python")
        self.assertEqual(result.stdout, f"{self._folder}:summary --python\nfrom stdin")


if __name__ == "__main__":
    unittest.main()
