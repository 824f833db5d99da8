"""Tests dumps of programs that use wheels of PyPI.

Usage: test_packages.py --programs=FOLDER [--few] [--job=NAME]... [PYTHON...]

Each PYTHON (default: the newest of this machine that has C headers) gets a virtual environment
with the packages in pins.txt, kept in ~/.cache/heapgrind, and the scanner.  Each program in
jobs/ works there, plants objects, and is dumped three times: by itself, by fork, and from
outside.  Every dump must say that its planted objects have their bytes below the right rows;
those that follow native memory, that buffers in C are there once; all, what shares of the
memory are explained and named.

--programs: where memdump2callgrind and heapgrind are.
--job: this program of jobs/ alone (may be repeated).
--few: six packages, those of few.txt, for CI.

Prints a row of the table in docs/how-it-works.md for each program, what was wrong, and last
`N passed, N failed`, or `not run: REASON` where PyPI or the Python cannot be had.
Exit status: 0 when all passed, else 1.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from typing import List

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
sys.path[:0] = [HERE, os.path.join(TOP, "tests"), TOP]
import environments  # noqa: E402
import job_dumps  # noqa: E402
from count_tests import Count, add  # noqa: E402
from find_pythons import find_interpreters  # noqa: E402
from known import JOBS, Job  # noqa: E402

LEAST_VERSION = (3, 12)  # Of the wheels in pins.txt.


def newest_python() -> List[str]:
    """Returns the path of the newest interpreter, or nothing."""
    return [one.path for one in find_interpreters([], []) if not one.is_debug][-1:]


def check_job(name: str, job: Job, environment: environments.Environment) -> Count:
    """Runs and dumps a program; prints its row, and what is wrong.  Three tests."""
    folder = tempfile.mkdtemp(prefix="heapgrind-packages-")
    try:
        dumps = job_dumps.run(name, environment, folder)
        problems = [list(job_dumps.problems(job, dump)) for dump in dumps]
        print(job_dumps.row(job, dumps), flush=True)
    except RuntimeError as error:
        problems = [[str(error)], [], []]
    finally:
        shutil.rmtree(folder)
    for found in problems:
        for problem in found:
            print(f"{name}: {problem}", flush=True)
    failed = sum(map(bool, problems))
    return Count(len(problems) - failed, failed)


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][len("Usage: ") :])
    parser.add_argument("--programs", required=True)
    parser.add_argument("--few", action="store_true")
    parser.add_argument("--job", action="append", choices=list(JOBS), default=[])
    parser.add_argument("pythons", nargs="*", metavar="PYTHON")
    options = parser.parse_args(arguments)
    job_dumps.use_programs(os.path.abspath(options.programs))
    names = options.job or [
        name for name, job in JOBS.items() if job.is_one_of_few or not options.few]
    counts = []
    for python in options.pythons or newest_python():
        try:
            environment = environments.make(python, "few" if options.few else "pins")
        except environments.NotRun as reason:
            print(f"not run: {python}: {reason}")
            continue
        print(f"{environment.version} ({python})", flush=True)
        print(job_dumps.TABLE_HEAD, flush=True)
        counts += [check_job(name, JOBS[name], environment) for name in names]
    if not counts:
        print("not run: expected a Python with C headers, 3.12 or later, and PyPI")
        return 1
    total = add(counts)
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
