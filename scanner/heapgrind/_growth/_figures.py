"""Figures of the heap that cost little: counts, and what malloc says.

Whatever stays is referred to, so the number of references grows.  The blocks of
Python's allocator would say the same, but they also grow by what no object shows,
such as tables of strings that the compiler has interned.
"""

import array
import collections
import gc
import json
import sys

from heapgrind import _scanner

# What the figures are called; the others are names of types.
MALLOC = "bytes of malloc"
REFERENCES = "references"
ITEMS = "items of containers"

NOTHING = "[]"  # What `grown` says of no figure.

# Garbage may hold what becomes garbage by a callback of it.
_MOST_COLLECTIONS = 5


def collect():
    """Collects garbage until there is none left."""
    for _ in range(_MOST_COLLECTIONS):
        if gc.collect() == 0:
            return


def warm_up():
    """Lets whatever is made when `read` runs first be there."""
    if not _is_warm:
        read()
        read()
        _is_warm.append(True)


_is_warm = []


def read():
    """Collects garbage and returns the figures, {name: number}, as JSON: a text has
    no references, which the next figures would count.

    Costs a pass over the objects that the garbage collector knows, some 50 ms for
    100 000 of them, beside the collection.
    """
    collect()
    figures = {MALLOC: _scanner.malloc_bytes()}
    objects = gc.get_objects()
    # No type may live on because it is counted.
    for cls, count in _numbers_of_types(objects).items():
        name = name_of(cls)
        figures[name] = figures.get(name, 0) + count
    referents = gc.get_referents(*objects)
    figures[REFERENCES] = len(referents)
    # Items of those that the collector knows are references.
    figures[ITEMS] = sum(len(one) for one in referents if type(one) in _UNTRACKED)
    del objects[:], referents[:]  # Up to Python 3.10 this frame is among them.
    return json.dumps(figures)


def containers():
    """Returns {id: number of items} of lists, sets, dictionaries, deques, arrays and
    bytearrays, as far as something refers to them that the garbage collector knows."""
    objects = gc.get_objects()
    found = {id(one): len(one) for one in objects if type(one) in _TRACKED}
    referents = gc.get_referents(*objects)
    found.update((id(one), len(one)) for one in referents if type(one) in _UNTRACKED)
    del objects[:], referents[:]
    return found


def grown(older, newer, among=None):
    """Returns the names of those figures that are larger, as JSON: of malloc, by more
    than what its caches of free blocks may change.  `among`: such names; of others
    nothing is said."""
    names = growth(older, newer)
    if names.get(MALLOC, 0) < _LEAST_OF_MALLOC:
        names.pop(MALLOC, None)
    return json.dumps(sorted(x for x in names if among is None or x in json.loads(among)))


def growth(older, newer):
    """Returns {name: by how much} of the figures that are larger."""
    numbers = json.loads(older)
    more = {name: number - numbers.get(name, 0) for name, number in json.loads(newer).items()}
    return {str(name): number for name, number in more.items() if number > 0}


def types_of(names):
    """Returns those of such names that are of types."""
    return [str(x) for x in json.loads(names) if x not in (MALLOC, REFERENCES, ITEMS)]


def name_of(cls):
    """Returns the name of a class, as dumps have it: without its module."""
    return getattr(cls, "__name__", "?")


def _numbers_of_types(objects):
    if sys.version_info >= (3,):
        return collections.Counter(map(type, objects))
    numbers = {}  # A Counter of Python 2 leaves an exception behind.
    for one in objects:
        numbers[type(one)] = numbers.get(type(one), 0) + 1
    return numbers


# Those which the collector may not know, such as bytearrays, and dictionaries of
# numbers alone, are among the referents of others.
_TRACKED = frozenset((list, dict, set, collections.deque))
_UNTRACKED = frozenset((bytearray, dict, array.array))
_LEAST_OF_MALLOC = 16 << 10  # Bytes.
