"""Reads the scanner's dumps, for tests.

The reader is strict: what docs/dump_format.md does not allow is an error.
"""

import contextlib
import json
import os
import re
import sys
import tempfile
import unittest

import blob_support
import heapgrind

# Of Python: the objects are in mimalloc's heaps.
IS_FREE_THREADED = "t" in getattr(sys, "abiflags", "")

HEADER_KEYS = [
    "heapgrind",
    "scanner",
    "python",
    "pid",
    "argv",
    "executable",
    "time",
    "stopped",
    "rss",
    "swap",
    "pointer_size",
    "pymalloc_arenas",
    "pymalloc_used",
    "pymalloc_free",
    "malloc_used",
    "malloc_free",
    "malloc_mapped",
]
ROOT_KEYS = ["root", "name", "id", "refs", "names"]
OBJECT_KEYS = [
    "address",
    "type",
    "size",
    "gc",
    "slack",
    "resident",
    "site",
    "kind",
    "name",
    "qualname",
    "module",
    "file",
    "line",
    "last_line",
    "len",
    "value",
    "refcount",
    "pairs",
    "refs",
    "refs_left_out",
    "inside",
    "blocks",
    "names",
]
SITE_KEYS = ["site", "file", "line", "caller"]
END_KEYS = [
    "end",
    "size",
    "left_out",
    "left_out_size",
    "damaged",
    "unreadable",
    "lost_roots",
    "pymalloc_explained",
    "malloc_explained",
    "native_explained",
    "malloc_absent",
    "swapped",
    "resident_unknown",
    "native_cut_short",
    "native_unknown",
]


class Dump(object):
    """A dump in memory, as its text: parsed, it would be large in the next one.

    Attributes:
        text: All of the dump (bytes).
        summary: What heapgrind.dump returned; a blob has none.
    """

    def __init__(self, text, summary=None):
        self.text = text
        self._summary = summary

    @property
    def summary(self):
        if self._summary is None:
            raise unittest.SkipTest("a blob returns no summary")
        return self._summary

    def lines(self, text=b"\n"):
        """Yields each line (bytes) that holds `text`."""
        found = self.text.find(text)
        while found >= 0:
            start = self.text.rfind(b"\n", 0, found) + 1
            end = self.text.index(b"\n", found) + 1
            yield self.text[start:end]
            found = self.text.find(text, end)

    def parsed(self, text=b"\n"):
        """Yields each record of the dump whose line holds `text`; to parse all takes 1 s."""
        return (parse_line(line) for line in self.lines(text))

    def records(self, text=b"\n"):
        """Yields each object's record whose line holds `text`."""
        return (record for record in self.parsed(text) if "address" in record)

    def addresses(self):
        """Returns the list of the objects' addresses."""
        return [int(x) for x in re.findall(br'^\{"address": (\d+)', self.text, re.MULTILINE)]

    def frames(self):
        """Yields each frame's record."""
        return self.records(b'"type": "frame"')

    def end(self):
        """Returns the record of the last line, which is whole."""
        if not self.text.endswith(b"\n"):
            raise ValueError("the last line has no end")
        return parse_line(self.text[self.text.rfind(b"\n", 0, -1) + 1 :])

    def roots(self):
        """Returns the list of the roots' records."""
        found = []
        for record in self.parsed():
            if "root" in record:
                found.append(record)
            elif "address" in record:
                break
        return found

    def root(self, kind):
        """Returns the root record of this kind; there must be one."""
        (record,) = [root for root in self.roots() if root["root"] == kind]
        return record

    def at(self, address):
        """Returns the record at an address; None if there is none."""
        start = self.text.find('\n{{"address": {}, '.format(address).encode("ascii"))
        if start < 0:
            return None
        return parse_line(self.text[start + 1 : self.text.index(b"\n", start + 1)])

    def of(self, item):
        """Returns the record of a live object; there must be one."""
        record = self.at(id(item))
        if record is None:
            raise AssertionError("{!r} is not in the dump".format(type(item)))
        return record

    def has(self, item):
        """True if a live object is in the dump."""
        return self.at(id(item)) is not None

    def holds(self, item, target):
        """True if the record of `item` refers to `target`."""
        return id(target) in self.of(item)["refs"]

    def value_names(self, record):
        """Returns {text of the key: address of the value} of a dictionary."""
        flat = record["refs"][: 2 * record.get("pairs", 0)]
        return {
            self.at(key).get("value"): value
            for key, value in zip(flat[0::2], flat[1::2])
        }


def named(record):
    """Returns {name: address} of the references that have names."""
    first = 2 * record.get("pairs", 0)
    names = record.get("names", [])
    return {
        name: address
        for name, address in zip(names, record["refs"][first:])
        if name is not None
    }


def parse_line(line):
    """Returns the record of a line (bytes).  ValueError: it is no record."""
    return _decoder.decode(line.decode("utf-8"))


def _record_of(pairs):
    """Returns the record that has these keys and values."""
    keys = tuple(key for key, _ in pairs)
    if keys not in _right_keys:
        check_keys(keys)
        _right_keys.add(keys)
    return dict(pairs)


_right_keys = set()
_decoder = json.JSONDecoder(object_pairs_hook=_record_of)


def check_keys(keys):
    """Raises ValueError if no record has these keys in this order."""
    if "heapgrind" in keys:
        allowed = HEADER_KEYS
    elif "root" in keys:
        allowed = ROOT_KEYS
    elif "end" in keys:
        allowed = END_KEYS
    elif "site" in keys and "address" not in keys:
        allowed = SITE_KEYS
    else:
        allowed = OBJECT_KEYS
    if list(keys) != [key for key in allowed if key in keys]:
        raise ValueError("keys {} are not in the order {}".format(keys, allowed))


@contextlib.contextmanager
def temporary_path():
    """The path of a file that is removed afterwards."""
    descriptor, path = tempfile.mkstemp(prefix="heapgrind-test-")
    os.close(descriptor)
    try:
        yield path
    finally:
        os.unlink(path)


def take_dump(**options):
    """Dumps this process and returns the Dump.

    Where $HEAPGRIND_TEST_BLOB names a blob, that dumps it.  A test of options that a blob
    has not is skipped.
    """
    if blob_support.PATH:
        copy = blob_support.Copy(blob_support.loaded(), **blob_support.options_of(options))
        copy.pid = copy.fork()
        return Dump(copy.read())
    with temporary_path() as path:
        summary = heapgrind.dump(path, **options)
        with open(path, "rb") as dump_file:
            return Dump(dump_file.read(), summary)


def scan_to_nowhere():
    """Dumps to /dev/null; returns the summary."""
    return heapgrind.dump("/dev/null")


def visited(item, dump=None):
    """Returns {name: address} of an object's named references."""
    return named((dump or take_dump()).of(item))


def packed_size(item):
    """sys.getsizeof without what a Python class may make of it."""
    return type(item).__sizeof__(item)
