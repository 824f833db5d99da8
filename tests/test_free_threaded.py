"""Runs the scanner's tests on free-threaded Pythons, which have no GIL.

Usage: test_free_threaded.py [VERSION | PYTHON]...

VERSION is one that free_threaded_python.py builds (default: all of them), PYTHON the path of a
free-threaded one that is there.

Prints what test_pythons.py prints; the last line is `N passed, N failed`.  What cannot be made is
said before it, or last where that is all of them: `not run: REASON`.
Exit status: 0 when all passed, else 1.
"""

import argparse
import os
import subprocess
import sys
from typing import List

import free_threaded_python
from count_tests import Count, add
from python_root import TOP, NotRun
from test_roots import print_and_count

# While other threads run: tests/scanner/scan/busy_threads_test.py.
NUM_DUMPS = "200"


def test(python: str) -> Count:
    """Runs the scanner's tests on one Python; prints what they print but for counts."""
    environment = dict(os.environ, HEAPGRIND_TEST_DUMPS=NUM_DUMPS)
    done = subprocess.run(
        [sys.executable, os.path.join(TOP, "tests", "test_pythons.py"), "--jobs=2", python],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
    return print_and_count(done.stdout.decode(errors="replace"))


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][len("Usage: ") :])
    parser.add_argument("pythons", nargs="*", default=sorted(free_threaded_python.SOURCES))
    counts = []
    reasons = []
    for name in parser.parse_args(arguments).pythons:
        try:
            is_version = name in free_threaded_python.SOURCES
            counts.append(test(free_threaded_python.make(name) if is_version else name))
        except NotRun as reason:
            reasons.append(f"{name}: {reason}")
    if not counts:
        print(f"not run: {'; '.join(reasons)}")
        return 1
    for line in reasons:
        print(f"not run: {line}")
    total = add(counts)
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed or reasons else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
