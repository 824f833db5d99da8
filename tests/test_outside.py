"""Tests `heapgrind dump` on Pythons of this system.

Usage: test_outside.py [--stop] PROGRAM [PYTHON...]

PROGRAM is heapgrind, built for any system.  The scanner and the wheel are built here,
from the headers of each Python; without PYTHON, of all that test_pythons.py finds.
Dumps from outside and from cores are compared with dumps from inside; with
/usr/bin/python3, and with --stop, a busy program is stopped fifty times, too.

HEAPGRIND_TEST_OBJECTS in the environment is a folder with what test_pythons.py compiled;
HEAPGRIND_TEST_ATTEMPTS: attempts.py.

Prints what failed, a line for each Python, and last the line `N passed, N failed`.
Exit status: 0 when all passed, else 1.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Dict, List, Sequence, Tuple

import attempts
from count_tests import Count, add, count_unittest
from find_pythons import Interpreter, find_interpreters

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests", "scanner", "support"))
import compile_support  # noqa: E402

SYSTEM_PYTHON = "/usr/bin/python3"
FOLDER = "tests.end_to_end."
COMPARING_TESTS = (
    "outside.real_dump_test.RealDumpTest.test_records_are_the_same",
    "core.inside_core_test.InsideCoreTest.test_core_of_the_kernel",
    "outside.unreadable_pages_test.UnreadablePagesTest",
)
STOPPING_TESTS = (
    "outside.stops_test.ScannedStopsTest",
    "outside.stops_test.StopsTest.test_debians_python_notices_nothing",
    "outside.busy_threads_test",
)


def build(kind: str, python: str, folder: str) -> str:
    """Builds the wheel or the blob for a Python in a folder; returns its path."""
    program = os.path.join(ROOT, "scanner", f"build_{kind}.py")
    objects = os.environ.get("HEAPGRIND_TEST_OBJECTS")
    compilers = compile_support.variables(objects) if objects else {}
    done = subprocess.run([python, program, "--out", folder], stdout=subprocess.PIPE, check=True,
                          env={**os.environ, **compilers})
    return done.stdout.decode().splitlines()[-1]


def build_both(python: str, folder: str) -> Dict[str, str]:
    """Builds the wheel and the blob for a Python in a folder; returns variables that name them."""
    os.mkdir(folder)
    wheel = build("wheel", python, folder)
    blob = build("blob", python, os.path.join(folder, "blobs"))
    return {"HEAPGRIND_TEST_PYTHON": python, "HEAPGRIND_TEST_WHEEL": wheel,
            "HEAPGRIND_TEST_BLOBS": os.path.dirname(blob)}


def run_tests(tests: Sequence[str], variables: Dict[str, str]) -> Tuple[Count, str]:
    """Runs tests; returns their count, and what they say if one failed."""
    done = subprocess.run(
        [SYSTEM_PYTHON, "-m", "unittest", *[FOLDER + test for test in tests]],
        cwd=ROOT, env={**os.environ, **variables}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False)
    log = done.stdout.decode(errors="replace")
    count = count_unittest(log) or Count(failed=1)
    return count, log if done.returncode != 0 else ""


def test(program: str, python: Interpreter, stops: bool, built: Future) -> Count:
    """Runs tests on a Python, once what it needs is built, prints its line and counts them."""
    stops = stops or python.path == SYSTEM_PYTHON
    tests = COMPARING_TESTS + (STOPPING_TESTS if stops else ())
    try:
        variables = {"HEAPGRIND_TEST_PROGRAM": program, **built.result()}
        count, log = attempts.attempt(f"heapgrind dump, {python.version}",
                                      lambda: run_tests(tests, variables))
    except subprocess.CalledProcessError as error:
        count, log = Count(failed=1), f"{error}\n"
    sys.stdout.write(log)
    skipped = f", {count.skipped} not run" if count.skipped else ""
    print(f"heapgrind dump, {python.version} ({python.path}): {count.passed} passed, "
          f"{count.failed} failed{skipped}", flush=True)
    return count


def test_all(program: str, pythons: Sequence[Interpreter], stops: bool) -> Count:
    """Tests one Python after the other: they set what the kernel does.  Builds run ahead."""
    with tempfile.TemporaryDirectory() as top, ThreadPoolExecutor(os.cpu_count()) as pool:
        builds = [pool.submit(build_both, python.path, os.path.join(top, str(number)))
                  for number, python in enumerate(pythons)]
        return add(test(program, python, stops, built)
                   for python, built in zip(pythons, builds))


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][len("Usage: ") :])
    parser.add_argument("--stop", action="store_true")
    parser.add_argument("program")
    parser.add_argument("pythons", nargs="*")
    options = parser.parse_args(arguments)
    count = test_all(os.path.abspath(options.program), find_interpreters(options.pythons, []),
                     options.stop)
    print(f"{count.passed} passed, {count.failed} failed")
    return 1 if count.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
