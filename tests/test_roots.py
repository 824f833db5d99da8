"""Runs the scanner's tests on the Pythons of other Debian distributions.

Usage: test_roots.py [--all] [DISTRIBUTION...]

python_root.py knows the distributions (default: all), and makes a folder for
each.  What test_pythons.py does for the interpreters of this machine is done
there for Debian's, and what test_outside.py does, with the native programs in .run/stripped.

--all: also the tests that take long, as test_pythons.py has them.

Prints what test_pythons.py prints; the last line is `N passed, N failed`, for all
of them.  What cannot be made is said before it, or last where that is all of
them: `not run: REASON`.
Exit status: 0 when all passed, else 1.
"""

import argparse
import re
import sys
import tempfile
from typing import Callable, Iterable, List

from count_tests import Count, add
from python_root import DISTRIBUTIONS, Debian, NotRun, make, run_in

# As they are seen in the folder.
NATIVE = ("/mnt/.run/stripped/memdump2callgrind", "/mnt/.run/stripped/heapgrind")
PROGRAMS = (("/mnt/tests/test_pythons.py",), ("/mnt/tests/test_outside.py", NATIVE[1]))


def count_last_line(text: str) -> Count:
    """Counts by the last line of test_pythons.py; one failed test if there is none."""
    match = re.search(r"^(\d+) passed, (\d+) failed\n\Z", text, re.MULTILINE)
    if match is None:
        return Count(failed=1)
    return Count(int(match.group(1)), int(match.group(2)))


def print_and_count(text: str) -> Count:
    """Prints all that test_pythons.py has printed but the last line, which it counts by."""
    sys.stdout.write(text[: text.rstrip("\n").rfind("\n") + 1])
    sys.stdout.flush()
    return count_last_line(text)


def test(debian: Debian, with_slow: bool) -> Count:
    """Runs all tests in a distribution's folder, and prints what they print but for counts."""
    scanners, outside = PROGRAMS
    slow = ("--all",) if with_slow else ()
    return add(run_program(debian, *words) for words in (scanners + slow, outside))


def run_program(debian: Debian, *words: str, native: Iterable[str] = NATIVE,
                variables: Iterable[str] = ()) -> Count:
    """Runs one program there, and prints all but its last line.

    Args:
        native: The native programs; what needs them is skipped without.
        variables: More of the environment, as NAME=VALUE.
    """
    with tempfile.TemporaryFile() as output:
        run_in(debian, "env", "HEAPGRIND_PROGRAMS=" + ":".join(native), *variables,
               "python3", *words, stdout=output)
        output.seek(0)
        text = output.read().decode(errors="replace")
    return print_and_count(text)


def test_each(debians: Iterable[Debian], test_one: Callable[[Debian], Count],
              remarks: Iterable[str] = ()) -> int:
    """Makes and tests each; prints remarks, what cannot be made, and the count.

    Returns:
        The exit status.
    """
    counts = []
    reasons = []
    for debian in debians:
        try:
            make(debian)
            counts.append(test_one(debian))
        except NotRun as reason:
            reasons.append(f"{debian.codename}: {reason}")
    if not counts:
        print(f"not run: {'; '.join(reasons)}")
        return 1
    for line in (*remarks, *(f"not run: {reason}" for reason in reasons)):
        print(line)
    total = add(counts)
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed or reasons else 0


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][len("Usage: ") :])
    parser.add_argument("--all", action="store_true")
    parser.add_argument("distributions", nargs="*", metavar="DISTRIBUTION")
    options = parser.parse_args(arguments)
    names = options.distributions or sorted(DISTRIBUTIONS)
    for name in names:
        if name not in DISTRIBUTIONS:
            parser.error(f"expected one of {', '.join(sorted(DISTRIBUTIONS))}, got '{name}'")
    return test_each((DISTRIBUTIONS[name] for name in names),
                     lambda debian: test(debian, options.all))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
