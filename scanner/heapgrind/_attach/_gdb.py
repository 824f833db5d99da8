"""GDB, as far as it is needed to call functions in another process.

It gets no file to read symbols from, neither the program nor a library: so it
attaches in milliseconds, whatever the process has loaded, and works for files
that are not visible here.  Addresses must come from elsewhere (_elf, _target).

The commands and answers: "GDB/MI" in Debugging with GDB.
"""

import os
import re
import resource
import select
import signal
import subprocess
import time

# What changes how the process runs on: its signals are its own, and fork, exec
# and its other threads go on while it is called.
_SETTINGS = (
    "set confirm off",
    "set auto-solib-add off",
    "set sysroot /nonexistent",
    "set debuginfod enabled off",
    "set unwindonsignal on",
    "set scheduler-locking off",
    "handle all nostop noprint pass",
    "handle SIGINT nostop noprint pass",
    "handle SIGSTOP stop print nopass",  # See _undo_call.
    "handle SIGSEGV SIGBUS SIGILL SIGFPE SIGABRT stop print pass",
)
_PATIENCE = 5  # Seconds for an answer that should come at once.
_LINE = re.compile(r"^(\d+)\^(\w+),?(.*)$")
_FUNCTION = "((unsigned long (*)({})){:#x})({})"


class GdbError(Exception):
    """GDB refused, or does not answer; the text says what it said."""


def find(environment=os.environ):
    """Returns the path of gdb in PATH; None if there is none."""
    for directory in environment.get("PATH", os.defpath).split(os.pathsep):
        path = os.path.join(directory, "gdb")
        if os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    return None


def _prepare():
    """Ctrl-C is for this program, which then detaches; and gdb, which may crash
    when a process dies under its hands, leaves no core file here."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # It raises the soft one.


class Gdb(object):
    """A running gdb.  Whatever ends it lets the process run on.

    All methods raise GdbError.
    """

    def __init__(self, path):
        environment = dict(os.environ, LC_ALL="C")
        environment.pop("DEBUGINFOD_URLS", None)
        try:
            self._process = subprocess.Popen(
                [path, "-nx", "-q", "--interpreter=mi2"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env=environment,
                preexec_fn=_prepare,
            )
        except OSError as error:
            raise GdbError("cannot run '{}': {}".format(path, error.strerror))
        self._number = 0
        self._unread = b""
        self._pid = None  # Of the process that is attached to.
        for setting in _SETTINGS:
            self._try(setting)

    def attach(self, pid, timeout):
        """Stops a process."""
        self._run("-target-attach {}".format(pid), timeout, "*stopped")
        self._pid = pid

    def detach(self, timeout):
        """Lets it run on."""
        self._run("-target-detach", timeout)
        self._pid = None

    def select_thread(self, tid, timeout):
        """Makes `call` work on behalf of this thread (a number of the system's)."""
        threads = self._run("-thread-info", timeout)
        for number, target_id in re.findall(
            r'\{id="(\d+)",target-id="([^"]*)"', threads
        ):
            if re.search(r"\bLWP {}\b|\bprocess {}$".format(tid, tid), target_id):
                self._run("-thread-select {}".format(number), timeout)
                return
        raise GdbError("thread {} is not among {}".format(tid, threads))

    def call(self, address, arguments, timeout):
        """Calls a function at an address.

        Args:
            arguments: At most six numbers, each of a machine word.
            timeout: Seconds.

        Returns:
            What the function returns, as an unsigned word.
        """
        expression = _FUNCTION.format(
            ", ".join(["unsigned long"] * len(arguments)),
            address,
            ", ".join("{:#x}ul".format(argument) for argument in arguments),
        )
        answer = self._run(
            '-data-evaluate-expression "{}"'.format(expression), timeout
        )
        found = re.match(r'value="(\d+)"', answer)
        if found is None:
            raise GdbError("expected a number from gdb, got {}".format(answer))
        return int(found.group(1))

    def close(self):
        """Ends gdb; a process that it holds runs on."""
        try:
            self._process.stdin.close()  # Which it takes as `quit`.
        except EnvironmentError:
            pass
        deadline = time.time() + _PATIENCE
        while self._process.poll() is None and time.time() < deadline:
            select.select([], [], [], 0.005)
        if self._process.returncode is None:
            self._process.terminate()  # Which lets the process go, too.
        self._process.stdout.close()
        self._process.wait()

    def _try(self, command):
        """Runs a command that older versions may not know."""
        try:
            self._run(command, _PATIENCE)
        except GdbError:
            pass

    def _run(self, command, timeout, event=""):
        """Runs a command; returns the text of its answer.  Waits, too, for a
        line that begins with `event`, before or after it."""
        self._number += 1
        line = "{}{}\n".format(self._number, command)
        try:
            self._process.stdin.write(line.encode("ascii"))
            self._process.stdin.flush()
        except EnvironmentError:
            raise GdbError("gdb has ended")
        answer = None
        deadline = time.time() + timeout
        while answer is None or (event and answer.group(2) != "error"):
            line = self._read_line(deadline)
            if line is None:
                self._undo_call()
                raise GdbError("a call does not return within {} s".format(timeout))
            if event and line.startswith(event):
                event = ""
            found = _LINE.match(line)
            if found is not None and int(found.group(1)) == self._number:
                answer = found
        if answer.group(2) == "error":
            raise GdbError(_message(answer.group(3)))
        return answer.group(3)

    def _undo_call(self):
        """Makes a call that does not return fail.

        SIGSTOP is the signal that the process cannot block.  gdb stops for it,
        undoes the call, and keeps it from the process, as it was told to;
        SIGCONT takes it back if it came too late for that.
        """
        try:
            os.kill(self._pid, signal.SIGSTOP)
            deadline = time.time() + _PATIENCE
            line = ""
            while line is not None and not line.startswith("{}^".format(self._number)):
                line = self._read_line(deadline)
            os.kill(self._pid, signal.SIGCONT)
        except (OSError, TypeError):
            raise GdbError("gdb does not answer")  # No process is attached to.

    def _read_line(self, deadline):
        """Returns the next line; None if there is none in time."""
        while b"\n" not in self._unread:
            seconds = max(0, deadline - time.time())
            if not select.select([self._process.stdout], [], [], seconds)[0]:
                return None
            piece = os.read(self._process.stdout.fileno(), 65536)
            if not piece:
                raise GdbError("gdb has ended")
            self._unread += piece
        line, self._unread = self._unread.split(b"\n", 1)
        return line.decode("ascii", "replace").rstrip("\r")


def _message(text):
    """Returns the message in the text of an error."""
    found = re.match(r'msg="((?:[^"\\]|\\.)*)"', text)
    return found.group(1).replace('\\"', '"') if found else text
