"""The file that an attached process's dump is written to."""

from heapgrind import _file_names, _scanner

_TAIL = 256


class Output(object):
    """A file that gets its name when it is whole, as those of heapgrind.dump
    do (scanner/dump_file.h): new, for its owner only, and compressed if its
    path ends in .gz or .zst.  A context; without `commit` nothing is left
    behind.  To enter waits for the reader of a named pipe.

    All methods raise EnvironmentError or MemoryError.

    Attributes:
        bytes: What was written, before it is compressed.
        tail: The last of it.
    """

    def __init__(self, path):
        self.bytes = 0
        self.tail = b""
        self._path = path
        self._file = None

    def __enter__(self):
        _, compression, _ = _file_names.compression_of(self._path)
        self._file = self._named(
            _scanner.open_file, _file_names.encoded(self._path), False, compression
        )
        return self

    def __exit__(self, *exception):
        if self._file is not None:
            self._close(False)

    def write(self, data):
        """Adds to the file."""
        self.bytes += len(data)
        self.tail = (self.tail + data[-_TAIL:])[-_TAIL:]
        self._named(_scanner.write_file, self._file, data)

    def commit(self):
        """Gives the file its name."""
        self._close(True)

    def _close(self, is_whole):
        written, self._file = self._file, None
        self._named(_scanner.close_file, written, is_whole)

    def _named(self, function, *arguments):
        try:
            return function(*arguments)
        except EnvironmentError as error:
            error.filename = self._path
            raise
