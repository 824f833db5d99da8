"""Starts the scanner's agent (attach_agent.h) in another process, by
sys.remote_exec: from 3.14 on an interpreter runs a script when it is asked to,
at a moment when nothing can be locked.  No debugger is needed, and nothing is
stopped; but it is the main thread that must come by.  If that happens after the
timeout, the script is gone, and the process says so on its stderr.

    remote, in the process's /tmp:   script      what it is to run
                                     dump        pipes that it opens
                                     report

See "Remote execution attachment protocol" in CPython's documentation.
"""

import contextlib
import os
import select
import shutil
import sys
import tempfile

from heapgrind._inject import Connection, now
from heapgrind._target import CannotAttach

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

def main(path, names, options):
    pipes = []
    try:
        for name in names:
            pipes.append(os.open(name, os.O_WRONLY | os.O_CLOEXEC | os.O_NONBLOCK))
            os.set_blocking(pipes[-1], True)
        start(path, tuple(pipes), options)
    except BaseException as error:
        text = "failed 0 expected it to load the scanner, got: {{}}\\n".format(error)
        for pipe in pipes[1:]:
            os.write(pipe, text.encode("ascii", "replace"))
        for pipe in pipes:
            os.close(pipe)

main({path!r}, {names!r}, {options!r})
"""


def can_ask(version):
    """True if this Python can ask one of a version (major, minor)."""
    return hasattr(sys, "remote_exec") and sys.version_info[:2] == version


@contextlib.contextmanager
def start_agent(target, place, options, timeout):
    """The Connection to an agent, which is started.

    Args:
        target: The process.
        place: The path of the scanner for the process.
        options: value_length and max_references, numbers.
        timeout: Seconds to wait for the main thread.

    Raises:
        CannotAttach: The process cannot be asked, or does not come by in time.
    """
    folder = tempfile.mkdtemp(prefix=".heapgrind-", dir=target.root + "/tmp")
    try:
        yield _ask(target, folder, place, options, timeout)
    finally:
        shutil.rmtree(folder)


def _ask(target, folder, place, options, timeout):
    there = folder[len(target.root) :]
    names = [os.path.join(folder, name) for name in ("dump", "report")]
    pipes = []
    for name in names:
        os.mkfifo(name, 0o600)
        pipes.append(os.open(name, os.O_RDONLY | os.O_NONBLOCK))
    script = os.path.join(folder, "script")
    with open(script, "w") as file:
        file.write(
            _SCRIPT.format(
                path=place,
                names=[os.path.join(there, os.path.basename(name)) for name in names],
                options=tuple(options),
            )
        )
    for name in [folder, script] + names:
        os.chown(name, target.user(), -1)
    try:
        sys.remote_exec(target.pid, os.path.join(there, "script"))
    except (EnvironmentError, RuntimeError) as error:
        raise CannotAttach("expected it to run a script for us, got: {}".format(error))
    return _wait_for_agent(pipes, timeout)


def _wait_for_agent(pipes, timeout):
    """Returns the Connection when the process has opened the pipes: then the
    second one has something to read, or an end."""
    deadline = now() + timeout
    poller = select.poll()
    poller.register(pipes[1], select.POLLIN)
    if not poller.poll(max(0, deadline - now()) * 1000):
        for pipe in pipes:
            os.close(pipe)
        raise CannotAttach(
            "expected its main thread to run Python code within {} s".format(timeout),
            "try again later, or with a longer --timeout",
        )
    for pipe in pipes:
        os.set_blocking(pipe, True)
    return Connection(pipes[0], pipes[1], 0)
