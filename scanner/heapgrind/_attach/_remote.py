"""Starts the scanner's agent (attach_agent.h) in another process, by
sys.remote_exec: from 3.14 on an interpreter runs a script when it is asked to,
at a moment when nothing can be locked.  No debugger is needed, and nothing is
stopped; but it is the main thread that must come by, which it does not while it
sleeps or waits.

    in the process's /tmp:   script      what it is to run
                             claim       who removes it has decided: the process,
                                         that it dumps, or we, that it must not
                             dump        pipes that it opens before that
                             report

Nothing remains to be run when we give up: the script is void without its claim
and emptied besides, and the path that the process keeps of it is made empty.  Any
script would be one too many, because an exception that a signal's handler raises
while it runs, as Ctrl-C does, does not reach the program.

See "Remote execution attachment protocol" in CPython's documentation, and
Python/ceval_gil.c (_PyRunRemoteDebugger) of 3.14: the state of the main thread has
one path, the last; an empty one is no script.
"""

import collections
import contextlib
import errno
import os
import select
import sys
import tempfile

from heapgrind._attach._inject import Connection

# The Connection to an agent, or None and why there is none.
Answer = collections.namedtuple("Answer", "connection refusal")

_NOT_RUN = (
    "expected its main thread to run Python code within {:g} s, but it waits or runs C code"
)
_RUNTIME = "_PyRuntime"  # It contains the state of the main thread.
_FILES = ("script", "claim", "dump", "report")
_SCRIPT = """\
import os, sys
from importlib import machinery, util

def start(path, pipes, options):
    name = "heapgrind._scanner"
    scanner = sys.modules.get(name)
    if scanner is None:
        loader = machinery.ExtensionFileLoader(name, path)
        spec = util.spec_from_file_location(name, path, loader=loader)
        scanner = util.module_from_spec(spec)
        loader.exec_module(scanner)
        sys.modules.pop(name, None)
    scanner.start_agent(*(pipes + options))

def close(pipes):
    for pipe in pipes:
        os.close(pipe)

def claim(folder, pipes):
    try:
        for name in ("dump", "report"):
            path = os.path.join(folder, name)
            pipes.append(os.open(path, os.O_WRONLY | os.O_CLOEXEC | os.O_NONBLOCK))
            os.set_blocking(pipes[-1], True)
        os.unlink(os.path.join(folder, "claim"))
        return True
    except OSError:
        return False

def main(folder, path, options):
    pipes = []
    if not claim(folder, pipes):
        close(pipes)
        return
    try:
        start(path, tuple(pipes), options)
    except BaseException as error:
        text = "failed 0 expected it to load the scanner, got: {{}}\\n".format(error)
        os.write(pipes[1], text.encode("ascii", "replace"))
        close(pipes)

main({folder!r}, {path!r}, {options!r})
"""


def can_ask(version):
    """True if this Python can ask one of a version (major, minor)."""
    return hasattr(sys, "remote_exec") and sys.version_info[:2] == version


@contextlib.contextmanager
def ask(target, interpreter, place, options, timeout):
    """The Answer of a process that is asked to start an agent.  One that has
    refused will not start any.

    Args:
        target, interpreter: Of the process.
        place: The path of the scanner for the process.
        options: value_length and max_references, numbers.
        timeout: Seconds to wait for the main thread.
    """
    try:
        request = _Request(target, interpreter.module)
    except EnvironmentError as error:
        yield Answer(None, _refusal(error))
        return
    try:
        try:
            answer = request.send(place, options, timeout)
        finally:
            request.settle()
        yield answer
    finally:
        request.remove()


def _refusal(error):
    got = getattr(error, "strerror", None) or error
    return "expected it to run a script for us, got: {}".format(got)


