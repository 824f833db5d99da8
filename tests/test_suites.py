"""Runs tests of packages under the pytest plugin: what it reports must be known to grow.

Usage: test_suites.py WHEEL [NAME...]

WHEEL is heapgrind's for /usr/bin/python3, with the native program.  Without names all of
SUITES are run, 500 tests of each, evenly spread.  The packages and pytest come from PyPI,
into a virtual environment in ${XDG_CACHE_HOME:-~/.cache}/heapgrind; the tests from their
source distributions.

Prints for each suite what its tests take without and with the plugin, and each thing that is
reported; and last `N passed, N failed`, with a test for each suite, or why it could not be
run: `not run: REASON`.
Exit status: 0 when all passed, else 1.
"""

import glob
import os
import re
import subprocess
import sys
import tarfile
import time
from typing import Dict, List, NamedTuple, Tuple

from python_root import NotRun, cache_folder, locked, read_output

TESTS = os.path.dirname(os.path.abspath(__file__))
PYTHON = "/usr/bin/python3"
NUM_TESTS = 500
LONGEST_RUN = 7200  # Seconds, of one suite.


class Suite(NamedTuple):
    """A package whose tests are run."""

    package: str  # As pip takes it.
    tests: Tuple[str, ...]  # What pytest is given, in the source distribution.
    grows: Dict[str, str]  # What does grow: {pattern of what is said of it: why}.
    # Holders of whole graphs: what else is said with one of them is a part of that.
    keeps: Dict[str, str] = {}


SUITES = {
    "jinja2": Suite("jinja2==3.1.6", ("tests",), {
        # So does a loop that imports from a zip file of a new name each time:
        # zipimport._zip_directory_cache has one item more, and never fewer.
        r"held by (zipimport\._zip_directory_cache|shared: sys, zipimport|_files\[)":
        "imports templates from a new zip file, whose table zipimport keeps",
    }),
    "networkx": Suite("networkx==3.6.1", ("networkx",), {
        # So does a plain loop over test_five_clique: gc.get_objects() has ten functions more
        # each time.
        r"held by networkx\.utils\.decorators\.argmap": "compiles a function for each use, and "
        "keeps it",
    }),
    "sqlalchemy": Suite(
        "sqlalchemy==2.1.9",
        ("test/orm/test_query.py", "test/orm/test_session.py", "test/sql/test_select.py",
         "test/engine/test_pool.py"), {
             r"sqlalchemy\.(event\.registry|inspection\._registrars)|object\.__subclasses__":
             "registers a listener or a class of its own each time",
         }, {
             # So does a plain loop: len(testing.db._compiled_cache) is one more after each run
             # of 122 of 247 tests in test_session.py.
             r"held by (shared in )?sqlalchemy\.testing\.config\.db\._compiled_cache": "statements "
             "of each run's new classes are in the cache of the engine that all tests share",
             # After test_session.py one has 16,066 items.
             r"held by sqlalchemy\.testing\.config\.db\.dispatch\.before_cursor_execute\.listeners":
             "a listener that a test leaves behind gathers options of all statements",
         }),
}
OTHER_PACKAGES = ("pytest==9.2.0", "trio==0.35.0")


def environment(wheel: str) -> str:
    """Makes the virtual environment, and puts the wheel into it.  Returns its folder."""
    folder = os.path.join(cache_folder(), "suites")
    os.makedirs(cache_folder(), exist_ok=True)
    with locked(folder + ".lock"):
        pip = [os.path.join(folder, "bin", "pip"), "-q", "--disable-pip-version-check"]
        read_output([PYTHON, "-m", "venv", folder])
        packages = [suite.package for suite in SUITES.values()]
        read_output([*pip, "install", *OTHER_PACKAGES, *packages])
        read_output([*pip, "install", "--force-reinstall", "--no-index", wheel])
        for name, suite in SUITES.items():
            if not os.path.isdir(os.path.join(folder, "src", name)):
                _unpack(pip, suite.package, os.path.join(folder, "src"), name)
    return folder


