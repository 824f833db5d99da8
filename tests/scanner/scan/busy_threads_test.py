"""Dumps while other threads make, change and drop objects.

$HEAPGRIND_TEST_DUMPS says how many dumps are made (10); test_free_threaded.py wants 200.
$HEAPGRIND_PROGRAMS names the native programs, which read some of them.
"""

import contextlib
import os
import random
import subprocess
import threading
import time
import unittest

import heapgrind
from dump_support import Dump, temporary_path

NUM_DUMPS = int(os.environ.get("HEAPGRIND_TEST_DUMPS", "10"))
NUM_THREADS = 8
# Of a list and a dictionary that all threads change.
NUM_KEYS = 500
PROGRAMS = [path for path in os.environ.get("HEAPGRIND_PROGRAMS", "").split(":") if path]
# A dump after each step would be one of little else than waiting threads.
STEPS_IN_A_ROW = 20


class Planted(object):
    def __init__(self, name):
        self.name = name
        self.rows = [name + str(number) for number in range(5)]
        self.bytes = bytearray(100000)  # Else the converter may find it too small for a row.


PLANTED = {"box{}".format(number): Planted("planted{}".format(number)) for number in range(50)}


class Churn(object):
    """Threads that change what they share, until `stop`; all wait while `is_checked`."""

    def __init__(self):
        self.shared = {}
        self.rows = []
        self.is_checked = False
        self.is_stopped = False
        self.errors = []
        self._threads = [
            threading.Thread(target=self._run, args=(seed,)) for seed in range(NUM_THREADS)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self):
        self.is_stopped = True
        for thread in self._threads:
            thread.join()

    def _run(self, seed):
        numbers = random.Random(seed)
        try:
            while not self.is_stopped:
                for _ in range(0 if self.is_checked else STEPS_IN_A_ROW):
                    self._change(numbers.randrange(NUM_KEYS), numbers.randrange(NUM_KEYS))
                time.sleep(0.001)
        except Exception as error:
            self.errors.append(error)
            raise

    def _change(self, key, other):
        self.shared[key] = [object() for _ in range(other % 20)]
        self.shared.pop(other, None)
        self.rows.append({str(key): bytearray(50 * other), "text": "x" * other})
        if len(self.rows) > NUM_KEYS:
            del self.rows[: NUM_KEYS // 2]
        if key % 50 == 0:
            self._make_class()
            threading.Thread(target=self.rows.append, args=({},)).start()
        suspended = (row for row in [key])
        next(suspended)

    def _make_class(self):
        """A class, an instance of it and a cycle, which are garbage."""

        class Local(object):
            __slots__ = ("itself", "__dict__")

        local = Local()
        local.itself = local
        local.attribute = self.rows[-1:]


class BusyThreadsTest(unittest.TestCase):
    def setUp(self):
        self.churn = Churn()
        self.addCleanup(self.churn.stop)

    @contextlib.contextmanager
    def checking(self):
        """Lets the threads wait."""
        self.churn.is_checked = True
        yield
        self.churn.is_checked = False

    def write_dump(self, path, fork):
        """Writes a dump while the threads run, a moment after they began to."""
        time.sleep(random.random() * 0.02)
        result = heapgrind.dump(path, fork=fork)
        if fork:
            self.assertTrue(result.wait(300))
            self.assertIsNone(result.error)

    def check(self, path):
        with open(path, "rb") as dump_file:
            dump = Dump(dump_file.read())
        end = dump.end()
        self.assertEqual(end["end"], len(dump.addresses()))
        for key in ("damaged", "unreadable", "lost_roots"):
            self.assertNotIn(key, end)
        planted = dump.value_names(dump.of(PLANTED))
        self.assertEqual(planted, {name: id(item) for name, item in PLANTED.items()})
        for address in planted.values():
            self.assertEqual(dump.at(address)["type"], "Planted")

    def convert(self, path):
        for program in PROGRAMS[:1]:
            profile = subprocess.check_output([program, path])
            self.assertIn(b"PLANTED", profile)

    def test_each_dump_is_whole_and_has_what_was_planted(self):
        for number in range(NUM_DUMPS):
            with temporary_path() as path:
                self.write_dump(path, fork=number % 2 == 1)
                with self.checking():
                    self.check(path)
                    if number % 10 < 2:
                        self.convert(path)
        self.assertEqual(self.churn.errors, [])

    def test_dumps_of_two_threads_at_once(self):
        def dump_some():
            for number in range(NUM_DUMPS // 4):
                with temporary_path() as path:
                    self.write_dump(path, fork=number % 2 == 1)
                    with open(path, "rb") as dump_file:
                        num_lines.append(sum(1 for _ in dump_file))

        num_lines = []
        threads = [threading.Thread(target=dump_some) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(num_lines), NUM_DUMPS // 4 * 2)
        self.assertGreater(min(num_lines), 1000)


if __name__ == "__main__":
    unittest.main()
