"""Coroutines that were begun by hand, and wait in a dictionary."""

import types

OWNER, TYPE, EACH = "coroutine_frames.sessions.waiting", "coroutine", 1500


@types.coroutine
def answer():
    return (yield)


async def talk(name):
    heard = [name * 50]
    while True:
        heard.append(await answer())


class Sessions:
    def __init__(self):
        self.waiting = {}


sessions = Sessions()


def run(first):
    for number in range(first, first + EACH):
        conversation = talk(f"caller {number}")
        conversation.send(None)
        conversation.send(bytes(1200))
        sessions.waiting[number + 1000] = conversation


def holder():
    return sessions.waiting
