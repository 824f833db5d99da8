"""The list that is a default argument, and that each call extends."""

OWNER, TYPE, EACH = "default_argument.collect", "tuple", 10000


def collect(item, found=[]):  # pylint: disable=dangerous-default-value
    found.append((item, item * 2.5, f"item {item} " * 8))
    return found


def run(first):
    for number in range(first, first + EACH):
        collect(number + 1000)


def holder():
    return collect
