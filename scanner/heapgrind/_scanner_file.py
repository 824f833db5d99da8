"""Which file of the scanner fits a process.

A scanner is built for one version of Python and one architecture; its file
says which: `_scanner.cpython-311-x86_64-linux-gnu.so`.
"""

import os
import sys
import zipfile

from heapgrind import _elf
from heapgrind._target import CannotAttach

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


class Scanner(object):
    """A scanner that fits a process.

    Attributes:
        data: The bytes of the library.
        path: The file that it is, as we see it; None if it was in a wheel.
    """

    def __init__(self, data, path):
        self.data = data
        self.path = path


def find(target, interpreter, asked, own):
    """Returns the Scanner for a process.

    Args:
        target: The Target.
        interpreter: Its Interpreter.
        asked: A file (.so or .whl) or a folder with such files; None to look
            in this package, and where the process's own Python has packages.
        own: The path of the scanner of the running Python, whose name may have
            no version.

    Raises:
        CannotAttach: There is none, or not for this Python.
        EnvironmentError: The file asked for cannot be read.
    """
    wanted = _Wanted(interpreter, own)
    if asked is not None and not os.path.isdir(asked):
        return wanted.read(asked)
    if asked is not None:
        folders = [asked, os.path.join(asked, "heapgrind")]
        place = "'{}'".format(asked)
    else:
        folders = [_PACKAGE] + [
            target.root + folder for folder in package_folders(target, interpreter)
        ]
        place = "this package and those of the process"
    for folder in folders:
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
            if wanted.is_named(os.path.join(folder, name)):
                return wanted.read(os.path.join(folder, name))
    raise CannotAttach(
        "expected {}, found none in {}".format(wanted, place),
        "build one with ./run wheel PYTHON, and give it: --scanner=WHEEL",
    )


class _Wanted(object):
    """The scanner that is wanted; as text, what it must be for."""

    def __init__(self, interpreter, own):
        self._version = interpreter.version
        self._elf = interpreter.module.elf
        self._own = own

    def __str__(self):
        return "a scanner for CPython {}.{} on {}".format(
            self._version[0], self._version[1], self._elf.machine_name()
        )

    def is_named(self, path):
        """True if the name of a file says that it is this."""
        if self._own is not None and os.path.abspath(path) == os.path.abspath(
            self._own
        ):
            return sys.version_info[:2] == self._version
        return is_for(os.path.basename(path), self._version)

    def read(self, path):
        """Returns the Scanner in a file.  Raises CannotAttach if it is another."""
        name = os.path.basename(path)
        if name.startswith("_scanner.cpython-") and not is_for(name, self._version):
            raise self._other(path, "which is for another Python")
        data = self._unpack(path) if path.endswith(".whl") else _read(path)
        try:
            elf = _elf.ElfFile(data)
        except _elf.NotElf:
            raise self._other(path, "which is no library")
        if (elf.machine, elf.bits) != (self._elf.machine, self._elf.bits):
            raise self._other(path, "which is for " + elf.machine_name())
        return Scanner(data, None if path.endswith(".whl") else path)

    def _unpack(self, path):
        """Returns the library in a wheel."""
        try:
            with zipfile.ZipFile(path) as wheel:
                names = [
                    name
                    for name in wheel.namelist()
                    if name.startswith("heapgrind/")
                    and is_for(os.path.basename(name), self._version)
                ]
                if names:
                    return wheel.read(names[0])
        except zipfile.BadZipfile:
            raise self._other(path, "which is no wheel")
        raise self._other(path, "which has none")

    def _other(self, path, what):
        return CannotAttach("expected {}, got '{}', {}".format(self, path, what))


def is_for(name, version):
    """True if the name of a scanner or a wheel says that it is for a version."""
    tag = "{}{}".format(*version)
    if name.endswith(".whl"):
        return name.startswith("heapgrind-") and "-cp{}-".format(tag) in name
    if not (name.startswith("_scanner.") and name.endswith(".so")):
        return False
    if version < (3,):
        return "cpython" not in name
    flags = "m" if version < (3, 8) else ""
    return name.startswith("_scanner.cpython-{}{}-".format(tag, flags))


def package_folders(target, interpreter):
    """Returns where the Python of a process may have this package, as the
    process sees it."""
    prefixes = [
        os.path.dirname(os.path.dirname(path))
        for path in (
            target.first_argument(),  # In a virtual environment, if absolute.
            target.program(),
            interpreter.module.path.decode("utf-8", "replace"),
        )
        if path.startswith("/")
    ]
    version = "{}.{}".format(*interpreter.version)
    return [
        "{}/lib/python{}/{}/heapgrind".format(prefix, version, packages)
        for prefix in prefixes + ["/usr/local"]
        for packages in ("site-packages", "dist-packages")
    ]


def _read(path):
    with open(path, "rb") as library:
        return library.read()
