"""What the forked copy does to the program's own children and waits, and leaves behind."""

import ctypes
import errno
import gc
import os
import signal
import subprocess
import sys
import threading
import unittest

import heapgrind
import snapshot_support
from snapshot_support import LONG


class ChildrenTest(snapshot_support.SnapshotTest):
    """The program's own children and waits, which know nothing of the copy."""

    def test_no_zombie_is_left(self):
        snapshot = self.take()
        self.assertFalse(os.path.exists("/proc/{}/stat".format(snapshot.pid)))
        self.assertFalse(self.has_zombies())

    def test_forgotten_snapshot_ends_whole_and_leaves_no_zombie(self):
        read_end, write_end = os.pipe()
        with os.fdopen(write_end, "wb") as pipe:
            pid = heapgrind.dump(pipe, fork=True).pid
        gc.collect()
        with os.fdopen(read_end, "rb") as pipe:
            text = pipe.read()
        self.assertTrue(text.splitlines()[-1].startswith(b'{"end": '))
        self.wait_for(lambda: not os.path.exists("/proc/{}/stat".format(pid)))

    def test_wait_of_the_program_does_not_see_it(self):
        read_end, write_end = os.pipe()
        with os.fdopen(write_end, "wb") as pipe:
            snapshot = heapgrind.dump(pipe, fork=True)
        with self.assertRaises(OSError) as caught:
            os.waitpid(-1, os.WNOHANG)
        self.assertEqual(caught.exception.errno, errno.ECHILD)
        os.close(read_end)
        self.assertTrue(snapshot.wait(LONG))
        self.assertEqual(snapshot.error.errno, errno.EPIPE)

    def test_its_end_sends_no_signal(self):
        signals = []
        old = signal.signal(signal.SIGCHLD, lambda *unused: signals.append(1))
        try:
            self.take()
        finally:
            signal.signal(signal.SIGCHLD, old)
        self.assertEqual(signals, [])

    def test_ignored_sigchld_does_not_hide_what_became_of_it(self):
        old = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        try:
            self.take()
            snapshot = heapgrind.dump("/dev/full", fork=True)
            self.assertTrue(snapshot.wait(LONG))
            self.assertEqual(snapshot.error.errno, errno.ENOSPC)
        finally:
            signal.signal(signal.SIGCHLD, old)

    def test_whoever_waits_for_everything_first_does_no_harm(self):
        wait_all = 0x40000000  # __WALL
        libc = ctypes.CDLL(None)
        stop = threading.Event()

        def steal():
            while not stop.is_set():
                libc.waitpid(-1, None, wait_all | os.WNOHANG)

        thief = threading.Thread(target=steal)
        thief.start()
        try:
            for _ in range(5):
                self.take()
        finally:
            stop.set()
            thief.join()

    def test_process_that_ends_first_leaves_a_whole_dump(self):
        program = (
            "import heapgrind, os, sys\n"
            "heap = [[float(x)] for x in range(100000)]\n"
            "snapshot = heapgrind.dump(sys.argv[1], fork=True)\n"
            "print(snapshot.pid)\n"
            "sys.stdout.flush()\n"
            "os._exit(0)\n"
        )
        command = [sys.executable, "-c", program, self.path]
        pid = int(subprocess.check_output(command))
        self.wait_for(lambda: not is_running(pid))
        self.assertGreater(self.read().end()["end"], 200000)
        self.assertEqual(os.listdir(self.directory), ["app.json"])


def is_running(pid):
    """True while there is a process that has not ended."""
    try:
        with open("/proc/{}/stat".format(pid)) as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except EnvironmentError:
        return False


class NothingIsLeftTest(snapshot_support.SnapshotTest):
    def test_no_descriptor_and_no_thread_is_left(self):
        def count():
            return [len(os.listdir("/proc/self/" + x)) for x in ("fd", "task")]

        # Threads of earlier snapshots may be about to end.
        self.wait_for(lambda: count()[1] == threading.active_count())
        before = count()
        for path in (self.path, self.path + ".gz"):
            for low_memory in (False, True):
                self.take(path, low_memory=low_memory, values="none")
        self.wait_for(lambda: count() == before)


if __name__ == "__main__":
    unittest.main()
