"""Heap dumps of the process that runs this: who owns a Python program's memory.

    import heapgrind
    heapgrind.dump("app.json")

The dump's format is described in docs/dump_format.md of the project;
memdump2callgrind turns it into a call graph for KCachegrind.
"""

import errno
import os
import sys
import time

from . import _gil

_gil.require()

from . import _scanner  # noqa: E402
from ._snapshot import DumpSummary, Snapshot  # noqa: E402

__version__ = _scanner.VERSION
__all__ = ["DumpSummary", "Snapshot", "dump"]

_SHORT = 100  # Characters.

# What a path ends in, its number in compressor.h, and the library that does it.
_COMPRESSIONS = ((b".gz", 1, "libz.so.1"), (b".zst", 2, "libzstd.so.1"))


_scanner.prepare(DumpSummary)


def dump(
    path_or_file,
    values="short",
    max_refs=None,
    low_memory=False,
    fork=False,
    max_bytes=None,
):
    """Writes a heap dump of this process.

    The process stops while the dump is written, less than a second for each
    million objects; with `fork`, only until it is copied, about 30 ms for each
    GB.  A dump holds text of the process: treat it as you would treat a core
    file.

    Args:
        path_or_file: A path, as `open` takes it, or an object with `fileno()`.
            A new file can be read by its owner only, and takes the place of
            an old one when it is complete.  Of a file object only the
            descriptor is used, after `flush()`; the dump begins where the
            descriptor stands.  Objects without a descriptor, such as
            io.BytesIO, raise what their `fileno()` raises
            (io.UnsupportedOperation, an OSError).  A path that ends in `.gz`
            or `.zst` is compressed while it is written, by the system's zlib or
            libzstd.
        values: How many characters of each string to write: "short" (100),
            "none" or a number.  "none" writes the text of keys of
            dictionaries alone, which names what they hold, and goes over the
            heap twice.
        max_refs: How many references without names, and keys and values, a
            record holds; the rest is counted.  All objects are written
            whatever it is.  None: all references.
        low_memory: Work in temporary files (in $TMPDIR or /tmp) and take at
            most 64 KiB of memory, however large the heap is.  Slower.
        fork: Fork, and let the copy of the process write the dump while the
            process goes on.
        max_bytes: How large the file may become.  Objects for which there is
            no room are left out and counted.  None: as large as it needs.

    Returns:
        A DumpSummary; with `fork` a Snapshot, which is done later.

    Raises:
        OSError: The dump cannot be written, or a temporary file of
            `low_memory`; this system has no library to compress with
            (ENOSYS); or the process cannot be forked.  What goes wrong in the copy is the
            Snapshot's `error`.  No file is left behind that looks whole.
        MemoryError: The scan got no memory for its bitmap.
        TypeError: `path_or_file` is neither a path nor a file.
        ValueError: `values`, `max_refs` or `max_bytes` is none of the above.
    """
    options = _checked_options(values, max_refs, max_bytes, low_memory)
    if hasattr(path_or_file, "fileno"):
        if hasattr(path_or_file, "flush"):
            path_or_file.flush()
        return _dump(None, path_or_file.fileno(), fork, False, options + (0,))
    return _dump_to_path(path_or_file, fork, False, options)


def dump_to_new_file(
    path, values="short", max_refs=None, low_memory=False, fork=False, max_bytes=None
):
    """The same, but never takes the place of a file: that is an OSError with
    EEXIST, as it is if another dump is about to get the name."""
    options = _checked_options(values, max_refs, max_bytes, low_memory)
    return _dump_to_path(path, fork, True, options)


def _checked_options(values, max_refs, max_bytes, low_memory):
    return (
        _value_length(values),
        _limit("max_refs", max_refs),
        _limit("max_bytes", max_bytes),
        bool(low_memory),
    )


def _dump_to_path(path, fork, keeps_old, options):
    """Compresses as the end of `path` says."""
    target = _encoded_path(path)
    chosen = [row for row in _COMPRESSIONS if target.endswith(row[0])]
    ending, compression, library = chosen[0] if chosen else (b"", 0, None)
    try:
        return _dump(path, target, fork, keeps_old, options + (compression,))
    except EnvironmentError as error:
        if compression and error.errno == errno.ENOSYS:
            message = "expected {} on this system, for a path in {}".format(
                library, ending.decode("ascii")
            )
            raise OSError(errno.ENOSYS, message, path)
        error.filename = path
        raise


def _dump(path, target, fork, keeps_old, options):
    if fork:
        return Snapshot(path, target, keeps_old, options)
    start = _now()
    result = _scanner.scan(target, keeps_old, *options)
    objects, size, dump_bytes, explained, left_out = result
    seconds = _now() - start
    return DumpSummary(path, objects, size, dump_bytes, seconds, explained, left_out)


def _value_length(values):
    if values == "short":
        return _SHORT
    if values == "none":
        return 0
    if isinstance(values, int) and not isinstance(values, bool) and values >= 0:
        return values
    raise ValueError(
        'expected values to be "none", "short" or a number of characters, '
        "got {!r}".format(values)
    )


def _limit(name, number):
    if number is None:
        return 0
    if isinstance(number, _INTEGERS) and not isinstance(number, bool) and number > 0:
        return number
    raise ValueError(
        "expected {} to be a number above 0 or None, got {!r}".format(name, number)
    )


def _encoded_path(path):
    """Returns a path, of which links were followed, as the system takes it."""
    if hasattr(os, "fspath"):
        return os.fsencode(os.path.realpath(os.fspath(path)))
    if isinstance(path, type(u"")):
        path = path.encode(sys.getfilesystemencoding() or "utf-8")
    if isinstance(path, bytes):
        return os.path.realpath(path)
    raise TypeError(
        "expected a path or an object with fileno(), got {}".format(type(path).__name__)
    )


_INTEGERS = (int,) if sys.version_info >= (3,) else (int, type(1 << 64))
_now = getattr(time, "perf_counter", time.time)
