"""Runs the scanner's tests on a Python whose C library is musl, as Alpine's is.

Usage: test_musl.py

python_root.py makes a folder with such a Python, which is built there (musl_python.py).  What
test_pythons.py does for the interpreters of this machine is done there, and its pip installs a
wheel, which .run/wheels keeps, and which wants no library but musl.  The native program dumps a
process of that Python from outside, by a scanner that gcc builds from its headers.

Prints what test_pythons.py prints, a line each for the wheel and for the dump from outside, and
last the line `N passed, N failed`; or `not run: REASON` where there can be no such folder.
Exit status: 0 when all passed, else 1.
"""

import os
import sys
import tempfile
from typing import List

import musl_python
from count_tests import Count, add
from python_root import Debian, run_in
from test_roots import run_program, test_each

DEBIAN = Debian(musl_python.CODENAME, musl_python.ARCHITECTURE, musl_python.PACKAGES)
HEAPGRIND = "/mnt/.run/stripped/heapgrind"

# Builds a wheel, has pip install it, and dumps with it; prints the wheel's path.  $1 is Python,
# $2 heapgrind.
WHEEL = """
wheel=$("$1" /mnt/scanner/build_wheel.py --manylinux --out /mnt/.run/wheels | tail -n 1)
echo "$wheel"
"$1" -m pip install -q --root-user-action=ignore --no-index --target=/tmp/packages "$wheel"
test "$(objdump -p /tmp/packages/heapgrind/*.so | grep -c NEEDED)" = 1
export PYTHONPATH=/tmp/packages
"$1" -m heapgrind run -o /tmp/dump.json /mnt/testdata/programs/leak.py /dev/null
"$2" summary /tmp/dump.json | grep -q hold
case $wheel in *-musllinux_1_2_x86_64.whl) ;; *) exit 1 ;; esac
"""

# Dumps a process from outside, while a thread of it runs; prints what it is called.
OUTSIDE = """
echo 'heapgrind dump, musl'
include=$("$1" -c 'import sysconfig; print(sysconfig.get_path("include"))')
tag=$("$1" -c 'import sys; print("cp%d%d" % sys.version_info[:2])')
blob=$(CC=gcc CXX=g++ python3 /mnt/scanner/build_blob.py --include "$include" --tag "$tag" --out /tmp/blobs)
python3 /mnt/converter/add_blobs.py "$2" "$blob" -o /tmp/heapgrind
cat >/tmp/holder.py <<'END'
import threading, time
PAGES = {number: "page %d" % number for number in range(20000)}
threading.Thread(target=time.sleep, args=(600,), daemon=True).start()
print("ready", flush=True)
while True:
    sum(range(1000))
END
mkfifo /tmp/said
"$1" /tmp/holder.py >/tmp/said &
trap "kill $!" EXIT
read -r said </tmp/said
/tmp/heapgrind dump -o /tmp/outside.json $!
kill -0 $!
"$2" summary /tmp/outside.json | grep -q 'PAGES.*holds'
"""


def check(script: str, name: str) -> Count:
    """Runs a script in the folder as a test, which the last part of its first line names."""
    with tempfile.TemporaryFile() as output:
        status = run_in(DEBIAN, "env", *musl_python.COMPILERS, "sh", "-euc", script, "sh",
                        musl_python.PYTHON, HEAPGRIND, stdout=output)
        output.seek(0)
        said = os.path.basename(output.readline().decode().strip())
    print(f"{name}, {said or 'nothing built'}: {'failed' if status else 'passed'}", flush=True)
    return Count(failed=1) if status else Count(passed=1)


def test(_: Debian) -> Count:
    """Tests a wheel and a dump from outside, and runs the scanner's tests."""
    tests = run_program(DEBIAN, "/mnt/tests/test_pythons.py", musl_python.PYTHON,
                        variables=musl_python.COMPILERS)
    return add([check(WHEEL, "pip"), check(OUTSIDE, "from outside"), tests])


def main(arguments: List[str]) -> int:
    if arguments:
        sys.exit(f"test_musl.py: expected no arguments, got '{arguments[0]}'")
    return test_each([DEBIAN], test)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
