"""Leaks of each kind, planted in a loop, are found with their holders."""

import array
import collections
import functools
import itertools
import threading
import unittest

import growth_support
from heapgrind import _growth

CACHE = {}
ROWS = []
CALLBACKS = []
LOG = bytearray()
SAMPLES = array.array("d")
SEEN = set()
QUEUE = collections.deque()
NOTHINGS = []
HEAD = []
THREADS = []
RUNNING = threading.Semaphore(0)
STOP = threading.Event()


class Session(object):
    def __init__(self, name):
        self.name = name


class Registry(object):
    instances = []


class Namespace(object):
    pass


class Signal(object):
    def __init__(self):
        self.handlers = []


class Node(object):
    def __init__(self, next_node):
        self.next = next_node


NAMESPACE = Namespace()
SIGNAL = Signal()
numbers = itertools.count(1000)


def number():
    return next(numbers)


def keep_in_closure():
    session = Session("in a closure")
    CALLBACKS.append(lambda: session)


def leak():
    CACHE["user-{}".format(number())] = Session("in a dictionary")
    ROWS.append((number(), "row"))
    keep_in_closure()
    LOG.extend(b"twelve bytes")
    SAMPLES.extend([1.0] * 3)
    SEEN.add(number() * 7)
    QUEUE.append([number()])
    NOTHINGS.extend([None, None])
    Registry.instances.extend(Session("of a class") for _ in range(12))
    setattr(NAMESPACE, "attribute{}".format(number()), [])
    SIGNAL.handlers.append(Session("bound").__init__)
    HEAD[:] = [Node(HEAD[0] if HEAD else None)]


class PlantedLeaksTest(growth_support.GrowthTest):
    def found(self, function):
        """Holder to what there is more of in each loop.  Bytes depend on Python."""
        growths = _growth.find(function, 5, 2, [])
        return {
            x.path: "{} {}".format(x.count or "{} in".format(x.items), x.type) for x in growths
        }

    def test_each_leak_is_found_with_its_holder(self):
        module = __name__
        found = self.found(leak)
        expected = {
            "CACHE[*]": "1 Session",
            "ROWS[*]": "1 tuple",
            "CALLBACKS[*]": "1 def",
            "LOG": "12 in bytearray",
            "SAMPLES": "3 in array",
            "SEEN[*]": "1 int",
            "QUEUE[*]": "1 list",
            "NOTHINGS": "2 in list",
            "Registry.instances[*]": "12 Session",
            "NAMESPACE.attribute*": "1 list",
            "SIGNAL.handlers[*]": "1 " + ("instancemethod" if str is bytes else "method"),
            "HEAD[*].next*": "1 Node",
        }
        self.maxDiff = None
        self.assertEqual(found, {module + "." + x: y for x, y in expected.items()})

    def test_large_buffer_that_grows_is_found_by_its_bytes(self):
        data = bytearray()
        holder = Namespace()
        holder.data = data
        CALLBACKS[:] = [holder]
        self.addCleanup(CALLBACKS.__delitem__, slice(None))
        (line,) = self.lines(lambda: data.extend(bytearray(100000)))
        self.assertTrue(line.startswith("100000 items of bytearray ("), line)
        self.assertTrue(line.endswith(" held by {}.CALLBACKS[*].data".format(__name__)), line)

    @unittest.skipUnless(hasattr(functools, "lru_cache"), "from Python 3.2 on")
    def test_cache_of_a_function_without_a_bound_is_found(self):
        found = self.found(lambda: unbounded(number()))
        self.assertEqual(found, {__name__ + ".unbounded.cache[*]": "1 Session"})

    def test_thread_that_does_not_end_is_found(self):
        self.addCleanup(STOP.set)
        lines = self.lines(start_thread)
        self.assertRegex(lines[0], r"^1 Thread \(.*\) more in each loop, held by ")

    if not hasattr(unittest.TestCase, "assertRegex"):
        assertRegex = unittest.TestCase.assertRegexpMatches


def start_thread():
    thread = threading.Thread(target=run)
    thread.daemon = True
    thread.start()
    RUNNING.acquire()  # A thread has its name only when it runs.
    THREADS.append(thread)


def run():
    RUNNING.release()
    STOP.wait()


if hasattr(functools, "lru_cache"):

    @functools.lru_cache(maxsize=None)
    def unbounded(key):
        return Session(key)


if __name__ == "__main__":
    unittest.main()
