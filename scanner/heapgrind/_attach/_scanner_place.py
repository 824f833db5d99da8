"""Where another process can load the scanner from: our file, if it sees that
and may read it, or a copy in its own file system, for as long as that takes.
"""

import contextlib
import hashlib
import os
import stat

# The first that exists and from which code may be loaded.
_DIRECTORIES = ("/tmp", "/var/tmp", "/dev/shm", "/run")
_MOST_COPIES = 100  # Of one scanner in one directory.


def places(target, scanner):
    """Yields the paths from which the process may load the scanner, the best
    first.  Each is there until the next one is asked for, or the generator is
    closed."""
    path = _path_there(target, scanner.path)
    if path is not None:
        yield path
    for directory in _DIRECTORIES:
        with _copy(target.root, directory, scanner.data) as path:
            if path is not None:
                yield path


def _path_there(target, path):
    """Returns our file's path for the process; None if it cannot read it."""
    if path is None:
        return None
    path = os.path.abspath(path)
    if path.startswith(target.root + "/"):
        return path[len(target.root) :]
    return path if target.sees(path) and _may_read(target, path) else None


def _may_read(target, path):
    """True if the process may surely read a file of ours."""
    if target.user() in (0, os.geteuid()):
        return True
    if not os.stat(path).st_mode & stat.S_IROTH:
        return False
    while path != "/":
        path = os.path.dirname(path)
        if not os.stat(path).st_mode & stat.S_IXOTH:
            return False
    return True


@contextlib.contextmanager
def _copy(root, directory, data):
    """A copy in a directory of the process; yields its path there, or None if
    it cannot be made."""
    path = _make_copy(root, directory, data)
    try:
        yield path
    finally:
        if path is not None:
            os.unlink(root + path)


def _make_copy(root, directory, data):
    if os.path.islink(root + directory):
        return None  # It would lead from our `/`.
    # The loader takes files of one name for one.  So bytes that are the same
    # have the same name: they are loaded once, however often they are copied.
    name = "{}/.heapgrind-{}".format(directory, hashlib.sha256(data).hexdigest()[:16])
    for number in range(_MOST_COPIES):
        path = "{}{}.so".format(name, "-{}".format(number) if number else "")
        try:
            _write_new(root + path, data)
        except EnvironmentError:
            if os.path.lexists(root + path):
                continue  # Somebody else's.
            return None
        return path
    return None


def _write_new(path, data):
    """Writes a file that anybody can load.  Leaves none behind if it fails."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(path, flags, 0o700), "wb") as copy:
        try:
            copy.write(data)
            copy.flush()
            os.fchmod(copy.fileno(), 0o755)
        except EnvironmentError:
            os.unlink(path)
            raise
