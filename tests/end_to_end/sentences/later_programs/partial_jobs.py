"""Jobs for later, each a partial of a function with its data."""

import functools

OWNER, TYPE, EACH = "partial_jobs.at_exit", "partial", 1500
at_exit = []


def upload(name, body):
    return name, body


def run(first):
    for number in range(first, first + EACH):
        at_exit.append(functools.partial(upload, f"report-{number}", bytes(2000 + number % 3)))


def holder():
    return at_exit
