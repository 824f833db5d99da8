"""Heap dumps of the process that runs this: who owns a Python program's memory.

    import heapgrind
    heapgrind.dump("app.json")

The dump's format is described in docs/dump_format.md of the project;
memdump2callgrind turns it into a call graph for KCachegrind.
"""

import errno
import os
import stat
import time

from . import _scanner

__version__ = _scanner.VERSION
__all__ = ["DumpSummary", "dump"]

_SHORT = 100  # Characters.

# What a path ends in, its number in compressor.h, and the library that does it.
_COMPRESSIONS = ((u".gz", 1, "libz.so.1"), (u".zst", 2, "libzstd.so.1"))


class DumpSummary(object):
    """What a dump holds and what it took.

    Attributes:
        path: Where the dump was written; None if a file object was given.
        objects: Number of objects.
        size: What they cost altogether, in bytes.
        dump_bytes: Length of the dump, in bytes, before it is compressed.
        seconds: How long the process was stopped.
        explained: The share of the bytes that Python's allocator and the C
            library's have handed out which the objects account for, with what
            the allocators round up; None where they do not say (Python 2.7,
            C libraries other than glibc).
    """

    __slots__ = ("path", "objects", "size", "dump_bytes", "seconds", "explained")

    def __init__(self, path, objects, size, dump_bytes, seconds, explained):
        self.path = path
        self.objects = objects
        self.size = size
        self.dump_bytes = dump_bytes
        self.seconds = seconds
        self.explained = explained

    def __repr__(self):
        return (
            "DumpSummary(path={!r}, objects={}, size={}, dump_bytes={}, "
            "seconds={:.3f}, explained={})"
        ).format(
            self.path,
            self.objects,
            self.size,
            self.dump_bytes,
            self.seconds,
            None if self.explained is None else round(self.explained, 3),
        )


_scanner.prepare(DumpSummary)


def dump(path_or_file, values="short", max_refs=None, low_memory=False):
    """Writes a heap dump of this process.

    The process stops while the dump is written, less than a second for each
    million objects.  A dump holds text of the process: treat it as you would
    treat a core file.

    Args:
        path_or_file: A path, as `open` takes it, or an object with `fileno()`.
            A new file can be read by its owner only, and takes the place of
            an old one when it is complete.  Of a file object only the
            descriptor is used, after `flush()`; the dump begins where the
            descriptor stands.  Objects without a descriptor, such as
            io.BytesIO, raise what their `fileno()` raises
            (io.UnsupportedOperation, an OSError).  A dump to a path
            that ends in `.gz` or `.zst` is compressed while it is written, by
            the system's zlib or libzstd.
        values: How many characters of each string to write: "short" (100),
            "none" or a number.  "none" writes the text of keys of
            dictionaries alone, which names what they hold, and goes over the
            heap twice.
        max_refs: How many references without names, and keys and values, a
            record holds; the rest is counted.  All objects are written
            whatever it is.  None: all references.
        low_memory: Work in temporary files (in $TMPDIR or /tmp) and take at
            most 64 KiB of memory, however large the heap is.  Slower.

    Returns:
        A DumpSummary.

    Raises:
        OSError: The dump cannot be written, or a temporary file of
            `low_memory`; or this system has no library to compress with
            (ENOSYS).  No file is left behind that looks whole.
        MemoryError: The scan got no memory for its bitmap.
        TypeError: `path_or_file` is neither a path nor a file.
        ValueError: `values` or `max_refs` is none of the above.
    """
    options = (_value_length(values), _max_references(max_refs), bool(low_memory))
    if hasattr(path_or_file, "fileno"):
        if hasattr(path_or_file, "flush"):
            path_or_file.flush()
        return _dump_to_descriptor(path_or_file.fileno(), None, options)
    path = _file_system_path(path_or_file)
    if _is_special_file(path):
        descriptor = os.open(path, os.O_WRONLY)
        try:
            return _dump_to_descriptor(descriptor, path_or_file, options)
        finally:
            os.close(descriptor)
    return _dump_to_file(path, path_or_file, options)


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


def _max_references(max_refs):
    if max_refs is None:
        return 0
    if isinstance(max_refs, int) and not isinstance(max_refs, bool) and max_refs > 0:
        return max_refs
    raise ValueError(
        "expected max_refs to be a number above 0 or None, got {!r}".format(max_refs)
    )


def _file_system_path(path):
    if hasattr(os, "fspath"):
        return os.fspath(path)
    if isinstance(path, (bytes, type(u""))):
        return path
    raise TypeError(
        "expected a path or an object with fileno(), got {}".format(
            type(path).__name__
        )
    )


def _is_special_file(path):
    """True for what must be written to as it is: devices, pipes, sockets."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), path)
    return not stat.S_ISREG(mode)


def _dump_to_file(path, shown_path, options):
    """Writes to a file beside `path`, and renames it when it is complete."""
    target = os.path.realpath(path)
    directory, name = os.path.split(target)
    suffix = ".{}.part".format(os.getpid())
    if isinstance(target, bytes) and not isinstance(suffix, bytes):
        part = os.path.join(directory, b"." + name + suffix.encode("ascii"))
    else:
        part = os.path.join(directory, "." + name + suffix)
    descriptor = os.open(
        part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0), 0o600
    )
    try:
        try:
            summary = _dump_compressed(descriptor, path, shown_path, options)
        finally:
            os.close(descriptor)
        os.rename(part, target)
    except BaseException:
        _remove(part)
        raise
    return summary


def _remove(part):
    """Removes the file unless it was renamed: an interrupt may come after that."""
    try:
        os.unlink(part)
    except EnvironmentError as error:
        if error.errno != errno.ENOENT:
            raise


def _dump_compressed(descriptor, path, shown_path, options):
    """Compresses as the end of `path` says."""
    for ending, number, library in _COMPRESSIONS:
        if not path.endswith(ending.encode("ascii") if isinstance(path, bytes) else ending):
            continue
        try:
            return _dump_to_descriptor(descriptor, shown_path, options, number)
        except EnvironmentError as error:
            if error.errno != errno.ENOSYS:
                raise
            message = "expected {} on this system, for a path in {}".format(library, ending)
            raise OSError(errno.ENOSYS, message, shown_path)
    return _dump_to_descriptor(descriptor, shown_path, options)


def _dump_to_descriptor(descriptor, shown_path, options, compression=0):
    start = _now()
    objects, size, dump_bytes, explained = _scanner.scan(descriptor, *(options + (compression,)))
    seconds = _now() - start
    if explained < 0:
        explained = None
    return DumpSummary(shown_path, objects, size, dump_bytes, seconds, explained)


_now = getattr(time, "perf_counter", time.time)
