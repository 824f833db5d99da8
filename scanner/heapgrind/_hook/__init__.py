"""Dumps when something asks for it: a signal, the clock, memory, the end.

`watch` of the scanner calls Hook.on_trigger on a thread of its own, which runs
no functions of the program.  All that this module says goes to the descriptor
2 at once, because a stream of Python may be locked or be the program's own.
"""

import _functools  # Not functools, which programs may be without.
import atexit
import errno
import os
import sys

import heapgrind
from heapgrind import _scanner
from heapgrind._hook import _forks, _limit, _settings

VARIABLE = "HEAPGRIND"

_SLICE = 0.2  # Seconds after which a wait for a snapshot looks up.
_MOST_NAMES = 100000  # That are tried for one dump.


def start_from_environment():
    """Does what HEAPGRIND in the environment says.  Never raises: an error is
    one line on stderr, and the program goes on without."""
    text = os.environ.get(VARIABLE, "")
    try:
        if text and not sys.flags.ignore_environment:
            start(_settings.parse(text))
    except _settings.SettingsError as error:
        say("in {}: {}".format(VARIABLE, error))
    except CannotStart as error:
        if error.number != errno.EALREADY:  # As in subinterpreters.
            say(str(error))


def start(settings):
    """Begins to watch, in this process and in those that it forks.

    Returns:
        The Hook.

    Raises:
        CannotStart: There can be no thread, or there is a hook already.
    """
    hook = Hook(settings)
    try:
        hook.start()
    except EnvironmentError as error:
        raise CannotStart(error.errno, "cannot watch: {}".format(error.strerror))
    return hook


class CannotStart(Exception):
    """There can be no hook; the text says why, and `number` is an errno."""

    def __init__(self, number, text):
        super(CannotStart, self).__init__(text)
        self.number = number


