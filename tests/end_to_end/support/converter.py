"""Runs memdump2callgrind, as Bazel built it for the tests."""

import os
import subprocess

# Tests start in the top folder of what they may see, which has the source tree's shape.
PROGRAM = os.path.abspath("converter/memdump2callgrind")


def run(*arguments, **options):
    """Runs it, and returns its exit status, stdout and stderr (bytes).

    Args:
        arguments: Its command line.
        options: Those of subprocess.run.
    """
    return subprocess.run(
        [PROGRAM, *arguments],
        **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
           "check": False, **options})


def convert(dump, path, *options):
    """Converts a dump.

    Raises:
        RuntimeError: It failed, or said anything.
    """
    result = run(*options, "-o", path, dump)
    if result.returncode or result.stdout or result.stderr:
        raise RuntimeError(f"memdump2callgrind: exit status {result.returncode}, "
                           f"stdout {result.stdout[:200]!r}, stderr {result.stderr!r}")
