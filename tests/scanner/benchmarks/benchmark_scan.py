"""Measures the scanner on a heap of N objects: speed and extra memory.

    PYTHONPATH=<built package> python benchmark_scan.py [--row] [N]

prints, for a dump to /dev/null, objects/s; beside it, from the same process, a
loop over the same objects that sums sys.getsizeof; the peak of resident memory
that the dump added (VmHWM); and the share of the bytes that pymalloc and
malloc have handed out which the records explain (size + slack).  --row prints a
row of the table in docs/performance.md, which also says what a plain walk over
gc.get_objects() and gc.get_referents() finds in the same process; the table of
all Pythons: tests/test_pythons.py --table.
"""

from __future__ import print_function

import gc
import re
import sys
import time
import types

import heapgrind

DEFAULT_OBJECTS = 2000000


class User(object):
    """A record as programs keep many of."""

    def __init__(self, number):
        self.number = 1000 + number
        self.name = "user %d" % number
        self.score = number * 0.5
        self.tags = ["tag", number + 1000000]


def make_heap(num_objects):
    """Returns a pure-Python heap of about `num_objects` objects: users, a
    dictionary of tuples, and strings."""
    users = [User(i) for i in range(num_objects // 14)]
    table = {"key %d" % i: (i + 0.25, "value %d" % i) for i in range(num_objects // 14)}
    strings = ["string %d" % i for i in range(num_objects // 4)]
    return users, table, strings


def heap_objects(roots):
    """Returns a list of all objects that can be found from `roots`."""
    seen = {}
    stack = list(roots)
    while stack:
        item = stack.pop()
        if id(item) in seen:
            continue
        seen[id(item)] = item
        stack.extend(gc.get_referents(item))
        if isinstance(item, dict):
            stack.extend(item)
        if isinstance(item, User):
            stack.extend(item.__dict__.values())
    return list(seen.values())


def status_kib(key):
    """Returns a number of /proc/self/status, in KiB."""
    with open("/proc/self/status") as status:
        return int(re.search(key + r":\s+(\d+) kB", status.read()).group(1))


def reset_peak():
    """Makes VmHWM begin again at what is resident now."""
    with open("/proc/self/clear_refs", "w") as clear_refs:
        clear_refs.write("5")


def resident_kib():
    """Returns what is resident, exactly: VmRSS may lag behind."""
    with open("/proc/self/smaps_rollup") as rollup:
        return int(re.search(r"\nRss:\s+(\d+) kB", rollup.read()).group(1))


def measure_dump(low_memory=False):
    """Dumps to /dev/null; returns (summary, added KiB, resident KiB)."""
    reset_peak()
    before = resident_kib()
    summary = heapgrind.dump("/dev/null", low_memory=low_memory)
    return summary, status_kib("VmHWM") - before, before


def measure_getsizeof(objects):
    """Returns (seconds, bytes) of a loop that sums sys.getsizeof."""
    start = time.time()
    total = 0
    for item in objects:
        total += sys.getsizeof(item)
    return time.time() - start, total


def walk_collector():
    """Returns (objects, bytes) that the collector's own view of the heap has:
    what it tracks, and what these refer to, as tp_traverse shows it."""
    found = {}
    own = {id(found), id(sys._getframe())}
    stack = gc.get_objects()
    own.add(id(stack))
    while stack:
        item = stack.pop()
        if id(item) in found or id(item) in own:
            continue
        found[id(item)] = item
        stack.extend(gc.get_referents(item))
    return len(found), sum(map(plain_size, found.values()))


def plain_size(item):
    """Returns sys.getsizeof, but where a class says it in Python, as pandas
    does with sizes of all it holds, what object says."""
    if isinstance(getattr(type(item), "__sizeof__", None), types.FunctionType):
        return object.__sizeof__(item)
    return sys.getsizeof(item)


def print_row(num_objects):
    """Prints a row of the table of all Pythons."""
    heap = make_heap(num_objects)
    best, added, resident = min(
        (measure_dump() for _ in range(3)), key=lambda figures: figures[0].seconds
    )
    _, low_added, _ = min(
        (measure_dump(low_memory=True) for _ in range(2)),
        key=lambda figures: figures[1],
    )
    walked_objects, walked_size = walk_collector()
    objects = heap_objects([heap])
    seconds, _ = measure_getsizeof(objects)
    cells = (
        sys.version.split()[0],
        "{:,}".format(best.objects),
        "%.1f" % (best.size / 1e6),
        "-" if best.explained is None else "%.1f %%" % (100 * best.explained),
        "%.2f" % (best.objects / best.seconds / 1e6),
        "%.2f" % (len(objects) / seconds / 1e6),
        "%d (%.1f %%)" % (added, 100.0 * added / resident),
        "%d" % low_added,
        "{:,}".format(walked_objects),
        "%.1f" % (walked_size / 1e6),
    )
    print("| " + " | ".join(cells) + " |")


def main():
    """Prints the figures."""
    numbers = [int(text) for text in sys.argv[1:] if text != "--row"]
    num_objects = numbers[0] if numbers else DEFAULT_OBJECTS
    if "--row" in sys.argv[1:]:
        print_row(num_objects)
        return 0
    heap = make_heap(num_objects)
    best, added, resident = min(
        (measure_dump() for _ in range(3)), key=lambda figures: figures[0].seconds
    )
    print("python           ", sys.version.split()[0])
    print("objects          ", best.objects)
    print("scan             ", "%.3f s" % best.seconds)
    print("objects/s        ", "%.2f million" % (best.objects / best.seconds / 1e6))
    print("MB/s             ", "%.0f" % (best.dump_bytes / best.seconds / 1e6))
    print("resident         ", "%.1f MB" % (resident / 1024.0))
    print(
        "extra memory     ",
        "%d KiB, %.2f %% of resident (allowed: %d KiB)"
        % (added, 100.0 * added / resident, resident * 0.02 + 256),
    )
    objects = heap_objects([heap])
    seconds, _ = measure_getsizeof(objects)
    rate = len(objects) / seconds
    print("sys.getsizeof    ", "%.2f million objects/s" % (rate / 1e6))
    print("scan / getsizeof ", "%.2f" % (best.objects / best.seconds / rate))
    return 0


if __name__ == "__main__":
    sys.exit(main())
