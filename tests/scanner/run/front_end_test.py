"""The commands of `python -m heapgrind`, and the native program behind it."""

import os
import shutil
import subprocess
import sys
import unittest

import command_support
from command_support import PACKAGES, PROGRAM_NAME
import heapgrind
from heapgrind import _native


class FrontEndTest(command_support.CommandTest):
    def assertHint(self, words, got, hint):
        self.assertEqual(
            self.command(*words),
            (2, "", "heapgrind: expected a command, got '{}'\nhint: {}\n".format(got, hint)),
        )

    def test_no_command_prints_help(self):
        status, output, errors = self.command()
        self.assertEqual((status, errors), (0, ""))
        self.assertEqual(output, self.command("--help")[1])
        for command in "run", "attach", "hook", "summary", "convert":
            self.assertIn("\n  {} ".format(command), output)

    def test_file_without_a_command(self):
        for name, command in (
            ("app.py", "run"),
            ("app.json", "summary"),
            ("app.json.gz", "summary"),
            ("4711", "dump"),
        ):
            self.assertHint(
                [name, "-x"],
                name,
                "did you mean heapgrind {} {} -x?".format(command, name),
            )

    def test_command_that_is_mistyped(self):
        self.assertHint(["dmup", "1"], "dmup", "did you mean heapgrind dump?")
        self.assertHint(["sumary"], "sumary", "did you mean heapgrind summary?")
        self.assertHint(["frobnicate"], "frobnicate", "try heapgrind --help")

    def test_help_of_a_command(self):
        for command in "run", "hook":
            self.assertEqual(self.command("help", command), self.command(command, "--help"))

    def test_closed_pipe_is_silent(self):
        for words in (
            ["--help"],
            ["--version"],
            ["run", "--help"],
            ["hook", "--help"],
            ["hook", "status"],
            ["run", "-o", "/dev/stdout", PROGRAM_NAME],
        ):
            self.write(PROGRAM_NAME, "")
            read_end, write_end = os.pipe()
            os.close(read_end)
            process = subprocess.Popen(
                [sys.executable, "-m", "heapgrind"] + words,
                cwd=self.directory,
                env=dict(os.environ, PYTHONPATH=PACKAGES),
                stdout=write_end,
                stderr=subprocess.PIPE,
            )
            os.close(write_end)
            self.assertEqual((words, process.communicate()[1]), (words, b""))

    def native(self, *words):
        """Runs a command where a script stands for the native program, which says its words and
        exits with 7; returns the exit status, stdout and stderr."""
        scripts = "heapgrind-{}.data/scripts".format(heapgrind.__version__)
        packages = os.path.join(self.directory, "packages")
        shutil.copytree(os.path.join(PACKAGES, "heapgrind"), packages + "/heapgrind")
        os.makedirs(os.path.join(packages, scripts))
        program = os.path.join(packages, scripts, "heapgrind")
        with open(program, "w") as script:
            script.write("#!/bin/sh\necho \"$@\"; exit 7\n")
        os.chmod(program, 0o755)
        process = subprocess.Popen(
            (sys.executable, "-m", "heapgrind") + words,
            env=dict(os.environ, PYTHONPATH=packages, PATH="/nosuch"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        output, errors = (text.decode("utf-8") for text in process.communicate())
        shutil.rmtree(packages)
        return process.returncode, output, errors

    def test_native_program_does_the_commands_that_are_its(self):
        for command in "dump summary walk diff series merge strip convert".split():
            self.assertEqual(
                self.native(command, "-x", "two words"),
                (7, command + " -x two words\n", ""),
            )

    def test_attach_is_dump_and_says_so(self):
        line = "heapgrind: attach is called dump now\n"
        self.assertEqual(
            self.native("attach", "-o", "x", "4711"), (7, "dump -o x 4711\n", line)
        )
        self.assertEqual(self.native("help", "attach"), (7, "dump --help\n", line))

    def test_native_program_that_is_missing_is_one_line(self):
        in_path = os.environ.get("PATH", os.defpath).split(os.pathsep)
        beside = [x for x in _native.candidates() if os.path.dirname(x) not in in_path]
        if any(map(os.path.isfile, beside)):
            self.skipTest("the wheel brings the program")
        process = subprocess.Popen(
            [sys.executable, "-m", "heapgrind", "summary", "x.json"],
            env=dict(os.environ, PYTHONPATH=PACKAGES, PATH="/nosuch"),
            stderr=subprocess.PIPE,
        )
        self.assertEqual(
            (process.communicate()[1].decode("utf-8"), process.returncode),
            (
                "heapgrind: expected the program heapgrind for 'summary', found none: "
                "install heapgrind's wheel with pip, or its Debian package\n",
                1,
            ),
        )


if __name__ == "__main__":
    unittest.main()
