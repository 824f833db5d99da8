"""Another process, as /proc shows it: what runs there, and where its code is.

Nothing here stops the process.  See proc(5).
"""

import collections
import os
import re
import time

from heapgrind._attach import _elf

# An ELF file that a process has mapped as code.
#     path: As the process sees it.
#     base: What to add to an address in the file, to have that in memory.
#     ranges: Its executable mappings, (start, end) each.
#     elf: The _elf.ElfFile.
Module = collections.namedtuple("Module", "path base ranges elf")

# The CPython in a process.
#     module: The Module that has it: the program or libpython.
#     version: (3, 11).
#     is_free_threaded: True for a build without a GIL.
#     is_debug: True for a build with Py_DEBUG, whose extension modules are its own.
Interpreter = collections.namedtuple(
    "Interpreter", "module version is_free_threaded is_debug"
)

_PATIENCE = 50  # Looks.
_INTERPRETER = "PyGILState_Ensure"
_PYPY = "PyPyGILState_Ensure"
_FREE_THREADED = "_Py_MergeZeroLocalRefcount"  # Include/refcount.h of 3.13
_DEBUG = "_Py_NegativeRefcount"  # Include/object.h: #ifdef Py_REF_DEBUG
_VERSION = "Py_Version"  # A constant like PY_VERSION_HEX, from 3.11 on.
_VERSION_TEXT = re.compile(br"[/\0]python(\d\.\d+)\0")  # Of Modules/getpath.c


class CannotAttach(Exception):
    """The process is not one that can be attached to; the text says why, in
    the form `expected X, got Y`, and `hint` what could be done."""

    def __init__(self, text, hint=None):
        Exception.__init__(self, text)
        self.hint = hint


class Target(object):
    """A process.

    Attributes:
        pid: Its number.
        root: Our path of what is `/` for it.
    """

    def __init__(self, pid):
        self.pid = pid
        self.root = self.path("root")

    def path(self, name):
        """Returns the path of a file of this process in /proc."""
        return "/proc/{}/{}".format(self.pid, name)

    def status(self):
        """Returns {key: text} of its status; empty if there is no process."""
        try:
            with open(self.path("status")) as status:
                return dict(
                    [text.strip() for text in line.split(":", 1)] for line in status
                )
        except EnvironmentError:
            return {}

    def is_alive(self):
        """True if it runs: neither has it ended nor is it a zombie."""
        return self.status().get("State", "Z")[0] not in "ZX"

    def has_ended(self):
        """True if it does not run any more; looks for a while, because its pipes
        and memory go before it is said to have ended."""
        for _ in range(_PATIENCE):
            if not self.is_alive():
                return True
            time.sleep(0.01)
        return False

    def user(self):
        """Returns the number of its effective user; -1 if there is no process."""
        return int(self.status().get("Uid", "-1 -1").split()[1])

    def program(self):
        """Returns the path of its program, as it sees it; "" if not known."""
        try:
            return os.readlink(self.path("exe"))
        except EnvironmentError:
            return ""

    def first_argument(self):
        """Returns what it was called when it was started; "" if not known."""
        try:
            with open(self.path("cmdline"), "rb") as cmdline:
                return cmdline.read().split(b"\0")[0].decode("utf-8", "replace")
        except EnvironmentError:
            return ""

    def threads(self):
        """Returns the numbers of its threads, the main thread's first."""
        try:
            return sorted(int(name) for name in os.listdir(self.path("task")))
        except EnvironmentError:
            return []

    def sees(self, path):
        """True if an absolute path is the same file for it and for us."""
        try:
            return os.path.samefile(self.root + path, path)
        except EnvironmentError:
            return False

    def modules(self):
        """Returns a list of the Modules that it has mapped.  EnvironmentError: it
        has ended."""
        mapped = collections.OrderedDict()
        with open(self.path("maps"), "rb") as maps:
            for line in maps:
                add_mapping(line, mapped)
        found = []
        for path, (first, ranges, span) in mapped.items():
            elf = self._open(path, span) if ranges else None
            if elf is not None:
                found.append(
                    Module(path, first - elf.first_address(), ranges, elf)
                )
        return found

    def _open(self, path, span):
        """Returns the ElfFile of a mapped file; None if it is none."""
        names = [self.path("map_files/" + span)]  # Also if it was deleted.
        if not path.endswith(b" (deleted)"):
            names.insert(0, self.root.encode("ascii") + path)
        for name in names:
            try:
                return _elf.open_file(name)
            except (EnvironmentError, _elf.NotElf):
                continue
        return None


def add_mapping(line, mapped):
    """Adds a line of /proc/PID/maps to {path: [start, executable ranges, span]}."""
    fields = line.rstrip(b"\n").split(None, 5)
    if len(fields) < 6 or not fields[5].startswith(b"/"):
        return
    start, end = (int(text, 16) for text in fields[0].decode("ascii").split("-"))
    span = "{:x}-{:x}".format(start, end)  # As map_files has it: without zeros before it.
    entry = mapped.setdefault(fields[5], [start - int(fields[2], 16), [], span])
    if b"x" in fields[1]:
        entry[1].append((start, end))


def find_interpreter(modules):
    """Returns the Interpreter among the Modules.  Raises CannotAttach."""
    for module in modules:
        exports = module.elf.exports((_INTERPRETER, _PYPY, _FREE_THREADED, _DEBUG))
        if _PYPY in exports:
            raise CannotAttach("expected CPython, got PyPy")
        if _INTERPRETER in exports:
            return Interpreter(
                module,
                find_version(module.elf),
                _FREE_THREADED in exports,
                _DEBUG in exports,
            )
    hint = None
    if any(b"python" in os.path.basename(module.path) for module in modules):
        hint = "the program hides Python's functions (linked without --export-dynamic)"
    raise CannotAttach("expected a Python process, found no CPython in its code", hint)


def find_version(elf):
    """Returns the version of the CPython in a file, as (3, 11).

    Raises:
        CannotAttach: The file does not say.
    """
    address = elf.exports([_VERSION]).get(_VERSION)
    if address is not None:
        number = elf.word(address)
        return number >> 24, number >> 16 & 0xFF
    texts = set(_VERSION_TEXT.findall(elf.text()))
    if len(texts) == 1:
        major, minor = texts.pop().split(b".")
        return int(major), int(minor)
    raise CannotAttach("expected a version in the code of CPython, found none")
