"""The command `python -m heapgrind run`: runs a program and dumps its heap.

The program must not notice: it is `__main__`, with the arguments, the path,
the tracebacks and the exit status that it has under plain `python`.  The
scanner leaves out the frames of this module and those that called it, which is
why all that has such frames is in one file, of more than 250 lines.
"""

import errno
import gc
import os
import sys

import heapgrind
from heapgrind import _scanner
from heapgrind._run import _program

try:
    import _signal as signal  # Without the enumerations of `signal`.
except ImportError:
    import signal


def main(arguments):
    """Does what the command line after `run` says.  Returns the exit status, or
    raises SystemExit as the program did."""
    status, program, recorder = prepare(arguments)
    if program is None:
        return status
    forget("_run._options", "_hints")
    return run(program, recorder)


def prepare(arguments):
    """Returns an exit status, None, None; or None, the program and what dumps it.

    What else the options are made of ends with this function: the program's heap
    is its own.
    """
    from heapgrind._run._options import UsageError, parse_options

    try:
        options = parse_options(arguments)
        if options is None:
            return print_help(), None, None
        program = find_program(options)
        recorder = make_recorder(options)
    except UsageError as error:
        from heapgrind._run._help import USAGE

        return refuse("{}\n{}".format(error, USAGE.rstrip())), None, None
    except (_program.CannotFind, CannotRecord) as error:
        return refuse(str(error)), None, None
    if options.sites:
        import tracemalloc

        tracemalloc.start(options.sites)
    return None, program, recorder


def print_help():
    """Prints what `--help` asks for; returns the exit status."""
    from heapgrind import _printing
    from heapgrind._run import _help

    return _printing.print_text(_help.HELP)


def refuse(text):
    """Says why no program is run; returns the exit status."""
    sys.stderr.write("heapgrind: {}\n".format(text))
    return 2


def forget(*names):
    """Lets go of modules of ours, with their classes, which are cycles."""
    for name in names:
        full_name = "heapgrind." + name
        package, _, last = full_name.rpartition(".")
        sys.modules.pop(full_name, None)
        vars(sys.modules[package]).pop(last, None)
    gc.collect()


class CannotRecord(Exception):
    """No dump could be written, or at no time; the text says why."""


def make_recorder(options):
    """Returns what dumps.  Raises CannotRecord."""
    if options.when is None:
        recorder = Recorder(options.output)
        check_place(recorder.path, False)
        return recorder
    from heapgrind import _hook

    check_place(options.when.path(1), True)
    try:
        return HookRecorder(_hook.start(options.when))
    except _hook.CannotStart as error:
        raise CannotRecord(str(error))


def check_place(path, keeps_old):
    """Raises CannotRecord if a dump could not be written to a path: better now
    than after hours of work."""
    try:
        heapgrind.check_path(path, keeps_old)
    except EnvironmentError as error:
        if not (keeps_old and error.errno == errno.EEXIST):
            raise CannotRecord("cannot write '{}': {}".format(path, error.strerror))


def find_program(options):
    """Returns the program that the options name, ready to run."""
    if options.module is not None:
        return _program.find_module(options.module, options.arguments)
    return _program.find_script(options.arguments[0], options.arguments[1:])


class Recorder(object):
    """Writes the dump, once, and only in the process that was asked to."""

    dumps_at_exit = True

    def __init__(self, output):
        self._pid = os.getpid()
        name = output or "heapgrind.{}.json".format(self._pid)
        self.path = os.path.abspath(name)  # The program may go elsewhere.
        self.has_failed = False
        self._is_done = False

    def dump(self):
        """Writes the dump and says so on stderr; errors, too."""
        if self._is_done or os.getpid() != self._pid:
            return
        self._is_done = True
        try:
            message = self._describe(heapgrind.dump(self.path))
        except (EnvironmentError, MemoryError, KeyboardInterrupt) as error:
            self.has_failed = True
            if getattr(error, "errno", None) == errno.EPIPE:
                return  # Who read it knows.
            text = getattr(error, "strerror", None) or "no memory for the scan"
            if isinstance(error, KeyboardInterrupt):
                text = "interrupted"
            message = "cannot write '{}': {}".format(self.path, text)
        try:
            sys.stderr.write("heapgrind: {}\n".format(message))
            sys.stderr.flush()
        except (AttributeError, EnvironmentError, ValueError):
            pass  # The program closed stderr.

    def _describe(self, summary):
        return "wrote {} objects of {} bytes in {:.2f} s to {}".format(
            summary.objects, summary.size, summary.seconds, self.path
        )

    def on_sigterm(self, signal_number, frame):
        """Dumps, with the program's frames in place, and lets SIGTERM end the
        process as it would have."""
        del frame
        self.dump()
        die_of(signal_number)


class HookRecorder(Recorder):
    """Lets a hook do what it does at the end, before the program's own
    functions of atexit run."""

    def __init__(self, hook):
        self.dumps_at_exit = hook.dumps_at_exit
        self.dump = hook.end
        self._hook = hook

    @property
    def has_failed(self):
        """True if one of the dumps could not be written."""
        return self._hook.has_failed


def run(program, recorder):
    """Runs the program; returns or raises what ends this process as it would
    have ended under plain python."""
    import atexit

    is_default = signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    if recorder.dumps_at_exit and is_default:
        signal.signal(signal.SIGTERM, recorder.on_sigterm)
    end = End(recorder)
    atexit.register(end.come)  # The first registered is the last to run.
    try:
        try:
            program.run()
        finally:
            # Functions that atexit calls run after threads have ended; the
            # last registered first: room for the dump, then the dump.
            _scanner.make_room()
            atexit.register(recorder.dump)
            atexit.register(_scanner.make_room)
    except SystemExit as error:
        code = error.code
        end.is_success = code is None or isinstance(code, int) and code == 0
        raise
    except BaseException as error:
        end.is_success = False
        end.is_interrupted = isinstance(error, KeyboardInterrupt)
        print_exception(error)
        return 1
    return 0


class End(object):
    """What is left to do when all else is done.

    Attributes:
        is_success: The program's exit status is 0.
        is_interrupted: Ctrl-C has ended it.
    """

    def __init__(self, recorder):
        self._recorder = recorder
        self._pid = os.getpid()
        self.is_success = True
        self.is_interrupted = False

    def come(self):
        """Ends the process as Ctrl-C does: from 3.8 on, Python dies of SIGINT.
        Lets a dump that has failed be seen in the exit status."""
        if os.getpid() != self._pid:
            return
        if self.is_interrupted and sys.version_info >= (3, 8):
            die_of(signal.SIGINT)
        if self.is_success and self._recorder.has_failed:
            _scanner.set_exit_status(1)


def die_of(signal_number):
    """Ends this process by a signal, with nothing lost that was printed."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, EnvironmentError, ValueError):
            pass
    signal.signal(signal_number, signal.SIG_DFL)
    os.kill(os.getpid(), signal_number)


def print_exception(error):
    """Prints what Python prints when an exception ends a program, without the
    frames of this package."""
    kind, value, trace = sys.exc_info()
    del error
    while trace is not None and is_own_frame(trace.tb_frame):
        trace = trace.tb_next
    if hasattr(value, "with_traceback"):
        value = value.with_traceback(trace)
    sys.last_type, sys.last_value, sys.last_traceback = kind, value, trace
    if sys.version_info >= (3, 12):
        sys.last_exc = value
    sys.excepthook(kind, value, trace)


def is_own_frame(frame):
    """True for frames of this package, and of importlib on its behalf."""
    return frame.f_globals.get("__name__") in (__name__, _program.__name__)
