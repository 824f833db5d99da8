"""Caches that fill, and then keep no more than they hold."""

import gc
import sys
import weakref

# Results that `functools.lru_cache` may keep at most, to count as such a cache.
_MOST_RESULTS = 1024

# What the library keeps to be quicker, each with a bound of its own; and what the
# import of modules knows of folders.
_OF_THE_LIBRARY = (
    "sys.path_importer_cache",
    "re._cache",
    "sre._cache",
    "_strptime._regex_cache",
    "linecache.cache",
    "urllib.parse._parse_cache",
    "urlparse._parse_cache",
    "fnmatch._cache",
)
_SHARED = "shared in "
_HAS_COLLECTOR = 1 << 14  # Py_TPFLAGS_HAVE_GC, Include/object.h.


def is_bounded(path):
    """True if a path is in a cache that ends to grow by itself: one of the
    library, or a `functools.lru_cache` of at most 1024 results."""
    return any(
        place.startswith(_OF_THE_LIBRARY) or any(_is_small(x) for x in _found(place))
        for place in _places(path)
    )


def _places(path):
    """Returns what holds something: of "shared in re: _cache, _cache2" all of it."""
    if not path.startswith(_SHARED):
        return [path]
    module, _, names = path[len(_SHARED) :].partition(": ")
    return [module] + ["{}.{}".format(module, name) for name in names.split(", ")]


def _is_small(function):
    try:
        most = function.cache_info().maxsize
    except Exception:  # It is none, or something that only looks like one.
        return False
    return most is not None and most <= _MOST_RESULTS


def _found(path):
    """Yields what is on the way along a path of names, from its module on, without
    running a descriptor."""
    words = path.split(".")
    for end in range(len(words), 0, -1):
        found = sys.modules.get(".".join(words[:end]))
        if found is not None:
            break
    else:
        return
    for word in words[end:]:
        found = getattr(found, "__dict__", {}).get(word.partition("[")[0])
        yield found


def bounded_lists():
    """Returns the ids of lists that are thinned out now and then: those of weak
    references that a connection of sqlite3 has to its cursors and statements
    (Modules/_sqlite, connection.c: after 200 of them)."""
    module = sys.modules.get("sqlite3")
    connection = getattr(module, "Connection", None)
    if connection is None:
        return set()
    if not connection.__flags__ & _HAS_COLLECTOR:
        return _held_by_nobody(_lists_of_references(module))
    connections = [one for one in gc.get_objects() if issubclass(type(one), connection)]
    return {id(one) for one in gc.get_referents(*connections) if type(one) is list}


def _lists_of_references(module):
    """Returns the lists of nothing but weak references to cursors, statements and what is
    gone.

    Before Python 3.10 the collector does not know what a connection holds.
    """
    types = (type(None), module.Cursor, getattr(module, "Statement", module.Cursor))
    return list(
        one
        for one in gc.get_objects()
        if type(one) is list
        and one
        and all(type(x) is weakref.ref and issubclass(type(x()), types) for x in one)
    )


def _held_by_nobody(lists):
    """Returns the ids of those to which nothing refers that the collector knows."""
    ids = set(map(id, lists))
    held = set()
    for referrer in gc.get_referrers(*lists):
        held_there = set(map(id, gc.get_referents(referrer)))
        if held_there != ids:  # It is neither `lists` nor the call's arguments.
            held |= held_there
    return ids - held
