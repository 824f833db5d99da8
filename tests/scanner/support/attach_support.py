"""Processes to attach to, for tests."""

import os
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest

import heapgrind
from heapgrind._attach import _gdb

PACKAGES = os.path.dirname(os.path.dirname(os.path.abspath(heapgrind.__file__)))

MOST_SECONDS = 60  # For what takes a moment; a machine may be busy.
# From 3.14 on a process can be asked to run a script.
CAN_BE_ASKED = hasattr(sys, "remote_exec")
NO_GDB_HINT = (
    "hint: install gdb (Debian: apt-get install gdb), which needs no help from the process"
)

READY = "import sys\nsys.stdout.write('ready\\n'); sys.stdout.flush()\n"
# Waits for the end of its stdin.
WAIT = READY + "sys.stdin.read()\n"

# Runs Python code until its stdin ends.
BUSY = (
    "import select, sys\nsys.stdout.write('ready\\n'); sys.stdout.flush()\n"
    "while not select.select([sys.stdin], [], [], 0)[0]: pass\n"
)

# A program of 32 bits that waits for ever: pause(2) in a loop.
CODE_32 = b"\xb8\x1d\0\0\0\xcd\x80\xeb\xf7"


def elf_32():
    """Returns an ELF program for 32-bit x86, in one segment."""
    start = 0x08048000
    header = b"\x7fELF\1\1\1" + b"\0" * 9
    header += struct.pack(
        "<HHIIIIIHHHHHH", 2, 3, 1, start + 84, 52, 0, 0, 52, 32, 1, 0, 0, 0
    )
    size = 84 + len(CODE_32)
    segment = struct.pack("<IIIIIIII", 1, 0, start, start, size, size, 5, 4096)
    return header + segment + CODE_32


def can_attach():
    """True if this machine lets us debug: it has gdb, and we may."""
    is_x86_64 = os.uname()[4] == "x86_64" and sys.maxsize > 1 << 32
    return _gdb.find() is not None and is_x86_64


@unittest.skipUnless(can_attach(), "needs gdb and x86-64")
class AttachTest(unittest.TestCase):
    longest = 4 * MOST_SECONDS  # For one test.

    def setUp(self):
        self.limit_time()
        self.directory = os.path.realpath(tempfile.mkdtemp(prefix="heapgrind-test-"))
        self.addCleanup(shutil.rmtree, self.directory)
        self.output = os.path.join(self.directory, "out.json")

    def limit_time(self):
        """Fails a test that waits for what does not come."""

        def fail(number, frame):
            raise AssertionError("expected an end within {} s".format(self.longest))

        old = signal.signal(signal.SIGALRM, fail)
        signal.alarm(self.longest)
        self.addCleanup(signal.signal, signal.SIGALRM, old)
        self.addCleanup(signal.alarm, 0)

    def start(self, program, prefix=(), python=sys.executable, **options):
        """Starts a program that knows nothing of heapgrind; returns its Popen
        when it has printed a line."""
        environment = dict(os.environ)
        environment.pop("PYTHONPATH", None)
        process = subprocess.Popen(
            list(prefix) + [python, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            **options
        )
        self.addCleanup(self.end, process)
        self.assertEqual(process.stdout.readline(), b"ready\n")
        return process

    def end(self, process):
        """Kills what still runs."""
        if process.poll() is None:
            process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()

    def finish(self, process):
        """Lets a program that waits for the end of its stdin end; returns its
        exit status and what it has printed since."""
        process.stdin.close()
        output = process.stdout.read()
        return process.wait(), output.decode("utf-8")

    def begin_attach(self, process, *options, **environment):
        """Starts `attach`; returns its Popen."""
        command = [sys.executable, "-m", "heapgrind", "attach"]
        command += list(options) + ["-o", self.output, str(process.pid)]
        return subprocess.Popen(
            command,
            cwd=self.directory,
            env=dict(os.environ, PYTHONPATH=PACKAGES, **environment),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def attach(self, process, *options, **environment):
        """Attaches; returns the exit status and stderr."""
        attacher = self.begin_attach(process, *options, **environment)
        output, errors = attacher.communicate()
        self.assertEqual(output, b"")
        return attacher.returncode, errors.decode("utf-8")

    def assertDumps(self, process, *options):
        """Attaching works, and says so."""
        status, errors = self.attach(process, *options)
        self.assertEqual(status, 0, errors)
        pattern = r"\Aheapgrind: wrote \d+ objects of \d+ bytes to {}; stopped the process for "
        pattern += r"\d+\.\d\d\d s, then its Python for \d+\.\d\d\d s\n\Z"
        self.assertRegex_(errors, pattern.format(self.output))

    def assertRegex_(self, text, pattern):
        """What Python 2 calls assertRegexpMatches."""
        check = getattr(self, "assertRegex", None) or self.assertRegexpMatches
        check(text, pattern)

    def assertRefused(self, process, message, *options, **environment):
        """Attaching fails with this message, and leaves no file."""
        found = self.attach(process, *options, **environment)
        text = "heapgrind: process {}: {}\n".format(process.pid, message)
        self.assertEqual(found, (1, text))
        self.assertEqual(os.listdir(self.directory), [])


def wait_for_threads(pid, count):
    """Waits until a process has so many threads.  Raises AssertionError if it has
    other numbers for a minute."""
    wait_until(
        lambda: len(os.listdir("/proc/{}/task".format(pid))) == count,
        "process {} to have {} threads".format(pid, count),
    )


def wait_until(is_so, what):
    """Waits until a function returns True.  Raises AssertionError if it does not
    within a minute."""
    deadline = time.time() + MOST_SECONDS
    while not is_so():
        if time.time() > deadline:
            raise AssertionError("expected {} within {} s".format(what, MOST_SECONDS))
        time.sleep(0.001)
