"""What heapgrind walk answers, for tests."""

import json
import random

from tests.end_to_end.support import heapgrind_program

LEAK = "testdata/leak.json.gz"
SHAPES = "testdata/shapes.json.gz"
MELIAE = "testdata/meliae-py27-all.json.gz"
DUMPS = (LEAK, SHAPES, MELIAE)


def walk(dump, *commands):
    """Returns exit status, stdout and stderr of a walk with commands, a line each."""
    result = heapgrind_program.run("walk", dump, stdin=None, input="\n".join(commands) + "\n")
    return result.returncode, result.stdout, result.stderr


def ask(dump, *commands):
    """Returns the answers to commands that must not fail."""
    result = heapgrind_program.run("walk", "--json", dump, stdin=None, input="\n".join(commands))
    if result.returncode:
        raise AssertionError(result.stderr + result.stdout[-2000:])
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == len(commands), (len(answers), len(commands))
    return answers


def sample_of(addresses, count):
    return random.Random(7).sample(sorted(addresses), count)
