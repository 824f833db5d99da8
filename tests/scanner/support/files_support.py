"""All ways to write the file of a dump, for tests."""

import os
import shutil
import stat
import tempfile
import unittest

import heapgrind
from heapgrind import _dump_file


def dump(path):
    """Writes as a program does that dumps itself."""
    heapgrind.dump(path)


def dump_in_a_copy(path):
    """Writes as a copy of the process does.  Raises its error."""
    snapshot = heapgrind.dump(path, fork=True)
    snapshot.wait()
    if snapshot.error is not None:
        raise snapshot.error


def dump_to_new_file(path):
    """Writes as a hook does."""
    heapgrind.dump_to_new_file(path)


def write_text(path):
    """Writes as `hook install` does."""
    with _dump_file.Output(path) as output:
        output.write(b'{"heapgrind": 2, "pid": 4711}\n')
        output.commit()


def check(path):
    """Looks as `run` does before the program starts."""
    heapgrind.check_path(path)


WRITERS = (dump, dump_in_a_copy, write_text)


class FolderTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, self.directory)
        self.shared = self.make_folder("shared", 0o1777)
        self.victim = os.path.join(self.directory, "victim")
        self.write(self.victim)
        self.path = os.path.join(self.shared, "app.json")

    def make_folder(self, name, mode):
        path = os.path.join(self.directory, name)
        os.mkdir(path)
        os.chmod(path, mode)
        return path

    def write(self, path):
        with open(path, "w") as text:
            text.write("precious")

    def assertUntouched(self, path):
        with open(path) as text:
            self.assertEqual(text.read(), "precious")

    def assertWritten(self, path):
        with open(path, "rb") as text:
            self.assertTrue(text.read().startswith(b'{"heapgrind": 2, '))
        status = os.lstat(path)
        self.assertEqual(
            (stat.S_IMODE(status.st_mode), status.st_uid), (0o600, os.geteuid())
        )

    def assertFails(self, number, write, path):
        with self.assertRaises(EnvironmentError) as caught:
            write(path)
        error = caught.exception
        self.assertEqual((write, error.errno, error.filename), (write, number, path))
        return error.strerror
