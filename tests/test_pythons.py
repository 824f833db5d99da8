"""Runs the scanner's tests on every Python of this machine.

Usage: test_pythons.py [--jobs=N] [--table | --list] [PYTHON...]

Without arguments: the interpreters in pyenv's versions folder, /usr/bin/python3
and each python3.X and python2.7 in PATH, each once, if it has C headers.  For
each of them a wheel is built and unpacked in a temporary folder, and the tests
of tests/scanner run there.

Prints a line for each interpreter, what failed, and last the line
`N passed, N failed`.  Exit status: 0 when all passed, else 1.

--table: prints the table of docs/performance.md instead, one row for each, from
tests/scanner/benchmark_scan.py.  This takes a minute for each.
--list: prints the interpreters' paths instead, one a line.
"""

import argparse
import concurrent.futures
import glob
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from typing import Dict, List, NamedTuple, Optional, Tuple

from count_tests import Count, add, count_unittest

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VERSIONS = ["2.7"] + [f"3.{minor}" for minor in range(6, 16)]

# What tells one interpreter from another, and whether it can build extensions.
PROBE = """
import os, sys, sysconfig
print("%d.%d.%d" % sys.version_info[:3])
print(os.path.realpath(sys.executable))
print(os.path.exists(os.path.join(sysconfig.get_path("include"), "Python.h")))
"""


class Interpreter(NamedTuple):
    """One Python."""

    version: str  # "3.11.2"
    path: str


class Result(NamedTuple):
    """What became of one interpreter's tests."""

    count: Count
    seconds: float
    log: str  # Empty if nothing failed.


def probe(path: str) -> Optional[Tuple[Interpreter, str, bool]]:
    """Returns the interpreter, its real path, and whether it has headers.

    Returns:
        None if `path` is no Python that runs.
    """
    try:
        run = subprocess.run([path, "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return None
    lines = run.stdout.decode().splitlines()
    if run.returncode != 0 or len(lines) != 3:
        return None
    return Interpreter(lines[0], path), lines[1], lines[2] == "True"


def candidates() -> List[str]:
    """Returns the paths where interpreters may be."""
    pyenv = os.environ.get("PYENV_ROOT", os.path.expanduser("~/.pyenv"))
    paths = glob.glob(os.path.join(glob.escape(pyenv), "versions", "*", "bin", "python"))
    paths.append("/usr/bin/python3")
    paths += [found for found in (shutil.which(f"python{version}") for version in VERSIONS) if found]
    return paths


def find_interpreters(asked: List[str]) -> List[Interpreter]:
    """Returns those that can be tested, each once, in the order of their versions.

    Args:
        asked: Paths; empty for all that are found.
    """
    found = {}
    for path in asked or candidates():
        probed = probe(path)
        if probed is None:
            if path in asked:
                raise SystemExit(f"test_pythons.py: expected a Python, got '{path}'")
            continue
        interpreter, real_path, has_headers = probed
        if has_headers:
            found.setdefault(real_path, interpreter)
        else:
            print(f"{interpreter.version} ({path}): skipped, it has no C headers", file=sys.stderr)
    return sorted(found.values(), key=lambda one: [int(part) for part in one.version.split(".")])


def run(command: List[str], **options) -> Tuple[int, str]:
    """Runs a command.  Returns its exit status and all that it printed."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
    return done.returncode, done.stdout.decode(errors="replace")


def test(interpreter: Interpreter) -> Result:
    """Builds the scanner for one interpreter and runs its tests."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="heapgrind-test-") as folder:
        count, log = build_and_test(interpreter.path, folder)
    return Result(count, time.monotonic() - start, log)


def build_packages(python: str, folder: str) -> Tuple[Dict[str, str], str]:
    """Builds the scanner below a folder.

    Returns:
        The environment in which it is found, and nothing; or no environment, and the log.
    """
    build = os.path.join(ROOT, "scanner", "build_wheel.py")
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
    status, log = run([python, build, "--out", folder], env=environment)
    if status != 0:
        return {}, log
    packages = os.path.join(folder, "packages")
    status, log = run([python, "-m", "zipfile", "-e", log.splitlines()[-1], packages])
    if status != 0:
        return {}, log
    environment["PYTHONPATH"] = packages
    return environment, ""


def build_and_test(python: str, folder: str) -> Tuple[Count, str]:
    """Builds and tests below a folder.  Returns the count and, if something failed, the log."""
    environment, log = build_packages(python, folder)
    if log:
        return Count(failed=1), log
    # A process each: a test dumps all that its process holds.
    tests = sorted(glob.glob(os.path.join(glob.escape(ROOT), "tests", "scanner", "*_test.py")))
    results = [run_module(python, path, environment) for path in tests]
    return add(count for count, _ in results), "".join(log for _, log in results)


def run_module(python: str, path: str, environment: Dict[str, str]) -> Tuple[Count, str]:
    """Runs the tests of one file."""
    folder, name = os.path.split(path)
    module = os.path.splitext(name)[0]
    status, log = run([python, "-m", "unittest", module], cwd=folder, env=environment)
    count = count_unittest(log)
    # From 3.12 on the status is 5 where all tests were skipped.
    is_skipped = status == 5 and count is not None and count.skipped > 0
    if count is None or (status != 0 and count.failed == 0 and not is_skipped):  # It crashed.
        return Count(failed=1), log
    return count, "" if count.failed == 0 else log


def print_table(interpreters: List[Interpreter]) -> int:
    """Prints a row of figures for each interpreter.  Returns the exit status."""
    benchmark = os.path.join(ROOT, "tests", "scanner", "benchmark_scan.py")
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
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--table", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("pythons", nargs="*")
    options = parser.parse_args(arguments)
    # A shell's background jobs ignore SIGINT; the tests send it.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    interpreters = find_interpreters(options.pythons)
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
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for interpreter, result in zip(interpreters, pool.map(test, interpreters)):
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
