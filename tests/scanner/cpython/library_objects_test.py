"""Objects of the standard library's C types: mmap, ctypes, datetime."""

import abc
import ctypes
import datetime
import decimal
import mmap
import re
import sys
import unittest

import dump_support
from dump_support import named

try:
    import tracemalloc
except ImportError:
    tracemalloc = None  # Python 2.


def make_measured(make, bytes_beside):
    """Returns what `make` makes, and how many bytes are allocated for it.

    sys.getsizeof does not count the inline values that ctypes' objects have
    from Python 3.14 on; these become as small as they can after 30 instances.
    `bytes_beside` is what Python 2's does not count.
    """
    for _ in range(40):
        made = make()
    if tracemalloc is None:
        return made, sys.getsizeof(made) + bytes_beside
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        made = make()
        return made, tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


class Zone(datetime.tzinfo):
    """A time zone."""

    def utcoffset(self, when):
        return datetime.timedelta(hours=1)


class BuffersTest(unittest.TestCase):
    def test_mapping_counts_what_it_maps(self):
        mapping = mmap.mmap(-1, 1000000)
        record = dump_support.take_dump().of(mapping)
        self.assertEqual(record["size"], sys.getsizeof(mapping) + 1000000)

    def test_closed_mapping_counts_itself(self):
        mapping = mmap.mmap(-1, 1000000)
        mapping.close()
        record = dump_support.take_dump().of(mapping)
        self.assertEqual(record["size"], sys.getsizeof(mapping))

    def test_ctypes_array_counts_its_buffer(self):
        array, allocated = make_measured(ctypes.c_char * 100000, 100000)
        record = dump_support.take_dump().of(array)
        self.assertEqual(record["size"], allocated)

    def test_small_ctypes_value_is_in_its_object(self):
        value, allocated = make_measured(ctypes.c_int, 0)
        record = dump_support.take_dump().of(value)
        self.assertEqual(record["size"], allocated)

    def test_ctypes_array_over_other_memory_counts_itself(self):
        owner = bytearray(100000)
        view = (ctypes.c_char * 100000).from_buffer(owner)
        record = dump_support.take_dump().of(view)
        self.assertLess(record["size"], 1000)


class PartsTest(unittest.TestCase):
    def names(self, item):
        """Returns {name: address} of an object's named references."""
        return named(dump_support.take_dump().of(item))

    def test_pattern_refers_to_its_groups(self):
        pattern = re.compile("(?P<first>a)(?P<second>b)")
        dump = dump_support.take_dump()
        names = named(dump.of(pattern))
        self.assertEqual(dump.at(names["groupindex"])["len"], 2)
        self.assertIn("indexgroup", names)

    @unittest.skipUnless(sys.version_info >= (3, 7), "older ones are in Python")
    def test_abstract_class_refers_to_its_registry(self):
        base = abc.ABCMeta("Base", (), {})
        base.register(Zone)
        dump = dump_support.take_dump()
        record = dump.of(base._abc_impl)
        self.assertEqual(dump.at(named(record)["registry"])["len"], 1)
        self.assertNotIn("refcount", dump.at(named(record)["registry"]))

    @unittest.skipUnless(sys.version_info >= (3, 3), "older ones are in Python")
    def test_decimal_context_refers_to_its_traps_and_flags(self):
        context = decimal.Context()
        names = self.names(context)
        self.assertEqual(
            [names["traps"], names["flags"]], [id(context.traps), id(context.flags)]
        )


class DatetimeTest(unittest.TestCase):
    def test_datetime_refers_to_its_time_zone(self):
        zone = Zone()
        when = datetime.datetime(2001, 2, 3, tzinfo=zone)
        plain = datetime.datetime(2001, 2, 3)
        dump = dump_support.take_dump()
        self.assertEqual(named(dump.of(when))["tzinfo"], id(zone))
        self.assertEqual(dump.of(plain)["refs"], [])

    def test_time_refers_to_its_time_zone(self):
        zone = Zone()
        when = datetime.time(1, 2, tzinfo=zone)
        dump = dump_support.take_dump()
        self.assertEqual(named(dump.of(when)), {"tzinfo": id(zone)})

    @unittest.skipUnless(hasattr(datetime, "timezone"), "needs Python 3")
    def test_timezone_refers_to_offset_and_name(self):
        offset = datetime.timedelta(hours=3)
        name = "zone of " + str(3)
        zone = datetime.timezone(offset, name)
        names = named(dump_support.take_dump().of(zone))
        self.assertEqual(names, {"offset": id(offset), "name": id(name)})


if __name__ == "__main__":
    unittest.main()
