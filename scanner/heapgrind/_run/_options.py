"""The command line of `python -m heapgrind run`."""

import os
import sys

from heapgrind import _file_names, _hints

_NAMES = ("--output", "--when", "--sites", "--help", "-m")


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
            raise UsageError(_hints.unknown_option(option, _NAMES))
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
    if options.output is not None:
        check_output(options)
    return options


def check_output(options):
    """Raises UsageError for what no file can be called."""
    fault = _file_names.fault_of(options.output)
    if fault is not None:
        raise UsageError("after '-o': " + fault)
    if options.when is not None:
        options.when.out = os.path.abspath(options.output)


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
    if "t" in getattr(sys, "abiflags", ""):
        raise UsageError("expected a Python with a GIL for '--sites', got a free-threaded build")
    return int(text)


def parse_when(text):
    """Returns the Settings.  Raises UsageError."""
    from heapgrind._hook import _settings

    try:
        return _settings.parse(text)
    except _settings.SettingsError as error:
        raise UsageError("in '--when': {}".format(error))
