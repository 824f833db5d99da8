"""The command `python -m heapgrind run`: runs a program and dumps its heap.

The program must not notice: it is `__main__`, with the arguments, the path,
the tracebacks and the exit status that it has under plain `python`.  The
scanner leaves out the frames of this module and those that called it.
"""

import os
import signal
import sys

import heapgrind
from heapgrind import _hook, _install, _program
from heapgrind._run_options import HELP, USAGE, UsageError, parse_options

def main(arguments):
    """Does what the command line says.  Returns the exit status, or raises
    SystemExit as the program did."""
    if arguments[:1] in (["-h"], ["--help"]):
        sys.stdout.write(HELP)
        return 0
    if arguments == ["--version"]:
        sys.stdout.write("heapgrind {}\n".format(heapgrind.__version__))
        return 0
    try:
        if arguments[:1] == ["hook"]:
            return _install.main(arguments[1:])
        if arguments[:1] != ["run"]:
            got = "'{}'".format(arguments[0]) if arguments else "nothing"
            raise UsageError(
                "expected the command 'run', 'attach' or 'hook', got {}".format(got)
            )
        options = parse_options(arguments[1:])
        if options is None:
            sys.stdout.write(HELP)
            return 0
        program = find_program(options)
    except UsageError as error:
        sys.stderr.write("heapgrind: {}\n{}".format(error, USAGE))
        return 2
    except _program.CannotFind as error:
        sys.stderr.write("heapgrind: {}\n".format(error))
        return 2
    if options.sites:
        import tracemalloc

        tracemalloc.start(options.sites)
    if options.when is None:
        return run(program, Recorder(options.output))
    try:
        return run(program, HookRecorder(_hook.start(options.when)))
    except _hook.CannotStart as error:
        sys.stderr.write("heapgrind: {}\n".format(error))
        return 2


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
        self._path = os.path.abspath(name)  # The program may go elsewhere.
        self._is_done = False

    def dump(self):
        """Writes the dump and says so on stderr.  Errors are said there too:
        the exit status is the program's."""
        if self._is_done or os.getpid() != self._pid:
            return
        self._is_done = True
        try:
            summary = heapgrind.dump(self._path)
        except (EnvironmentError, MemoryError) as error:
            text = getattr(error, "strerror", None) or "no memory for the scan"
            message = "cannot write '{}': {}".format(self._path, text)
        else:
            message = "wrote {} objects of {} bytes in {:.2f} s to {}".format(
                summary.objects, summary.size, summary.seconds, self._path
            )
        try:
            sys.stderr.write("heapgrind: {}\n".format(message))
            sys.stderr.flush()
        except (AttributeError, EnvironmentError, ValueError):
            pass  # The program closed stderr.

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


def run(program, recorder):
    """Runs the program; returns or raises what ends this process as it would
    have ended under plain python."""
    import atexit

    is_default = signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
    if recorder.dumps_at_exit and is_default:
        signal.signal(signal.SIGTERM, recorder.on_sigterm)
    interruption = Interruption()
    atexit.register(interruption.die)  # The first registered is the last to run.
    try:
        try:
            program.run()
        finally:
            # Functions that atexit calls run after threads have ended; the
            # last registered, which is this, first.
            atexit.register(recorder.dump)
    except SystemExit:
        raise
    except BaseException as error:
        print_exception(error)
        interruption.is_due = isinstance(error, KeyboardInterrupt)
        return 1
    return 0


class Interruption(object):
    """Ends the process as Ctrl-C does: from 3.8 on, Python dies of SIGINT."""

    def __init__(self):
        self._pid = os.getpid()
        self.is_due = False

    def die(self):
        """Dies, if it is due."""
        if self.is_due and sys.version_info >= (3, 8) and os.getpid() == self._pid:
            die_of(signal.SIGINT)


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
