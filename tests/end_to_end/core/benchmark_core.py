"""Measures `heapgrind dump` on core files.

    python3 -m tests.end_to_end.core.benchmark_core [--program PROGRAM] [GIGABYTES...]

The kernel writes a core of a process with objects of that size (default: 1); its dump goes to
/dev/null.  Printed are, as a table in Markdown, the core's size, the objects, the time, the
processor's time, and the most memory that heapgrind and the child that scans have had
for themselves: without the pages of the core file, which the page cache has.  To be run in
the top folder, as root.
"""

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time

from tests.end_to_end.outside import benchmark_stop
from tests.end_to_end.outside import core_support
from tests.end_to_end.outside import outside_support


def watch(dump):
    """Waits for heapgrind to end; returns the most memory that it and its children had, KiB."""
    most = 0
    while dump.poll() is None:
        try:
            pids = [dump.pid] + outside_support.children(dump.pid)
        except OSError:  # It has just ended.
            continue
        most = max(most, sum(
            benchmark_stop.numbers(f"/proc/{pid}/status", "RssAnon", "VmPTE") for pid in pids))
        time.sleep(0.05)
    return most


def measure(gigabytes, program, folder):
    """Prints a row of the table."""
    command = (outside_support.SYSTEM_PYTHON, "-c", benchmark_stop.PROGRAM, str(gigabytes))
    with outside_support.Process(command) as process:
        core = core_support.kernel_core(process, folder)
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen([program, "dump", core, "-o", "/dev/null"], encoding="utf-8",
                          stderr=subprocess.PIPE) as dump:
        memory = watch(dump)
        said = dump.stderr.read()
    seconds, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    found = re.search(r"wrote (\d+) objects", said)
    if found is None:
        raise SystemExit(said)
    used = sum(getattr(after, key) - getattr(before, key) for key in ("ru_utime", "ru_stime"))
    print(f"| {os.path.getsize(core) / 1e9:.2f} GB | {int(found.group(1)) / 1e6:.1f} million "
          f"| {seconds:.1f} s | {used:.1f} s | {memory / 1024:.0f} MiB |", flush=True)
    os.remove(core)


def main(arguments):
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=".run/dump/heapgrind", type=os.path.abspath)
    parser.add_argument("gigabytes", nargs="*", type=float, default=[1])
    options = parser.parse_args(arguments)
    print("| core | objects | time | processor | memory of its own |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for gigabytes in options.gigabytes:
            measure(gigabytes, options.program, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
