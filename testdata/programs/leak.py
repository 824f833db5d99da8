"""A cache that nothing ever leaves: 500 sessions, each with data of its own.

    leak.py DUMP        runs, and dumps its heap to DUMP while it serves
"""

import sys

import heapgrind

CACHE = {}
CONFIG = {"language": "en", "limit": 500}


class Session:
    def __init__(self, number):
        self.number = number
        self.data = {"basket": [number, number + 1], "name": f"visitor {number}"}


def serve(num_visits, dump):
    answers = []
    for number in range(num_visits):
        CACHE[f"session-{number:04d}"] = Session(number)
        answers.append(f"welcome, visitor {number}")
    heapgrind.dump(dump)
    return answers


serve(CONFIG["limit"], sys.argv[1])
