"""Starts the scanner's agent (attach_agent.h) in another process, by a debugger.

    stop    on behalf of a thread that may be interrupted (_safe_thread):
              mmap      a page for texts and results
              dlopen    the scanner
              open      the agent's pipes, which we open, too
              start     the agent's thread
              munmap
    go on

The process is stopped for some hundredths of a second.  Its threads run while
a function is called, so that none waits for a lock of one that is stopped.
"""

import collections
import contextlib
import os
import struct
import time

from heapgrind import _gdb
from heapgrind._safe_thread import SafeThreads
from heapgrind._target import CannotAttach

# The read ends of the agent's pipes, and for how long the process was stopped
# altogether, seconds.
Connection = collections.namedtuple("Connection", "dump report stopped")

_LIBRARY = ("mmap", "munmap", "dlopen", "dlsym", "dlerror", "__errno_location")
_PAGE = 4096
_READ_WRITE = 3  # PROT_READ | PROT_WRITE
_PRIVATE_ANONYMOUS = 0x22  # MAP_PRIVATE | MAP_ANONYMOUS
_RTLD_NOW = 2
_WORD = 1 << 64
_CALL_SECONDS = 10
_PAUSE_SECONDS = 0.02  # Between two tries.

now = getattr(time, "monotonic", time.time)


def start_agent(target, modules, interpreter, places, options, timeout):
    """Starts the agent, and returns the Connection to it.

    Args:
        target, modules, interpreter: Of the process.
        places: Paths of the scanner for the process; the first that it can
            load is taken.
        options: value_length and max_references, numbers.
        timeout: Seconds to wait for a thread that may be interrupted.

    Raises:
        CannotAttach: The process runs on as if nothing had been.
    """
    gdb_path = _gdb.find()
    if gdb_path is None:
        raise CannotAttach(
            "expected gdb in PATH, found none",
            "install gdb (Debian: apt-get install gdb)",
        )
    functions = find_functions(modules)
    safe_threads = SafeThreads(modules, interpreter)
    deadline = now() + timeout
    stopped = 0
    with contextlib.closing(_gdb.Gdb(gdb_path)) as gdb:
        while True:
            start = now()
            with stop(gdb, target):
                tid = safe_threads.find(target)
                pipes = None
                if tid is not None:
                    gdb.select_thread(tid, _CALL_SECONDS)
                    with Calls(gdb, target, functions) as calls:
                        pipes = call_agent(calls, target, places, options)
            stopped += now() - start
            if pipes is not None:
                return Connection(pipes[0], pipes[1], stopped)
            if now() > deadline:
                raise CannotAttach(
                    "expected a thread that may be interrupted within {} s, "
                    "found all in C code".format(timeout),
                    "try again later, or with a longer --timeout",
                )
            time.sleep(_PAUSE_SECONDS)


@contextlib.contextmanager
def stop(gdb, target):
    """The process, stopped.  Raises CannotAttach if that is not possible, or if
    it ends meanwhile."""
    try:
        gdb.attach(target.pid, _CALL_SECONDS)
    except _gdb.GdbError as error:
        raise CannotAttach("expected gdb to attach to it, got: {}".format(error))
    try:
        try:
            yield
        finally:
            gdb.detach(_CALL_SECONDS)
    except _gdb.GdbError as error:
        if not target.is_alive():
            raise CannotAttach("expected a dump of it, but it has ended")
        raise CannotAttach("expected gdb to call functions in it, got: {}".format(error))


def find_functions(modules):
    """Returns {name: address} of what is called of the C library.

    Raises:
        CannotAttach: The process has no such functions, as a program that is
            linked statically.
    """
    found = {}
    # Others may stand in for them, as sanitizers do, with locks of their own.
    for module in sorted(modules, key=lambda one: not is_c_library(one)):
        for name, address in module.elf.exports(_LIBRARY).items():
            found.setdefault(name, module.base + address)
    missing = [name for name in _LIBRARY if name not in found]
    if missing:
        raise CannotAttach(
            "expected a program that can load libraries, found no {}".format(missing[0])
        )
    return found


def is_c_library(module):
    """True for the C library and its libdl."""
    name = os.path.basename(module.path)
    return name.startswith((b"libc.", b"libc-", b"libdl", b"ld-musl"))


class Calls(object):
    """Functions of the process, called on behalf of the selected thread.

    Attributes:
        page: The address of a page for texts and results.
    """

    def __init__(self, gdb, target, functions):
        self._gdb = gdb
        self._functions = functions
        self._path = target.path("mem")

    def __enter__(self):
        self._memory = open(self._path, "r+b", 0)
        # The thread may be about to look at its errno.
        self._errno = self("__errno_location")
        self._saved_errno = self.read(self._errno, 4)
        self.page = self(
            "mmap", 0, _PAGE, _READ_WRITE, _PRIVATE_ANONYMOUS, _WORD - 1, 0
        )
        if self.page == _WORD - 1:
            raise CannotAttach("expected a page of memory in it, got none")
        return self

    def __exit__(self, *exception):
        try:
            if exception[0] is None or issubclass(exception[0], CannotAttach):
                self("munmap", self.page, _PAGE)
                self.write(self._errno, self._saved_errno)
        finally:
            self._memory.close()

    def __call__(self, function, *arguments):
        """Calls a function, by its name or address; returns an unsigned word."""
        address = self._functions.get(function, function)
        return self._gdb.call(address, arguments, _CALL_SECONDS)

    def read(self, address, size):
        """Returns bytes of the process's memory."""
        self._memory.seek(address)
        return self._memory.read(size)

    def write(self, address, data):
        """Changes bytes of the process's memory."""
        self._memory.seek(address)
        self._memory.write(data)

    def put(self, text):
        """Puts a text (bytes) on the page, and returns its address."""
        self.write(self.page, text[: _PAGE - 1] + b"\0")
        return self.page

    def text(self, address):
        """Returns the text at an address, as far as it is on one page."""
        data = self.read(address, _PAGE - address % _PAGE) if address else b""
        return data.split(b"\0")[0].decode("utf-8", "replace")


def call_agent(calls, target, places, options):
    """Loads the scanner and starts its agent.  Returns our ends of the pipes."""
    library = load(calls, places)
    open_pipes, start = (
        calls("dlsym", library, calls.put(name))
        for name in (b"HeapgrindAttachOpen", b"HeapgrindAttachStart")
    )
    if not open_pipes or not start:
        raise CannotAttach("expected a scanner of this version in it, got another")
    check(calls(open_pipes, calls.page))
    numbers = struct.unpack("4i", calls.read(calls.page, 16))
    pipes = []
    for number in numbers[::2]:
        path = target.path("fd/{}".format(number))
        pipes.append(os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0)))
    check(calls(start, calls.page, *options))
    return pipes


def load(calls, places):
    """Returns what dlopen returns for the first place that works."""
    errors = []
    for place in places:
        path = place if isinstance(place, bytes) else os.fsencode(place)
        library = calls("dlopen", calls.put(path), _RTLD_NOW)
        if library:
            return library
        errors.append(calls.text(calls("dlerror")))
    got = errors[0] if errors else "no place where it could read a copy"
    raise CannotAttach("expected it to load the scanner, got: {}".format(got))


def check(number):
    """Raises CannotAttach if a function of the agent returned an errno."""
    error = number & 0xFFFFFFFF
    if error:
        raise CannotAttach(
            "expected pipes and a thread in it, got: {}".format(os.strerror(error))
        )
