"""The command line of `python -m heapgrind attach`."""

from heapgrind import _file_names
from heapgrind import _hints

_SHORT = 100  # Characters.

USAGE = """\
usage: python -m heapgrind attach [OPTION...] PID
"""

HELP = (
    USAGE
    + """
Writes a heap dump of a running Python process that knows nothing of heapgrind.
gdb stops the process for a moment and loads the scanner into it; from 3.14 on
the process loads it, if its main thread runs.  There a thread of its own waits
for the interpreter's lock and forks; the copy dumps, while the process runs on.
What was loaded stays.

The process may run CPython 2.7 or 3.6 to 3.15 on x86-64 Linux, in a container
too.  There must be a scanner for its version: in this package, or installed
for the Python that it runs, or given.

  -o OUT, --output OUT  where to write the dump (default: heapgrind.PID.json);
                        compressed if it ends in .gz or .zst; yours, with
                        mode 0600
  --scanner PATH        the scanner to load: a wheel, a _scanner*.so, or a
                        folder with such files
  --values N            how many characters of each string to write: a number,
                        "short" (100) or "none", which leaves those of keys
  --max-refs N          at most N references without names in a record
  --timeout SECONDS     how long to wait for a thread that may be interrupted,
                        and then for the interpreter's lock (default: 10)
  -h, --help            show this text and exit

What was written, and how long the process was stopped, is said on stderr.
Exit status: 0: done; 1: the process or the machine is at fault, and the
process runs on; 2: usage.
"""
)


_NAMES = ("--output", "--scanner", "--values", "--max-refs", "--timeout")


class UsageError(Exception):
    """A command line that makes no sense; its text says why."""


class Options(object):
    """What the command line asks for.

    Attributes:
        pid: Of the process.
        output: Where to write the dump.
        scanner: The scanner asked for, or None.
        value_length, max_references: As the scanner wants them.
        timeout: Seconds.
    """

    def __init__(self):
        self.pid = None
        self.output = None
        self.scanner = None
        self.value_length = _SHORT
        self.max_references = 0
        self.timeout = 10.0


def parse_options(arguments):
    """Returns Options; None if help is asked for.  Raises UsageError."""
    options = Options()
    rest = []
    arguments = list(arguments)
    while arguments:
        argument = arguments.pop(0)
        if argument in ("-h", "--help"):
            return None
        if argument == "--":
            rest += arguments
            break
        if not argument.startswith("-"):
            rest.append(argument)
            continue
        name, value = split_option(argument, arguments)
        set_option(options, name, value)
    if len(rest) != 1 or not rest[0].isdigit() or int(rest[0]) == 0:
        got = " ".join("'{}'".format(argument) for argument in rest) or "nothing"
        raise UsageError("expected the number of a process, got {}".format(got))
    options.pid = int(rest[0])
    if options.output is None:
        options.output = "heapgrind.{}.json".format(options.pid)
    fault = _file_names.fault_of(options.output)
    if fault is not None:
        raise UsageError(fault)
    return options


def split_option(argument, rest):
    """Returns the long name of an option and its value, which may be the first
    of `rest` and is taken from there."""
    if argument.startswith("-o"):
        name, value = "--output", argument[2:] or None
    else:
        name, _, value = argument.partition("=")
        value = value if "=" in argument else None
    if name not in _NAMES:
        raise UsageError(_hints.unknown_option(argument, _NAMES + ("--help",)))
    if value is None:
        if not rest:
            raise UsageError("expected a value after '{}'".format(argument))
        value = rest.pop(0)
    if not value:
        raise UsageError("expected a value for '{}', got ''".format(name))
    return name, value


def set_option(options, name, value):
    """Sets the option of this name."""
    if name == "--output":
        options.output = value
    elif name == "--scanner":
        options.scanner = value
    elif name == "--values":
        lengths = {"short": _SHORT, "none": 0}
        options.value_length = lengths.get(value, _number(value))
        check(options.value_length is not None, '"short", "none" or a number', name, value)
    elif name == "--max-refs":
        options.max_references = _number(value)
        check(options.max_references, "a number above 0", name, value)
    else:
        try:
            options.timeout = float(value)
        except ValueError:
            options.timeout = 0
        check(0 < options.timeout < 1e6, "seconds", name, value)


def check(is_right, expected, name, value):
    """Raises UsageError unless the value of an option is right."""
    if not is_right:
        raise UsageError("expected {} after '{}', got '{}'".format(expected, name, value))


def _number(text):
    """Returns the number that a text is; None if it is none."""
    return int(text) if text.isdigit() else None
