"""What HEAPGRIND in the environment, and `run --when`, ask for.

    signal=USR2,exit,limit>90%,rss>2G,every=10m,keep=5,out=/var/tmp/app-%p-%n.json.gz,fork
"""

import os
import time

from heapgrind import _file_names

try:
    import _signal as signal  # Without the enumerations of `signal`.
except ImportError:
    import signal

SYNTAX = (
    "signal[=NAME], exit, limit>SHARE, rss>SIZE, every=TIME, keep=N, max=SIZE, "
    "out=PATH, fork, values=none|short|N, max_refs=N, low_memory or native=sum|yes|no"
)

DEFAULT_OUT = "heapgrind-%p-%n.json"

MOST_SHARES = 8  # As kMostShares in watch/watcher.h.

_UNITS_OF_SIZE = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_UNITS_OF_TIME = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


class SettingsError(Exception):
    """Settings that make no sense; the text says why."""


class Settings(object):
    """When to dump, where to and what.

    Attributes:
        signal_number: The signal that asks for a dump; 0: none.
        at_exit: Dump when the program ends.
        limit_shares: Dump when more than one of these shares (0.9) is used of what
            limits the memory: a control group's, the address space's, the machine's.
        resident_limit: Dump when more bytes are resident; 0: never.
        interval: Dump after each interval, in seconds; 0: never.
        keep: How many of the process's dumps to keep; 0: all.
        out: The path, with `%p`, `%t` and `%n` in it.
        fork: Let a forked copy write the dumps.
        options: What else heapgrind.dump is given.
    """

    def __init__(self):
        self.signal_number = 0
        self.at_exit = False
        self.limit_shares = ()
        self.resident_limit = 0
        self.interval = 0.0
        self.keep = 0
        self.out = os.path.abspath(DEFAULT_OUT)
        self.fork = False
        self.options = {}

    def has_trigger(self):
        """True if something asks for a dump."""
        return self.is_watching() or self.at_exit

    def is_watching(self):
        """True if something may ask for a dump while the program runs."""
        return bool(
            self.signal_number
            or self.limit_shares
            or self.resident_limit
            or self.interval
        )

    def path(self, number):
        """Returns where the process's dump of this number goes.

        A pattern without `%n` gets the number before its suffix, but for the
        first one.
        """
        values = {
            "p": str(os.getpid()),
            "t": time.strftime("%Y%m%dT%H%M%S"),
            "n": str(number),
            "%": "%",
        }
        path = _replace(self.out, values)
        if number == 1 or "%n" in self.out.replace("%%", ""):
            return path
        directory, name = os.path.split(path)
        stem, dot, suffix = name.partition(".json")
        return os.path.join(directory, "{}-{}{}{}".format(stem, number, dot, suffix))


def _replace(pattern, values):
    """Puts values where a pattern has % and their letters."""
    parts = []
    while pattern:
        before, sign, pattern = pattern.partition("%")
        value = values.get(pattern[:1]) if sign else None
        parts += [before, sign if value is None else value]
        pattern = pattern if value is None else pattern[1:]
    return "".join(parts)


def parse(text):
    """Returns the Settings that a text asks for; without a trigger, SIGUSR2 is
    one.  Raises SettingsError."""
    settings = Settings()
    for word in text.split(","):
        word = word.strip()
        if word:
            _take_word(word, settings)
    native = settings.options.get("native", "no")
    if native != "no" and not settings.fork:
        raise SettingsError(
            "expected 'fork' with 'native={0}', got 'native={0}' alone".format(native)
        )
    if not settings.has_trigger():
        settings.signal_number = signal.SIGUSR2
    return settings


def signal_name(number):
    """Returns "SIGUSR2" for its number."""
    for name in sorted(vars(signal)):
        if name.startswith("SIG") and name[3] != "_" and getattr(signal, name) == number:
            return name
    return "signal {}".format(number)


