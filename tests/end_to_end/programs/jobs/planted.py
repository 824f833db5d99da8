"""What the programs in this folder plant, and how they have themselves dumped.

What a program plants are bytes, lists, tuples, sets and dictionaries of known sizes.  It says
below which rows they must be found: a chain of beginnings of names, from the top down, such
as `module::__main__ > dict::CACHE`.  Other rows may stand between them.
"""

import json
import os
import signal
import sys
import time


def size_of(*roots):
    """Returns the bytes of objects and of all that they hold, by the interpreter's own count.

    Each object counts once.  Small integers, None and the like are nobody's.

    Raises:
        TypeError: An object is of a type whose parts this does not know.
    """
    sizes, waiting = {}, list(roots)
    while waiting:
        thing = waiting.pop()
        if id(thing) in sizes or isinstance(thing, int) and -5 <= thing <= 256:
            continue
        sizes[id(thing)] = sys.getsizeof(thing)
        if type(thing) is dict:
            waiting += [*thing.keys(), *thing.values()]
        elif type(thing) in (list, tuple, set):
            waiting += thing
        elif type(thing) not in (bytes, bytearray, str, int, float):
            raise TypeError(f"expected a plain value, got {type(thing)}")
    return sum(sizes.values())


def rows(count, size=500):
    """Returns a list of `count` bytes objects, with `size` characters each."""
    return [b"%06d" % number + bytes(size - 6) for number in range(count)]


def tell(sizes):
    """Writes down what this process has planted: bytes by chain of rows."""
    with open(f"{os.getpid()}.planted", "w", encoding="utf-8") as file:
        json.dump(sizes, file)


def dump(sizes):
    """Tells, and dumps this process."""
    import heapgrind  # Those that are dumped from outside do not have it.

    tell(sizes)
    snapshot = heapgrind.dump(f"{os.getpid()}.json", fork=True, native="sum")
    snapshot.wait()
    if snapshot.error:
        raise snapshot.error


def signal_hook(sizes):
    """Tells, and waits until heapgrind's hook has dumped this process."""
    tell(sizes)
    os.kill(os.getpid(), signal.SIGUSR2)
    while not os.path.exists(f"{os.getpid()}.json"):
        time.sleep(0.05)


def wait(sizes):
    """Tells, and waits until another process has dumped this one."""
    tell(sizes)
    ask_for_dumps(os.getpid())


def ask_for_dumps(*pids):
    """Waits until another process has dumped the processes named, which have told."""
    print(*pids, flush=True)
    sys.stdin.readline()
