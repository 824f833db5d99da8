"""Runs the scanner's tests on every Python of this machine.

Usage: test_pythons.py [--jobs=N] [--all] [--but=PYTHON] [--wheel=FILE] [--table | --list] [PYTHON...]

Without arguments: the interpreters in pyenv's versions folder, /usr/bin/python3
and each python3.X and python2.7 in PATH, also as debug builds (python3-dbg,
python3.X-dbg, python3.Xd), each once, if it has C headers.  For each of them a
wheel is built and unpacked in a temporary folder, and the tests of tests/scanner
run there, a process for each file of them.

Prints a line for each interpreter, with the seconds that its processes took
altogether, what failed, and last the line `N passed, N failed`.
Exit status: 0 when all passed, else 1.

--jobs: how many processes run at once (default: one for each core).
--all: also the tests that take long, which `./run test` has for one Python.
--but: leaves out an interpreter, whatever link leads to it.
--wheel: a wheel that is tested instead of one that is built, by all tests that build none.
--table: prints the table of docs/performance.md instead, one row for each, from
tests/scanner/benchmarks/benchmark_scan.py.  This takes a minute for each.
--list: prints the interpreters' paths instead, one a line.

HEAPGRIND_TEST_OBJECTS in the environment is a folder for what is compiled, which
test_outside.py uses again; HEAPGRIND_TEST_ATTEMPTS: attempts.py; HEAPGRIND_TEST_WITHOUT
names tests that are skipped (tests/scanner/support/without.py).
"""

import argparse
import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Dict, Iterator, List, NamedTuple, Optional, Tuple

import attempts
from count_tests import Count, add, count_unittest
from find_pythons import Interpreter, find_interpreters

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TESTS = os.path.join(ROOT, "tests", "scanner")
SUPPORT = os.path.join(TESTS, "support")
sys.path.insert(0, SUPPORT)
import compile_support  # noqa: E402

# Debug builds show all warnings; this is what others show (Python/_warnings.c, init_filters).
USUAL_WARNINGS = "default::DeprecationWarning:__main__," + ",".join(
    f"ignore::{kind}Warning" for kind in ("Deprecation", "PendingDeprecation", "Import", "Resource")
)
# They run first, so that no core has to wait for them in the end.
LONGEST = ("wheel_test", "environment_test", "large_heaps_test")

# Those that --all adds.
SLOW = ("any_moment_test", "damaged_heaps_test", "planted_fields_test", "runners_test",
        "same_cases_test")


class Result(NamedTuple):
    """What became of some of an interpreter's tests."""

    count: Count
    seconds: float
    log: str  # Empty if nothing failed.


class Build(NamedTuple):
    """The scanner, built for one interpreter."""

    environment: Dict[str, str]  # In which it is found; empty if that failed.
    result: Result


def run(command: List[str], **options) -> Tuple[int, str]:
    """Runs a command.  Returns its exit status and all that it printed."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    return done.returncode, done.stdout.decode(errors="replace")


def build(interpreter: Interpreter, folder: str, wheel: Optional[str]) -> Build:
    """Builds the scanner for one interpreter below a folder, which is made, or unpacks a wheel."""
    start = time.monotonic()
    os.mkdir(folder)
    environment, log = build_packages(interpreter.path, folder, wheel)
    if interpreter.is_debug and not log:
        environment["PYTHONWARNINGS"] = USUAL_WARNINGS
    count = Count(failed=1) if log else Count()
    return Build(environment, Result(count, time.monotonic() - start, log))


def build_packages(python: str, folder: str, wheel: Optional[str] = None) -> Tuple[
        Dict[str, str], str]:
    """Builds the scanner below a folder, or takes a wheel's.

    Returns:
        The environment in which it is found, and nothing; or no environment, and the log.
    """
    program = os.path.join(ROOT, "scanner", "build_wheel.py")
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
    objects = os.environ.get("HEAPGRIND_TEST_OBJECTS", folder)
    environment.update(compile_support.variables(objects))  # Tests build it again.
    if wheel is None:
        status, log = run([python, program, "--out", folder], env=environment)
        if status != 0:
            return {}, log
        wheel = log.splitlines()[-1]
    packages = os.path.join(folder, "packages")
    status, log = run([python, "-m", "zipfile", "-e", wheel, packages])
    if status != 0:
        return {}, log
    environment["PYTHONPATH"] = os.pathsep.join([packages, SUPPORT])
    return environment, ""


def modules(with_slow: bool, with_building: bool = True) -> List[str]:
    """Returns the paths of the tests' files, those that take longest first."""
    paths = glob.glob(os.path.join(glob.escape(TESTS), "*", "*_test.py"))
    if not with_building:
        paths = [path for path in paths if not is_building(path)]
    if not with_slow:
        paths = [path for path in paths if module_name(path) not in SLOW]
    return sorted(paths, key=lambda path: (module_name(path) not in LONGEST, path))


