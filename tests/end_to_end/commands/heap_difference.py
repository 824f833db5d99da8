"""What heapgrind diff says, for tests."""

import json

from tests.end_to_end.support import heapgrind_program


def diff(*words):
    """Returns what it says in JSON."""
    result = heapgrind_program.run("diff", "--json", *words)
    if result.returncode or result.stderr:
        raise RuntimeError(result.stderr)
    return json.loads(result.stdout)


def sums_of(row, *keys):
    return {key: (row[key]["objects"], row[key]["bytes"]) for key in keys
            if row[key]["objects"]}


ALL_SUMS = ("new", "gone", "grown", "shrunk", "moved_in", "moved_out")
