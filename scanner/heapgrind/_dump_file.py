"""The file that an attached process's dump is written to."""

import os
import stat
import zlib

_GZIP = 16 + zlib.MAX_WBITS  # deflateInit2 in zlib.h
_TAIL = 256


class Output(object):
    """A file that gets its name when it is whole, and that its owner alone can
    read.  A context; without `commit` nothing is left behind.  What is no
    regular file (/dev/stdout, a named pipe) is written to as it is.

    All methods raise EnvironmentError.

    Attributes:
        bytes: What was written, before it is compressed.
        tail: The last of it.
    """

    def __init__(self, path):
        self.bytes = 0
        self.tail = b""
        self._target = os.path.realpath(path)
        self._compressor = (
            zlib.compressobj(6, zlib.DEFLATED, _GZIP) if path.endswith(".gz") else None
        )

    def __enter__(self):
        flags = os.O_WRONLY | getattr(os, "O_CLOEXEC", 0)
        self._part = None
        try:
            is_special = not stat.S_ISREG(os.stat(self._target).st_mode)
        except EnvironmentError:
            is_special = False  # There is none yet.
        if is_special:
            self._descriptor = os.open(self._target, flags)
            return self
        directory, name = os.path.split(self._target)
        part = os.path.join(directory, ".{}.{}.part".format(name, os.getpid()))
        self._descriptor = os.open(part, flags | os.O_CREAT | os.O_TRUNC, 0o600)
        self._part = part
        return self

    def __exit__(self, *exception):
        os.close(self._descriptor)
        if self._part is not None:
            os.unlink(self._part)

    def write(self, data):
        """Adds to the file."""
        self.bytes += len(data)
        self.tail = (self.tail + data[-_TAIL:])[-_TAIL:]
        self._write(data if self._compressor is None else self._compressor.compress(data))

    def commit(self):
        """Gives the file its name."""
        if self._compressor is not None:
            self._write(self._compressor.flush())
        if self._part is not None:
            os.rename(self._part, self._target)
            self._part = None

    def _write(self, data):
        view = memoryview(data)
        try:
            while view:
                view = view[os.write(self._descriptor, view) :]
        except EnvironmentError as error:
            error.filename = self._target
            raise
