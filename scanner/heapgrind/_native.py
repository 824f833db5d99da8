"""The native program heapgrind, which the wheel brings along."""

import errno
import os
import site
import sys
import sysconfig

import heapgrind

_NAME = "heapgrind"


def main(command, arguments):
    """Becomes the program that does a command; returns the exit status only if
    there is none."""
    for path in candidates():
        if os.path.isfile(path):
            return become(path, [_NAME, command] + arguments)
    sys.stderr.write(
        "heapgrind: expected the program {} for '{}', found none: install heapgrind's "
        "wheel with pip, or its Debian package\n".format(_NAME, command)
    )
    return 1


def output(command, arguments, statuses=(0,)):
    """Returns what the program prints that does a command, as bytes.

    Raises:
        OSError: There is no program (ENOENT), it cannot be run, or it ends with
            none of the statuses (EIO); the text says what it said.
    """
    import subprocess  # Not in the heap of a program that is dumped.

    for path in candidates():
        if os.path.isfile(path):
            break
    else:
        raise OSError(errno.ENOENT, "expected heapgrind's native program, found none")
    options = {}
    if _must_be_copied(path):
        descriptor = _copied(path)
        path, options = "/proc/self/fd/{}".format(descriptor), {"pass_fds": (descriptor,)}
    with open(os.devnull) as nothing:
        process = subprocess.Popen(
            [_NAME, command] + arguments,
            executable=path,
            stdin=nothing,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            **options
        )
    text, errors = process.communicate()
    if options:
        os.close(descriptor)
    if process.returncode not in statuses:
        raise OSError(errno.EIO, errors.decode("utf-8", "replace").strip(), path)
    return text


def candidates():
    """Returns the paths where the program may be, best first."""
    packages = os.path.dirname(os.path.dirname(os.path.abspath(heapgrind.__file__)))
    version = heapgrind.__version__
    folders = [
        sysconfig.get_path("scripts"),
        os.path.dirname(sys.executable or ""),
        os.path.join(packages, "bin"),  # pip install --target
        # A wheel that was unpacked, not installed.
        os.path.join(packages, "heapgrind-{}.data".format(version), "scripts"),
    ]
    if site.ENABLE_USER_SITE:
        folders.insert(1, os.path.join(site.getuserbase(), "bin"))
    folders += os.environ.get("PATH", os.defpath).split(os.pathsep)
    return [os.path.join(folder, _NAME) for folder in folders if folder]


def become(path, words):
    """Runs a program instead of this one; returns the exit status if that
    cannot be."""
    try:
        if not _must_be_copied(path):
            os.execv(path, words)
        os.execve(_copied(path), words, os.environ)
    except EnvironmentError as error:
        sys.stderr.write("heapgrind: cannot run '{}': {}\n".format(path, error.strerror))
    return 1


def _must_be_copied(path):
    """True if zipfile has unpacked the wheel, which loses the mode."""
    return hasattr(os, "memfd_create") and not os.access(path, os.X_OK)


def _copied(path):
    with open(path, "rb") as program:
        descriptor = os.memfd_create(_NAME)
        os.write(descriptor, program.read())
    return descriptor
