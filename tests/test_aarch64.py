"""Runs the scanner's tests on Pythons of 64-bit ARM, which qemu-user emulates.

Usage: test_aarch64.py [--make | DISTRIBUTION...]

For each of Debian's distributions (default: bookworm) python_root.py makes a folder with its
Python for arm64 and a cross compiler (emulated.py).  What test_pythons.py does for the
interpreters of this machine is done there, and pip installs wheels, which .run/wheels keeps,
with the native programs that `./run test-aarch64` has built in .run/aarch64.

--make only makes bookworm's folder, and prints its path: there are the libraries that those
programs are linked with.

Prints what test_pythons.py prints, a line for each wheel, and `not tested: TEST: REASON` for each
test that cannot pass under qemu-user; the last line is `N passed, N failed`.  What cannot be made
is said before it, or last where that is all of them: `not run: REASON`.
Exit status: 0 when all passed, else 1.
"""

import argparse
import sys
from typing import Iterable, List

from count_tests import Count, add
from python_root import DISTRIBUTIONS, PYTHONS, Debian, NotRun, make
from root_wheel import test_wheel
from test_roots import run_program, test_each

PYTHON = ("python3-dev", "python3-numpy", "python3-pip", "python3-venv")
# What the native programs, and their tests, are linked with: build_packages of tools/packages.sh.
LIBRARIES = ("libabsl-dev", "libedit-dev", "libgmock-dev", "libgtest-dev", "libyajl-dev",
             "libzstd-dev", "zlib1g-dev")


def of_arm(codename: str, packages: Iterable[str]) -> Debian:
    """Returns a Debian with the packages and with PYTHON."""
    return Debian(codename, "arm64", tuple(sorted({*packages, *PYTHON})))


def pythons_of(debian: Debian) -> List[str]:
    """Returns its Pythons but for a debug build, which takes seven times as long."""
    return [package for package in debian.packages
            if package.startswith("python") and not package.endswith("-dbg")]


DEBIANS = {name: of_arm(name, pythons_of(debian)) for name, debian in DISTRIBUTIONS.items()}
DEBIANS["bookworm"] = of_arm("bookworm", LIBRARIES)

FORK = "qemu-user refuses any clone(2) but fork(2)'s, of which the program is told"
# The tests that the emulated system cannot pass, by module, class and name: why.
NOT_TESTED = {
    "command_line_test.PlaceTest.test_file_that_may_not_grow":
        "qemu-user writes a file when a program that starts reads /proc/self/maps, as 3.14 does",
    "malloc_books_test.BooksTest.test_records_explain_what_was_handed_out_and_not_more":
        "qemu-user shows the heap as static memory of the interpreter, which the test leaves out",
    "resident_test.ResidentTest.test_pages_of_zeros_that_a_fork_shares_are":
        "qemu-user does not know PAGEMAP_SCAN, by which Linux tells its own pages of zeros",
    "scarce_memory_test.ScarceMemoryTest":
        "qemu-user heeds no limit that a program sets to its memory",
    "snapshot_children_test.NothingIsLeftTest.test_no_descriptor_and_no_thread_is_left":
        "the process has a thread of qemu-user's, too",
    "snapshot_children_test.ChildrenTest.test_its_end_sends_no_signal": FORK,
    "snapshot_children_test.ChildrenTest.test_wait_of_the_program_does_not_see_it": FORK,
}
NATIVE = ("/mnt/.run/aarch64/memdump2callgrind", "/mnt/.run/aarch64/heapgrind")

# Builds a wheel for the Python $1, has pip install it, and dumps with it; prints the wheel's path.
INSTALL = """
cd /mnt/.run/aarch64
wheel=$("$1" /mnt/scanner/build_wheel.py --manylinux --out /mnt/.run/wheels \
  --program heapgrind --program memdump2callgrind --notices NOTICES \
  $(for page in /mnt/docs/*.1; do echo --manual "$page"; done) | tail -n 1)
echo "$wheel"
"$1" -m pip install -q --root-user-action=ignore --no-index --target=/tmp/packages "$wheel"
export PYTHONPATH=/tmp/packages
"$1" -m heapgrind run -o /tmp/dump.json /mnt/testdata/programs/leak.py /dev/null
cd /tmp
ls packages/share/man/man1/heapgrind.1 >/dev/null
packages/bin/heapgrind summary dump.json | grep -q hold
packages/bin/memdump2callgrind dump.json | grep -q '^events: '
! packages/bin/heapgrind dump 1 2>refusal
grep -q 'expected a machine of x86-64, got aarch64' refusal
"""


def test(debian: Debian) -> Count:
    """Tests wheels, and runs the scanner's tests; prints what they print but for counts."""
    pythons = [f"/usr/bin/python{version}" for version in PYTHONS[debian.codename]]
    tests = run_program(debian, "/mnt/tests/test_pythons.py", *pythons, native=NATIVE,
                        variables=["HEAPGRIND_TEST_WITHOUT=" + " ".join(NOT_TESTED)])
    wheels = (test_wheel(debian, "sh", "-euc", INSTALL, "sh", python) for python in pythons)
    return add([*wheels, tests])


def print_folder(debian: Debian) -> int:
    """Makes the folder and prints its path, or why there is none; returns the exit status."""
    try:
        print(make(debian))
    except NotRun as reason:
        print(f"not run: {reason}")
        return 1
    return 0


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][len("Usage: ") :])
    parser.add_argument("--make", action="store_true")
    parser.add_argument("distributions", nargs="*", metavar="DISTRIBUTION",
                        default=["bookworm"])
    options = parser.parse_args(arguments)
    if options.make:
        return print_folder(DEBIANS["bookworm"])
    names = options.distributions
    for name in names:
        if name not in DEBIANS:
            parser.error(f"expected one of {', '.join(sorted(DEBIANS))}, got '{name}'")
    remarks = (f"not tested: {name}: {reason}" for name, reason in NOT_TESTED.items())
    return test_each((DEBIANS[name] for name in names), test, remarks)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
