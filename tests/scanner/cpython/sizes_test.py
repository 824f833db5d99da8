"""Sizes: what sys.getsizeof says, and what it does not count."""

import ctypes
import io
import struct
import sys
import unittest

import dump_support
from instances_support import make_objects

VERSION = sys.version_info[:2]
POINTER = struct.calcsize("P")


class Plain(object):
    """A class whose instances have a dictionary, or values without one."""


class Liar(object):
    """A class whose `__sizeof__` must not be believed."""

    __slots__ = ()

    def __sizeof__(self):
        raise AssertionError("Python code ran during the scan")


class Honest(object):
    """The same without a `__sizeof__`."""

    __slots__ = ()


def difference_allowed(name):
    """Bytes that our size may differ from sys.getsizeof, where CPython's own
    figure is known to be wrong."""
    if name == "list subclass" and VERSION >= (3, 11):
        return None  # Inline values are counted by nobody.
    if name == "struct" and VERSION < (3, 8):
        return None
    if name in ("code", "list", "list grown") and dump_support.IS_FREE_THREADED:
        return None  # The bytecode of each thread; the length of the block of items.
    return 0


class SizesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.objects = make_objects()
        cls.liar = Liar()
        cls.with_values = Plain()
        cls.with_values.__dict__  # The dictionary exists.
        cls.dump = dump_support.take_dump()

    def test_sizes_are_those_of_getsizeof(self):
        sizes = {}
        expected = {}
        for name, item in self.objects.items():
            sizes[name] = self.dump.of(item)["size"]
            exact = difference_allowed(name) is not None
            expected[name] = sys.getsizeof(item) if exact else sizes[name]
        self.assertEqual(sizes, expected)

    @unittest.skipUnless(VERSION >= (3, 12), "older code objects keep less")
    @unittest.skipIf(dump_support.IS_FREE_THREADED, "not run: threads have bytecode of their own")
    def test_code_owns_the_names_that_it_was_asked_for(self):
        code = compile("x = 1", "code", "exec")
        self.assertEqual(code.co_varnames, ())
        size = dump_support.take_dump().of(code)["size"]
        self.assertEqual(size, sys.getsizeof(code) + 4 * POINTER)

    def test_sizeof_of_a_class_is_not_called(self):
        self.assertEqual(
            self.dump.of(self.liar)["size"], sys.getsizeof(Honest())
        )

    def test_static_type_has_no_gc_header(self):
        record = self.dump.of(dict)
        if VERSION >= (3, 0):  # Before, `__sizeof__` was that of classes.
            self.assertEqual(record["size"], type.__sizeof__(dict))
        self.assertNotIn("gc", record)
        self.assertNotIn("slack", record)

    def test_class_owns_its_shared_keys_and_texts(self):
        self.assertGreaterEqual(
            self.dump.of(Plain)["size"],
            sys.getsizeof(Plain) + len(Plain.__doc__) + 1,
        )

    @unittest.skipIf(dump_support.IS_FREE_THREADED, "not run: there is no such header")
    def test_gc_header_is_counted_apart(self):
        head = sys.getsizeof([]) - [].__sizeof__()
        self.assertEqual(self.dump.of(self.objects["list"])["gc"], head)
        self.assertNotIn("gc", self.dump.of(self.objects["float"]))

    def test_slack_rounds_up_to_what_the_allocator_gives(self):
        number = self.objects["float"]
        record = self.dump.of(number)
        step = 2 * POINTER
        self.assertEqual((record["size"] + record.get("slack", 0)) % step, 0)

    @unittest.skipUnless(VERSION >= (3, 3), "older dictionaries share nothing")
    def test_dictionary_with_shared_keys_owns_its_values(self):
        instance = Plain()
        for number in range(20):
            setattr(instance, "attribute%d" % number, None)
        attributes = instance.__dict__
        del instance  # It may have held the values.
        size = dump_support.take_dump().of(attributes)["size"]
        self.assertGreaterEqual(size, {}.__sizeof__() + 20 * POINTER)

    def test_string_of_a_subclass_owns_its_characters(self):
        class Text(type(u"")):
            """A string that is not in one piece with its characters."""

        text = Text(u"x" * 10000)
        size = dump_support.take_dump().of(text)["size"]
        self.assertGreater(size, Text.__basicsize__ + 10000)

    @unittest.skipUnless(VERSION >= (3, 3), "older strings have another form")
    def test_string_owns_its_utf8_copy(self):
        text = u"\u00e4" * 10000
        before = dump_support.take_dump().of(text)["size"]
        encode = ctypes.pythonapi.PyUnicode_AsUTF8
        encode.argtypes, encode.restype = [ctypes.py_object], ctypes.c_void_p
        encode(text)
        after = dump_support.take_dump().of(text)["size"]
        self.assertEqual(after - before, 20001)

    @unittest.skipUnless(VERSION >= (3, 11), "before there are no inline values")
    def test_inline_values_are_counted(self):
        instance = Plain()
        for number in range(20):
            setattr(instance, "attribute%d" % number, None)
        record = dump_support.take_dump().of(instance)
        self.assertGreaterEqual(record["size"], sys.getsizeof(instance) + 20 * POINTER)

    @unittest.skipUnless(VERSION >= (3, 3), "StringIO has another form")
    def test_stringio_owns_its_buffer(self):
        text = io.StringIO(u"x" * 1000)
        size = dump_support.take_dump().of(text)["size"]
        self.assertEqual(size, text.__sizeof__() + head_of_list() + 4 * 1002)


def head_of_list():
    """Bytes of a GC header."""
    return sys.getsizeof([]) - [].__sizeof__()


if __name__ == "__main__":
    unittest.main()
