"""Runs heapgrind, as Bazel built it for the tests, or as $HEAPGRIND_TEST_PROGRAM names it."""

import os
import subprocess

# Tests start in the top folder of what they may see, which has the source tree's shape.
PROGRAM = os.path.abspath(os.environ.get("HEAPGRIND_TEST_PROGRAM", "converter/heapgrind"))


def run(*arguments, **options):
    """Runs it, and returns its exit status, stdout and stderr (text).

    Args:
        arguments: Its command line.
        options: Those of subprocess.run.
    """
    return subprocess.run(
        [PROGRAM, *arguments],
        **{"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
           "check": False, "encoding": "utf-8", **options})
