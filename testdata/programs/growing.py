"""A cache that grows between three dumps, and a scratch list that does not.

    growing.py DUMP        runs, and dumps its heap to DUMP-1.json, -2 and -3
"""

import sys

import heapgrind

CACHE = {}
LAST_REQUESTS = []


class Session:
    def __init__(self, number):
        self.number = number
        self.data = {"basket": [number, str(number)], "name": f"visitor {number}"}


def serve(first, last):
    """Each visit leaves a session, and what the last visits left goes."""
    LAST_REQUESTS[:] = [(f"GET /{number}", number + 0.5) for number in range(first, last)]
    for number in range(first, last):
        CACHE[f"session-{number:04d}"] = Session(number)


base = sys.argv[1]
serve(0, 300)
heapgrind.dump(base + "-1.json")
serve(300, 500)
heapgrind.dump(base + "-2.json")
serve(500, 600)
heapgrind.dump(base + "-3.json")
