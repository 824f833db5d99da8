"""What the scanner asks of malloc in a copy of a process with threads leaves the heaps known.

The thread that makes the copy is not the first one.  What it takes from malloc there makes its
heap grow, or begin.
"""

import os
import unittest

from tests.end_to_end.native import native_support


class ThreadsTest(native_support.NativeTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        native_support.build_extension(cls.packages)

    def _check(self, name):
        process, facts = self.hold(name)
        for way in (self.dump_fork, self.dump_outside, self.dump_by_core):
            with self.subTest(way.__name__):
                dump = way(process, os.path.join(self.folder, "dump"))
                self.assertNotIn("native_unknown", dump.end)
                self.assertEqual(dump.blocks_of(facts["object"]), facts["addresses"])
                self.assertIn("pymalloc_used", dump.header)

    def test_thread_whose_heap_is_nearly_full(self):
        self._check("thread_with_heap")

    def test_thread_without_a_heap(self):
        self._check("thread_without_heap")


if __name__ == "__main__":
    unittest.main()
