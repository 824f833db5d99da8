"""What other users lay in the way of a dump.

Each test goes through all ways to write a file.
"""

import errno
import os
import unittest

import files_support
from files_support import WRITERS, check, dump_to_new_file, dump, write_text
from heapgrind import _dump_file

OTHER = 65534  # A user who is nobody.
NUM_PLANTED = 20


@unittest.skipUnless(os.geteuid() == 0, "not run: needs root")
class PlantedTest(files_support.FolderTest):
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
        for write in dump, write_text:
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


if __name__ == "__main__":
    unittest.main()
