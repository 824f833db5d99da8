"""Runs the tests of the scanner and of `heapgrind dump` on free-threaded Pythons.

Usage: test_free_threaded.py [VERSION | PYTHON]...

VERSION is one that free_threaded_python.py builds (default: all of them), PYTHON the path of a
free-threaded one that is there.

`heapgrind dump` is that of $HEAPGRIND_PROGRAMS, and tested with 3.13 alone.

Prints what test_pythons.py and test_outside.py print; the last line is `N passed, N failed`.  What
cannot be made is said before it, or last where that is all of them: `not run: REASON`.
Exit status: 0 when all passed, else 1.
"""

import argparse
import os
import subprocess
import sys
from typing import List

import free_threaded_python
from count_tests import Count, add
from find_pythons import require
from python_root import TOP, NotRun
from test_roots import print_and_count

# While other threads run: busy_threads_test.py in tests/scanner/scan and tests/end_to_end/outside.
NUM_DUMPS = "200"
# The version that there are blobs for.
OUTSIDE = "3.13"


def test(python: str) -> Count:
    """Runs all tests on one Python; prints what they print but for counts."""
    counts = [run("test_pythons.py", "--jobs=2", "--all", python)]
    programs = [path for path in os.environ.get("HEAPGRIND_PROGRAMS", "").split(":")
                if os.path.basename(path) == "heapgrind"]
    if programs and require(python)[0].version.startswith(OUTSIDE + "."):
        counts.append(run("test_outside.py", "--stop", programs[0], python))
    return add(counts)


def given(python: str) -> str:
    """Returns the path of a Python that is there.  Raises NotRun if it has a GIL."""
    probe = "import sysconfig; print(sysconfig.get_config_var('Py_GIL_DISABLED'))"
    try:
        said = subprocess.run([python, "-c", probe], stdout=subprocess.PIPE, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotRun(f"expected a free-threaded Python, got {error}") from error
    if said.strip() != b"1":
        raise NotRun("expected a free-threaded Python, got one with a GIL")
    return python


def run(name: str, *arguments: str) -> Count:
    """Runs a program of this folder."""
    done = subprocess.run(
        [sys.executable, os.path.join(TOP, "tests", name), *arguments],
        env=dict(os.environ, HEAPGRIND_TEST_DUMPS=NUM_DUMPS), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, check=False)
    return print_and_count(done.stdout.decode(errors="replace"))


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][len("Usage: ") :])
    parser.add_argument("pythons", nargs="*", default=sorted(free_threaded_python.SOURCES))
    counts = []
    reasons = []
    for name in parser.parse_args(arguments).pythons:
        try:
            is_version = name in free_threaded_python.SOURCES
            counts.append(test(free_threaded_python.make(name) if is_version else given(name)))
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
