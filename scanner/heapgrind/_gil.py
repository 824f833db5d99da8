"""Whether this Python has a global interpreter lock, which the scanner needs.

Without one a dump would never return, and to load the scanner would turn the
lock on in the whole process.  So this is asked before.
"""

import sys

MESSAGE = (
    "expected a Python with a GIL, got a free-threaded build, for which there is "
    "no scanner yet; run the program with python{0}.{1} instead of python{0}.{1}t"
).format(*sys.version_info[:2])


def require():
    """Raises ImportError in a free-threaded build.  The command `python -m
    heapgrind` ends there, with the same line and exit status 1."""
    if not is_free_threaded():
        return
    end_command(MESSAGE)
    raise ImportError(MESSAGE)


def end_command(message):
    """Ends the command `python -m heapgrind` with one line and exit status 1; does
    nothing in programs that import this package."""
    if _is_command():
        sys.exit("heapgrind: {}".format(message))


def is_free_threaded():
    """Asks sysconfig for Py_GIL_DISABLED if the program has loaded it: its tables
    would be in each dump.  The `t` in the name of the ABI says the same."""
    sysconfig = sys.modules.get("sysconfig")
    if sysconfig is not None:
        return bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    return "t" in getattr(sys, "abiflags", "")


def _is_command():
    """True while `-m` looks for this package; a program that is run with `-m`
    may import it, too."""
    if getattr(sys, "argv", [])[:1] != ["-m"]:
        return False
    words = getattr(sys, "orig_argv", [])  # From 3.10 on.
    return "-mheapgrind" in words or ("-m", "heapgrind") in zip(words, words[1:])
