"""Where dumps are written, and what happens when they cannot be."""

import errno
import io
import os
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

import heapgrind

IS_PYTHON2 = sys.version_info < (3,)


class FilesTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, self.directory)
        self.path = os.path.join(self.directory, "app.json")

    def read(self, path=None):
        with open(path or self.path, "rb") as dump_file:
            return dump_file.read()

    def assertWhole(self, dump):
        self.assertTrue(dump.startswith(b'{"heapgrind": 2, '))
        self.assertTrue(dump.splitlines()[-1].startswith(b'{"end": '))

    def test_file_is_for_its_owner_only(self):
        heapgrind.dump(self.path)
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o600)

    def test_old_file_is_replaced(self):
        with open(self.path, "w") as old:
            old.write("old" * 10000000)
        os.chmod(self.path, 0o644)
        heapgrind.dump(self.path)
        self.assertWhole(self.read())
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode), 0o600)

    def test_nothing_else_is_left_in_the_directory(self):
        heapgrind.dump(self.path)
        self.assertEqual(os.listdir(self.directory), ["app.json"])

    def test_link_stays_a_link(self):
        link = os.path.join(self.directory, "link")
        os.symlink(self.path, link)
        heapgrind.dump(link)
        self.assertTrue(os.path.islink(link))
        self.assertWhole(self.read())

    def test_summary_has_the_path(self):
        self.assertEqual(heapgrind.dump(self.path).path, self.path)

    def test_path_of_bytes(self):
        heapgrind.dump(self.path.encode("ascii"))
        self.assertWhole(self.read())

    @unittest.skipUnless(hasattr(os, "fspath"), "needs path objects")
    def test_path_object(self):
        import pathlib

        heapgrind.dump(pathlib.Path(self.path))
        self.assertWhole(self.read())

    def test_file_object_is_written_where_it_stands(self):
        with open(self.path, "wb") as dump_file:
            dump_file.write(b"# before\n")
            summary = heapgrind.dump(dump_file)
            self.assertIsNone(summary.path)
        text = self.read()
        self.assertTrue(text.startswith(b"# before\n"))
        self.assertWhole(text[len(b"# before\n") :])

    def test_pipe(self):
        read_end, write_end = os.pipe()
        command = [sys.executable, "-c", "import sys; sys.stdin.read()"]
        reader = subprocess.Popen(command, stdin=read_end, close_fds=True)
        with os.fdopen(write_end, "wb") as pipe:
            summary = heapgrind.dump(pipe)
        os.close(read_end)
        self.assertEqual(reader.wait(), 0)
        self.assertGreater(summary.dump_bytes, 1000000)

    def test_nothing_is_printed(self):
        program = "import heapgrind; heapgrind.dump({!r})".format(self.path)
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.assertEqual(process.communicate()[0], b"")

    def test_summary_reads_well(self):
        text = repr(heapgrind.dump("/dev/null"))
        self.assertRegex(
            text,
            r"^DumpSummary\(path='/dev/null', objects=\d+, size=\d+, "
            r"dump_bytes=\d+, seconds=\d+\.\d{3}, explained=(None|\d\.\d+)\)$",
        )

    if IS_PYTHON2:
        assertRegex = unittest.TestCase.assertRegexpMatches


class ErrorsTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, self.directory)
        self.path = os.path.join(self.directory, "app.json")

    def assertFails(self, number, target):
        with self.assertRaises(EnvironmentError) as caught:
            heapgrind.dump(target)
        self.assertEqual(caught.exception.errno, number)

    def test_full_device(self):
        self.assertFails(errno.ENOSPC, "/dev/full")

    def test_full_disk_leaves_nothing(self):
        with open(self.path, "w") as old:
            old.write("old")
        old_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100000, old_limit[1]))
        try:
            self.assertFails(errno.EFBIG, self.path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, old_limit)
        self.assertEqual(os.listdir(self.directory), ["app.json"])
        with open(self.path) as dump_file:
            self.assertEqual(dump_file.read(), "old")

    def test_missing_directory(self):
        self.assertFails(errno.ENOENT, os.path.join(self.directory, "no", "app.json"))

    def test_directory(self):
        self.assertFails(errno.EISDIR, self.directory)

    def test_closed_descriptor(self):
        class Closed(object):
            """Says that it has a descriptor."""

            def fileno(self):
                """Returns one that is not open."""
                return 1000000

        self.assertFails(errno.EBADF, Closed())

    def test_buffer_without_a_descriptor(self):
        with self.assertRaises(io.UnsupportedOperation):
            heapgrind.dump(io.BytesIO())

    def test_neither_path_nor_file(self):
        with self.assertRaises(TypeError):
            heapgrind.dump(5.5)


if __name__ == "__main__":
    unittest.main()
