"""An interpreter for a program that is run, in which nothing ran before.

`python -m` loads what it needs itself (runpy, importlib.util, re, typing ...),
15 thousand objects of which a small program has none.  So `python -m heapgrind
run` begins once more, as `python -c`, which needs nothing.
"""

import os
import sys

_CODE = "import sys; from heapgrind._run import main; sys.exit(main(sys.argv[2:]))"


def start_again(arguments):
    """Becomes the interpreter that runs `arguments`, with the same options.
    Returns where that cannot be."""
    options = interpreter_options([_encoded(argument) for argument in arguments])
    if options is None or not sys.executable:
        return
    words = [_encoded(sys.executable)] + options + [b"-c", _CODE.encode("ascii")]
    try:
        os.execv(sys.executable, words + [_encoded(argument) for argument in arguments])
    except EnvironmentError:
        pass  # Then here.


def interpreter_options(arguments):
    """Returns what stands before `-m heapgrind ARGUMENTS` in the command line of
    this process; None if it does not end so."""
    try:
        with open("/proc/self/cmdline", "rb") as command_line:
            words = command_line.read().split(b"\0")[1:-1]
    except EnvironmentError:
        return None
    first = len(words) - len(arguments)
    if first < 1 or words[first:] != arguments:
        return None
    options, module = words[: first - 1], words[first - 1]
    if module == b"heapgrind" and options:
        module = options.pop() + module  # As -mheapgrind, which may be written.
    if not module.startswith(b"-") or not module.endswith(b"mheapgrind"):
        return None
    others = module[: -len(b"mheapgrind")]  # As in -Im.
    return options + ([] if others == b"-" else [others])


def _encoded(text):
    return os.fsencode(text) if hasattr(os, "fsencode") else text