def _unpack(pip: List[str], package: str, folder: str, name: str) -> None:
    os.makedirs(folder, exist_ok=True)
    read_output([*pip, "download", "--no-deps", "--no-binary", ":all:", "-d", folder, package])
    (path,) = glob.glob(os.path.join(glob.escape(folder), name + "-*.tar.gz"))
    with tarfile.open(path) as archive:
        archive.extractall(folder)
    os.rename(path[:-len(".tar.gz")], os.path.join(folder, name))


def run_tests(folder: str, name: str, suite: Suite, *options: str) -> Tuple[float, str]:
    """Returns the seconds that the tests took, and what pytest said."""
    start = time.monotonic()
    done = subprocess.run(
        [os.path.join(folder, "bin", "python"), "-m", "pytest", "-q", "-rA", "-p", "evenly",
         "-p", "no:cacheprovider", *options, *suite.tests],
        cwd=os.path.join(folder, "src", name), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, encoding="utf-8", errors="replace", check=False,
        env=dict(os.environ, PYTHONPATH=TESTS, HEAPGRIND_TESTS=str(NUM_TESTS)),
        timeout=LONGEST_RUN)
    return time.monotonic() - start, done.stdout


def reported(text: str) -> Dict[str, str]:
    """Returns what the plugin says of each test that fails for it."""
    failures = re.findall(r"^_+ (\S.*\S) _+\nthe heap grows: ((?:.+\n)+?)(?=[-_=])", text, re.M)
    return {name: said.strip() for name, said in failures}


def unchecked(text: str) -> List[str]:
    """Returns the tests that do not pass when they are run again."""
    said = text.partition("not checked for growth")[2]
    return re.findall(r"^  (\S.*)$", said.partition("\n=")[0], re.M)


def is_known(said: str, suite: Suite) -> bool:
    """Whether all that the plugin says of a test is known to grow."""
    if any(re.search(pattern, said) for pattern in suite.keeps):
        return True
    return all(any(re.search(pattern, line) for pattern in suite.grows)
               for line in said.splitlines())


def check(folder: str, name: str) -> bool:
    """Runs a suite, and prints what came out.  Returns whether that was expected."""
    suite = SUITES[name]
    plain_seconds, plain = run_tests(folder, name, suite)
    seconds, text = run_tests(folder, name, suite, "--heapgrind")
    found = reported(text)
    not_checked = unchecked(text)
    failed = set(re.findall(r"^(?:FAILED|ERROR) (\S+)", text, re.M))
    failed_before = set(re.findall(r"^(?:FAILED|ERROR) (\S+)", plain, re.M))
    passed = len(re.findall(r"^PASSED ", plain, re.M))
    print(f"{name}: {passed} tests passed in {plain_seconds:.0f} s, with the plugin in "
          f"{seconds:.0f} s; {len(found)} grow, {len(not_checked)} cannot be run again")
    alarms = {test for test, said in found.items() if not is_known(said, suite)}
    for test, said in found.items():
        print(f"  {'unexpected' if test in alarms else 'known'}: {test}: {said}")
    others = len(failed - failed_before) - len(found)
    if others > 0:
        print(f"  {others} tests fail with the plugin alone")
    return passed > NUM_TESTS // 2 and not alarms and others <= 0


def main(arguments: List[str]) -> int:
    names = arguments[1:] or list(SUITES)
    if not arguments or set(names) - set(SUITES):
        sys.exit(f"test_suites.py: expected a wheel and names of {', '.join(SUITES)}")
    try:
        folder = environment(arguments[0])
        results = [check(folder, name) for name in names]
    except (NotRun, OSError, subprocess.SubprocessError) as reason:
        print(f"not run: {reason}")
        return 1
    print(f"{sum(results)} passed, {len(results) - sum(results)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
