"""Runs the scanner's tests on a Python whose C library is musl, as Alpine's is.

Usage: test_musl.py

python_root.py makes a folder with such a Python, which is built there (musl_python.py).  What
test_pythons.py and test_outside.py do for the interpreters of this machine is done there, and its
pip installs a wheel, which .run/wheels keeps, with the native programs that `./run test-musl` has
built in .run/stripped.  It wants no library but musl.

Prints what these print, a line for the wheel, and last the line `N passed, N failed`; or
`not run: REASON` where there can be no such folder.
Exit status: 0 when all passed, else 1.
"""

import glob
import itertools
import os
import sys
from typing import List

import musl_python
import musl_wheel
from count_tests import Count, add
from python_root import MUSL, TOP, Debian
from root_wheel import test_wheel
from test_roots import NATIVE, PROGRAMS, run_program, test_each

# Builds a wheel, has pip install it, and dumps with it; prints the wheel's path.  $1 is Python,
# the others build it.
WHEEL = """
python=$1
shift
wheel=$("$@" | tail -n 1)
echo "$wheel"
"$python" -m pip install -q --root-user-action=ignore --no-index --target=/tmp/packages "$wheel"
test "$(objdump -p /tmp/packages/heapgrind/*.so | grep -c NEEDED)" = 1
export PYTHONPATH=/tmp/packages
"$python" -m heapgrind run -o /tmp/dump.json /mnt/testdata/programs/leak.py /dev/null
/tmp/packages/bin/heapgrind summary /tmp/dump.json | grep -q hold
/tmp/packages/bin/memdump2callgrind /tmp/dump.json | grep -q '^events: '
case $wheel in *-musllinux_1_2_x86_64.whl) ;; *) exit 1 ;; esac
"""


def wheel_options() -> List[str]:
    """Returns those by which build_wheel.py makes the wheel that users install."""
    pages = glob.glob(os.path.join(glob.escape(TOP), "docs", "*.1"))
    files = [*(("--program", program) for program in NATIVE),
             *(("--manual", page) for page in sorted(pages)),
             ("--notices", os.path.join(TOP, ".run", "NOTICES"))]
    return ["--out", os.path.join(TOP, ".run", "wheels"), *itertools.chain(*files)]


def test(debian: Debian) -> Count:
    """Tests a wheel, and what test_roots.py tests elsewhere."""
    scanners, outside = PROGRAMS
    wheel = test_wheel(debian, "sh", "-euc", WHEEL, "sh", musl_python.PYTHON,
                       *musl_wheel.command(wheel_options()))
    return add([wheel] + [
        run_program(debian, *words, musl_python.PYTHON, variables=musl_python.COMPILERS)
        for words in (scanners, outside)])


def main(arguments: List[str]) -> int:
    if arguments:
        sys.exit(f"test_musl.py: expected no arguments, got '{arguments[0]}'")
    return test_each([MUSL], test)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
