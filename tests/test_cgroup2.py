"""Tests `HEAPGRIND="limit>..."` under control groups of version 2, in a virtual machine.

Usage: test_cgroup2.py WHEEL

WHEEL is heapgrind's for /usr/bin/python3.  The machine (virtual_machine.py) runs
cgroup2_guest.py; it takes two minutes.

Prints a line for each case, and last `N passed, N failed`, or why it could not be run:
`not run: REASON`.
Exit status: 0 when all passed, else 1.
"""

import os
import sys
import tempfile
import zipfile
from typing import List

from virtual_machine import report, run_guest

TESTS = os.path.dirname(os.path.abspath(__file__))
GUEST = os.path.join(TESTS, "end_to_end", "live", "cgroup2_guest.py")


def run_with_wheel(path: str) -> str:
    """Returns what the machine prints, in which the package of a wheel is unpacked."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as wheel:
        names = [name for name in wheel.namelist() if name.startswith("heapgrind/")]
        wheel.extractall(folder, names)
        return run_guest(
            GUEST, {"/packages/" + name: os.path.join(folder, name) for name in names})


def main(arguments: List[str]) -> int:
    if len(arguments) != 1:
        sys.exit("test_cgroup2.py: expected the path of a wheel")
    return report(lambda: run_with_wheel(arguments[0]), "memory\\.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
