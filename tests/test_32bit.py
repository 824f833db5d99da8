"""Runs the scanner's tests on a Python of 32 bits.

Usage: test_32bit.py [--dump=FILE]

python_root.py makes a folder with Debian for i386, the release that this machine
runs.  What test_pythons.py does for the interpreters of this machine is done
there for Debian's.

--dump: dumps the heap of testdata/programs/leak.py to FILE instead, compressed.

Prints what test_pythons.py prints; the last line is `N passed, N failed`.  Where
such a folder cannot be made the last line is `not run: REASON` instead.
Exit status: 0 when all passed, else 1.
"""

import argparse
import shutil
import sys
import tempfile
from typing import List

from python_root import Debian, NotRun, make, own_codename, run_in

PACKAGES = ("g++", "gcc", "libpython3-dev", "python3-dev")

# Writes a dump to stdout; the program sees no path that a machine has (make_testdata.py).
DUMP = """
mkdir /tmp/heapgrind-testdata
cd /tmp/heapgrind-testdata
python3 -m zipfile -e "$(python3 /mnt/scanner/build_wheel.py --out . | tail -n 1)" .
cp /mnt/testdata/programs/leak.py .
ln -s /usr/lib lib
PYTHONHASHSEED=0 PYTHONHOME=/tmp/heapgrind-testdata PYTHONPATH=. python3 -S leak.py leak.json >&2
gzip -n -9 -c leak.json
"""


def make_dump(debian: Debian, path: str) -> int:
    """Dumps a heap in the folder; returns the exit status."""
    with tempfile.TemporaryFile() as output:
        status = run_in(debian, "sh", "-euc", DUMP, stdout=output)
        output.seek(0)
        if status == 0:
            with open(path, "wb") as dump:
                shutil.copyfileobj(output, dump)
    return status


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][len("Usage: ") :])
    parser.add_argument("--dump", metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        debian = Debian(own_codename(), "i386", PACKAGES)
        make(debian)
    except NotRun as reason:
        print(f"not run: {reason}")
        return 1
    if options.dump:
        return make_dump(debian, options.dump)
    status = run_in(debian, "python3", "/mnt/tests/test_pythons.py", "/usr/bin/python3")
    return 1 if status else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
