"""What the name of a dump says: where it goes and how it is compressed."""

import os
import sys

# What a path ends in, its number in compressor.h, and the library that does it.
_COMPRESSIONS = ((".gz", 1, "libz.so.1"), (".zst", 2, "libzstd.so.1"))
_OTHERS = (
    ".xz .lzma .bz2 .zip .lz4 .lz .lzo .br .7z .rar .zlib .tar .tgz .tbz .tbz2 .txz "
    ".tzst .zstd .gzip .z .sz .snappy"
).split()


def compression_of(path):
    """Returns what a path ends in, the number of the compression which that asks
    for, and the library that does it; ("", 0, None) for none.

    Raises:
        ValueError: It asks for one that there is not.
    """
    ending = os.path.splitext(_as_text(path))[1].lower()
    for known, number, library in _COMPRESSIONS:
        if ending == known:
            return known, number, library
    if ending in _OTHERS:
        raise ValueError(
            "expected a path in .gz or .zst to compress, or in .json, got '{}'".format(
                _as_text(path)
            )
        )
    return "", 0, None


def encoded(path):
    """Returns a path as the system takes it.  TypeError: it is none."""
    if hasattr(os, "fspath"):
        return os.fsencode(os.fspath(path))
    if isinstance(path, type(u"")):
        path = path.encode(sys.getfilesystemencoding() or "utf-8")
    if isinstance(path, bytes):
        return path
    raise TypeError(
        "expected a path or an object with fileno(), got {}".format(type(path).__name__)
    )


def fault_of(path):
    """Returns what is wrong with a path that was given to a command; None if
    nothing is.  What only the file system knows is not looked at."""
    if not path:
        return "expected the name of a file, got ''"
    if path.startswith("~") and "/" in path:
        return (
            "expected a path, got '{}': the shell expands ~ only at the start of a "
            "word".format(path)
        )
    try:
        compression_of(path)
    except ValueError as error:
        return str(error)
    return None


def _as_text(path):
    if hasattr(os, "fsdecode"):
        return os.fsdecode(path)
    return path
