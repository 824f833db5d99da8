"""Dumps one heap in the process and from a forked copy.

dump_both_ways.py FIRST SECOND
"""

import sys

import heapgrind


class Session:
    """A session."""

    def __init__(self, number):
        self.number = number
        self.tags = ["tag", float(number)]


CACHE = {f"key {number}": Session(number) for number in range(20000)}


def main(in_process, forked):
    """Dumps twice."""
    heapgrind.dump(in_process)
    heapgrind.dump(forked, fork=True, native=False).wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
