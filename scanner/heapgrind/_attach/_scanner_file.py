"""Which file of the scanner fits a process.

A scanner is built for one version of Python, for its debug build or the usual
one, and for one architecture; its file says which:
`_scanner.cpython-311-x86_64-linux-gnu.so`, `_scanner.cpython-311d-...`.
"""

import os
import sys
import zipfile

import heapgrind
from heapgrind._attach import _elf
from heapgrind._attach._target import CannotAttach

_PACKAGE = os.path.dirname(os.path.abspath(heapgrind.__file__))


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
        self._is_debug = interpreter.is_debug
        self._elf = interpreter.module.elf
        self._own = own

    def __str__(self):
        return "a scanner for {}CPython {}.{} on {}".format(
            "a debug build of " if self._is_debug else "",
            self._version[0],
            self._version[1],
            self._elf.machine_name(),
        )

    def is_named(self, path):
        """True if the name of a file says that it is this."""
        if self._own is not None and os.path.abspath(path) == os.path.abspath(
            self._own
        ):
            own = sys.version_info[:2], hasattr(sys, "gettotalrefcount")
            return own == (self._version, self._is_debug)
        return self._is_for(os.path.basename(path))

    def _is_for(self, name):
        return is_for(name, self._version, self._is_debug)

    def read(self, path):
        """Returns the Scanner in a file.  Raises CannotAttach if it is another."""
        name = os.path.basename(path)
        if name.startswith("_scanner.cpython-") and not self._is_for(name):
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
                    and self._is_for(os.path.basename(name))
                ]
                if names:
                    return wheel.read(names[0])
        except zipfile.BadZipfile:
            raise self._other(path, "which is no wheel")
        raise self._other(path, "which has none")

    def _other(self, path, what):
        return CannotAttach("expected {}, got '{}', {}".format(self, path, what))


def is_for(name, version, is_debug=False):
    """True if the name of a scanner or a wheel says that it is for a version.

    What a debug build adds to names: configure.ac of CPython, ABIFLAGS.
    """
    tag = "{}{}".format(*version)
    flags = ("d" if is_debug else "") + ("m" if (3,) <= version < (3, 8) else "")
    if name.endswith(".whl"):
        # Of 2.7 the width of a character is a flag, too.
        tags = "-cp{0}-cp{0}{1}".format(tag, flags if version < (3,) else flags + "-")
        return name.startswith("heapgrind-") and tags in name
    if not (name.startswith("_scanner.") and name.endswith(".so")):
        return False
    if version < (3,):
        return "cpython" not in name
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
