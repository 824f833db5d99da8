"""The commands of `python -m heapgrind`: which there are, and what to say of
others."""

import os
import sys

import heapgrind
from heapgrind import _hints, _printing

# What is done here, and what the native programs do.
_HERE = ["run", "hook"]
_NATIVE = "dump attach summary walk diff series report merge export strip convert".split()

USAGE = "usage: python -m heapgrind COMMAND [WORD...]\n"

HELP = (
    USAGE
    + """
Shows who owns the memory of a Python program.

Commands:
  run       run a Python program, and dump its heap to heapgrind.PID.json
  dump      dump the heap of a process that runs, or of a core file, from outside
  attach    what dump was called before
  hook      let programs dump that are started as ever
  summary   say what a heap consists of
  walk      walk through a dump, from object to object, at a prompt
  diff      say what is different between dumps
  series    say what grows over several dumps, and how fast
  report    a report to pass on: what a heap consists of, or what grew
  merge     one profile of several processes, for KCachegrind
  export    write a heap for other viewers: pprof, Chrome, flame graphs
  strip     write a smaller dump, without texts or duplicates
  convert   a profile of a dump, for KCachegrind (memdump2callgrind)

`help COMMAND` says more of one; `--version`, which version this is.

Exit status: 0 done, 1 the input or the machine is at fault, 2 the command line
is; of `run`, the program's.
"""
)


def main(arguments):
    """Does what the command line says.  Returns the exit status."""
    if not arguments or arguments in (["-h"], ["--help"], ["help"]):
        return _printing.print_text(HELP)
    if arguments == ["--version"]:
        return _printing.print_text("heapgrind {}\n".format(heapgrind.__version__))
    word, rest = arguments[0], arguments[1:]
    if word == "help":
        word, rest = rest[0], ["--help"]
    if word == "hook":
        from heapgrind._hook import _install

        return _install.main(rest)
    if word == "attach":
        sys.stderr.write("heapgrind: attach is called dump now\n")
        word = "dump"
    if word in _HERE:
        from heapgrind import __main__

        return __main__.main([word] + rest)
    if word in _NATIVE:
        from heapgrind import _native

        return _native.main(word, rest)
    sys.stderr.write("heapgrind: {}\n".format(fault_of(word, rest)))
    return 2


def fault_of(word, rest):
    """Returns what to say of a word that is no command."""
    text = "expected a command, got '{}'".format(word)
    meant = guess(word)
    if meant is not None:
        line = " ".join([meant, word] + rest)
        return "{}\nhint: did you mean heapgrind {}?".format(text, line)
    names = _HERE + _NATIVE + ["help"]
    hint = _hints.did_you_mean(word, names + ["--help", "--version"], "heapgrind ")
    return text + (hint or "\nhint: try heapgrind --help")


def guess(word):
    """Returns the command for which a word is what it wants; None if there is
    none."""
    name = word.lower()
    if name.endswith((".py", ".pyw", ".pyz", ".pyc")) or word == "-m":
        return "run"
    if name.endswith((".gz", ".zst")):
        name = os.path.splitext(name)[0]
        return "summary" if "." in os.path.basename(name) else None
    if name.endswith((".json", ".jsonl", ".dump")):
        return "summary"
    return "dump" if word.isdigit() else None
