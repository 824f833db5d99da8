"""Connections of a pool whose number stays, and whose logs grow."""

OWNER, TYPE, EACH = "pool_buffers.POOL", "bytes", 2000
CONNECTIONS = 50
HELD = "Connection", CONNECTIONS  # What one dump shows.


class Connection:
    def __init__(self):
        self.sent = []

    def send(self, data):
        self.sent.append(data)


POOL = [Connection() for _ in range(CONNECTIONS)]


def run(first):
    for number in range(first, first + EACH):
        POOL[number % CONNECTIONS].send(bytes(1000 + number % 9))


def holder():
    return POOL