class Hook(object):
    """Dumps this process as Settings say.  A servant of multiprocessing does not
    dump at its end or by the clock; what a forkserver forks does.

    Attributes:
        dumps_at_exit: True if one of the dumps is at the end.
        has_failed: True if a dump could not be written.
    """

    def __init__(self, settings):
        self._is_servant = _forks.is_servant()
        self.dumps_at_exit = settings.at_exit and not self._is_servant
        self.has_failed = False
        self._settings = settings
        self._number = 0  # Of the last dump.
        self._written = []  # Paths, the oldest first.
        self._has_ended = False
        self._must_end = False  # No dump is waited for.
        self._is_signal_lost = False

    def start(self):
        """Begins.  Raises OSError: EALREADY if the process has a hook, whatever
        has started that (a virtual environment reads its .pth files twice)."""
        if not _scanner.claim_hook(True):
            raise OSError(errno.EALREADY, os.strerror(errno.EALREADY))
        settings = self._settings
        if settings.is_watching():
            self._watch_or_give_up()
        atexit.register(self.end)
        # No function in Python for the parent: one would begin what is to wait
        # until os.fork returns.
        resume = _functools.partial(_scanner.resume_watching, False)
        _forks.call_around(_scanner.pause_watching, resume, self._after_fork)

    def _watch_or_give_up(self):
        try:
            self._watch()
        except EnvironmentError:
            _scanner.claim_hook(False)
            raise

    def _watch(self):
        settings = self._settings
        is_ours = _scanner.watch(
            self.on_trigger,
            settings.signal_number,
            settings.resident_limit,
            settings.interval,
            settings.limit_shares,
        )
        if settings.signal_number and not is_ours:
            self._is_signal_lost = True
            say(
                "{} does not dump: it was not at its default".format(
                    _settings.signal_name(settings.signal_number)
                )
            )
        if settings.limit_shares:
            for text in _limit.faults(settings.out):
                say(text)

    def on_trigger(self, reason):
        """Dumps, and waits until that is done.  Never raises."""
        _scanner.make_room()
        self._look_for_signal()
        if not (self._is_servant and reason == "every"):
            self._dump(self._describe(reason), self._settings.fork)

    def end(self):
        """Ends to watch; dumps, if the end of the program asks for it."""
        if self._has_ended:
            return
        self._has_ended = True
        _scanner.make_room()
        self._must_end = not self.dumps_at_exit  # Never two at once.
        self._look_for_signal()
        _scanner.stop_watching()
        if self.dumps_at_exit:
            # Nothing is gained by a fork now: who waits for the process may
            # not wait for its copy.
            self._dump("exit", False)

    def _describe(self, reason):
        if reason == "signal":
            return _settings.signal_name(self._settings.signal_number)
        if reason == "limit":
            return _limit.describe()
        if reason == "rss":
            return "more than {} bytes resident".format(self._settings.resident_limit)
        return "every {:g} s".format(self._settings.interval)

    def _look_for_signal(self):
        """Says once that the program has taken the signal."""
        number = self._settings.signal_number
        if not number or self._is_signal_lost or _scanner.owns_signal():
            return
        self._is_signal_lost = True
        name = _settings.signal_name(number)
        say("{} does not dump any more: the program handles it".format(name))

    def _dump(self, reason, fork):
        path = self._settings.path(self._number + 1)
        try:
            path, result = self._dump_to_new_file(fork)
            is_summary = isinstance(result, heapgrind.DumpSummary)
            summary = result if is_summary else self._finish(result)
            num_signals = _scanner.take_signals()  # Later ones ask again.
        except (EnvironmentError, MemoryError) as error:
            self.has_failed = True
            text = getattr(error, "strerror", None) or "no memory for the scan"
            say("cannot write '{}': {}".format(path, text))
        except Exception as error:  # Whatever it is, the program comes first.
            self.has_failed = True
            say("cannot dump: {!r}".format(error))
        else:
            if summary is not None:
                self._report(summary, reason)
                self._remove_old(path)
            if num_signals:
                say("{} more signals came while it dumped".format(num_signals))

    def _dump_to_new_file(self, fork):
        """Returns the path and what heapgrind.dump returns."""
        options = dict(self._settings.options, fork=fork)
        if self._settings.limit_shares:
            options["near_limit"] = True
            options.setdefault("native", "no")  # It takes time and memory.
            if _limit.is_tight():
                options.update(fork=False, low_memory=True)
        fork = options["fork"]
        if not fork:  # What is asked for holds for copies.
            options["native"] = None
        for _ in range(_MOST_NAMES):
            self._number += 1
            path = self._settings.path(self._number)
            try:
                return path, heapgrind.dump_to_new_file(path, **options)
            except EnvironmentError as error:
                if error.errno != errno.EEXIST:
                    raise
        raise OSError(errno.EEXIST, os.strerror(errno.EEXIST), path)

    def _finish(self, snapshot):
        """Waits for a Snapshot.  Returns its summary; None if the process ends
        first.  Raises its error."""
        while not snapshot.wait(_SLICE):
            if self._must_end:
                return None
        if snapshot.error is not None:
            raise snapshot.error
        return snapshot.summary

    def _report(self, summary, reason):
        left_out = ""
        if summary.left_out:
            left_out = ", left out {}".format(summary.left_out)
        say(
            "wrote {} objects of {} bytes{} in {:.3f} s to {} ({})".format(
                summary.objects,
                summary.size,
                left_out,
                summary.seconds,
                summary.path,
                reason,
            )
        )

    def _remove_old(self, path):
        self._written.append(path)
        while self._settings.keep and len(self._written) > self._settings.keep:
            old = self._written.pop(0)
            try:
                os.unlink(old)
            except EnvironmentError as error:
                if error.errno != errno.ENOENT:
                    say("cannot remove '{}': {}".format(old, error.strerror))

    def _after_fork(self):
        """Makes this the hook of a forked child, which has written nothing."""
        if self._has_ended:
            return
        self._number = 0
        self._written = []
        self._is_servant = False
        self.dumps_at_exit = self._settings.at_exit
        try:
            _scanner.resume_watching(True)
        except EnvironmentError as error:
            say("cannot watch: {}".format(error.strerror))
        if self.dumps_at_exit:
            _forks.call_where_multiprocessing_ends(self.end)


def say(text):
    """Writes one line to stderr, if there is one."""
    line = "heapgrind: {}\n".format(text)
    if not isinstance(line, bytes):
        line = line.encode("utf-8", "backslashreplace")
    try:
        if sys.__stderr__ is not None and not sys.__stderr__.closed:
            os.write(sys.__stderr__.fileno(), line)
    except (EnvironmentError, ValueError):
        pass  # The program closed it.
