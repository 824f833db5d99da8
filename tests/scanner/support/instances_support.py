"""Objects of many types, for tests of sizes."""

import array
import collections
import functools
import io
import itertools
import os
import re
import struct
import sys

try:
    import _pickle
    import decimal
    import xml.etree.ElementTree as ElementTree
except ImportError:  # Python 2.
    _pickle = decimal = None
    import xml.etree.cElementTree as ElementTree

VERSION = sys.version_info[:2]


class Slotted(object):
    """A class whose instances have slots."""

    __slots__ = ("a", "b")


class Items(list):
    """A list with a class of its own."""


class Pair(tuple):
    """A tuple with a class of its own."""

    __slots__ = ()


def make_objects():
    """Returns {name: an object whose size sys.getsizeof knows}."""
    grown = []
    for number in range(1000):
        grown.append(number)
    deleted = dict.fromkeys(range(1000))
    for number in range(990):
        del deleted[number]
    objects = {
        "int zero": 0,
        "int small": 1000,
        "int large": 2**100,
        "int negative": -(2**100),
        "float": 1.5,
        "complex": 1j,
        "bool": True,
        "none": None,
        "bytes": b"abc" * 100,
        "text ascii": u"abc" * 10,
        "text bmp": u"\u1234" * 10,
        "text beyond": u"\U0001f600" * 10,
        "tuple empty": (),
        "tuple": tuple(range(5)),
        "list empty": [],
        "list": [1, 2, 3],
        "list grown": grown,
        "list subclass": Items([1, 2]),
        "tuple subclass": Pair((1, 2)),
        "dict empty": {},
        "dict small": {1: 2},
        "dict large": dict.fromkeys(range(1000)),
        "dict of texts": dict.fromkeys(str(x) for x in range(1000)),
        "dict after deletions": deleted,
        "set small": {1, 2},
        "set large": set(range(1000)),
        "frozenset": frozenset(range(10)),
        "bytearray empty": bytearray(),
        "bytearray": bytearray(b"x" * 100),
        "array": array.array("d", [0.0] * 100),
        "deque empty": collections.deque(),
        "deque": collections.deque(range(1000)),
        "defaultdict": collections.defaultdict(list, a=1),
        "object": object(),
        "slots": Slotted(),
        "function": make_objects,
        "method": [].append,
        "builtin": len,
        "code": compile("1", "code", "eval"),  # Of which nobody has asked anything.
        "generator": (x for x in ()),
        "module": sys,
        "slice": slice(1, 2),
        "pattern": re.compile("a.c"),
        "partial": functools.partial(len),
        "exception": ValueError("x"),
        "iterator": iter([]),
        "property": property(len),
        "stat result": collections.namedtuple("P", "x y")(1, 2),
    }
    if VERSION >= (3, 6):
        objects["ordered dict"] = collections.OrderedDict((x, x) for x in range(100))
        objects["struct"] = struct.Struct("iqd")
        objects["buffered reader"] = io.open(os.devnull, "rb")
    return objects


def make_tree(count):
    """Returns a root with so many children."""
    root = ElementTree.Element("root", {"a": "1"})
    for _ in range(count):
        ElementTree.SubElement(root, "child")
    return root


def make_pickler(count):
    """Returns a pickler that remembers so many strings, and these."""
    texts = ["text %d" % number for number in range(count)]
    pickler = _pickle.Pickler(io.BytesIO())
    pickler.dump(texts)
    return pickler, texts


def make_unpickler(count):
    """Returns an unpickler that remembers so many strings, and these."""
    data = _pickle.dumps(["text %d" % number for number in range(count)])
    unpickler = _pickle.Unpickler(io.BytesIO(data))
    return unpickler, unpickler.load()


def make_iterators():
    """Returns {name: an iterator with indices of its own}."""
    return {
        "product": itertools.product("ab", repeat=50),
        "combinations": itertools.combinations(range(100), 50),
        "with replacement": itertools.combinations_with_replacement("ab", 50),
        "permutations": itertools.permutations(range(100), 50),
        "ended": collections.deque([itertools.product("a")]).pop(),
    }


def make_decimals():
    """Returns {name: a number}."""
    exact = decimal.Context(prec=20000)
    return {
        "short": decimal.Decimal("1.25"),
        "long": decimal.Decimal("1" * 5000),
        "divided": exact.divide(decimal.Decimal(1), 7),
        "infinite": decimal.Decimal("Infinity"),
    }


def fill_text(text):
    """Writes what a StringIO from Python 3.12 on does not join yet."""
    text.write(u"abc")
    for number in range(1000):
        text.write(u"%06d" % number)


def fill_poll(poll):
    """Registers descriptors."""
    for number in range(200):
        poll.register(number)


def write_row(writer):
    """Writes a row that is longer than a writer's first buffer."""
    writer.writerow([u"x" * 40000])
