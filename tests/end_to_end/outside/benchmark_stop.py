"""Measures for how long `heapgrind dump` stops a process, and what its copy takes.

    python3 -m tests.end_to_end.outside.benchmark_stop [--program PROGRAM] [--py-spy PROGRAM]
        [GIGABYTES...]

The process has five threads that wait, and objects of that size (default: 0.1 and 1).  A
thread of its own looks at the clock all the time, and knows the longest pause.  In each of
some rounds nothing is done, the process forks for itself, as heapgrind.dump(fork=True) does,
it is dumped, and `py-spy dump` shows its stacks.  The medians of the pauses are printed, as a
table in Markdown, in milliseconds.  In these rounds the copy writes next to nothing; in a
last one the scanner runs, and the copy's own memory is measured: page tables, and pages that
it does not share with the process.

PROGRAM is what `./run heapgrind dump` has built, unless another is named.  To be run in the
top folder.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from tests.end_to_end.outside import outside_support

_ROUNDS = 11
PROGRAM = """
import os, sys, threading, time
held = [("row %d" % number, [number]) for number in range(int(float(sys.argv[1]) * 4000000))]
for _ in range(4):
    threading.Thread(target=threading.Event().wait, daemon=True).start()
longest = 0

def watch():
    global longest
    before = time.perf_counter()
    while True:
        now = time.perf_counter()
        if now - before > longest:
            longest = now - before
        before = now

with open("/proc/self/status") as status:
    print(*[line.split()[1] for line in status if line.startswith("VmRSS:")])
sys.stdout.flush()
threading.Thread(target=watch, daemon=True).start()
for line in sys.stdin:
    if line == "fork\\n":
        child = os.fork()
        if child == 0:
            os._exit(0)
        os.waitpid(child, 0)
    else:
        print(longest)
        sys.stdout.flush()
        longest = 0
"""


def numbers(path, *keys):
    """Returns the sum of the lines of a file below /proc/PID, KiB; 0 if there is none."""
    try:
        with open(path, encoding="ascii") as file:
            lines = dict(line.split(":", 1) for line in file if ":" in line)
    except OSError:
        return 0
    return sum(int(lines[key].split()[0]) for key in keys if key in lines)


class Measured:
    """A process that is measured."""

    def __init__(self, process, options, blobs):
        self.process = process
        self.options = options
        self.dump = [options.program, "dump", str(process.pid), "-o", "/dev/null"]
        self.small_dump = self.dump + ["--blobs", blobs]

    def pause(self, act):
        """Returns the longest pause while act() runs, seconds."""
        self._longest()
        act()
        return self._longest()

    def _longest(self):
        time.sleep(0.05)  # The thread looks at the clock once more.
        self.process.say("longest\n")
        return float(self.process.process.stdout.readline())

    def actions(self):
        """Returns what is done in each round."""
        look = [self.options.py_spy, "dump", "--pid", str(self.process.pid)]
        return (lambda: time.sleep(0.3), lambda: self.process.say("fork\n"),
                lambda: _run(self.small_dump), lambda: _run(look))

    def rounds(self):
        """Returns the median of the pauses of each action, seconds."""
        found = [[self.pause(act) for act in self.actions()] for _ in range(_ROUNDS)]
        return [statistics.median(column) for column in zip(*found)]

    def memory_of_copy(self):
        """Dumps, and returns the most page tables and pages of its own that the copy has, KiB."""
        tables = pages = 0
        with subprocess.Popen(self.dump, stderr=subprocess.DEVNULL) as dump:
            while dump.poll() is None:
                for copy in self.process.children():
                    folder = f"/proc/{copy}/"
                    tables = max(tables, numbers(folder + "status", "VmPTE"))
                    pages = max(pages, numbers(
                        folder + "smaps_rollup", "Private_Dirty", "Private_Clean"))
                time.sleep(0.2)
        if dump.returncode != 0:
            raise SystemExit("heapgrind dump has failed")
        return tables, pages


def _run(command):
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)


def measure(gigabytes, options, blobs):
    """Prints a row of the table."""
    command = (outside_support.SYSTEM_PYTHON, "-c", PROGRAM, str(gigabytes))
    with outside_support.Process(command) as process:
        measured = Measured(process, options, blobs)
        cells = [f"{int(process.first_line) / 1e6:.2f} GB"]
        cells += [f"{1000 * pause:.0f} ms" for pause in measured.rounds()]
        tables, pages = measured.memory_of_copy()
        cells += [f"{tables / 1024:.1f} MiB", f"{pages / 1024:.1f} MiB"]
        print("| " + " | ".join(cells) + " |", flush=True)


def main(arguments):
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=".run/dump/heapgrind", type=os.path.abspath)
    parser.add_argument("--py-spy", default=shutil.which("py-spy"))
    parser.add_argument("gigabytes", nargs="*", type=float, default=[0.1, 1])
    options = parser.parse_args(arguments)
    if options.py_spy is None:
        parser.error("expected py-spy in PATH or as --py-spy")
    with tempfile.TemporaryDirectory() as folder:
        blobs = outside_support.make_blobs(folder)
        print("| resident | nothing done | fork of its own | `heapgrind dump` | `py-spy dump` "
              "| page tables of the copy | its own pages |")
        print("|---|---|---|---|---|---|---|")
        for gigabytes in options.gigabytes:
            measure(gigabytes, options, blobs)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except subprocess.CalledProcessError as error:
        sys.exit(str(error))
