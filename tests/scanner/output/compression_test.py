"""Dumps that are compressed while they are written."""

import ctypes
import errno
import gc
import gzip
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest

import dump_support
import heapgrind

try:
    libzstd = ctypes.CDLL("libzstd.so.1")
except OSError:
    libzstd = None

MISSING_LIBRARY_PROGRAM = """
import ctypes, sys, heapgrind
try: ctypes.CDLL(sys.argv[2])
except OSError: pass
else: sys.exit("found")
try: heapgrind.dump(sys.argv[1])
except OSError as error: print("%d|%s|%s" % (error.errno, error.strerror, error.filename))
"""

INTERRUPT_PROGRAM = """
import os, signal, sys, heapgrind
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGALRM, lambda *unused: os.kill(os.getpid(), signal.SIGINT))
heapgrind.dump(sys.argv[1])
try:
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    while True: heapgrind.dump(sys.argv[1])
except KeyboardInterrupt:
    print("interrupted")
"""


def read_gzip(path):
    """Returns what a file holds."""
    with gzip.open(path) as compressed:
        return compressed.read()


def read_zstd(path):
    """Returns what a file of one frame, which has a check sum, holds."""
    with open(path, "rb") as compressed:
        source = compressed.read()
    has_check_sum = bytearray(source)[4] & 4  # RFC 8878, 3.1.1.1.1.
    if not has_check_sum:
        raise ValueError("the frame has no check sum")
    capacity = 100 * len(source)
    target = ctypes.create_string_buffer(capacity)
    libzstd.ZSTD_decompress.restype = ctypes.c_size_t
    libzstd.ZSTD_decompress.argtypes = [
        ctypes.c_void_p,
        ctypes.c_size_t,
        ctypes.c_char_p,
        ctypes.c_size_t,
    ]
    size = libzstd.ZSTD_decompress(target, capacity, source, len(source))
    if size > capacity:
        raise ValueError("the frame is broken")
    return target[:size]


class Compressed(object):
    """The tests of one compression; the subclasses say of which.

    Attributes:
        name: File name whose ending asks for it.
        library: What it needs.
        read: Returns what a file holds.
    """

    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, self.directory)
        self.path = os.path.join(self.directory, self.name)

    def check_whole(self, path, summary):
        dump = dump_support.Dump(type(self).read(path))
        last = dump.end()
        self.assertEqual((last["end"], last["size"]), (summary.objects, summary.size))
        self.assertEqual(len(dump.text), summary.dump_bytes)

    def test_path_is_compressed(self):
        summary = heapgrind.dump(self.path)
        self.check_whole(self.path, summary)
        # Lines are much alike: a fifth to a seventh is left of them.
        self.assertLess(os.path.getsize(self.path) * 3, summary.dump_bytes)

    def test_path_of_bytes_is_compressed(self):
        self.check_whole(self.path, heapgrind.dump(self.path.encode("ascii")))

    def test_low_memory_is_compressed(self):
        self.check_whole(self.path, heapgrind.dump(self.path, low_memory=True))

    def test_two_passes_are_compressed_once(self):
        self.check_whole(self.path, heapgrind.dump(self.path, values="none"))

    def test_compressed_file_is_its_owners(self):
        heapgrind.dump(self.path)
        self.assertEqual(os.stat(self.path).st_mode & 0o777, 0o600)

    def test_compression_is_not_of_the_heap(self):
        # Two passes in a row find the same objects and memory in use, but for the 6 of the
        # first one's summary, if no garbage goes in between.
        gc.collect()
        first = heapgrind.dump(self.path)
        second = heapgrind.dump(self.path)
        self.assertAlmostEqual(first.objects, second.objects, delta=20)

    def test_full_disk_leaves_nothing(self):
        old_limit = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100000, old_limit[1]))
        try:
            with self.assertRaises(EnvironmentError) as caught:
                heapgrind.dump(self.path)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, old_limit)
        self.assertEqual(caught.exception.errno, errno.EFBIG)
        self.assertEqual(os.listdir(self.directory), [])

    def test_interrupt_leaves_a_whole_file(self):
        output = subprocess.check_output(
            [sys.executable, "-c", INTERRUPT_PROGRAM, self.path]
        )
        self.assertEqual(output.strip(), b"interrupted")
        self.assertEqual(os.listdir(self.directory), [self.name])
        last = type(self).read(self.path).splitlines()[-1]
        self.assertTrue(last.startswith(b'{"end": '), last)

    def test_missing_library_is_an_error(self):
        libraries = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, libraries)
        # A file that is no library hides the one behind it.
        open(os.path.join(libraries, self.library), "w").close()
        process = subprocess.Popen(
            [sys.executable, "-c", MISSING_LIBRARY_PROGRAM, self.path, self.library],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=dict(os.environ, LD_LIBRARY_PATH=libraries),
        )
        output, errors = process.communicate()
        if b"file too short" in errors or errors.strip() == b"found":
            self.skipTest("this Python is linked with the library, or finds it elsewhere")
        output = output.decode("utf-8").strip()
        ending = os.path.splitext(self.name)[1]
        message = "expected {} on this system, for a path in {}".format(self.library, ending)
        self.assertEqual(output, "{}|{}|{}".format(errno.ENOSYS, message, self.path))
        self.assertEqual(os.listdir(self.directory), [])


class GzipTest(Compressed, unittest.TestCase):
    name = "dump.json.gz"
    library = "libz.so.1"
    read = staticmethod(read_gzip)

    def test_gzip_program_reads_it(self):
        heapgrind.dump(self.path)
        self.assertEqual(subprocess.call(["gzip", "-t", self.path]), 0)


@unittest.skipIf(libzstd is None, "needs libzstd")
class ZstdTest(Compressed, unittest.TestCase):
    name = "dump.json.zst"
    library = "libzstd.so.1"
    read = staticmethod(read_zstd)


if __name__ == "__main__":
    unittest.main()
