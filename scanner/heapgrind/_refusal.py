"""How the command `python -m heapgrind` ends where the scanner cannot be imported."""

import sys


def end_command(message):
    """Ends the command `python -m heapgrind` with one line and exit status 1; does
    nothing in programs that import this package."""
    if _is_command():
        sys.exit("heapgrind: {}".format(message))


def _is_command():
    """True while `-m` looks for this package; a program that is run with `-m`
    may import it, too."""
    if getattr(sys, "argv", [])[:1] != ["-m"]:
        return False
    words = getattr(sys, "orig_argv", [])  # From 3.10 on.
    return "-mheapgrind" in words or ("-m", "heapgrind") in zip(words, words[1:])
