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
import signal
import struct
import time

from heapgrind._attach import _gdb
from heapgrind._attach._calls import CALL_SECONDS, Calls, find_functions
from heapgrind._attach._safe_thread import SafeThreads
from heapgrind._attach._target import CannotAttach

# The read ends of the agent's pipes, and for how long the process was stopped
# altogether, seconds.
Connection = collections.namedtuple("Connection", "dump report stopped")

_RTLD_NOW = 2
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
                    gdb.select_thread(tid, CALL_SECONDS)
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
    with signals_wait():
        try:
            gdb.attach(target.pid, CALL_SECONDS)
        except _gdb.GdbError as error:
            if target.has_ended():
                raise CannotAttach("expected it to run, but it has ended")
            raise CannotAttach("expected gdb to attach to it, got: {}".format(error))
        with let_go(gdb, target):
            yield


@contextlib.contextmanager
def let_go(gdb, target):
    """Lets the process go in the end, whatever happens."""
    try:
        try:
            yield
        finally:
            gdb.detach(CALL_SECONDS)
    except _gdb.GdbError as error:
        if target.has_ended():
            raise CannotAttach("expected a dump of it, but it has ended")
        raise CannotAttach("expected gdb to call functions in it, got: {}".format(error))


@contextlib.contextmanager
def signals_wait():
    """Ctrl-C and SIGTERM come afterwards: what was begun must be ended."""
    came = []
    old = {
        number: signal.signal(number, lambda number, frame: came.append(number))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in old.items():
            signal.signal(number, handler)
        for number in came:
            os.kill(os.getpid(), number)


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
