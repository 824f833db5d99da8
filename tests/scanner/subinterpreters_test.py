"""Subinterpreters, which share the lock of the one that dumps."""

import sys
import unittest

import dump_support

VERSION = sys.version_info[:2]

PROGRAM = """
class MarkerOfASubinterpreter(object):
    data = ["held there", 5.5]
"""


def create():
    """Returns (module, subinterpreter); None if this Python cannot make one."""
    try:
        if VERSION >= (3, 13):
            import _interpreters

            return _interpreters, _interpreters.create("legacy")
        import _xxsubinterpreters

        if VERSION >= (3, 9):
            return _xxsubinterpreters, _xxsubinterpreters.create(isolated=False)
        return _xxsubinterpreters, _xxsubinterpreters.create()
    except ImportError:
        return None


class SubinterpretersTest(unittest.TestCase):
    def setUp(self):
        created = create()
        if created is None:
            self.skipTest("this Python's subinterpreters cannot be made from Python")
        self.module, self.interpreter = created
        self.addCleanup(self.module.destroy, self.interpreter)
        self.module.run_string(self.interpreter, PROGRAM)

    def test_objects_are_reached_from_a_root(self):
        dump = dump_support.take_dump()
        (marker,) = [
            x
            for x in dump.records()
            if x.get("name") == "MarkerOfASubinterpreter" and x.get("kind") == "class"
        ]
        self.assertNotIn("refcount", marker)

    def test_modules_are_named(self):
        root = dump_support.take_dump().root("interpreter")
        self.assertIn("modules", root["names"])

    def test_main_thread_is_there_once(self):
        roots = dump_support.take_dump().roots()
        names = [root.get("name") for root in roots if root["root"] == "thread"]
        self.assertEqual(names.count("MainThread"), 1)


if __name__ == "__main__":
    unittest.main()
