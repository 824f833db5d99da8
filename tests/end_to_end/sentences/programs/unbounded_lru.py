"""A function whose cache has no bound."""

import functools

OWNER, TYPE, EACH = "unbounded_lru.thumbnail", "bytes", 1000


@functools.lru_cache(maxsize=None)
def thumbnail(path, size):
    return (path.encode() + bytes(size))[:size]


def run(first):
    for number in range(first, first + EACH):
        thumbnail(f"/photos/{number}.jpg", 3000 + number % 7)


def holder():
    return thumbnail
