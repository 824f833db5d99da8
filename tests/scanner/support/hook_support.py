"""Programs that start with HEAPGRIND in the environment, for tests."""

import os
import re
import shutil
import site
import subprocess
import sys
import tempfile
import unittest

import dump_support
import heapgrind

PACKAGES = os.path.abspath(os.path.dirname(os.path.dirname(heapgrind.__file__)))

# Says that it is there, and waits until it is told to end.
WAITS = "import sys\nprint('ready')\nsys.stdout.flush()\nsys.stdin.readline()\n"


def is_user_site_used():
    """True if this interpreter looks for packages of the user."""
    site.getusersitepackages()
    return bool(site.ENABLE_USER_SITE)


@unittest.skipUnless(is_user_site_used(), "needs a place for packages of the user")
class HookTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.base = tempfile.mkdtemp(prefix="heapgrind-test-")
        cls.hook("install", "--user")

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.base)

    @classmethod
    def environment(cls, **variables):
        """The environment of a program."""
        environment = dict(os.environ, PYTHONUSERBASE=cls.base, **variables)
        environment["PYTHONPATH"] = PACKAGES
        for name in ("PYTHONNOUSERSITE", "PYTHONSAFEPATH"):
            environment.pop(name, None)
        return environment

    @classmethod
    def hook(cls, *arguments):
        """Runs `python -m heapgrind hook`.  Returns (exit status, stdout)."""
        process = subprocess.Popen(
            [sys.executable, "-m", "heapgrind", "hook"] + list(arguments),
            env=cls.environment(),
            stdout=subprocess.PIPE,
        )
        output = process.communicate()[0].decode("utf-8")
        return process.returncode, output

    def setUp(self):
        self.directory = os.path.realpath(tempfile.mkdtemp(prefix="heapgrind-test-"))
        self.addCleanup(shutil.rmtree, self.directory)

    def start(self, settings, program, *options, **variables):
        """Starts a program with HEAPGRIND; dumps go to the directory."""
        settings += ",out=" + os.path.join(self.directory, variables.pop("out", "%p-%n.json"))
        process = subprocess.Popen(
            [sys.executable] + list(options) + ["-c", program],
            env=self.environment(HEAPGRIND=settings, **variables),
            cwd=self.directory,
            bufsize=0,  # Nothing that was not asked for is read.
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.addCleanup(self.put_away, process)
        return process

    def put_away(self, process):
        """Ends a process whose test has failed."""
        if process.poll() is None:
            process.kill()
            process.communicate()
        for stream in (process.stdin, process.stdout, process.stderr):
            stream.close()

    def start_ready(self, settings, program=WAITS, **variables):
        """Starts a program, and waits until it says `ready`."""
        process = self.start(settings, program, **variables)
        self.assertEqual(process.stdout.readline(), b"ready\n", "not ready")
        return process

    def finish(self, process):
        """Lets a program end.  Returns its (exit status, stderr)."""
        errors = process.communicate(b"\n")[1]
        return process.returncode, errors.decode("utf-8")

    def run_program(self, settings, program, *options, **variables):
        """Runs a program to its end.  Returns its (exit status, stderr)."""
        return self.finish(self.start(settings, program, *options, **variables))

    def wait_for_dump(self, process):
        """Waits until a program says that it has dumped.  Returns the path."""
        line = process.stderr.readline().decode("utf-8")
        match = re.match(r"heapgrind: wrote \d+ objects of \d+ bytes in .* to (.*) \(", line)
        self.assertIsNotNone(match, line)
        return match.group(1)

    def read(self, path):
        """The dump in a file."""
        with open(os.path.join(self.directory, path), "rb") as dump_file:
            return dump_support.Dump(dump_file.read())

    def pids(self):
        """The numbers of the processes whose whole dumps are in the directory,
        sorted: by the files' names and by what stands in them."""
        names = sorted(os.listdir(self.directory))
        found = []
        for name in names:
            dump = self.read(name)
            self.assertTrue(dump.text.splitlines()[-1].startswith(b'{"end": '), name)
            found.append(next(dump.parsed())["pid"])
            self.assertTrue(name.startswith("{}-".format(found[-1])), name)
        return sorted(found)
