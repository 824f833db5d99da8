"""Measures the scanner on a heap of N objects: speed and extra memory.

    PYTHONPATH=<built package> python benchmark_scan.py [N]

prints, for a dump to /dev/null, objects/s; beside it, from the same process, a
loop over the same objects that sums sys.getsizeof; the peak of resident memory
that the dump added (VmHWM); and the share of the bytes that pymalloc and
malloc have handed out which the records explain (size + slack).
"""

from __future__ import print_function

import gc
import re
import sys
import time

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


def measure_dump():
    """Dumps to /dev/null; returns (summary, added KiB, resident KiB)."""
    reset_peak()
    before = status_kib("VmRSS")
    summary = heapgrind.dump("/dev/null")
    return summary, status_kib("VmHWM") - before, before


def measure_getsizeof(objects):
    """Returns (seconds, bytes) of a loop that sums sys.getsizeof."""
    start = time.time()
    total = 0
    for item in objects:
        total += sys.getsizeof(item)
    return time.time() - start, total


def main():
    """Prints the figures."""
    num_objects = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_OBJECTS
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
