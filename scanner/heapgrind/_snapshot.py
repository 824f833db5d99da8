"""Dumps that a forked copy of the process writes."""

import errno
import os

from . import _scanner


class DumpSummary(object):
    """What a dump holds and what it took.

    Attributes:
        path: Where the dump was written; None if a file object was given.
        objects: Number of objects.
        size: What they cost altogether, in bytes.
        dump_bytes: Length of the dump, in bytes, before it is compressed.
        seconds: How long the process was stopped.
        explained: The share of the bytes that Python's allocator and the C
            library's have handed out which the objects account for, with what
            the allocators round up; None where they do not say (Python 2.7,
            C libraries other than glibc).
        left_out: Number of objects for which `max_bytes` left no room; they
            are not counted in the others.
    """

    __slots__ = (
        "path",
        "objects",
        "size",
        "dump_bytes",
        "seconds",
        "explained",
        "left_out",
    )

    def __init__(self, path, objects, size, dump_bytes, seconds, explained, left_out):
        self.path = path
        self.objects = objects
        self.size = size
        self.dump_bytes = dump_bytes
        self.seconds = seconds
        self.explained = None if explained < 0 else explained
        self.left_out = left_out

    def __repr__(self):
        return (
            "DumpSummary(path={!r}, objects={}, size={}, dump_bytes={}, "
            "seconds={:.3f}, explained={})"
        ).format(
            self.path,
            self.objects,
            self.size,
            self.dump_bytes,
            self.seconds,
            None if self.explained is None else round(self.explained, 3),
        )


class Snapshot(object):
    """A dump that a copy of the process writes.

    The copy ends by itself, whatever becomes of this object, and also when the
    process ends before it.

    Attributes:
        path: Where the dump is written; None if a file object was given.
        pid: The number of the copy.
        pause: How long the process was stopped, in seconds.
    """

    def __init__(self, path, target, keeps_old, options):
        self.path = path
        self._handle, self.pid, self.pause = _scanner.fork_scan(
            target, keeps_old, *options
        )

    @property
    def done(self):
        """True when the copy has ended: the dump is whole, or there is none."""
        return _scanner.snapshot_state(self._handle)[0]

    @property
    def objects(self):
        """Number of objects that were written until now."""
        return _scanner.snapshot_state(self._handle)[3]

    @property
    def bytes(self):
        """Length of what was written until now, before it is compressed."""
        return _scanner.snapshot_state(self._handle)[5]

    @property
    def copied_bytes(self):
        """Memory that had to be copied for the snapshot: what the copy needed,
        and what the process has changed meanwhile.  None until it is done, or
        where the system does not say (Linux before 4.14)."""
        state = _scanner.snapshot_state(self._handle)
        return state[8] if state[0] and state[8] >= 0 else None

    @property
    def error(self):
        """An OSError that says why there is no dump, with the path; its errno
        is ECHILD if the copy was killed.  None if nothing went wrong so far."""
        _, number, signal_number = _scanner.snapshot_state(self._handle)[:3]
        if number == 0:
            return None
        text = os.strerror(number)
        if number == errno.ECHILD:
            cause = "signal {}".format(signal_number or "that is not known")
            text = "process {} was killed by {}".format(self.pid, cause)
        return OSError(number, text, self.path)

    @property
    def summary(self):
        """The DumpSummary when the dump is whole; until then None."""
        state = _scanner.snapshot_state(self._handle)
        is_done, number, _, objects, size, dump_bytes, explained, left_out, _ = state
        if not is_done or number != 0:
            return None
        return DumpSummary(
            self.path, objects, size, dump_bytes, self.pause, explained, left_out
        )

    def wait(self, timeout=None):
        """Waits until the copy has ended.

        Args:
            timeout: Seconds; None: for as long as it takes.

        Returns:
            True if it has ended: `summary` or `error` says how.
        """
        rest = float("inf") if timeout is None else float(timeout)
        while not _scanner.snapshot_wait(self._handle, max(0.0, min(rest, _SLICE))):
            rest -= _SLICE
            if rest <= 0:
                return self.done
        return True

    def __repr__(self):
        return "Snapshot(path={!r}, pid={}, done={}, objects={})".format(
            self.path, self.pid, self.done, self.objects
        )


_SLICE = 0.1  # Seconds after which signals are looked at.
