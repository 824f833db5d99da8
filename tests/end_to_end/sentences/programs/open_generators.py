"""Generators of which only the first line is taken."""

OWNER, TYPE, EACH = "open_generators.CURSORS", "generator", 1000
CURSORS = []


def rows(number):
    page = [f"{number}:{i}" for i in range(50)]
    for row in page:
        yield row


def first_row(number):
    cursor = rows(number)
    CURSORS.append(cursor)
    return next(cursor)


def run(first):
    for number in range(first, first + EACH):
        first_row(number)


def holder():
    return CURSORS
