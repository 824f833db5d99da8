"""Core files of Python processes, for tests."""

import contextlib
import json
import os
import resource
import shutil
import subprocess
import time
import unittest

from tests.end_to_end.outside import outside_support

_PROGRAM = """
import sys, threading, time

class Session:
    def __init__(self, number):
        self.name = "session %d" % number
        self.data = bytearray(500)

CACHE = {number: Session(number) for number in range(5000)}

def serve(number):
    local = [number] * 100
    time.sleep(10000)

for number in range(3):
    threading.Thread(target=serve, args=(number,), name="server-%d" % number, daemon=True).start()

def work():
    rows = ["row %d" % number for number in range(1000)]
    sys.stdout.write("ready\\n")
    sys.stdout.flush()
    sys.stdin.readline()

work()
"""
_PATTERN = "/proc/sys/kernel/core_pattern"
_DEADLINE = 60  # Seconds.


def _write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def _read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


@contextlib.contextmanager
def _pattern(folder):
    """Has the kernel write cores to a folder; unittest.SkipTest if it may not be told to."""
    before = _read(_PATTERN)
    try:
        _write(_PATTERN, os.path.join(folder, "core.%p"))
    except OSError:
        raise unittest.SkipTest("not run: may not set core_pattern") from None
    try:
        yield
    finally:
        _write(_PATTERN, before.rstrip("\n"))


def _wait_for(path):
    """Waits until the kernel has written a core."""
    end = time.monotonic() + _DEADLINE
    while not os.path.exists(path):
        if time.monotonic() > end:
            raise AssertionError(f"there is no core at {path}")
        time.sleep(0.05)


def kernel_core(process, folder, coredump_filter=0x33, signal=6):
    """Ends a process so that the kernel writes its core.

    Returns:
        The core's path.
    """
    _write(f"/proc/{process.pid}/coredump_filter", hex(coredump_filter))
    resource.prlimit(process.pid, resource.RLIMIT_CORE,
                     (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    path = os.path.join(folder, f"core.{process.pid}")
    with _pattern(folder):
        os.kill(process.pid, signal)
        process.process.wait(_DEADLINE)
        _wait_for(path)
    return path


def gdb_core(process, folder):
    """Has gdb write the core of a process, which runs on.  Returns its path."""
    if shutil.which("gcore") is None:
        raise unittest.SkipTest("not run: gdb is not installed")
    prefix = os.path.join(folder, "gcore")
    subprocess.run(["gcore", "-o", prefix, str(process.pid)], stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, check=True)
    return f"{prefix}.{process.pid}"


class CoreTestCase(outside_support.ScannerTestCase):
    """Dumps cores."""

    def dump_core(self, path, *options, **run_options):
        """Runs `heapgrind dump` on a core; returns its exit status, stdout and stderr."""
        return outside_support.heapgrind_program.run(
            "dump", path, "--blobs", self.blobs, "-o", self.output, *options, **run_options)

    def assertWritten(self, result):
        self.assertEqual((result.returncode, result.stdout), (0, ""), result.stderr)
        self.assertRegex(result.stderr.splitlines()[-1],
                         r"\Aheapgrind dump: wrote \d+ objects of \d+ bytes to \S+\Z")


class ProgramTestCase(CoreTestCase):
    """Has a program that waits, and its cores."""

    def process(self, python=outside_support.SYSTEM_PYTHON, program=_PROGRAM):
        return outside_support.Process((python, "-c", program))

    def core(self, **options):
        with self.process() as process:
            return kernel_core(process, self.folder, **options)


def records(path):
    """Returns the records of a dump behind its header, without what pages are."""
    with open(path, encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    for record in records:
        for key in "resident", "malloc_absent", "resident_unknown":
            record.pop(key, None)
    return records[1:]
