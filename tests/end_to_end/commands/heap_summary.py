"""What heapgrind summary says, for tests."""

import json

from tests.end_to_end.support import heapgrind_program

LEAK = "testdata/leak.json.gz"


def summarize(*words):
    """Returns what it says in JSON."""
    result = heapgrind_program.run("summary", "--json", *words)
    if result.returncode:
        raise RuntimeError(result.stderr)
    return json.loads(result.stdout)
