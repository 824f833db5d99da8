"""Dumps of programs that have run out of memory."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import heapgrind

PACKAGES = os.path.dirname(os.path.dirname(os.path.abspath(heapgrind.__file__)))
# A dump's name, and the library that writes it.
NAMES = (("dump.json", None), ("dump.json.gz", "libz.so.1"), ("dump.json.zst", "libzstd.so.1"))

# Takes all that the limit allows, down to the smallest piece.
EXHAUST = """\
import resource, sys
def limit(kind):
    with open("/proc/self/statm") as statm:
        pages = int(statm.read().split()[0 if kind == "AS" else 5])
    most = pages * resource.getpagesize() + (64 << 20)
    resource.setrlimit(getattr(resource, "RLIMIT_" + kind), (most, most))
kept = [None] * 1000000
def fill():
    free = iter(range(len(kept)))
    for size in 1 << 22, 1 << 16, 1 << 12, 600, 100, 20:
        try:
            for number in free:
                kept[number] = bytearray(size)
        except MemoryError:
            pass
    kept[20] = None  # 64 KiB, in which Python calls what is called.
"""


def is_there(library):
    """Whether the system has a library that heapgrind loads; None stands for none."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


class ScarceMemoryTest(unittest.TestCase):
    def setUp(self):
        self.directory = os.path.realpath(tempfile.mkdtemp(prefix="heapgrind-test-"))
        self.addCleanup(shutil.rmtree, self.directory)
        self.path = os.path.join(self.directory, "dump.json")

    def run_python(self, *arguments, **variables):
        """Runs Python in the directory; returns its (exit status, stderr)."""
        process = subprocess.Popen(
            [sys.executable] + list(arguments),
            env=dict(os.environ, PYTHONPATH=PACKAGES, **variables),
            cwd=self.directory,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        errors = process.communicate()[1].decode("utf-8")
        return process.returncode, errors

    def write_program(self, text):
        path = os.path.join(self.directory, "program.py")
        with open(path, "w") as program:
            program.write(EXHAUST + text)
        return path

    def assertHoldsAll(self, path=None):
        """The dump is whole, and has what took the memory."""
        with open(path or self.path, "rb") as dump:
            lines = dump.read().splitlines()
        end = json.loads(lines[-1].decode("utf-8"))
        self.assertGreater(end["size"], 40 << 20)  # Of 64 MiB that there were.

    def check_run(self, kind):
        program = self.write_program("limit({!r}); fill()\nraise MemoryError\n".format(kind))
        status, errors = self.run_python(
            "-m", "heapgrind", "run", "-o", "dump.json", program
        )
        self.assertEqual(status, 1, errors)
        self.assertIn("heapgrind: wrote ", errors)
        self.assertIn("MemoryError", errors)
        self.assertHoldsAll()

    def test_run_when_the_address_space_is_full(self):
        self.check_run("AS")

    def test_run_when_data_has_reached_its_limit(self):
        self.check_run("DATA")

    def test_dump_in_the_program(self):
        names = [name for name, library in NAMES if is_there(library)]
        for name in names:
            program = self.write_program(
                "import heapgrind\nlimit('AS'); fill()\nheapgrind.dump({!r})\n".format(name)
            )
            self.assertEqual(self.run_python(program), (0, ""), name)
        self.assertHoldsAll()
        self.assertEqual(len(os.listdir(self.directory)), len(names) + 1)

    def test_dump_in_a_copy(self):
        program = self.write_program(
            "import heapgrind\nlimit('AS'); fill()\n"
            "snapshot = heapgrind.dump('dump.json', fork=True)\n"
            "snapshot.wait()\nassert snapshot.error is None\n"
        )
        self.assertEqual(self.run_python(program), (0, ""))
        self.assertHoldsAll()

    def test_dump_to_a_pipe(self):
        program = self.write_program(
            "import heapgrind\nlimit('AS'); fill()\nheapgrind.dump('/dev/stdout')\n"
        )
        self.assertEqual(self.run_python(program), (0, ""))

    def test_hook_at_the_end(self):
        program = self.write_program(
            "from heapgrind import _hook\n_hook.start_from_environment()\n"
            "limit('AS'); fill()\n"
        )
        status, errors = self.run_python(program, HEAPGRIND="exit,out=dump.json")
        self.assertEqual(status, 0, errors)
        self.assertHoldsAll()

    def test_temporary_files_that_cannot_be_had_are_one_line(self):
        program = self.write_program("limit('AS'); fill()\n")
        status, errors = self.run_python(
            "-m", "heapgrind", "run", "-o", "dump.json", program, TMPDIR="/nosuch"
        )
        self.assertEqual(
            (status, errors),
            (
                1,
                "heapgrind: cannot write '{}': No such file or directory\n".format(self.path),
            ),
        )

    def test_room_is_kept_until_it_is_needed(self):
        program = self.write_program(
            "import heapgrind\n"
            "def mapped():\n"
            "    with open('/proc/self/statm') as statm:\n"
            "        return int(statm.read().split()[0]) * resource.getpagesize()\n"
            "before = mapped()\n"
            "resource.setrlimit(resource.RLIMIT_AS, (mapped() + (1 << 20),) * 2)\n"
            "heapgrind._scanner.make_room()\n"
            "assert before - mapped() > 7 << 20, before - mapped()\n"
        )
        self.assertEqual(self.run_python(program), (0, ""))


if __name__ == "__main__":
    unittest.main()
