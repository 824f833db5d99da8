"""Functions of the C library in another process, called through gdb."""

import os

from heapgrind._attach._target import CannotAttach

CALL_SECONDS = 10  # What should return at once.

_LIBRARY = ("mmap", "munmap", "dlopen", "dlsym", "dlerror", "__errno_location")
_PAGE = 4096
_READ_WRITE = 3  # PROT_READ | PROT_WRITE
_PRIVATE_ANONYMOUS = 0x22  # MAP_PRIVATE | MAP_ANONYMOUS
_WORD = 1 << 64


def find_functions(modules):
    """Returns {name: address} of what is called of the C library.

    Raises:
        CannotAttach: The process has no such functions, as a program that is
            linked statically.
    """
    found = {}
    # Others may stand in for them, as sanitizers do, with locks of their own.
    for module in sorted(modules, key=lambda one: not is_c_library(one)):
        for name, address in module.elf.exports(_LIBRARY).items():
            found.setdefault(name, module.base + address)
    missing = [name for name in _LIBRARY if name not in found]
    if missing:
        raise CannotAttach(
            "expected a program that can load libraries, found no {}".format(missing[0])
        )
    return found


def is_c_library(module):
    """True for the C library and its libdl."""
    name = os.path.basename(module.path)
    return name.startswith((b"libc.", b"libc-", b"libdl", b"ld-musl"))


class Calls(object):
    """Functions of the process, called on behalf of the selected thread.

    Attributes:
        page: The address of a page for texts and results.
    """

    def __init__(self, gdb, target, functions):
        self._gdb = gdb
        self._functions = functions
        self._path = target.path("mem")

    def __enter__(self):
        self._memory = os.open(self._path, os.O_RDWR | getattr(os, "O_CLOEXEC", 0))
        # The thread may be about to look at its errno.
        self._errno = self("__errno_location")
        self._saved_errno = self.read(self._errno, 4)
        self.page = self(
            "mmap", 0, _PAGE, _READ_WRITE, _PRIVATE_ANONYMOUS, _WORD - 1, 0
        )
        if self.page == _WORD - 1:
            raise CannotAttach("expected a page of memory in it, got none")
        return self

    def __exit__(self, *exception):
        try:
            if exception[0] is None or issubclass(exception[0], CannotAttach):
                self("munmap", self.page, _PAGE)
            self.write(self._errno, self._saved_errno)
        except EnvironmentError:
            pass  # The process has ended.
        finally:
            os.close(self._memory)

    def __call__(self, function, *arguments):
        """Calls a function, by its name or address; returns an unsigned word."""
        address = self._functions.get(function, function)
        return self._gdb.call(address, arguments, CALL_SECONDS)

    def read(self, address, size):
        """Returns bytes of the process's memory; fewer if it has ended."""
        os.lseek(self._memory, address, os.SEEK_SET)
        return os.read(self._memory, size)

    def write(self, address, data):
        """Changes bytes of the process's memory, unless it has ended."""
        os.lseek(self._memory, address, os.SEEK_SET)
        os.write(self._memory, data)

    def put(self, text):
        """Puts a text (bytes) on the page, and returns its address."""
        self.write(self.page, text[: _PAGE - 1] + b"\0")
        return self.page

    def text(self, address):
        """Returns the text at an address, as far as it is on two pages."""
        data = self.read(address, _PAGE - address % _PAGE) if address else b""
        if data and b"\0" not in data:
            data += self.read(address + len(data), _PAGE)
        return data.split(b"\0")[0].decode("utf-8", "replace")
