"""The command `python -m heapgrind attach`: dumps the heap of another process.

    here                                       process
    _target        which Python?
    _scanner_file  which scanner?
    _remote        request ---------------->   runs on, loads the scanner
    _inject        or gdb ----------------->   stopped, loads the scanner
    receive        file  <---- pipe --------   runs on, and dumps
"""

import contextlib
import itertools
import os
import signal
import sys

import heapgrind
from heapgrind import _dump_file, _printing
from heapgrind._attach import _gdb, _inject, _options, _receive, _remote
from heapgrind._attach import _scanner_file, _scanner_place, _target, _target_check
from heapgrind._attach._target import CannotAttach

_NEWEST = (3, 15)  # What is known of the insides of CPython.
_PATIENCE = 1  # Seconds for an answer that gdb need not wait for.
_NO_GDB_HINT = (
    "install gdb (Debian: apt-get install gdb), which needs no help from the process"
)


def main(arguments):
    """Does what the command line says.  Returns the exit status."""
    try:
        options = _options.parse_options(arguments)
    except _options.UsageError as error:
        sys.stderr.write("heapgrind: {}\n{}".format(error, _options.USAGE))
        return 2
    if options is None:
        return _printing.print_text(_options.HELP)
    # So that nothing is left behind.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        say(attach(options))
    except CannotAttach as error:
        say("process {}: {}".format(options.pid, error), error.hint)
        return 1
    except EnvironmentError as error:
        say("cannot use '{}': {}".format(error.filename, error.strerror))
        return 1
    except KeyboardInterrupt:
        say("process {}: interrupted; it runs on".format(options.pid))
        return 128 + signal.SIGINT
    return 0


def say(text, hint=None):
    """Prints a line on stderr, and another one if there is a hint."""
    sys.stderr.write("heapgrind: {}\n".format(text))
    if hint is not None:
        sys.stderr.write("hint: {}\n".format(hint))


def attach(options):
    """Dumps the process.  Returns what to say of it.

    Raises:
        CannotAttach: It cannot be attached to, or does not dump.
        EnvironmentError: A file of ours cannot be read or written.
    """
    target = _target.Target(options.pid)
    _target_check.check(target)
    try:
        modules = target.modules()
    except EnvironmentError:
        raise CannotAttach("expected it to run, but it has ended")
    interpreter = _target.find_interpreter(modules)
    check_version(interpreter)
    scanner = _scanner_file.find(
        target, interpreter, options.scanner, heapgrind._scanner.__file__
    )
    with contextlib.closing(_scanner_place.places(target, scanner)) as places:
        with _dump_file.Output(options.output) as output:
            with start_agent(target, modules, interpreter, places, options) as connection:
                summary = _receive.receive(target, connection, output, options.timeout)
    return describe(summary, connection, os.path.abspath(options.output))


@contextlib.contextmanager
def start_agent(target, modules, interpreter, places, options):
    """The _inject.Connection to an agent in the process.  Raises CannotAttach."""
    scan_options = (options.value_length, options.max_references)

    def inject(places):
        return _inject.start_agent(
            target, modules, interpreter, places, scan_options, options.timeout
        )

    place = next(places, None) if _remote.can_ask(interpreter.version) else None
    if place is None:
        yield inject(places)
        return
    has_gdb = _gdb.find() is not None
    patience = min(_PATIENCE, options.timeout) if has_gdb else options.timeout
    with _remote.ask(target, interpreter, place, scan_options, patience) as answer:
        if answer.connection is None and not has_gdb:
            raise CannotAttach(answer.refusal + ", and found no gdb in PATH", _NO_GDB_HINT)
        yield answer.connection or inject(itertools.chain([place], places))


def describe(summary, connection, path):
    """Returns what was written, and what it cost the process."""
    text = "wrote {} objects of {} bytes to {}; stopped the process for {:.3f} s".format(
        summary.objects, summary.size, path, connection.stopped
    )
    if summary.locked is None:
        return text + ", then it has ended"
    return text + ", then its Python for {:.3f} s".format(summary.locked)


def check_version(interpreter):
    """Raises CannotAttach if nothing is known of this Python."""
    version = interpreter.version
    if interpreter.is_free_threaded:
        raise CannotAttach("expected a Python with a GIL, got a free-threaded one")
    if not (version == (2, 7) or (3, 6) <= version <= _NEWEST):
        raise CannotAttach(
            "expected CPython 2.7 or 3.6 to {}.{}, got {}.{}".format(*(_NEWEST + version))
        )
