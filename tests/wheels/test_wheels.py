"""Tests wheels where the C library is the oldest that their tag allows.

Usage: test_wheels.py WHEEL...

python_root.py makes the root of an old Debian.  There pip installs the wheel for that
Debian's own Python, and refuses one with a younger tag; and each wheel's scanner is tested,
as test_pythons.py --wheel does, by the Pythons that it is for: that Debian's, and copies of
this machine's (old_pythons.py).  auditwheel, which pip installs from PyPI, has to agree with
each tag.  The wheels must be in this project's folder.  Takes some minutes for each.

Prints a line for each interpreter and what failed; the last line is `N passed, N failed`,
or `not run: REASON` where there can be no such root.
Exit status: 0 when all passed, else 1.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from typing import Dict, Iterator, List, Tuple

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE), os.path.join(HERE, "../../scanner")]
import glibc_version  # noqa: E402
import old_pythons  # noqa: E402
from count_tests import Count, add  # noqa: E402
from find_pythons import find_interpreters  # noqa: E402
from python_root import OLDEST, TOP, NotRun, make, run_in  # noqa: E402
from test_roots import count_last_line  # noqa: E402

AUDITWHEEL = "auditwheel==6.8.2"
OWN_PYTHONS = {"cp39-cp39": "/usr/bin/python3.9", "cp27-cp27mu": "/usr/bin/python2.7"}
# $1 is the wheel.  The first pip that knows such tags is 20.3.
PIP = """
python3 -m venv /tmp/venv
/tmp/venv/bin/pip install -q --no-index "$1"
test "$(/tmp/venv/bin/heapgrind --version)" = "$(/tmp/venv/bin/python -c '
import heapgrind; print("heapgrind", heapgrind.__version__)')"
/tmp/venv/bin/python -m heapgrind run -o /tmp/dump.json /mnt/testdata/programs/leak.py /dev/null
/tmp/venv/bin/memdump2callgrind -o /tmp/profile /tmp/dump.json
/tmp/venv/bin/pip debug --verbose | grep -q manylinux_2_31_x86_64
younger=/tmp/$(basename "$1" | sed s/manylinux_2_31/manylinux_2_32/)
cp "$1" "$younger"
! /tmp/venv/bin/pip install -q --no-index --force-reinstall "$younger" 2>/tmp/said
grep -q 'is not a supported wheel on this platform' /tmp/said
"""


def tag_of(wheel: str) -> Tuple[str, str]:
    """Returns the parts of a wheel's tag: cp39-cp39 and manylinux_2_31_x86_64."""
    return tuple(re.search(r"-(cp\w+-cp\w+)-(\w+)\.whl$", wheel).groups())


def tags_here() -> Dict[str, Tuple[str, str]]:
    """Returns the path and prefix of this machine's Pythons that can be copied, by their tags."""
    code = ("import sys, wheel_file; print(wheel_file.wheel_tag('x')[:-2]); "
            "print(getattr(sys, 'base_prefix', sys.prefix))")
    found = {}
    for one in find_interpreters([], []):
        tag, prefix = subprocess.check_output(
            [one.path, "-c", code], cwd=TOP + "/scanner").decode().splitlines()
        if prefix != "/usr":
            found[tag] = one.path, prefix
    return found


def pythons_of(wheel: str, here: Dict[str, Tuple[str, str]], root: str) -> Iterator[str]:
    """Yields the Pythons in the root that a wheel is for, and copies one of here there."""
    tag = tag_of(wheel)[0]
    if tag in OWN_PYTHONS:
        yield OWN_PYTHONS[tag]
    if tag in here:
        path, prefix = here[tag]
        old_pythons.copy_python(prefix, root, glibc_version.RUN_ON)
        yield path


def test_scanner(wheel: str, python: str) -> Count:
    """Runs the scanner's tests in the root; prints what test_pythons.py does but for counts."""
    with tempfile.TemporaryFile() as output:
        run_in(OLDEST, "python3", "/mnt/tests/test_pythons.py",
               "--wheel=/mnt/" + os.path.relpath(wheel, TOP), python, stdout=output, stderr=output)
        output.seek(0)
        text = output.read().decode(errors="replace")
    sys.stdout.write(text[: text.rstrip("\n").rfind("\n") + 1])
    sys.stdout.flush()
    return count_last_line(text)


def check(name: str, status: int) -> Count:
    """Counts a command as a test, and prints whether it passed."""
    print(f"{name}: {'failed' if status else 'passed'}", flush=True)
    return Count(failed=1) if status else Count(passed=1)


def test_pip(wheel: str) -> Count:
    """Has pip install and refuse, and runs what the wheel brings."""
    path = "/mnt/" + os.path.relpath(wheel, TOP)
    return check("pip, " + os.path.basename(wheel), run_in(OLDEST, "sh", "-euc", PIP, "sh", path))


def test_tags(wheels: List[str]) -> Iterator[Count]:
    """Compares each tag with what auditwheel says."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        done = subprocess.run([folder + "/bin/pip", "install", "-q", AUDITWHEEL], check=False)
        if done.returncode:
            print(f"auditwheel: not run, pip does not install {AUDITWHEEL}")
            return
        for wheel in wheels:
            text = subprocess.run([folder + "/bin/auditwheel", "show", wheel],
                                  stdout=subprocess.PIPE, check=False).stdout.decode()
            found = re.search(r'platform tag:\s+"manylinux_(\d+)_(\d+)_x86_64"', text)
            allowed = re.fullmatch(r"manylinux_(\d+)_(\d+)_x86_64", tag_of(wheel)[1])
            is_right = found and allowed and _numbers(found) <= _numbers(allowed)
            yield check("auditwheel, " + os.path.basename(wheel), not is_right)


def _numbers(match) -> Tuple[int, ...]:
    return tuple(map(int, match.groups()))


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][len("Usage: ") :])
    parser.add_argument("wheels", nargs="+", metavar="WHEEL", type=os.path.abspath)
    wheels = parser.parse_args(arguments).wheels
    try:
        root = make(OLDEST)
    except NotRun as reason:
        print(f"not run: {reason}")
        return 1
    old_pythons.prepare(root)
    here = tags_here()
    counts = list(test_tags(wheels))
    counts += [test_pip(wheel) for wheel in wheels if "cp39-cp39-" in wheel]
    counts += [
        test_scanner(wheel, python) for wheel in wheels
        for python in pythons_of(wheel, here, root)]
    total = add(counts)
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
