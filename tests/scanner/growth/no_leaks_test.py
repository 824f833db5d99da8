"""What is no leak is not reported, and what is asked for is checked."""

import collections
import functools
import itertools
import re
import sys
import threading
import unittest

try:
    import sqlite3
except ImportError:
    sqlite3 = None

import growth_support
import heapgrind
from dump_support import IS_FREE_THREADED

KEPT = []
POOL = set()
RING = collections.deque(range(5000, 5100), maxlen=100)
numbers = itertools.count(10000)
intern_text = getattr(sys, "intern", None) or intern  # noqa: F821


class Session(object):
    pass


def make_garbage():
    for _ in range(20):
        session = Session()
        session.itself = session


def make_class():
    class Local(object):
        def itself(self):
            return Local

    return Local().itself()


def do_what_is_no_leak():
    make_garbage()
    make_class()
    import decimal

    decimal.Decimal(1)
    intern_text("name-{}".format(next(numbers)))
    re.compile("pattern-{}".format(next(numbers)))
    RING.append(next(numbers))
    thread = threading.Thread(target=make_garbage)
    thread.start()
    thread.join()


def keep():
    KEPT.append(Session())


class NoLeaksTest(growth_support.GrowthTest):
    def setUp(self):
        super(NoLeaksTest, self).setUp()
        self.addCleanup(KEPT.__delitem__, slice(None))

    # Once a thread has been started, 3.13t makes new classes immortal: docs.python.org, "Python
    # support for free threading", 3.13, Known limitations.
    @unittest.skipIf(IS_FREE_THREADED and sys.version_info < (3, 14), "here classes stay")
    def test_what_does_not_stay_is_not_reported(self):
        self.assertEqual(self.lines(do_what_is_no_leak), [])

    def test_name_that_the_interpreter_keeps_is_not_reported(self):
        session = Session()

        def name_an_attribute():
            name = "attribute-{}".format(next(numbers))
            setattr(session, name, None)
            delattr(session, name)

        self.assertEqual(self.lines(name_an_attribute), [])

    def test_what_stays_once_is_not_reported(self):
        calls = []

        def keep_sometimes():
            calls.append(None)
            if len(calls) % 4 == 0:
                keep()
            del calls[8:]

        self.assertEqual(self.lines(keep_sometimes), [])

    @unittest.skipUnless(hasattr(functools, "lru_cache"), "from Python 3.2 on")
    def test_cache_with_a_bound_may_fill(self):
        self.assertEqual(self.lines(lambda: bounded(next(numbers))), [])

    @unittest.skipIf(sqlite3 is None, "needs sqlite3")
    def test_cursors_that_a_connection_forgets_now_and_then_are_no_leak(self):
        connection = sqlite3.connect(":memory:")
        self.addCleanup(connection.close)
        self.assertEqual(self.lines(lambda: connection.execute("select 1").fetchall()), [])

    @unittest.skipIf(sqlite3 is None, "needs sqlite3")
    def test_nor_are_those_of_several_connections(self):
        connections = [sqlite3.connect(":memory:") for _ in range(3)]
        for connection in connections:
            self.addCleanup(connection.close)

        def execute():
            for number, connection in enumerate(connections):
                for _ in range(number):
                    connection.execute("select 1").fetchall()

        self.assertEqual(self.lines(execute), [])

    @unittest.skipIf(sqlite3 is None, "needs sqlite3")
    def test_nor_are_those_of_a_connection_in_a_pool(self):
        connection = sqlite3.connect(":memory:")
        POOL.add(connection)
        self.addCleanup(POOL.clear)
        self.addCleanup(connection.close)
        self.assertEqual(self.lines(lambda: connection.execute("select 1").fetchall()), [])

    def test_what_is_to_be_ignored_is(self):
        self.assertEqual(self.lines(keep, ignore=["*.KEPT*"]), [])
        self.assertEqual(self.lines(keep, ignore=["Session"]), [])
        self.assertEqual(len(self.lines(keep, ignore=["*.OTHER*", "list"])), 1)

    def test_without_the_native_program_types_are_said(self):
        self.hide_program()
        lines = self.lines(keep)
        self.assertIn("1 Session more in each loop", lines)
        self.assertIn("heapgrind's native program, which names the holders", lines[-1])

    def test_numbers_that_cannot_be_are_refused(self):
        with self.assertRaises(ValueError) as raised:
            heapgrind.assert_no_growth(keep, loops=1)
        self.assertEqual(
            str(raised.exception), "expected loops to be a number from 2 on, got 1"
        )
        with self.assertRaises(ValueError):
            heapgrind.assert_no_growth(keep, warmup=-1)

    def test_error_of_the_function_is_raised(self):
        with self.assertRaises(ZeroDivisionError):
            heapgrind.assert_no_growth(lambda: 1 // 0)


if hasattr(functools, "lru_cache"):

    @functools.lru_cache(maxsize=128)
    def bounded(key):
        return [key]


if __name__ == "__main__":
    unittest.main()
