"""What of an object's memory is there: `resident`, and the header's `swap`."""

import array
import collections
import ctypes
import mmap
import os
import re
import sys
import tempfile
import unittest

import dump_support
import heapgrind

try:
    import numpy
except ImportError:
    numpy = None

LEAST = 128 << 10  # Bytes: the block from which on records say it.
SIZE = 8 << 20  # Bytes of what is large here.
HUGE = 64 << 20  # Bytes: malloc maps each such block anew, whatever it has learnt.
PAGE = mmap.PAGESIZE
# malloc's blocks begin within a page, and Python's objects have heads.
SOME_PAGES = 4 * PAGE
HUGE_PAGE = 1 << 21


# Of the kernel: whether pagemap says which pages are its page of zeros.
TELLS_ZEROS = tuple(int(x) for x in re.findall(r"\d+", os.uname()[2])[:2]) >= (6, 7)


class ChildOfFork(object):
    """A child process that has all of this one's pages, too, while it waits."""

    def __enter__(self):
        read_end, self._write_end = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            os.close(self._write_end)
            os.read(read_end, 1)
            os._exit(0)
        os.close(read_end)

    def __exit__(self, *error):
        os.close(self._write_end)
        os.waitpid(self._child, 0)


def mapped_pages(touched):
    """Anonymous memory of SIZE bytes whose first `touched` pages are written."""
    memory = mmap.mmap(-1, SIZE, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    for page in range(touched):
        memory[page * PAGE : page * PAGE + 1] = b"x"
    return memory


class ResidentTest(unittest.TestCase):
    def assert_resident(self, item, expected, dump=None):
        """Asserts that about `expected` bytes of `item` are there."""
        record = (dump or dump_support.take_dump()).of(item)
        self.assertLessEqual(abs(record["resident"] - expected), SOME_PAGES, record["size"])

    def test_untouched_pages_of_a_mapping_are_not(self):
        memory = mapped_pages(16)
        record = dump_support.take_dump().of(memory)
        self.assertEqual(record["size"] - record["resident"], SIZE - 16 * PAGE)

    def test_pages_that_were_only_read_are_not(self):
        memory = mapped_pages(0)
        self.assertEqual(memory[:].count(b"\0"), SIZE)
        self.assert_resident(memory, 0)

    def test_pages_of_zeros_that_were_written_are(self):
        memory = mapped_pages(0)
        memory[:] = b"\0" * SIZE
        self.assert_resident(memory, SIZE)

    @unittest.skipUnless(TELLS_ZEROS, "not run: before Linux 6.7 they look like the kernel's")
    def test_pages_of_zeros_that_a_fork_shares_are(self):
        written, read = mapped_pages(0), mapped_pages(0)
        written[:] = b"\0" * SIZE
        self.assertEqual(read[:].count(b"\0"), SIZE)
        with ChildOfFork():
            dump = dump_support.take_dump()
        self.assert_resident(written, SIZE, dump)
        self.assert_resident(read, 0, dump)

    def test_mapping_of_a_file_counts_what_was_read(self):
        with tempfile.TemporaryFile() as sparse:
            sparse.truncate(SIZE)
            memory = mmap.mmap(sparse.fileno(), SIZE, access=mmap.ACCESS_READ)
        # Without it the kernel maps the pages around the one that is read.
        getattr(memory, "madvise", lambda _: None)(getattr(mmap, "MADV_RANDOM", 1))
        before = dump_support.take_dump().of(memory)
        self.assertEqual(memory[:].count(b"\0"), SIZE)
        self.assertLess(before["resident"], SOME_PAGES)
        self.assert_resident(memory, SIZE)

    def test_large_containers_say_it(self):
        elements = [0] * (LEAST // 4)
        numbers = range(LEAST // 16)
        large = [elements, tuple(elements), set(numbers), dict.fromkeys(numbers)]
        large += [b"x" * SIZE, u"x" * SIZE, bytearray(b"x") * SIZE, 1 << (8 * SIZE)]
        large.append(array.array("B", b"x") * SIZE)
        dump = dump_support.take_dump()
        for item in large:
            record = dump.of(item)
            self.assertEqual(record.get("resident"), record["size"], type(item))

    def test_small_ones_do_not(self):
        small = [bytearray(LEAST - 8192), [None] * 1000, {}, u"x" * 100, mmap.mmap(-1, PAGE)]
        dump = dump_support.take_dump()
        for item in small:
            self.assertNotIn("resident", dump.of(item))

    def test_blocks_of_a_deque_are_small(self):
        items = collections.deque([0] * LEAST)
        dump = dump_support.take_dump()
        self.assertNotIn("resident", dump.of(items))
        self.assertNotIn("resident_unknown", dump.end())

    @unittest.skipUnless(sys.version_info >= (3, 5), "bytes(n) writes to all of it")
    @unittest.skipIf(dump_support.IS_FREE_THREADED, "not run: mimalloc writes to all of it")
    def test_bytes_that_calloc_gave_are_not(self):
        nothing = bytes(HUGE)
        self.assert_resident(nothing, PAGE)

    @unittest.skipIf(numpy is None, "needs numpy")
    def test_zeros_of_numpy_count_what_was_written(self):
        table = numpy.zeros(HUGE, "u1")
        table[: SIZE // 4] = 1
        resident = dump_support.take_dump().of(table)["resident"]
        # numpy asks for huge pages, which the kernel may have at both ends of what was written.
        self.assertGreaterEqual(resident, SIZE // 4)
        self.assertLess(resident, SIZE // 4 + 2 * HUGE_PAGE)

    @unittest.skipIf(numpy is None, "needs numpy")
    def test_array_over_memory_of_c_code_counts_what_was_written(self):
        library = ctypes.CDLL(None)
        library.calloc.restype = ctypes.c_void_p
        start = library.calloc(1, HUGE)
        pixels = (ctypes.c_char * HUGE).from_address(start)
        pixels[0] = b"x"
        shown = numpy.frombuffer(pixels, "u1")
        self.assert_resident(shown, PAGE)
        library.free.argtypes = [ctypes.c_void_p]
        library.free(start)

    @unittest.skipIf(numpy is None, "needs numpy")
    def test_views_of_one_mapping_count_it_once(self):
        memory = mapped_pages(64)
        views = [numpy.frombuffer(memory, "u1") for _ in range(3)]
        dump = dump_support.take_dump()
        self.assert_resident(memory, 64 * PAGE, dump)
        for view in views:
            self.assertLess(dump.of(view)["size"], PAGE)

    def test_snapshot_says_what_was_resident_before_the_fork(self):
        with tempfile.TemporaryFile() as sparse:
            sparse.truncate(SIZE)
            of_file = mmap.mmap(sparse.fileno(), SIZE, access=mmap.ACCESS_READ)
        self.assertEqual(of_file[:].count(b"\0"), SIZE)
        written, only_read, touched = mapped_pages(0), mapped_pages(0), mapped_pages(16)
        written[:] = b"\0" * SIZE
        self.assertEqual(only_read[:].count(b"\0"), SIZE)
        for options in ({}, {"low_memory": True}):
            dump = self.snapshot(options)
            self.assert_resident(of_file, SIZE, dump)
            self.assert_resident(written, SIZE, dump)
            self.assert_resident(only_read, 0, dump)
            self.assert_resident(touched, 16 * PAGE, dump)

    def snapshot(self, options):
        """Dumps in a forked copy, after which the memory is given back."""
        with dump_support.temporary_path() as path:
            snapshot = heapgrind.dump(path, fork=True, **options)
            self.assertTrue(snapshot.wait(60))
            self.assertIsNone(snapshot.error)
            with open(path, "rb") as dump_file:
                return dump_support.Dump(dump_file.read(), snapshot.summary)

    def test_sum_of_what_is_there_is_at_most_what_the_process_has(self):
        untouched = mapped_pages(0), bytearray(SIZE), mapped_pages(100)
        dump = dump_support.take_dump()
        header = next(iter(dump.parsed()))
        total = sum(r.get("resident", r["size"]) for r in dump.records())
        self.assertEqual(len(untouched), 3)
        self.assertLess(total, header["rss"] + header.get("swap", 0))


def can_be_another_user():
    """Whether this process, if it is root, may become another user: a sandbox may have one only."""
    if os.getuid() != 0:
        return True
    with open("/proc/self/uid_map") as uid_map:
        return any(int(line.split()[2]) > 65534 for line in uid_map)


class UnknownTest(unittest.TestCase):
    @unittest.skipUnless(can_be_another_user(), "not run: there is no other user here")
    def test_process_that_may_not_ask_leaves_it_out_and_counts(self):
        # Not dumpable: its files in /proc belong to root.
        read_end, write_end = os.pipe()
        pid = os.fork()
        if pid == 0:
            os._exit(self.dump_without_pagemap(write_end))
        os.close(write_end)
        with os.fdopen(read_end, "rb") as pipe:
            self.assertEqual(pipe.read().split(), [b"None", b"1"])
        self.assertEqual(os.waitpid(pid, 0)[1], 0)

    def dump_without_pagemap(self, write_end):
        memory = mapped_pages(0)
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        ctypes.CDLL(None).prctl(4, 0)  # PR_SET_DUMPABLE
        dump = dump_support.take_dump()
        large = [r for r in dump.records() if r["size"] >= LEAST and r["address"] != id(memory)]
        unknown = dump.end()["resident_unknown"] - len(large)
        text = "{} {}".format(dump.of(memory).get("resident"), min(unknown, 1))
        os.write(write_end, text.encode("ascii"))
        return 0


if __name__ == "__main__":
    unittest.main()
