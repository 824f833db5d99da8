"""What the interpreter's root refers to."""

import gc
import sys
import unittest

import dump_support
from dump_support import named

VERSION = sys.version_info[:2]


class InterpreterRootsTest(unittest.TestCase):
    def test_garbage_is_reached(self):
        cycle = [u"garbage"]
        cycle.append(cycle)
        address = id(cycle)
        gc.garbage.append(cycle)
        self.addCleanup(gc.garbage.remove, cycle)
        del cycle
        dump = dump_support.take_dump()
        self.assertNotIn("refcount", dump.at(address))
        self.assertIn(address, dump.of(gc.garbage)["refs"])

    @unittest.skipUnless(VERSION >= (3, 7), "it is the variable of a C file")
    def test_garbage_is_named(self):
        names = named(dump_support.take_dump().root("interpreter"))
        self.assertEqual(names["gc.garbage"], id(gc.garbage))

    @unittest.skipUnless(VERSION >= (3, 12), "it is the variable of a C file")
    def test_table_of_interned_strings_is_counted(self):
        kept = [sys.intern("interned {}".format(number)) for number in range(20000)]
        dump = dump_support.take_dump()
        table = dump.at(named(dump.root("interpreter"))["interned"])
        self.assertEqual(table["type"], "dict")
        self.assertGreater(table["len"], 20000)
        self.assertGreater(table["size"], 20000 * 2 * 8)
        del kept

    @unittest.skipUnless((3, 0) <= VERSION < (3, 12), "it is known, or of bytes")
    def test_old_table_of_interned_strings_is_explained_by_nothing(self):
        # If this fails, docs/using.md says too little.
        kept = [sys.intern("interned {}".format(number)) for number in range(100000)]
        summary = dump_support.take_dump().summary
        largest = max(
            x.get("len", 0)
            for x in dump_support.take_dump().records()
            if x["type"] == "dict"
        )
        self.assertLess(largest, 100000)
        self.assertGreater(summary.objects, 100000)
        del kept


if __name__ == "__main__":
    unittest.main()
