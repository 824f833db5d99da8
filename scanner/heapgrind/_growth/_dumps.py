"""Dumps of this process, made one after the other, and what the native program
says of them."""

import json
import os
import shutil
import tempfile

import heapgrind
from heapgrind import _native


class Dumps(object):
    """Dumps in a folder of their own.  A context; at its end they are removed.

    All methods raise OSError: of heapgrind.dump, or of the native program.
    """

    def __init__(self):
        self._folder = None
        self._number = 0

    def __enter__(self):
        self._folder = tempfile.mkdtemp(prefix="heapgrind-growth-")
        return self

    def __exit__(self, kind, error, trace):
        shutil.rmtree(self._folder, ignore_errors=True)

    def take(self):
        """Makes a dump of this process as it is now."""
        self._number += 1
        heapgrind.dump(self._path(self._number))

    def rows(self):
        """Returns [{"owner": name, "instances": [...], "objects": [...], "bytes":
        [...]}], each with a number for each dump; objects are instances of the row's
        type and parts of them, such as their __dict__."""
        words = ["--by=path", "--json"] + self._paths()
        return json.loads(_native.output("series", words).decode("utf-8"))["rows"]

    def difference(self):
        """Returns what `heapgrind diff --json` says of the first and the last."""
        paths = self._paths()
        text = _native.output("diff", ["--json", paths[0], paths[-1]])
        return json.loads(text.decode("utf-8"))

    def names(self, addresses):
        """Returns {address: (type, path)} of those objects that the last dump has."""
        if not addresses:
            return {}
        commands = "; ".join("info 0x{:x}".format(address) for address in addresses)
        words = ["--json", "-c", commands, self._paths()[-1]]
        text = _native.output("walk", words, statuses=(0, 1)).decode("utf-8")
        answers = [json.loads(line) for line in text.splitlines()]
        return {x["address"]: (x["type"], x["name"]) for x in answers if "address" in x}

    def _path(self, number):
        return os.path.join(self._folder, "{}.json".format(number))

    def _paths(self):
        return [self._path(number) for number in range(1, self._number + 1)]


def has_program():
    """True if there is the native program."""
    return any(os.path.isfile(path) for path in _native.candidates())
