"""Tests `heapgrind dump` under a kernel with yama, in a virtual machine.

Usage: test_yama.py PROGRAM BLOB

PROGRAM is heapgrind, BLOB the scanner for /usr/bin/python3.  The machine
(virtual_machine.py) runs yama_guest.py; it takes two minutes.

Prints a line for each case, and last `N passed, N failed`, or why it could not be run:
`not run: REASON`.
Exit status: 0 when all passed, else 1.
"""

import os
import sys
from typing import List

from virtual_machine import report, run_guest

TESTS = os.path.dirname(os.path.abspath(__file__))
GUEST = os.path.join(TESTS, "end_to_end", "outside", "yama_guest.py")


def main(arguments: List[str]) -> int:
    if len(arguments) != 2:
        sys.exit("test_yama.py: expected the paths of heapgrind and of a blob")
    program, blob = arguments
    files = {"/heapgrind": program, "/blobs/" + os.path.basename(blob): blob}
    return report(lambda: run_guest(GUEST, files), "ptrace_scope=")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
