"""Makes the dumps in testdata/ again, and what must become of them.

    ./run testdata                  the dumps, and the expected output
    ./run testdata --keep-dumps     the expected output alone

A dump holds much of the process that it shows, so each program runs in a folder of
a plain name, with nothing of this machine in its environment.  The library is found
in that folder, too: what a dump becomes depends on the sources that the machine has,
and no machine has these.  Needs the interpreter of Debian 12, which the committed
dumps show.
"""

import argparse
import gzip
import os
import shutil
import subprocess
import sys
import tempfile

from tests.end_to_end.convert import golden
from tests.end_to_end.support import documented_output
from tests.end_to_end.support import live_process

_WHEEL = os.path.abspath("tests/end_to_end/support/system_python.whl")
# By program in testdata/programs: its argument, and the dumps that it writes.
_PROGRAMS = {
    "leak": ("leak.json", ("leak",)),
    "shapes": ("shapes.json", ("shapes",)),
    "growing": ("growing", ("growing-1", "growing-2", "growing-3")),
}


def make_dumps():
    """Runs each program in testdata/programs that dumps itself, and keeps the dumps."""
    folder = os.path.join(tempfile.gettempdir(), "heapgrind-testdata")
    os.mkdir(folder)
    try:
        live_process.install(_WHEEL, folder)
        os.symlink("/usr/lib", os.path.join(folder, "lib"))
        for name, (argument, dumps) in _PROGRAMS.items():
            program = shutil.copy(f"testdata/programs/{name}.py", folder)
            subprocess.run(
                # -S: without the packages of the machine.
                [live_process.SYSTEM_PYTHON, "-S", program, os.path.join(folder, argument)], check=True,
                env={"PYTHONHOME": folder, "PYTHONPATH": folder, "PATH": "/usr/bin:/bin",
                     "PYTHONHASHSEED": "0"})
            for dump in dumps:
                _compress(os.path.join(folder, dump + ".json"), f"testdata/{dump}.json.gz")
    finally:
        shutil.rmtree(folder)


def _compress(source, target):
    with open(source, "rb") as file, open(target, "wb") as raw:
        # Without name and time, the same dump gives the same file.
        with gzip.GzipFile("", "wb", 9, raw, mtime=0) as compressed:
            shutil.copyfileobj(file, compressed)


def make_expected_output():
    """Converts what is in testdata/ with the converter as it is; and the output in docs/."""
    for case in golden.CASES:
        with open(case.expected, "wb") as file:
            file.write(golden.convert(case))
    with open(documented_output.PAGE, encoding="utf-8") as file:
        page = documented_output.renewed(file.read())
    with open(documented_output.PAGE, "w", encoding="utf-8") as file:
        file.write(page)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--keep-dumps", action="store_true", help="make the expected output alone")
    options = parser.parse_args()
    os.chdir(os.environ["BUILD_WORKSPACE_DIRECTORY"])  # From `bazel run`.
    if not options.keep_dumps:
        make_dumps()
    make_expected_output()


if __name__ == "__main__":
    sys.exit(main())
