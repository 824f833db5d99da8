"""Processes whose main thread waits when we attach, or is long in C code."""

import contextlib
import os
import signal
import sys
import unittest

import attach_support
from attach_support import READY
from heapgrind._attach import _gdb
from heapgrind._attach import _safe_thread
from heapgrind._attach import _target

# A main thread that waits, until a signal ends the program.
ENDED = (
    "import signal, sys, threading, time\n"
    "signal.signal(signal.SIGUSR1, lambda *unused: sys.exit(7))\n" + READY
)

# Go on for ever in C: with the interpreter's lock, and without it in the C
# library, as if in malloc.
LOCKED = READY + "import itertools; all(itertools.repeat(1))\n"
IN_LIBC = (
    "import ctypes\n"
    "libc = ctypes.CDLL(None)\n"
    "differ = ctypes.cast(libc.abs, ctypes.c_void_p)\n"
    "count = ctypes.c_size_t(-1)\n"
    + READY
    + "libc.lfind(b'x', b'x', ctypes.byref(count), ctypes.c_size_t(0), differ)\n"
)


@unittest.skipIf(sys.version_info < (3, 7), "has no sys.remote_exec in later releases")
class IdleTest(attach_support.AttachTest):
    """From 3.14 on a process is asked to run a script: what waits does not."""

    def check(self, program):
        """Dumps once, says nothing in the process, and leaves nothing to be run
        when that wakes up."""
        process = self.start(ENDED + program)
        self.assertDumps(process)
        attach_support.wait_for_threads(process.pid, 1 + program.count("Thread("))
        os.unlink(self.output)
        process.send_signal(signal.SIGUSR1)
        self.assertEqual(self.finish(process), (7, ""))
        self.assertEqual(os.listdir(self.directory), [])

    def test_main_thread_that_sleeps(self):
        self.check("time.sleep(1000)")

    def test_main_thread_that_joins(self):
        self.check(
            "other = threading.Thread(target=time.sleep, args=(1000,), daemon=True)\n"
            "other.start(); other.join()"
        )

    def test_main_thread_that_selects(self):
        self.check("import selectors; selectors.DefaultSelector().select()")

    def test_event_loop_without_traffic(self):
        self.check("import asyncio; asyncio.new_event_loop().run_forever()")

    def test_main_thread_that_reads(self):
        self.check("input()")

    def test_main_thread_that_runs(self):
        self.check("while True: pass")


class BlockedTest(attach_support.AttachTest):
    def test_lock_that_a_c_function_keeps(self):
        process = self.start(LOCKED)
        self.assertRefused(
            process,
            "expected the interpreter's lock within 0.5 s, but a C function keeps it\n"
            "hint: try again later, or with a longer --timeout",
            "--timeout=0.5",
        )
        self.assertIsNone(process.poll())

    def test_thread_that_may_hold_a_lock_of_c(self):
        process = self.start(IN_LIBC)
        self.assertRefused(
            process,
            "expected a thread that may be interrupted within 0.1 s, found all in C code\n"
            "hint: try again later, or with a longer --timeout",
            "--timeout=0.1",
        )
        self.assertIsNone(process.poll())

    def test_process_that_ends_meanwhile(self):
        process = self.start(LOCKED)
        attacher = self.begin_attach(process)
        attach_support.wait_for_threads(process.pid, 2)
        process.kill()
        self.assertEqual(
            attacher.communicate()[1].decode("ascii"),
            "heapgrind: process {}: expected a dump of it, but it has ended\n".format(
                process.pid
            ),
        )
        self.assertEqual((attacher.returncode, os.listdir(self.directory)), (1, []))

    def test_attach_that_is_interrupted(self):
        process = self.start(LOCKED)
        attacher = self.begin_attach(process)
        attach_support.wait_for_threads(process.pid, 2)
        attacher.send_signal(signal.SIGINT)
        self.assertEqual(
            attacher.communicate()[1].decode("ascii"),
            "heapgrind: process {}: interrupted; it runs on\n".format(process.pid),
        )
        self.assertEqual((attacher.returncode, os.listdir(self.directory)), (130, []))
        self.assertIsNone(process.poll())

    def test_attach_that_is_terminated(self):
        process = self.start(LOCKED)
        attacher = self.begin_attach(process)
        attach_support.wait_for_threads(process.pid, 2)
        attacher.terminate()
        self.assertEqual(attacher.communicate()[1], b"")
        self.assertEqual((attacher.returncode, os.listdir(self.directory)), (143, []))
        self.assertIsNone(process.poll())

    def test_agent_whose_attacher_is_gone_gives_up(self):
        program = READY + (
            "import itertools; all(itertools.repeat(1, 100000000))\n"
            "print(sys.stdin.read())\n"
        )
        process = self.start(program)
        attacher = self.begin_attach(process, "--timeout=0.01")
        attacher.communicate()
        attach_support.wait_for_threads(process.pid, 1)
        self.assertDumps(process)
        self.assertEqual(self.finish(process), (0, "\n"))


class GdbTest(attach_support.AttachTest):
    def test_call_that_does_not_return_is_undone(self):
        process = self.start(
            READY + "import time\ntime.sleep(1.5)\nprint(sys.stdin.read())\n"
        )
        target = _target.Target(process.pid)
        (libc,) = [one for one in target.modules() if _safe_thread.is_glibc(one)]
        poll = libc.base + libc.elf.exports(["poll"])["poll"]
        with contextlib.closing(_gdb.Gdb(_gdb.find())) as gdb:
            gdb.attach(process.pid, 10)
            gdb.select_thread(process.pid, 10)
            with self.assertRaises(_gdb.GdbError) as caught:
                gdb.call(poll, (0, 0, 0xFFFFFFFF), 0.1)
            gdb.detach(10)
        self.assertEqual(str(caught.exception), "a call does not return within 0.1 s")
        self.assertEqual(self.finish(process), (0, "\n"))


if __name__ == "__main__":
    unittest.main()