def _take_word(word, settings):
    key, sign, value = word, "", ""
    for candidate in "=>":  # The first in the word: a path may have the other.
        if candidate in key:
            key, sign, _ = key.partition(candidate)
            value = word[len(key) + 1 :]
    take = _WORDS.get(key + sign)
    if take is None:
        raise SettingsError("expected {}, got '{}'".format(SYNTAX, word))
    take(settings, value)


def _take_signal(settings, value):
    name = value.upper()
    if not name.startswith("SIG"):
        name = "SIG" + name
    number = getattr(signal, name, None)
    if number is None or name.startswith("SIG_") or name in _NOT_WATCHED:
        raise SettingsError(
            "expected the name of a signal that can be watched, got '{}'".format(value)
        )
    settings.signal_number = int(number)


def _take_values(settings, value):
    if value in ("none", "short"):
        settings.options["values"] = value
    else:
        settings.options["values"] = _number("values", value, 0)


def _take_native(settings, value):
    if value not in ("sum", "yes", "no"):
        raise SettingsError(
            "expected sum, yes or no after 'native=', got '{}'".format(value)
        )
    settings.options["native"] = value


def _take_limit(settings, value):
    number = value[:-1]
    if value[-1:] != "%" or not number.isdigit() or not 0 < int(number) < 100:
        raise SettingsError(
            "expected a share such as 90% after 'limit>', got '{}'".format(value)
        )
    if len(settings.limit_shares) == MOST_SHARES:
        raise SettingsError(
            "expected at most {} times 'limit>', got another one".format(MOST_SHARES)
        )
    settings.limit_shares += (int(number) / 100.0,)


def _set(name, new_value):
    return lambda settings, _: setattr(settings, name, new_value)


def _read(name, read):
    return lambda settings, value: setattr(settings, name, read(name, value))


def _add_option(name, read):
    def add(settings, value):
        settings.options[name] = read(name, value)

    return add


def _number(name, value, least=1):
    if not value.isdigit() or int(value) < least:
        raise SettingsError(
            "expected a number from {} on in '{}', got '{}'".format(least, name, value)
        )
    return int(value)


def _quantity(value, units, example):
    number = value[:-1] if value[-1:].isalpha() else value
    unit = units.get(value[len(number) :])
    is_number = all(x and set(x) <= set("0123456789") for x in number.split(".", 1))
    if not unit or not is_number or float(number) == 0:
        raise SettingsError("expected {}, got '{}'".format(example, value))
    return float(number) * unit


def _size(_, value):
    text = value.upper()
    if text.endswith("B"):
        text = text[:-1]
    return int(_quantity(text, _UNITS_OF_SIZE, "a size such as 2G or 500M"))


def _seconds(_, value):
    return _quantity(value, _UNITS_OF_TIME, "a time such as 90s, 10m or 1h")


def _out(_, value):
    if not value:
        raise SettingsError("expected a path after 'out=', got ''")
    path = os.path.expanduser(value)
    fault = _file_names.fault_of(path)
    if fault is not None:
        raise SettingsError(fault)
    return os.path.abspath(path)  # From wherever the program goes.


# Signals that cannot be caught, or that tell of a crash or of a child.
_NOT_WATCHED = (
    "SIGKILL",
    "SIGSTOP",
    "SIGSEGV",
    "SIGBUS",
    "SIGFPE",
    "SIGILL",
    "SIGABRT",
    "SIGCHLD",
    "SIGCLD",
    "SIGTRAP",
)

_WORDS = {
    "signal": _set("signal_number", int(signal.SIGUSR2)),
    "signal=": _take_signal,
    "exit": _set("at_exit", True),
    "limit>": _take_limit,
    "rss>": _read("resident_limit", _size),
    "every=": _read("interval", _seconds),
    "keep=": _read("keep", _number),
    "out=": _read("out", _out),
    "fork": _set("fork", True),
    "max=": _add_option("max_bytes", _size),
    "values=": _take_values,
    "max_refs=": _add_option("max_refs", _number),
    "low_memory": lambda settings, _: settings.options.update(low_memory=True),
    "native=": _take_native,
}
