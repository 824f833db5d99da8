"""The command `python -m heapgrind`, for tests."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import dump_support
import heapgrind

PROGRAM_NAME = "program.py"
PACKAGES = os.path.dirname(os.path.dirname(os.path.abspath(heapgrind.__file__)))


class CommandTest(unittest.TestCase):
    def setUp(self):
        self.directory = os.path.realpath(tempfile.mkdtemp(prefix="heapgrind-test-"))
        self.addCleanup(shutil.rmtree, self.directory)

    def write(self, name, text):
        with open(os.path.join(self.directory, name), "w") as program:
            program.write(text)

    def start(self, arguments):
        environment = dict(os.environ)
        package = os.path.dirname(os.path.dirname(heapgrind.__file__))
        environment["PYTHONPATH"] = os.path.abspath(package)
        environment.pop("PYTHONSAFEPATH", None)
        return subprocess.Popen(
            [sys.executable] + arguments,
            cwd=self.directory,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def finish(self, process):
        """Returns (exit status, stdout, stderr) of a process."""
        output, errors = process.communicate()
        return process.returncode, output.decode("utf-8"), errors.decode("utf-8")

    def plain(self, arguments):
        """What plain python does."""
        return self.finish(self.start(arguments))

    def command(self, *arguments):
        """What `python -m heapgrind` does."""
        return self.finish(self.start(["-m", "heapgrind"] + list(arguments)))

    def run_program(self, text, *arguments):
        """Runs a program and dumps to out.json; returns its (exit status,
        stdout, stderr), without the line that says where the dump is."""
        self.write(PROGRAM_NAME, text)
        status, output, errors = self.command(
            "run", "-o", "out.json", PROGRAM_NAME, *arguments
        )
        line = re.search(r"^heapgrind: wrote \d+ objects of .*\n", errors, re.M)
        self.assertIsNotNone(line, errors)
        path = os.path.join(self.directory, "out.json")
        self.assertTrue(line.group(0).endswith(" to {}\n".format(path)))
        return status, output, errors.replace(line.group(0), "")

    def dump(self, name="out.json"):
        with open(os.path.join(self.directory, name), "rb") as dump_file:
            return dump_support.Dump(dump_file.read())

    def frames(self):
        """Names of the frames in the dump, without those of the library."""
        library = os.path.dirname(os.__file__)
        return [
            record["name"]
            for record in self.dump().frames()
            if not record["file"].startswith(library)
        ]

    def assertSameAsPlain(self, text, *arguments):
        """The program does the same as under plain python."""
        found = self.run_program(text, *arguments)
        self.assertEqual(found, self.plain([PROGRAM_NAME] + list(arguments)))
        return found
