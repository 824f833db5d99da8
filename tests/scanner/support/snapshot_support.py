"""Dumps that a forked copy of the process writes, for tests."""

import os
import resource
import shutil
import tempfile
import time
import unittest

import dump_support
import heapgrind

LONG = 60  # Seconds; nothing here takes as long.


def resident_bytes():
    """What is resident of this process, in bytes."""
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * resource.getpagesize()


class SnapshotTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, self.directory)
        self.path = os.path.join(self.directory, "app.json")

    def take(self, path=None, **options):
        """Returns the Snapshot, which is done and well."""
        snapshot = heapgrind.dump(path or self.path, fork=True, **options)
        self.assertTrue(snapshot.wait(LONG))
        self.assertIsNone(snapshot.error)
        return snapshot

    def read(self, path=None):
        """The dump in a file."""
        with open(path or self.path, "rb") as dump_file:
            return dump_support.Dump(dump_file.read())

    def wait_for(self, condition):
        """Waits until a condition holds.  Fails if it does not within a minute."""
        deadline = time.time() + LONG
        while not condition():
            self.assertLess(time.time(), deadline, "waited for {} s".format(LONG))
            time.sleep(0.001)

    def has_zombies(self):
        """True if a child of this process has ended and was not waited for."""
        for entry in os.listdir("/proc"):
            if not entry.isdigit():
                continue
            try:
                with open("/proc/{}/stat".format(entry)) as stat:
                    fields = stat.read().rpartition(")")[2].split()
            except EnvironmentError:
                continue
            if fields[0] == "Z" and int(fields[1]) == os.getpid():
                return True
        return False
