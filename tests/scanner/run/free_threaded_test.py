"""Free-threaded builds are dumped from inside, without a GIL; a blob is made for 3.13 alone.

All but the first test run where there is such a build.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import unittest

import heapgrind
from dump_support import IS_FREE_THREADED, Dump, temporary_path

BUILD_BLOB = os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "../../../scanner/build_blob.py"
)


class BlobTest(unittest.TestCase):
    @unittest.skipUnless(platform.machine() == "x86_64", "not run: there are no blobs at all")
    def test_no_blob_is_built_for_others(self):
        folder = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, folder)
        process = subprocess.Popen(
            (sys.executable, BUILD_BLOB, "--out", folder, "--include", folder, "--tag", "cp314t"),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        output = process.communicate()[0].decode("utf-8")
        expected = (
            "build_blob.py: expected a Python with a GIL or cp313t, got cp314t, a free-threaded "
            "build, which is dumped from inside alone\n"
        )
        self.assertEqual((process.returncode, output), (1, expected))


@unittest.skipUnless(IS_FREE_THREADED, "not run: this Python has a GIL")
class FreeThreadedTest(unittest.TestCase):
    def test_import_leaves_the_gil_off(self):
        self.assertFalse(sys._is_gil_enabled())

    def test_end_record_says_that_native_memory_is_not_followed(self):
        with temporary_path() as path:
            snapshot = heapgrind.dump(path, fork=True, native=True)
            self.assertTrue(snapshot.wait(60))
            with open(path, "rb") as dump_file:
                end = Dump(dump_file.read()).end()
        self.assertIn("mimalloc", end["native_unknown"])

    def test_share_that_is_explained_is_not_known(self):
        with temporary_path() as path:
            self.assertIsNone(heapgrind.dump(path).explained)

    def test_helper_has_ended_when_the_dump_is_there(self):
        with temporary_path() as path:
            heapgrind.dump(path)
        with self.assertRaises(ChildProcessError):
            os.waitpid(-1, os.WNOHANG)


if __name__ == "__main__":
    unittest.main()
