"""Heap dumps of the process that runs this: who owns a Python program's memory.

    import heapgrind
    heapgrind.dump("app.json")

The dump's format is described in docs/dump_format.md of the project;
memdump2callgrind turns it into a call graph for KCachegrind.
"""

import errno
import sys

from . import _refusal

try:
    from . import _scanner  # noqa: E402
except ImportError as error:  # It was built for another Python.
    _refusal.end_command(error)
    del sys.modules[_refusal.__name__]  # Else Python 2 cannot try it again.
    raise

from . import _file_names  # noqa: E402
from ._snapshot import DumpSummary, Snapshot  # noqa: E402

__version__ = _scanner.VERSION
__all__ = ["DumpSummary", "Snapshot", "assert_no_growth", "dump", "watch"]

_SHORT = 100  # Characters.


_scanner.prepare(DumpSummary)
_scanner.make_room()


def dump(
    path_or_file,
    values="short",
    max_refs=None,
    low_memory=False,
    fork=False,
    max_bytes=None,
    native=None,
):
    """Writes a heap dump of this process.

    The process stops while the dump is written, less than a second for each
    million objects; with `fork`, only until it is copied, about 30 ms for each
    GB.  A dump holds text of the process: treat it as you would treat a core
    file.  Where limits leave no memory for it, it is made as with `low_memory`.

    Args:
        path_or_file: A path, as `open` takes it, or an object with `fileno()`.
            A new file can be read by its owner only, whatever the umask is,
            and takes the place of an old one when it is complete.  In a folder
            where everybody may write, such as /tmp, what belongs to others is
            neither followed (links), nor written to (pipes), nor replaced.
            Other threads go on while a named pipe waits for its reader.  Of a file object only the
            descriptor is used, after `flush()`; the dump begins where the
            descriptor stands.  Objects without a descriptor, such as
            io.BytesIO, raise what their `fileno()` raises
            (io.UnsupportedOperation, an OSError).  A path that ends in `.gz`
            or `.zst` is compressed while it is written, by the system's zlib or
            libzstd; other compressions are refused.
        values: How many characters of each string to write: "short" (100),
            "none" or a number.  "none" writes the text of keys of
            dictionaries alone, which names what they hold, and goes over the
            heap twice.
        max_refs: How many references without names, and keys and values, a
            record holds; the rest is counted.  All objects are written
            whatever it is.  None: all references.
        low_memory: Work in temporary files (in $TMPDIR or /tmp) and take at
            most 256 KiB of memory, however large the heap is.  Slower.
        fork: Fork, and let the copy of the process write the dump while the
            process goes on.
        max_bytes: How large the file may become.  Objects for which there is
            no room are left out and counted.  None: as large as it needs.
        native: With `fork`, whether what C code has allocated from malloc and
            objects hold is followed, block by block (glibc).  None, False or "no":
            it is left out, as it is with `low_memory`.  "sum": what one object
            alone leads to is one record, so that the dump grows by little; it
            takes the copy some 10 s of the processor and 120 MB of memory for
            each GB of small blocks.  True, or "yes": each block has a record.

    Returns:
        A DumpSummary; with `fork` a Snapshot, which is done later.

    Raises:
        OSError: The dump cannot be written, or a temporary file of
            `low_memory`; the path is another user's (EACCES); this system has no library to compress with
            (ENOSYS); or the process cannot be forked.  What goes wrong in the copy is the
            Snapshot's `error`.  No file is left behind that looks whole.
        MemoryError: There is no memory even for that.
        TypeError: `path_or_file` is neither a path nor a file.
        ValueError: `values`, `max_refs`, `max_bytes` or `native` is none of the
            above, `native` is true without `fork`, or the path ends in `.xz`, `.bz2` or the like.
    """
    _scanner.make_room()
    options = _checked_options(values, max_refs, max_bytes, low_memory, fork, native)
    if hasattr(path_or_file, "fileno"):
        if hasattr(path_or_file, "flush"):
            path_or_file.flush()
        return _dump(None, path_or_file.fileno(), fork, False, options + (0, False))
    return _dump_to_path(path_or_file, fork, False, options)


