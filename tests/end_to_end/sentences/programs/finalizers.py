"""Finalizers of an object that never ends, one for each request."""

import weakref

OWNER, TYPE, EACH = "weakref.finalize._registry", "_Info", 1000


class Server:
    pass


server = Server()


def run(first):
    for number in range(first, first + EACH):
        weakref.finalize(server, print, bytearray(3000 + number % 9))


def holder():
    return weakref.finalize._registry  # pylint: disable=protected-access
