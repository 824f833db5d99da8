"""The command line of `python -m heapgrind`."""

import sys

from heapgrind import _settings

USAGE = """\
usage: python -m heapgrind run [OPTION...] SCRIPT [ARGUMENT...]
       python -m heapgrind run [OPTION...] -m MODULE [ARGUMENT...]
       python -m heapgrind attach [OPTION...] PID
       python -m heapgrind hook install [--user] | remove | status
       python -m heapgrind --help | --version
"""

HELP = (
    USAGE
    + """
Runs a Python program as `python` would, and writes a heap dump when it ends:
at its last line, at sys.exit, when an exception ends it (after its traceback),
and when it gets SIGTERM, unless it handles that itself.  Threads that are not
daemons are waited for; functions registered with atexit run after the dump.
A program that leaves with os._exit or is killed is not dumped.

`attach` dumps a process that runs already (see `attach --help`).

  -o OUT, --output OUT  where to write the dump (default: heapgrind.PID.json
                        in the directory where the program is started)
  --when WHEN           when to dump, instead of once at the end: what HEAPGRIND
                        in the environment may be (see `hook --help`), such as
                        "signal=USR2,exit,rss>2G,every=10m,keep=5,fork"
  --sites[=FRAMES]      let tracemalloc trace where objects are allocated, with
                        FRAMES frames each (default: 25), for `memdump2callgrind
                        --by=site`; the program takes more time and memory.
                        From Python 3.12 on
  -h, --help            show this text and exit
  --version             show the version and exit

The exit status is the program's.  Where the dump was written is said on stderr.
With --when, OUT may have %p, %t and %n for the process, the time and the number
of the dump; no file is overwritten.  Usage errors and a program that cannot be found exit with status 2.
"""
)


class UsageError(Exception):
    """A command line that makes no sense; its text says why."""


class Options(object):
    """What the command line asks for.

    Attributes:
        output: Where to write the dump; None for the default.
        when: The Settings that say when to dump; None: when it ends.
        sites: Frames of a traceback that tracemalloc shall keep; 0: it is not
            started.
        module: The module to run; None to run a script.
        arguments: The script, unless there is a module, and its arguments.
    """

    def __init__(self):
        self.output = None
        self.when = None
        self.sites = 0
        self.module = None
        self.arguments = []


def parse_options(arguments):
    """Returns Options; None if help is asked for.  Raises UsageError."""
    options = Options()
    rest = list(arguments)
    while rest and rest[0].startswith("-") and rest[0] != "-":
        option = rest.pop(0)
        if option in ("-h", "--help"):
            return None
        if option == "--":
            break
        if option == "--sites" or option.startswith("--sites="):
            options.sites = parse_sites(option[len("--sites=") :] or "25")
            continue
        if option in ("-o", "--output", "--when", "-m"):
            if not rest:
                raise UsageError("expected a value after '{}'".format(option))
            value = rest.pop(0)
        elif option.startswith(("--output=", "--when=")):
            option, value = option.split("=", 1)
        elif option[:2] in ("-o", "-m") and not option.startswith("--"):
            option, value = option[:2], option[2:]
        else:
            raise UsageError("unknown option '{}'".format(option))
        if option == "-m":
            options.module = value
            break
        if option == "--when":
            options.when = parse_when(value)
        else:
            options.output = value
    options.arguments = rest
    if options.module is None and not rest:
        raise UsageError("expected a script or -m MODULE, got nothing")
    if options.output == "":
        raise UsageError("expected the name of a file after '-o', got ''")
    if options.when is not None and options.output is not None:
        options.when.out = _settings.out_path(options.output)
    return options


def parse_sites(text):
    """Returns the number of frames.  Raises UsageError."""
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise UsageError(
            "expected a number from 1 to 65535 in '--sites', got '{}'".format(text)
        )
    if sys.version_info < (3, 12):
        raise UsageError(
            "expected Python 3.12 or later for '--sites', got {}.{}".format(
                *sys.version_info[:2]
            )
        )
    return int(text)


def parse_when(text):
    """Returns the Settings.  Raises UsageError."""
    try:
        return _settings.parse(text)
    except _settings.SettingsError as error:
        raise UsageError("in '--when': {}".format(error))
