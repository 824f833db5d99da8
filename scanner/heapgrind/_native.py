"""The native program heapgrind, which the wheel brings along."""

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
        if os.access(path, os.X_OK) or not hasattr(os, "memfd_create"):
            os.execv(path, words)
        # zipfile, which unpacks wheels, loses the mode.
        with open(path, "rb") as program:
            descriptor = os.memfd_create(words[0])
            os.write(descriptor, program.read())
        os.execve(descriptor, words, os.environ)
    except EnvironmentError as error:
        sys.stderr.write("heapgrind: cannot run '{}': {}\n".format(path, error.strerror))
    return 1
