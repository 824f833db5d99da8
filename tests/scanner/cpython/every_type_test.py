"""Every type of the standard library: what we say an object costs and what
sys.getsizeof says.

All modules that are in C are loaded; the objects compared are those that the
process has then, and one or more of each type that computes its size itself.
The differences that remain are those of docs/sizes.md.
"""

import array
import collections
import ctypes
import gc
import io
import pkgutil
import sys
import types
import unittest
import warnings

import dump_support
import instances_support

VERSION = sys.version_info[:2]
HAS_INLINE_VALUES = 1 << 4  # Py_TPFLAGS_MANAGED_DICT, from 3.11 on.

# Types whose objects own more than sys.getsizeof says, or less.
MORE = {
    "_csv.reader", "_csv.writer", "_io.StringIO", "_pickle.Pdata", "_queue.SimpleQueue",
    "_thread.RLock", "_thread.lock", "collections.deque", "mmap.mmap", "select.poll",
    "builtins.frame", "builtins.code",
}  # fmt: skip
LESS = {
    "_io.BytesIO",  # The buffer is an object of its own.
    "builtins.StgDict",  # getsizeof counts the struct twice.
    "parser.st",  # Its tree is not counted.
}
# Types that compute their size and have no objects but those of derived types.
NOT_MADE = {"_ctypes.CType_Type"}


def is_loadable(name):
    """True for modules of the library that are in C, and harmless."""
    return name.startswith("_") and not name.startswith(("_test", "_xx", "__", "_tkinter"))


def load_modules():
    """Imports all modules that may be in C."""
    names = set(sys.builtin_module_names)
    names.update(module[1] for module in pkgutil.iter_modules())
    public = {"array", "math", "cmath", "mmap", "select", "unicodedata", "zlib", "parser"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in sorted(names):
            if name not in public and not is_loadable(name):
                continue
            try:
                __import__(name)
            except Exception:  # Made for another system, or left out.
                pass


def all_types():
    """Returns all types that object leads to."""
    found, left = set(), [object]
    while left:
        one = left.pop()
        if id(one) in found:
            continue
        found.add(id(one))
        yield one
        left.extend(type.__subclasses__(one))


def qualified(one):
    """Returns the name of a type with its module."""
    return "{}.{}".format(one.__module__, one.__name__)


def computes_size(one):
    """True for types in C that have a `__sizeof__` of their own."""
    method = type.__dict__["__dict__"].__get__(one).get("__sizeof__")
    return isinstance(method, type(list.__dict__["__sizeof__"]))


def ended_frame():
    """Returns the frame of a function that has ended."""
    return sys._getframe()


ASYNC_SOURCE = """
async def coroutine(): pass
async def generator(): yield
made = [coroutine(), generator()]
"""


def make_asynchronous():
    """Returns a coroutine and an asynchronous generator."""
    space = {}
    exec(ASYNC_SOURCE, space)
    return space["made"]


def make_all():
    """Returns objects of the types that compute their size."""
    made = list(instances_support.make_objects().values())
    made += instances_support.make_decimals().values()
    made += instances_support.make_iterators().values()
    made += [instances_support.make_tree(20)]
    made += instances_support.make_pickler(20) + instances_support.make_unpickler(20)
    made += [io.BytesIO(b"x" * 100), io.StringIO(u"x"), ended_frame()]
    made += [io.BufferedWriter(io.BytesIO()), io.BufferedRandom(io.BytesIO())]
    made += [array.array("d", [0.0] * 10), (ctypes.c_int * 10), make_asynchronous()]
    made += made[-1]
    if "_queue" in sys.modules:
        made.append(sys.modules["_queue"].SimpleQueue())
    if "parser" in sys.modules:
        made.append(sys.modules["parser"].expr("1"))
    return made


def live_objects(made):
    """Returns {address: object} of all that the collector and `made` lead to."""
    found, left = {}, list(made) + gc.get_objects()
    while left:
        item = left.pop()
        if id(item) not in found:
            found[id(item)] = item
            left.extend(gc.get_referents(item))
    return found


def is_explained(item, difference):
    """True if the page on sizes says why the figures differ so.

    Args:
        difference: Ours without theirs, bytes.
    """
    kind = type(item)
    if kind is types.CodeType and VERSION < (3, 8):
        return difference % 7 == 0  # getsizeof takes bytes for words.
    if qualified(kind) in MORE:
        return difference > 0
    if qualified(kind) in LESS:
        return difference < 0
    if kind is list and dump_support.IS_FREE_THREADED:
        return difference == 8  # The length of the block, in front of the items.
    if isinstance(item, type):  # Texts and shared keys; a header that is not there.
        return difference >= -16
    if isinstance(item, dict):  # Values that are in, or with, their instance.
        return VERSION >= (3, 11) and abs(difference) < 400
    if isinstance(item, (int, str)):  # Fields of a class of its own.
        return kind not in (int, str) and 0 < difference < 400
    has_values = VERSION >= (3, 11) and kind.__flags__ & HAS_INLINE_VALUES
    if isinstance(item, ctypes.c_int.__mro__[2]):  # Their buffers.
        return difference > 0
    return bool(has_values) and 0 < difference < 600


@unittest.skipUnless(VERSION >= (3, 6), "few types compute their size there")
class EveryTypeTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        load_modules()
        cls.made = make_all()
        cls.objects = live_objects(cls.made)
        before = cls.sizes()
        dump = dump_support.take_dump()
        after = cls.sizes()
        cls.compared = set()
        cls.unexplained = collections.Counter()
        for record in dump.records():
            address = record["address"]
            if before.get(address) == after.get(address) is not None:
                cls.compare(record, before[address])
        for item in cls.made:
            if isinstance(item, types.CoroutineType):
                item.close()

    @classmethod
    def sizes(cls):
        """Returns {address: what sys.getsizeof says} of those that it may ask."""
        found = {}
        for address, item in cls.objects.items():
            sizeof = type(item).__dict__.get("__sizeof__")
            try:
                if not isinstance(sizeof, types.FunctionType):
                    found[address] = sys.getsizeof(item)
            except Exception:  # A class may forbid it.
                pass
        return found

    @classmethod
    def compare(cls, record, size):
        item = cls.objects[record["address"]]
        cls.compared.add(id(type(item)))
        difference = record["size"] - size
        if difference != 0 and not is_explained(item, difference):
            cls.unexplained[qualified(type(item)), difference] += 1

    def test_all_differences_are_explained(self):
        self.assertEqual(dict(self.unexplained), {})

    def test_all_types_that_compute_their_size_were_compared(self):
        missing = [
            qualified(one)
            for one in all_types()
            if computes_size(one) and id(one) not in self.compared
        ]
        self.assertEqual(set(missing) - NOT_MADE, set())


if __name__ == "__main__":
    unittest.main()
