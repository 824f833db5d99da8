"""What grows in each of several loops.

First the figures that cost little are read after each loop.  Only if one of them
grows in all loops, some more loops are made with a dump after each, and the rows
of these dumps say what it is and who holds it.
"""

import fnmatch

from heapgrind._growth import _caches, _dumps, _figures, _rows

NUM_DUMPS = 4

_MOST_CONTAINERS = 20  # That are named.
_REFERENCES = ("ReferenceType", "weakref")

WITHOUT_PROGRAM = (
    "(counted by type alone: heapgrind's native program, which names the holders, "
    "is not installed)"
)


def find(run, loops, warmup, ignore=()):
    """Returns the Growths, per loop, of what grows each time `run` is called.

    Args:
        run: What to call; its result is not kept.
        loops: How many calls are compared, after `warmup` others; 2 or more.
        warmup: How many calls may fill caches and import modules.
        ignore: Patterns (as of fnmatch) of types or paths that may grow.

    Raises:
        OSError: A dump cannot be made or read.
    """
    types = _growing_types(run, loops, warmup)
    if types is None:
        return []
    if not _dumps.has_program():
        return _without(ignore, types)
    with _dumps.Dumps() as dumps:
        items = _run_with_dumps(run, dumps)
        growths = _rows.fold(_grown_rows(dumps.rows()))
        growths = _with_containers(growths, items, dumps)
    return _without(ignore, growths)


def _growing_types(run, loops, warmup):
    """Returns the Growths, per loop, of types that grow in each loop; None if no
    figure does."""
    _figures.warm_up()
    for _ in range(warmup):
        run()
    first = last = _figures.read()
    names = None
    for _ in range(loops):
        run()
        newer = _figures.read()
        names = _figures.grown(last, newer, names)
        last = newer
        if names == _figures.NOTHING:
            return None
    growth = _figures.growth(first, last)
    return [_rows.Growth(x, None, growth[x] // loops) for x in _figures.types_of(names)]


def _run_with_dumps(run, dumps):
    """Fills `dumps`.  Returns {id: items more, per loop} of the containers that got
    more items in each."""
    _figures.collect()
    first = last = _figures.containers()
    dumps.take()
    for _ in range(NUM_DUMPS - 1):
        run()
        _figures.collect()
        last = _larger(last, _figures.containers())
        first = {one: first[one] for one in last}
        dumps.take()
    return {one: (last[one] - first[one]) // (NUM_DUMPS - 1) for one in last}


def _larger(older, newer):
    return {one: newer[one] for one in older if newer.get(one, 0) > older[one]}


def _grown_rows(rows):
    """Returns the Growths, per loop, of rows that grow from dump to dump.

    Objects must become more each time; bytes of what is there, which grows by
    more than it needs, at least every second time, and must never become less.
    So may the objects of such a row: a thread that has just begun has another name.
    """
    sums = {}
    for row in rows:
        type_name, path = _rows.split(row["owner"])
        if path is None or _rows.is_of_the_interpreter(row["owner"]):
            continue
        sum_of_kind = sums.setdefault((type_name, _rows.kind_of(path)), [0] * 2 * NUM_DUMPS)
        for place, number in enumerate(row["instances"] + row["bytes"]):
            sum_of_kind[place] += number
    growths = []
    for (type_name, path), numbers in sums.items():
        objects, sizes = _steps(numbers[:NUM_DUMPS]), _steps(numbers[NUM_DUMPS:])
        size = max(sum(sizes) // len(sizes), 0)
        if min(objects) > 0:
            growths.append(_rows.Growth(type_name, path, sum(objects) // len(objects), size))
        elif _grows_often(sizes):
            count = round(sum(objects) / float(len(objects))) if _grows_often(objects) else 0
            growths.append(_rows.Growth(type_name, path, int(count), size))
    return [one for one in growths if not _caches.is_bounded(one.path)]


def _grows_often(steps):
    """True if more than half of these steps are up, and none down."""
    return min(steps) >= 0 and sum(1 for step in steps if step) * 2 > len(steps)


def _steps(numbers):
    return [after - before for before, after in zip(numbers, numbers[1:])]


def _with_containers(growths, items, dumps):
    """Adds to Growths which containers got more items, but for those whose items
    are among them; takes away what lists hold that are thinned out now and then."""
    largest = sorted(items, key=lambda one: -items[one])[:_MOST_CONTAINERS]
    bounded = _caches.bounded_lists()
    names = dumps.names(sorted(bounded.union(largest)))
    kinds = {one: _rows.kind_of_object(*names[one]) for one in names}
    thinned_out = {kinds[one] for one in bounded if one in kinds}
    growths = [x for x in growths if not _is_reference_in(x, thinned_out)]
    for address in sorted(set(largest).intersection(kinds) - bounded):
        kind = kinds[address]
        is_expected = _caches.is_bounded(kind) or _rows.is_of_the_interpreter(kind)
        if not is_expected and not _is_told(kind, growths):
            growths = _with_container(growths, names[address][0], kind, items[address])
    return growths


def _is_reference_in(growth, lists):
    return growth.type in _REFERENCES and any(_rows.is_held(growth.path, x) for x in lists)


def _is_told(name, growths):
    """True if what a container holds is among Growths."""
    return any(_rows.is_held(one.path, name) for one in growths)


def _with_container(growths, type_name, path, num_items):
    same = [x for x in growths if (x.type, x.path, x.count) == (type_name, path, 0)]
    if same:
        same[0].items = num_items
        return growths
    return growths + [_rows.Growth(type_name, path, 0, 0, num_items)]


def _without(ignore, growths):
    def is_ignored(one):
        words = [word for word in (one.type, one.path) if word is not None]
        return any(fnmatch.fnmatchcase(x, pattern) for x in words for pattern in ignore)

    return [one for one in growths if not is_ignored(one)]
