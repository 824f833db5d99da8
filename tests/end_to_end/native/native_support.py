"""Programs of holders/ that run, and their dumps by the three ways of making copies, for tests."""

import json
import os
import subprocess
import tempfile
import time
from typing import NamedTuple

from tests.end_to_end.native import native_dump
from tests.end_to_end.outside import core_support
from tests.end_to_end.outside import outside_support
from tests.end_to_end.support import heapgrind_program
from tests.end_to_end.support import live_process

_HOLDERS = os.path.abspath("tests/end_to_end/native/holders")
_COUNTED_MALLOC = os.path.abspath("tests/end_to_end/native/counted_malloc.so")
_WHEEL = "tests/end_to_end/support/system_python.whl"
_EXTENSION = os.path.join(_HOLDERS, "holders.cc")
_PATIENCE = 60  # Seconds.


class Core(NamedTuple):
    """A core file in the place of a process, which has a number there."""

    pid: str


def build_extension(folder):
    """Builds the extension `holders` for Debian's Python in a folder."""
    path = subprocess.run(
        [outside_support.SYSTEM_PYTHON, "-c", "import sysconfig as s; print(s.get_path('include'))"],
        stdout=subprocess.PIPE, check=True, encoding="utf-8").stdout.strip()
    subprocess.run(["g++", "-std=c++17", "-O1", "-fPIC", "-shared", "-I", path, _EXTENSION, "-o",
                    os.path.join(folder, "holders.so")], check=True)


def wait_until_it_reads(pid):
    """Returns when a program waits for a line: dumps that are compared find it at one place."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with open(f"/proc/{pid}/syscall", encoding="ascii") as file:
            if file.read().startswith("0 0x0 "):  # read(0, ...), as x86-64 numbers calls.
                return
        time.sleep(0.01)
    raise AssertionError(f"process {pid}: expected that it reads")


class NativeTestCase(core_support.CoreTestCase):
    """Has the scanner, and dumps processes that hold native memory.

    Attributes:
        packages: The folder that programs import from.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.packages = folder.name
        live_process.install(_WHEEL, cls.packages)

    def hold(self, name, python=outside_support.SYSTEM_PYTHON):
        """Starts a program.

        Returns:
            The process, and what it told.
        """
        process = outside_support.Process(
            (python, os.path.join(_HOLDERS, name + ".py")),
            env={"PATH": "/usr/bin:/bin", "HOME": self.folder, "PYTHONPATH": self.packages,
                 "LD_PRELOAD": _COUNTED_MALLOC, "QT_QPA_PLATFORM": "offscreen"})
        self.addCleanup(process.__exit__)
        wait_until_it_reads(process.pid)
        return process, json.loads(process.first_line)

    def write_fork(self, process, native, path):
        """Has a program write a dump of a forked copy of itself."""
        process.say(f"{native} {path}\n")
        self.assertEqual(process.process.stdout.readline(), "dumped\n")

    def write_outside(self, process, native, path, *options):
        """Writes a dump of a program from outside, or of a core that has its path as `pid`."""
        result = heapgrind_program.run("dump", str(process.pid), "--blobs", self.blobs, "-o", path,
                                       f"--native={native}", *options)
        self.assertEqual(result.returncode, 0, result.stderr)

    def dump_fork(self, process, path):
        """Has a program dump a forked copy of itself."""
        self.write_fork(process, "yes", path)
        return native_dump.read(path)

    def dump_outside(self, process, path):
        """Dumps a program from outside."""
        self.write_outside(process, "yes", path)
        return native_dump.read(path)

    def dump_by_core(self, process, path):
        """Ends a program, and dumps its core."""
        core = core_support.kernel_core(process, self.folder)
        self.write_outside(Core(core), "yes", path)
        os.remove(core)
        return native_dump.read(path)