class _Request(object):
    """A script that a process is asked to run, in a folder for that.

    The folder belongs to the process's user, who may put other files in it: ours
    are used by descriptors alone once it does.
    """

    def __init__(self, target, module):
        """Makes an empty folder.  Raises EnvironmentError."""
        if not target.sees("/tmp"):  # sys.remote_exec looks for the script here, too.
            raise OSError(errno.EXDEV, "its /tmp is another one than ours")
        self._target = target
        self._module = module  # Of the interpreter.
        self._folder = tempfile.mkdtemp(prefix=".heapgrind-", dir=target.root + "/tmp")
        self._directory = os.open(self._folder, os.O_RDONLY | os.O_CLOEXEC)
        self._script = None
        self._pipes = []  # Our ends: of the dump's, and of the report's.
        self._is_sent = False
        self._is_answered = False
        self._keeps_script = False

    def send(self, place, options, timeout):
        """Asks the process; returns its Answer."""
        there = self._folder[len(self._target.root) :]
        self._path = os.path.join(there, "script")
        text = _SCRIPT.format(folder=there, path=place, options=tuple(options))
        try:
            self._write(text)
            self._is_sent = True
            sys.remote_exec(self._target.pid, self._path)
        except (EnvironmentError, RuntimeError) as error:
            self._is_sent = False
            return Answer(None, _refusal(error))
        poller = select.poll()
        poller.register(self._pipes[1], select.POLLIN)
        poller.poll(timeout * 1000)
        self._is_answered = not self._take_claim()
        if not self._is_answered:
            return Answer(None, _NOT_RUN.format(timeout))
        for pipe in self._pipes:
            os.set_blocking(pipe, True)
        return Answer(Connection(self._pipes[0], self._pipes[1], 0), None)

    def _write(self, text):
        """Makes the files, and gives all to the process's user."""
        user = self._target.user()
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        self._script = os.open("script", flags, 0o600, dir_fd=self._directory)
        os.write(self._script, text.encode("utf-8"))
        os.close(os.open("claim", flags, 0o600, dir_fd=self._directory))
        for name in ("dump", "report"):
            os.mkfifo(name, 0o600, dir_fd=self._directory)
            flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC
            self._pipes.append(os.open(name, flags, dir_fd=self._directory))
        for name in _FILES:
            os.chown(name, user, -1, dir_fd=self._directory, follow_symlinks=False)
        os.fchown(self._directory, user, -1)  # Last: from now on it may change.

    def _take_claim(self):
        """Keeps the script from doing anything; False if it has begun."""
        try:
            os.unlink("claim", dir_fd=self._directory)
        except FileNotFoundError:
            return False
        return True

    def settle(self):
        """Makes sure that a process that has not answered never will."""
        if self._is_answered:
            return
        self._take_claim()
        if self._script is not None:
            os.ftruncate(self._script, 0)
        for pipe in self._pipes:
            os.close(pipe)
        self._keeps_script = self._is_sent and not (
            self._take_back() or self._replace() or self._target.has_ended()
        )

    def _take_back(self):
        """Makes the path of the script empty; False if it is not found."""
        runtime = self._module.elf.extents([_RUNTIME])
        if not runtime:
            return False
        offset, size = runtime[_RUNTIME]
        start = self._module.base + offset
        try:
            with open(self._target.path("mem"), "r+b", 0) as memory:
                memory.seek(start)
                at = memory.read(size).find(os.fsencode(self._path) + b"\0")
                if at >= 0:
                    memory.seek(start + at)
                    memory.write(b"\0")
                return at >= 0
        except EnvironmentError:
            return False

    def _replace(self):
        """Asks for an empty script that is always there; False if it cannot be."""
        try:
            if os.path.exists(self._target.root + os.devnull):
                sys.remote_exec(self._target.pid, os.devnull)
                return True
        except (EnvironmentError, RuntimeError):
            pass
        return False

    def remove(self):
        """Removes the folder; says so if an empty script must stay there."""
        for name in _FILES:
            if not (name == "script" and self._keeps_script):
                with contextlib.suppress(EnvironmentError):
                    os.unlink(name, dir_fd=self._directory)
        if self._keeps_script:
            text = "heapgrind: left an empty file in {}, which process {} may still read\n"
            sys.stderr.write(text.format(self._folder, self._target.pid))
        else:
            with contextlib.suppress(EnvironmentError):
                os.rmdir(self._folder)
        os.close(self._directory)
        if self._script is not None:
            os.close(self._script)
