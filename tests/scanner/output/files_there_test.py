"""What is already where a dump is to be written, and what is written to as it is.

Each test goes through all ways to write a file.
"""

import errno
import os
import socket
import stat
import unittest

import files_support
from files_support import WRITERS, check, dump, dump_in_a_copy, dump_to_new_file


class FilesThereTest(files_support.FolderTest):
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
                self.assertTrue(text.read().startswith(b'precious{"heapgrind": 2, '))
            self.write(self.victim)

    def test_other_compressions_are_refused(self):
        for name in "a.xz", "a.json.bz2", "a.ZIP", "a.json.lz4", "a.zstd":
            path = os.path.join(self.shared, name)
            for write in dump, dump_in_a_copy, check, dump_to_new_file:
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