def dump_to_new_file(
    path,
    values="short",
    max_refs=None,
    low_memory=False,
    fork=False,
    max_bytes=None,
    native=None,
    near_limit=False,
):
    """The same, but never takes the place of a file: that is an OSError with
    EEXIST, as it is if another dump is about to get the name.

    `near_limit`: memory is about to run out.  Then the page cache of the dump is
    given back while it is written, and a copy is not the OOM killer's first choice."""
    _scanner.make_room()
    options = _checked_options(values, max_refs, max_bytes, low_memory, fork, native)
    return _dump_to_path(path, fork, True, options, near_limit)


def _checked_options(values, max_refs, max_bytes, low_memory, fork, native):
    if native is None:
        native = "no"
    number = _native_number(native)
    if number and not fork:
        raise ValueError("native: expected fork=True, got fork=False")
    return (
        _value_length(values),
        _limit("max_refs", max_refs),
        _limit("max_bytes", max_bytes),
        bool(low_memory),
        number,
    )


_NATIVE = {False: 0, "no": 0, True: 1, "yes": 1, "sum": 2}


def _native_number(native):
    if native in _NATIVE:
        return _NATIVE[native]
    raise ValueError("expected native to be True, False or 'sum', got {!r}".format(native))
def watch():
    """Returns a context that says what its block leaves behind in the heap.

        with heapgrind.watch() as w:
            serve_a_request()
        print(w.growth(by="path"), w.survivors())

    What holds it is told by heapgrind's native program, which the wheel brings;
    without it (`has_holders` is False) growth is counted by type.  Costs a dump
    before the block and one behind it.

    Raises (where the block begins or ends):
        OSError: A dump cannot be made in the folder for temporary files, or read.
    """
    from heapgrind import _growth  # Not in the heap of a program that only dumps.

    return _growth.Watch()


def assert_no_growth(function, loops=5, warmup=2, ignore=()):
    """Raises AssertionError if the heap grows each time `function` is called.

        12 Session (5.8 kB) more in each loop, held by shop.sessions.CACHE[*]

    Garbage is collected after each call.  What grows in all `loops` is looked at
    with dumps, in three calls more.  Caches with a bound are no growth while
    they fill: those of the library, and `lru_cache` of up to 1024 results.

    Args:
        function: What to call, without arguments.  What it returns is not kept.
        loops: How many calls are compared; 2 or more.
        warmup: How many calls come before, in which modules may be imported and
            caches filled.
        ignore: Patterns, as of fnmatch, of types or paths that may grow.

    Raises:
        AssertionError: It grows; a line says what, how much, and who holds it.
        OSError: A dump cannot be made in the folder for temporary files, or read.
        ValueError: `loops` or `warmup` is not as above.
    """
    from heapgrind import _growth

    growths = _growth.find(function, loops, warmup, ignore)
    if growths:
        raise AssertionError(_growth.text_of(growths))


def check_path(path, keeps_old=False):
    """Raises the OSError or ValueError that a dump to `path` would, as far as
    that is known now."""
    _file_names.compression_of(path)
    try:
        _scanner.check_file(_file_names.encoded(path), keeps_old)
    except EnvironmentError as error:
        error.filename = path
        raise


def _dump_to_path(path, fork, keeps_old, options, near_limit=False):
    """Compresses as the end of `path` says."""
    target = _file_names.encoded(path)
    ending, compression, library = _file_names.compression_of(path)
    try:
        options += (compression, near_limit)
        return _dump(path, target, fork, keeps_old, options)
    except EnvironmentError as error:
        if compression and error.errno == errno.ENOSYS:
            message = "expected {} on this system, for a path in {}".format(
                library, ending
            )
            raise OSError(errno.ENOSYS, message, path)
        error.filename = path
        raise


def _dump(path, target, fork, keeps_old, options):
    if fork:
        return Snapshot(path, target, keeps_old, options)
    result = _scanner.scan(target, keeps_old, *options)
    objects, size, dump_bytes, explained, left_out, seconds = result
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


_INTEGERS = (int,) if sys.version_info >= (3,) else (int, type(1 << 64))
