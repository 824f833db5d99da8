"""What other users lay in the way of a dump, and what is written to as it is.

Each test goes through all ways to write a file.
"""

import errno
import os
import shutil
import socket
import stat
import tempfile
import unittest

import heapgrind
from heapgrind import _dump_file

OTHER = 65534  # A user who is nobody.
NUM_PLANTED = 20


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


def receive(path):
    """Writes as `attach` does."""
    with _dump_file.Output(path) as output:
        output.write(b'{"heapgrind": 1, "pid": 4711}\n')
        output.commit()


def check(path):
    """Looks as `run` does before the program starts."""
    heapgrind.check_path(path)


WRITERS = (dump, dump_in_a_copy, receive)


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
            self.assertTrue(text.read().startswith(b'{"heapgrind": 1, '))
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


@unittest.skipUnless(os.geteuid() == 0, "not run: needs root")
class PlantedTest(FolderTest):
    def assertRefused(self, path, writers=WRITERS + (check,)):
        for write in writers:
            self.assertEqual(
                self.assertFails(errno.EACCES, write, path),
                "it belongs to another user, in a folder where everybody may write",
            )
        self.assertUntouched(self.victim)

    def plant_link(self, path, target):
        os.symlink(target, path)
        os.lchown(path, OTHER, OTHER)

    def test_link_of_another_user_is_refused(self):
        self.plant_link(self.path, self.victim)
        self.assertRefused(self.path, WRITERS + (check, dump_to_new_file))
        self.assertEqual(os.listdir(self.shared), ["app.json"])

    def test_link_that_leads_nowhere_is_refused(self):
        self.plant_link(self.path, os.path.join(self.directory, "new.json"))
        self.assertRefused(self.path, WRITERS + (check, dump_to_new_file))
        self.assertEqual(sorted(os.listdir(self.directory)), ["shared", "victim"])

    def test_link_to_a_folder_on_the_way_is_refused(self):
        target = self.make_folder("target", 0o755)
        self.plant_link(os.path.join(self.shared, "dumps"), target)
        self.assertRefused(os.path.join(self.shared, "dumps", "app.json"))
        self.assertEqual(os.listdir(target), [])

    def test_own_link_to_a_link_of_another_user_is_refused(self):
        self.plant_link(self.path, self.victim)
        own = os.path.join(self.directory, "own.json")
        os.symlink(self.path, own)
        self.assertRefused(own)

    def test_link_to_a_device_is_refused(self):
        self.plant_link(self.path, "/dev/null")
        self.assertRefused(self.path)

    def test_folder_that_all_may_write_without_being_sticky(self):
        os.chmod(self.shared, 0o777)
        self.plant_link(self.path, self.victim)
        self.assertRefused(self.path)

    def test_sticky_folder_of_a_group(self):
        os.chmod(self.shared, 0o1770)
        self.plant_link(self.path, self.victim)
        self.assertRefused(self.path)

    def test_file_of_another_user_stays_as_it_is(self):
        os.rename(self.victim, self.path)
        os.chown(self.path, OTHER, OTHER)
        self.victim = self.path
        self.assertRefused(self.path)
        self.assertEqual(os.stat(self.path).st_uid, OTHER)

    def test_pipe_of_another_user_is_refused(self):
        os.mkfifo(self.path)
        os.chown(self.path, OTHER, OTHER)
        self.assertRefused(self.path)

    def test_temporary_names_of_another_user_are_left_alone(self):
        for write in dump, receive:
            planted = self.plant_temporary_names()
            write(self.path)
            self.assertUntouched(self.victim)
            self.assertWritten(self.path)
            for path in planted:
                self.assertTrue(os.path.islink(path))
                os.unlink(path)

    def plant_temporary_names(self):
        """Plants those that come next; returns the paths."""
        with _dump_file.Output(self.path):
            names = [name for name in os.listdir(self.shared) if name.endswith(".part")]
        number = int(names[0].split("-")[1].split(".")[0])
        stem = os.path.join(self.shared, ".app.json.{}-".format(os.getpid()))
        planted = [stem + "{}.part".format(number + 1 + i) for i in range(NUM_PLANTED)]
        for path in planted:
            self.plant_link(path, self.victim)
        return planted

    def test_link_of_ones_own_is_followed(self):
        target = os.path.join(self.directory, "target.json")
        os.symlink(target, self.path)
        for write in WRITERS:
            write(self.path)
            self.assertTrue(os.path.islink(self.path))
            self.assertWritten(target)

    def test_link_of_whom_the_folder_belongs_to_is_followed(self):
        os.chown(self.shared, OTHER, OTHER)
        target = os.path.join(self.directory, "target.json")
        self.plant_link(self.path, target)
        for write in WRITERS:
            write(self.path)
            self.assertWritten(target)

    def test_link_of_another_user_where_only_some_may_write_is_followed(self):
        os.chmod(self.shared, 0o755)
        target = os.path.join(self.directory, "target.json")
        self.plant_link(self.path, target)
        for write in WRITERS:
            write(self.path)
            self.assertWritten(target)


