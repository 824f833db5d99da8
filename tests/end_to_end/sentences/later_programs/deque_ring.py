"""An ordered dictionary that was meant to be a cache of the last hundred."""

import collections

OWNER, TYPE, EACH = "deque_ring.LatestCache._entries", "Entry", 2000


class Entry:
    def __init__(self, body):
        self.body = body


class LatestCache:
    _entries = collections.OrderedDict()

    @classmethod
    def put(cls, key, body):
        cls._entries[key] = Entry(body)
        cls._entries.move_to_end(key)


def run(first):
    for number in range(first, first + EACH):
        LatestCache.put((number, "de"), "x" * 1500 + str(number))


def holder():
    return LatestCache._entries  # pylint: disable=protected-access
