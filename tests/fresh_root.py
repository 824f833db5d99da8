"""Runs the two commands that README promises on a fresh Debian, and times them.

Usage: fresh_root.py [--objects FOLDER] [RELEASE...]

RELEASE is bookworm (Debian 12) or trixie (Debian 13); default: both.  Each gets a root file
system of its own in which nothing was installed by hand, with a clone of HEAD, and no
Bazel cache.  There `./run leak` and `./run test` are run; fresh_debian.py says where.

--objects: a Bazel disk cache that this machine's build has filled.  Where the release is
this machine's own, `./run test` takes from it what was compiled of the same sources; it
runs every test, and `./run leak` compiles all it needs.

Prints what fails, then a line of figures for each command; the last line is
`N passed, N failed`.  Where such a root cannot be made it is `not run: REASON`.
Exit status: 0 when all passed, else 1.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from typing import List, NamedTuple, Optional

import fresh_debian
from count_tests import Count, add
from python_root import NotRun, own_codename

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
RELEASES = {"bookworm": "Debian 12", "trixie": "Debian 13"}
CLONE = "/root/heapgrind"

# The first line of what `./run leak` prints: who holds how much.
ANSWER = re.compile(r"__main__\.PAGES, a dict of 20000 items, holds (\d+) of (\d+) bytes \(")


class Result(NamedTuple):
    """What became of one command."""

    title: str
    count: Count
    seconds: float
    flaky: List[str] = []  # Lines that name tests which passed when they were run again.


def count_leak(output: str) -> Count:
    """Returns whether `./run leak` names the holder, which has most of the heap."""
    answer = ANSWER.match(output)
    is_right = answer is not None and int(answer.group(1)) > int(answer.group(2)) / 2
    return Count(passed=1) if is_right else Count(failed=1)


def count_tests(output: str) -> Count:
    """Returns what the last line of `./run test` counts; one failure if it counts nothing."""
    counts = re.match(r"(\d+) passed, (\d+) failed\Z", output.rstrip("\n").rpartition("\n")[2])
    return Count(*map(int, counts.groups())) if counts else Count(failed=1)


COMMANDS = {"leak": count_leak, "test": count_tests}


def judge(command: str, status: int, output: str) -> Count:
    """Returns the count of a command; a status that its output does not explain is a failure."""
    count = COMMANDS[command](output)
    return count if status == 0 or count.failed else count._replace(failed=1)


def clone(root: str) -> None:
    """Puts a clone of HEAD into a root."""
    subprocess.run(
        ["git", "clone", "--quiet", "--depth=1", "file://" + TOP, root + CLONE], check=True)


def use_objects(root: str, objects: str) -> None:
    """Gives a clone in a root a copy of a Bazel disk cache.  No test's result is taken from it;
    one that fails is run once more, as in all of CI."""
    copy = "/root/objects"
    shutil.copytree(objects, root + copy)
    with open(f"{root}{CLONE}/user.bazelrc", "w", encoding="ascii") as file:
        file.write(f"build --disk_cache={copy}\ntest --nocache_test_results --flaky_test_attempts=2\n")


def check_network(root: str) -> None:
    """Raises NotRun if apt reaches no mirror from a root."""
    done = subprocess.run(
        fresh_debian.command_in(root, "/", "apt-get", "-q", "-o", "APT::Update::Error-Mode=any",
                               "update"),
        env=fresh_debian.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        lines = done.stdout.decode(errors="replace").splitlines() or ["no reason given"]
        raise NotRun(f"apt-get update: {lines[-1]}")


def run_command(root: str, release: str, command: str) -> Result:
    """Runs `./run COMMAND` in a root.  What it says goes to stderr as it comes."""
    title = f"{RELEASES[release]}, ./run {command}"
    print(f"== {title}", file=sys.stderr, flush=True)
    start = time.monotonic()
    done = subprocess.run(
        fresh_debian.command_in(root, CLONE, "./run", command), env=fresh_debian.environment(),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False)
    output = done.stdout.decode(errors="replace")
    sys.stderr.write(output)
    flaky = re.findall(r"^FLAKY .*", output, re.MULTILINE)
    count = judge(command, done.returncode, output)
    return Result(title, count, time.monotonic() - start, flaky)


def run_release(release: str, objects: Optional[str]) -> List[Result]:
    """Runs the commands in a fresh root.  Raises NotRun."""
    with fresh_debian.fresh(release) as root:
        check_network(root)
        clone(root)
        leak = run_command(root, release, "leak")
        if objects and release == own_codename():
            use_objects(root, objects)
        return [leak, run_command(root, release, "test")]


def figures(result: Result) -> str:
    """Returns the line of a result, behind those that name flaky tests."""
    minutes, seconds = divmod(round(result.seconds), 60)
    count = result.count
    line = f"{result.title}: {count.passed} passed, {count.failed} failed, {minutes} min {seconds} s"
    return "\n".join([*result.flaky, line])


def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(usage=__doc__.split("\n")[2][len("Usage: ") :])
    parser.add_argument("releases", nargs="*", metavar="RELEASE")
    parser.add_argument("--objects", metavar="FOLDER")
    options = parser.parse_args(arguments)
    releases = options.releases or list(RELEASES)
    for release in releases:
        if release not in RELEASES:
            parser.error(f"expected {' or '.join(RELEASES)}, got '{release}'")
    results = []
    try:
        for release in releases:
            results += run_release(release, options.objects)
    except NotRun as reason:
        print("\n".join([*map(figures, results), f"not run: {reason}"]))
        return 1
    print("\n".join(map(figures, results)))
    total = add(result.count for result in results)
    print(f"{total.passed} passed, {total.failed} failed")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
