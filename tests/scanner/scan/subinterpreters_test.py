"""Subinterpreters: those that share the lock of the one that dumps, and others."""

import sys
import threading
import unittest

import dump_support
import heapgrind

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


@unittest.skipIf(dump_support.IS_FREE_THREADED, "not run: none share a lock")
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
            for x in dump.records(b"MarkerOfASubinterpreter")
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


def isolated():
    """Returns (module, function that makes a subinterpreter with its own lock)."""
    if VERSION >= (3, 13):
        import _interpreters

        return _interpreters, lambda: _interpreters.create("isolated")
    import _xxsubinterpreters

    return _xxsubinterpreters, lambda: _xxsubinterpreters.create(isolated=True)


@unittest.skipUnless(VERSION >= (3, 12), "all share one lock")
class OwnLockTest(unittest.TestCase):
    def test_interpreter_that_runs_meanwhile_is_left_out(self):
        module, make = isolated()
        interpreter = make()
        self.addCleanup(module.destroy, interpreter)
        module.run_string(interpreter, PROGRAM)
        work = "kept = [[number] for number in range(20000)] * 20"
        threads = [
            threading.Thread(target=module.run_string, args=(interpreter, work))
        ]
        threads[0].start()
        dumps = [dump_support.take_dump() for _ in range(3)]
        threads[0].join()
        names = {x.get("name") for dump in dumps for x in dump.records(b'"kind": "class"')}
        self.assertIn("OwnLockTest", names)
        self.assertNotIn("MarkerOfASubinterpreter", names)

    def test_interpreters_may_come_and_go_during_dumps(self):
        module, make = isolated()
        ended = threading.Event()

        def come_and_go():
            for _ in range(10):
                module.destroy(make())
            ended.set()

        thread = threading.Thread(target=come_and_go)
        thread.start()
        counts = []
        while not ended.is_set() or not counts:
            counts.append(heapgrind.dump("/dev/null").objects)
        thread.join()
        self.assertGreater(min(counts), 1000)


if __name__ == "__main__":
    unittest.main()
