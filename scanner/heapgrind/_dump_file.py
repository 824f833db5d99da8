"""A file that is written as dumps are."""

from heapgrind import _file_names, _scanner


class Output(object):
    """A file that gets its name when it is whole, as those of heapgrind.dump
    do (scanner/output/dump_file.h): new, and for its owner only.  A context;
    without `commit` nothing is left behind.  To enter waits for the reader of a
    named pipe.

    All methods raise EnvironmentError or MemoryError.
    """

    def __init__(self, path):
        self._path = path
        self._file = None

    def __enter__(self):
        path = _file_names.encoded(self._path)
        self._file = self._named(_scanner.open_file, path, False)
        return self

    def __exit__(self, *exception):
        if self._file is not None:
            self._close(False)

    def write(self, data):
        """Adds to the file."""
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
