"""A dump by a blob has, record by record, what a dump from inside of the process has."""

import gc
import sys
import threading
import unittest
import weakref

import blob_support
import dump_support
import heapgrind
from references_support import Everything

try:
    import numpy
except ImportError:
    numpy = None
try:
    import pandas
except ImportError:
    pandas = None

VERSION = sys.version_info[:2]

# What heapgrind.dump has of its own while it dumps: the encoded path, and its arguments.
MOST_OWN_RECORDS = 5
OWN_TYPES = {"tuple", "bytes", "str"}

# What the kernel says of pages differs in a copy.
NOT_COMPARED = ("resident",)

ASYNCHRONOUS = """
async def waits(held):
    await waits_inside(held)

class Stop(object):
    def __await__(self):
        yield [u"awaited"]

async def waits_inside(held):
    inside = [u"inside", held]
    await Stop()
    return inside

async def generates():
    while True:
        yield [u"of an asynchronous generator"]
"""


class Worker(threading.Thread):
    """A thread that waits with a local variable and thread-local data."""

    def __init__(self):
        threading.Thread.__init__(self, name="Worker")
        self.is_ready = threading.Event()
        self.may_end = threading.Event()
        self.local = threading.local()

    def run(self):
        held = [u"of a thread"]
        self.local.value = [u"local to a thread"]
        self.is_ready.set()
        self.may_end.wait()
        del held


def generate():
    """A generator with a local."""
    held = [u"of a generator"]
    yield held


class Program(object):
    """What a program may have: an object of each kind."""

    def __init__(self):
        self.everything = Everything()
        self.generators = [generate(), generate()]
        next(self.generators[0])
        self.weak = weakref.WeakValueDictionary(everything=self.everything)
        self.numbers = [1.5, 2 ** 62, 2 ** 200, -3, 1e-300, 0.1, float("inf")]
        self.texts = [u"\u1234", u"\U0001f600", u"caf\xe9", u"\ud800" if VERSION >= (3,) else u""]
        self.cycle = []
        self.cycle.append(self.cycle)
        self.coroutines = self.make_coroutines()
        self.arrays = self.make_arrays()
        self.workers = [Worker() for _ in range(3)]
        for worker in self.workers:
            worker.start()
            worker.is_ready.wait()

    def make_coroutines(self):
        if VERSION < (3, 6):
            return []
        names = {}
        exec(ASYNCHRONOUS, names)
        coroutine = names["waits"]([u"argument"])
        coroutine.send(None)
        return [coroutine, names["generates"]()]

    def make_arrays(self):
        if numpy is None:
            return []
        whole = numpy.arange(100000)
        arrays = [whole, whole[::2], numpy.zeros(3, "O"), numpy.float64(1.5)]
        if pandas is not None:
            arrays.append(pandas.DataFrame({"a": [1, 2], "b": ["x", "y"]}))
        return arrays

    def close(self):
        for worker in self.workers:
            worker.may_end.set()
            worker.join()
        if self.coroutines:
            self.coroutines[0].close()


def dumps_of(blob, values):
    """Dumps twice in a row: from inside, and by a blob.  Returns both Dumps."""
    length = {"short": 100, "none": 0}[values]
    with dump_support.temporary_path() as path:
        copy = blob_support.Copy(blob, length)
        gc.collect()
        heapgrind.dump(path, values=values)
        copy.pid = copy.fork()
        text = copy.read()
        with open(path, "rb") as dump_file:
            return dump_support.Dump(dump_file.read()), dump_support.Dump(text)


def records_of(dump):
    """Returns {address: record}, without what is not compared."""
    found = {}
    for record in dump.records():
        for key in NOT_COMPARED:
            record.pop(key, None)
        found[record["address"]] = record
    return found


def drop_lone_refcounts(inside, outside):
    """Drops reference counts that only one of two dumps has: what the stack of the frame that
    dumps reaches has none.  Returns the addresses."""
    lone = [x for x in inside if ("refcount" in inside[x]) != ("refcount" in outside[x])]
    for address in lone:
        inside[address].pop("refcount", None)
        outside[address].pop("refcount", None)
    return lone


def without_temporaries(frame):
    """Returns {name: address}: what is on the stack differs, too."""
    found = dump_support.named(frame)
    found.pop("(temporary)", None)
    return found


class EqualDumpsTest(blob_support.BlobTestCase):
    values = "short"

    @classmethod
    def setUpClass(cls):
        super(EqualDumpsTest, cls).setUpClass()
        blob = blob_support.Blob(cls.path)
        cls.program = Program()
        dumps_of(blob, cls.values)  # What this one caches the next one has.
        cls.inside, cls.outside = dumps_of(blob, cls.values)
        cls.program.close()
        blob.close()

    def test_records_are_equal(self):
        inside, outside = records_of(self.inside), records_of(self.outside)
        only_inside = [inside.pop(address) for address in set(inside) - set(outside)]
        self.assertLessEqual(len(only_inside), MOST_OWN_RECORDS, only_inside)
        self.assertLessEqual({record["type"] for record in only_inside}, OWN_TYPES)
        self.assertEqual([outside[x] for x in set(outside) - set(inside)], [])
        self.assertGreater(len(inside), 10000)
        self.assertLessEqual(len(drop_lone_refcounts(inside, outside)), MOST_OWN_RECORDS)
        differences = [
            (inside[x], outside[x])
            for x in inside
            if inside[x] != outside[x] and inside[x].get("name") != dumps_of.__name__
        ]
        self.assertEqual(differences, [])

    def test_frame_that_dumps_differs_in_its_line_alone(self):
        name = dumps_of.__name__
        (inside,) = [x for x in self.inside.frames() if x.get("name") == name]
        (outside,) = [x for x in self.outside.frames() if x.get("name") == name]
        self.assertEqual(inside.pop("line") + 1, outside.pop("line"))
        for frame in (inside, outside):
            frame.update(refs=without_temporaries(frame), names=None)
        self.assertEqual(inside, outside)

    def test_roots_are_equal(self):
        self.assertEqual(self.inside.roots(), self.outside.roots())
        self.assertEqual(len([x for x in self.inside.roots() if x["root"] == "thread"]), 4)

    def test_headers_are_equal_but_for_moment_and_memory(self):
        inside, outside = (next(x.parsed()) for x in (self.inside, self.outside))
        self.assertEqual(outside.pop("stopped"), "anywhere")
        for header in (inside, outside):
            for key in ("time", "rss", "swap"):
                header.pop(key, None)
        if sys.version_info >= (3, 15):  # Its table of pymalloc cannot be asked for in a copy.
            for key in ("pymalloc_arenas", "pymalloc_used", "pymalloc_free"):
                inside.pop(key)
        for key in ("pymalloc_arenas", "pymalloc_used", "malloc_used", "malloc_free"):
            self.assertEqual(key in inside, key in outside, key)
        near = {"pymalloc_used", "pymalloc_free", "malloc_used", "malloc_free"} & set(inside)
        for key in near:
            self.assertAlmostEqual(inside.pop(key), outside.pop(key), delta=100000)
        self.assertEqual(inside, outside)

    def test_nothing_is_damaged(self):
        self.assertNotIn("damaged", self.outside.end())
        self.assertNotIn("unreadable", self.outside.end())


class EqualDumpsWithoutValuesTest(EqualDumpsTest):
    values = "none"


if __name__ == "__main__":
    unittest.main()
