"""Answers of a service as they came from JSON, nested, in a list."""

import json

OWNER, TYPE, EACH = "nested_settings.answers", "dict", 1000
answers = []
_BODY = '{"id": %d, "user": {"name": "u%d", "tags": ["a%d", "b%d"]}, "items": [{"n": %d.5}, {"n": %d.7}]}'


def run(first):
    for number in range(first, first + EACH):
        answers.append(json.loads(_BODY % ((number + 1000,) * 6)))


def holder():
    return answers