def is_building(path: str) -> bool:
    """Whether tests build the scanner themselves, as a wheel or a blob."""
    return module_name(path) == "wheel_test" or os.path.basename(os.path.dirname(path)) == "blob"


def module_name(path: str) -> str:
    return os.path.splitext(os.path.basename(path))[0]


def run_module(interpreter: Interpreter, path: str, built: Future) -> Result:
    """Runs the tests of one file, when the scanner is built.

    A process each: a test dumps all that its process holds.
    """
    environment = built.result().environment
    if not environment:
        return Result(Count(), 0, "")
    start = time.monotonic()
    name = module_name(path)
    runner = "without" if os.environ.get("HEAPGRIND_TEST_WITHOUT") else "unittest"
    command = [interpreter.path, "-m", runner, name]
    count, log = attempts.attempt(
        f"{interpreter.version} {name}",
        lambda: run_unittest(command, cwd=os.path.dirname(path), env=environment))
    return Result(count, time.monotonic() - start, log)


def run_unittest(command: List[str], **options) -> Tuple[Count, str]:
    """Returns the count of some tests, and what they printed if one failed."""
    status, log = run(command, **options)
    count = count_unittest(log)
    # From 3.12 on the status is 5 where all tests were skipped.
    is_skipped = status == 5 and count is not None and count.skipped > 0
    if count is None or (status != 0 and count.failed == 0 and not is_skipped):  # It crashed.
        count = Count(failed=1)
    return count, log if count.failed else ""


def test_all(
    interpreters: List[Interpreter], paths: List[str], num_jobs: int, wheel: Optional[str]
) -> Iterator[Result]:
    """Yields what became of each interpreter, in turn.

    Any two files of tests may run at once, also those of two interpreters; the next
    scanner is built before the tests of this one begin, so that none waits for it.
    """
    with tempfile.TemporaryDirectory(prefix="heapgrind-test-") as top, ThreadPoolExecutor(
        num_jobs
    ) as pool:
        folders = [os.path.join(top, str(number)) for number in range(len(interpreters))]
        builds = [pool.submit(build, interpreters[0], folders[0], wheel)]
        tests = []
        for number, interpreter in enumerate(interpreters):
            for following in interpreters[number + 1 : number + 2]:
                builds.append(pool.submit(build, following, folders[number + 1], wheel))
            tests.append([
                pool.submit(run_module, interpreter, path, builds[number]) for path in paths])
        for folder, built, its_tests in zip(folders, builds, tests):
            results = [built.result().result] + [test.result() for test in its_tests]
            shutil.rmtree(folder)
            counts, seconds, logs = zip(*results)
            yield Result(add(counts), sum(seconds), "".join(logs))


def print_table(interpreters: List[Interpreter]) -> int:
    """Prints a row of figures for each interpreter.  Returns the exit status."""
    benchmark = os.path.join(TESTS, "benchmarks", "benchmark_scan.py")
    status = 0
    for interpreter in interpreters:
        with tempfile.TemporaryDirectory(prefix="heapgrind-test-") as folder:
            environment, log = build_packages(interpreter.path, folder)
            failed = bool(log)
            if not failed:
                failed, log = run([interpreter.path, benchmark, "--row"], env=environment)
        sys.stdout.write(log)
        sys.stdout.flush()
        status = 1 if failed else status
    return status


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][len("Usage: ") :])
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--but", action="append", default=[], metavar="PYTHON")
    parser.add_argument("--wheel", metavar="FILE")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("pythons", nargs="*")
    options = parser.parse_args(arguments)
    # A shell's background jobs ignore SIGINT; the tests send it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    interpreters = find_interpreters(options.pythons, options.but)
    if not interpreters and options.but:
        print("0 passed, 0 failed")
        return 0
    if not interpreters:
        print("test_pythons.py: expected a Python with C headers, found none", file=sys.stderr)
        print("0 passed, 1 failed")
        return 1
    if options.list:
        print("\n".join(interpreter.path for interpreter in interpreters))
        return 0
    if options.table:
        return print_table(interpreters)
    counts = []
    paths = modules(options.all, with_building=options.wheel is None)
    results = test_all(interpreters, paths, options.jobs, options.wheel)
    for interpreter, result in zip(interpreters, results):
        sys.stdout.write(result.log)
        count = result.count
        print(
            f"{interpreter.version} ({interpreter.path}): {count.passed} passed, "
            f"{count.failed} failed, {count.skipped} skipped, {result.seconds:.0f} s",
            flush=True,
        )
        counts.append(count)
    total = add(counts)
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
