"""What objects of the standard library's C types cost where the interpreter does not
know: sizes grow by what tracemalloc sees being allocated."""

import collections
import csv
import io
import sys
import unittest

import dump_support
from instances_support import fill_text, write_row

try:
    import queue
    import tracemalloc
except ImportError:  # Python 2.
    queue = tracemalloc = None

VERSION = sys.version_info[:2]


def fill_queue(items):
    for _ in range(1000):
        items.put(None)


def read_row(reader):
    next(reader)


class Sink(object):
    """A file that keeps nothing."""

    def write(self, text):
        """Forgets the text."""


class NoLines(object):
    """An iterator over one line, which is long."""

    line = u"x" * 10000

    def __iter__(self):
        return self

    def __next__(self):
        return self.line


@unittest.skipIf(tracemalloc is None, "needs tracemalloc")
class GrowingSizesTest(unittest.TestCase):
    def check(self, item, grow):
        """Asserts that the sizes grow by what is allocated.

        Args:
            grow: Makes the object grow.
        """
        before = dump_support.take_dump().of(item)["size"]
        tracemalloc.start()
        try:
            start = tracemalloc.get_traced_memory()[0]
            grow(item)
            allocated = tracemalloc.get_traced_memory()[0] - start
        finally:
            tracemalloc.stop()
        grown = dump_support.take_dump().of(item)["size"] - before
        self.assertGreater(grown, 5000)
        # Frames and iterators that remain are allocated, too.
        self.assertLess(abs(grown - allocated), 1000, (grown, allocated))

    @unittest.skipUnless(VERSION >= (3, 12), "its strings have records of their own")
    def test_stringio_counts_what_it_has_not_joined(self):
        self.check(io.StringIO(), fill_text)

    @unittest.skipUnless(VERSION >= (3, 13), "its list has a record of its own")
    def test_simple_queue_counts_its_places(self):
        self.check(queue.SimpleQueue(), fill_queue)

    def test_deque_counts_the_blocks_that_it_keeps(self):
        items = collections.deque([None] * 1000)
        before = dump_support.take_dump().of(items)["size"]
        tracemalloc.start()
        start = tracemalloc.get_traced_memory()[0]
        items.extend([None] * 10000)
        items.clear()
        allocated = tracemalloc.get_traced_memory()[0] - start
        tracemalloc.stop()
        after = dump_support.take_dump().of(items)["size"]
        # What was there before was not traced, nor that it was freed.
        self.assertLessEqual(abs(after - before - allocated), before)

    def test_writer_of_csv_counts_its_record(self):
        self.check(csv.writer(Sink()), write_row)

    def test_reader_of_csv_counts_its_field(self):
        self.check(csv.reader(NoLines()), read_row)


if __name__ == "__main__":
    unittest.main()