class FilesThereTest(FolderTest):
    def test_umask_makes_no_difference(self):
        for mask in 0, 0o22, 0o777:
            self.addCleanup(os.umask, os.umask(mask))
            for write in WRITERS:
                write(self.path)
                self.assertWritten(self.path)

    def test_hard_link_keeps_the_old_file(self):
        for write in WRITERS:
            linked = os.path.join(self.directory, write.__name__)
            os.link(self.victim, linked)
            write(linked)
            self.assertUntouched(self.victim)
            self.assertWritten(linked)

    def test_relative_link(self):
        folder = self.make_folder("own", 0o755)
        os.symlink("../target.json", os.path.join(folder, "link"))
        for write in WRITERS:
            write(os.path.join(folder, "..", "own", ".", "link"))
            self.assertWritten(os.path.join(self.directory, "target.json"))

    def test_links_in_a_circle(self):
        os.symlink("b", os.path.join(self.directory, "a"))
        os.symlink("a", os.path.join(self.directory, "b"))
        for write in WRITERS + (check,):
            self.assertFails(errno.ELOOP, write, os.path.join(self.directory, "a"))

    def test_folder(self):
        for write in WRITERS + (check, dump_to_new_file):
            for path in self.shared, self.shared + "/", "/", os.path.join(self.shared, "."):
                self.assertFails(errno.EISDIR, write, path)

    def test_folder_that_is_not_there(self):
        for write in WRITERS + (check, dump_to_new_file):
            self.assertFails(errno.ENOENT, write, os.path.join(self.shared, "no", "a"))

    def test_file_on_the_way(self):
        for write in WRITERS + (check, dump_to_new_file):
            self.assertFails(errno.ENOTDIR, write, os.path.join(self.victim, "a"))

    def test_name_that_is_too_long(self):
        for write in WRITERS + (check, dump_to_new_file):
            for name in "x" * 300, "x/" * 3000 + "x":
                path = os.path.join(self.shared, name)
                self.assertFails(errno.ENAMETOOLONG, write, path)

    def test_empty_name(self):
        for write in WRITERS + (check, dump_to_new_file):
            self.assertFails(errno.ENOENT, write, "")

    def test_socket(self):
        with_name = socket.socket(socket.AF_UNIX)
        self.addCleanup(with_name.close)
        with_name.bind(self.path)
        for write in WRITERS + (check,):
            text = self.assertFails(errno.ENXIO, write, self.path)
            self.assertIn("got a socket", text)

    def test_device(self):
        for write in WRITERS + (check, dump_to_new_file):
            write("/dev/null")
        self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))

    def test_name_of_a_descriptor_is_the_descriptor(self):
        for write in WRITERS:
            with open(self.victim, "r+") as text:
                text.seek(0, 2)
                write("/proc/self/fd/{}".format(text.fileno()))
            with open(self.victim, "rb") as text:
                self.assertTrue(text.read().startswith(b'precious{"heapgrind": 1, '))
            self.write(self.victim)

    def test_other_compressions_are_refused(self):
        for name in "a.xz", "a.json.bz2", "a.ZIP", "a.json.lz4", "a.zstd":
            path = os.path.join(self.shared, name)
            for write in WRITERS + (check, dump_to_new_file):
                with self.assertRaises(ValueError) as caught:
                    write(path)
                self.assertEqual(
                    str(caught.exception),
                    "expected a path in .gz or .zst to compress, or in .json, "
                    "got '{}'".format(path),
                )
        self.assertEqual(os.listdir(self.shared), [])

    def test_check_leaves_nothing(self):
        check(self.path)
        check(self.victim)
        self.assertEqual(os.listdir(self.shared), [])
        self.assertUntouched(self.victim)


if __name__ == "__main__":
    unittest.main()
