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
    if _is_command():
        sys.exit("heapgrind: " + MESSAGE)
    raise ImportError(MESSAGE)


def is_free_threaded():
    """Asks sysconfig, and forgets its tables again: they would be in each dump."""
    loaded = set(sys.modules)
    try:
        import sysconfig

        answer = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
    except ImportError:  # A program that was packed without it.
        answer = "t" in getattr(sys, "abiflags", "")
    for name in set(sys.modules) - loaded:
        if name.startswith(("sysconfig", "_sysconfig")):
            del sys.modules[name]
    return answer


def _is_command():
    """True while `-m` looks for this package; a program that is run with `-m`
    may import it, too."""
    if getattr(sys, "argv", [])[:1] != ["-m"]:
        return False
    words = getattr(sys, "orig_argv", [])  # From 3.10 on.
    return "-mheapgrind" in words or ("-m", "heapgrind") in zip(words, words[1:])
