"""Runs heapgrind report, for its tests."""

import functools
import json

from tests.end_to_end.support import heapgrind_program

LEAK = "testdata/leak.json.gz"
SITES = "testdata/sites.json.gz"
SHAPES = "testdata/shapes.json.gz"
GROWING = [f"testdata/growing-{number}.json.gz" for number in (1, 2, 3)]


@functools.lru_cache(maxsize=None)
def run(*words):
    """Returns what the command prints, once.  Raises AssertionError if it fails."""
    result = heapgrind_program.run("report", *words)
    if result.returncode or result.stderr:
        raise AssertionError(f"exit status {result.returncode}, stderr {result.stderr!r}")
    return result.stdout


def report(*words):
    return json.loads(run("--format=json", *words))


def command(*words):
    return json.loads(heapgrind_program.run(*words, "--json").stdout)
