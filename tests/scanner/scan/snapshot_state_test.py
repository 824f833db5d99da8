"""What a process knows of the forked copy while it runs."""

import errno
import os
import signal
import unittest

import heapgrind
import snapshot_support
from snapshot_support import LONG


class StateTest(snapshot_support.SnapshotTest):
    """What is known while the copy runs: it writes to a pipe that is full."""

    def setUp(self):
        super(StateTest, self).setUp()
        self.read_end, write_end = os.pipe()
        with os.fdopen(write_end, "wb") as pipe:
            self.snapshot = heapgrind.dump(pipe, fork=True)
        self.is_open = True

    def tearDown(self):
        if self.is_open:
            os.close(self.read_end)
        self.snapshot.wait(LONG)

    def drain(self):
        """Reads the pipe to its end.  Returns what was in it."""
        pieces = []
        while not pieces or pieces[-1]:
            pieces.append(os.read(self.read_end, 1 << 16))
        return b"".join(pieces)

    def test_is_not_done_until_it_is(self):
        self.assertFalse(self.snapshot.done)
        self.assertFalse(self.snapshot.wait(0.0))
        self.assertFalse(self.snapshot.wait(0.001))
        self.assertIsNone(self.snapshot.summary)
        self.assertIsNone(self.snapshot.error)
        self.assertIsNone(self.snapshot.copied_bytes)
        text = self.drain()
        self.assertTrue(self.snapshot.wait())
        self.assertTrue(self.snapshot.done)
        self.assertEqual(self.snapshot.bytes, len(text))
        self.assertEqual(self.snapshot.objects, self.snapshot.summary.objects)
        self.assertTrue(text.splitlines()[-1].startswith(b'{"end": '))

    def test_progress_grows(self):
        os.read(self.read_end, 10)
        seen = []
        for _ in range(20):
            os.read(self.read_end, 1 << 16)
            seen.append((self.snapshot.objects, self.snapshot.bytes))
        self.assertEqual(seen, sorted(seen))
        self.assertGreater(seen[-1], (100, 10000))

    def test_copy_holds_no_other_descriptor(self):
        folder = "/proc/{}/fd".format(self.snapshot.pid)
        os.read(self.read_end, 10)  # So it has begun.
        links = [os.readlink(os.path.join(folder, x)) for x in os.listdir(folder)]
        self.assertEqual([x.split(":")[0] for x in links], ["pipe"])

    def test_copy_that_is_killed_is_an_error(self):
        os.kill(self.snapshot.pid, signal.SIGKILL)
        self.assertTrue(self.snapshot.wait(LONG))
        error = self.snapshot.error
        self.assertIsInstance(error, OSError)
        self.assertEqual(error.errno, errno.ECHILD)
        self.assertEqual(
            error.strerror, "process {} was killed by signal 9".format(self.snapshot.pid)
        )
        self.assertIsNone(self.snapshot.summary)

    def test_signals_of_the_program_are_not_the_copys(self):
        os.read(self.read_end, 10)
        for number in (signal.SIGINT, signal.SIGUSR1, signal.SIGHUP, signal.SIGALRM):
            os.kill(self.snapshot.pid, number)
        self.drain()
        self.assertTrue(self.snapshot.wait(LONG))
        self.assertIsNone(self.snapshot.error)

    def test_reader_that_leaves_is_an_error(self):
        os.close(self.read_end)
        self.is_open = False
        self.assertTrue(self.snapshot.wait(LONG))
        self.assertEqual(self.snapshot.error.errno, errno.EPIPE)

    def test_wait_can_be_interrupted(self):
        def interrupt(*unused):
            raise KeyboardInterrupt()

        old = signal.signal(signal.SIGALRM, interrupt)
        try:
            with self.assertRaises(KeyboardInterrupt):
                signal.setitimer(signal.ITIMER_REAL, 0.01)
                self.snapshot.wait()
        finally:
            signal.signal(signal.SIGALRM, old)

    def test_forked_child_of_the_program_can_wait_too(self):
        child = os.fork()
        if child == 0:
            is_done = self.snapshot.done
            self.drain()
            os._exit(0 if not is_done and self.snapshot.wait(LONG) else 1)
        self.assertEqual(os.waitpid(child, 0), (child, 0))
        self.assertTrue(self.snapshot.wait(LONG))


if __name__ == "__main__":
    unittest.main()
