"""What the programs in this folder share: what they hold is counted, told, and dumped.

They run with the counting malloc (tests/scanner/native/counted_malloc.cc) loaded before the C
library, so that it says how many bytes of malloc each thing that they hold takes.
"""

import contextlib
import ctypes
import gc
import json
import sys

_counted = ctypes.CDLL(None)
_counted.counted_live_bytes.restype = ctypes.c_uint64
_bytes_of = {}


@contextlib.contextmanager
def counted(name):
    """Counts what the block in the context leaves allocated, as the bytes of a name."""
    gc.collect()
    before = _counted.counted_live_bytes()
    yield
    gc.collect()
    _bytes_of[name] = _counted.counted_live_bytes() - before


def wait(**facts):
    """Tells the bytes by name and other facts, and does as stdin says, to its end:
    `yes PATH` dumps a copy with all native blocks, `sum PATH` with groups of them."""
    print(json.dumps({"bytes": _bytes_of, **facts}))
    sys.stdout.flush()
    for line in sys.stdin:
        native, path = line.split()
        import heapgrind

        copy = heapgrind.dump(path, fork=True, native=native)
        print("dumped" if copy.wait(300) and copy.error is None else copy.error)
        sys.stdout.flush()
