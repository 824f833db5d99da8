"""Builds a wheel for a Python with musl, in the folder that python_root.py makes.

Usage: musl_wheel.py [OPTION...]

OPTION is one of scanner/build_wheel.py; files that it names are in this project.  Prints the
wheel's path.  Needs root.
Exit status: 0 if there is a wheel, else 1.
"""

import sys
import tempfile
from typing import List, Sequence

import musl_python
from python_root import MUSL, TOP, NotRun, make, print_made, run_in

HERE = TOP + "/"
SEEN = "/mnt/"  # The same in the folder.


def command(options: Sequence[str]) -> List[str]:
    """Returns what builds the wheel there."""
    seen = (SEEN + option[len(HERE) :] if option.startswith(HERE) else option
            for option in options)
    return ["env", *musl_python.COMPILERS, musl_python.PYTHON, SEEN + "scanner/build_wheel.py",
            "--manylinux", *seen]


def build(options: Sequence[str]) -> str:
    """Returns the path of the wheel.  Raises NotRun."""
    make(MUSL)
    with tempfile.TemporaryFile() as output:
        status = run_in(MUSL, *command(options), stdout=output)
        output.seek(0)
        lines = output.read().decode().splitlines()
    if status != 0 or not lines:
        raise NotRun(f"build_wheel.py: exit status {status}")
    return HERE + lines[-1][len(SEEN) :]


def main(arguments: List[str]) -> int:
    return print_made("musl_wheel.py", lambda: build(arguments))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
