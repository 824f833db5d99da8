"""What `python -m heapgrind run --help` prints."""

USAGE = """\
usage: python -m heapgrind run [OPTION...] SCRIPT [ARGUMENT...]
       python -m heapgrind run [OPTION...] -m MODULE [ARGUMENT...]
"""

HELP = (
    USAGE
    + """
Runs a Python program as `python` would, and writes a heap dump when it ends:
at its last line, at sys.exit, when an exception ends it (after its traceback),
and when it gets SIGTERM, unless it handles that itself.  Threads that are not
daemons are waited for; functions registered with atexit run after the dump.
A program that leaves with os._exit or is killed is not dumped.

  -o OUT, --output OUT  where to write the dump (default: heapgrind.PID.json
                        in the directory where the program is started);
                        compressed if it ends in .gz or .zst
  --when WHEN           when to dump, instead of once at the end: what HEAPGRIND
                        in the environment may be (see `hook --help`), such as
                        "signal=USR2,exit,rss>2G,every=10m,keep=5,fork"
  --sites[=FRAMES]      let tracemalloc trace where objects are allocated, with
                        FRAMES frames each (default: 25), for `memdump2callgrind
                        --by=site`; the program takes more time and memory.
                        From Python 3.12 on
  -h, --help            show this text and exit

The exit status is the program's; 1 if that is 0 and a dump has failed.  Usage
errors, a program that cannot be found and an OUT that cannot be written exit
with status 2, before the program starts.  Where the dump was written is said on
stderr.  With --when, OUT may have %p, %t and %n for the process, the time and
the number of the dump; no file is overwritten.
"""
)
