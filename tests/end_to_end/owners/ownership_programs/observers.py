"""Logging, registries and callbacks: much is listed and little owned."""

import atexit
import functools
import logging


class Handler(logging.Handler):
    def __init__(self):
        super().__init__()
        self.records = []

    def emit(self, record):
        self.records.append(record)


logger = logging.getLogger("shop.orders")
logger.propagate = False
logger.addHandler(Handler())
logger.setLevel(logging.INFO)
for number in range(100):
    logger.info("order %d", 1000 + number)

callbacks = []


def subscribe(payload):
    def callback():
        return payload
    callbacks.append(callback)


for _ in range(20):
    subscribe(bytearray(1000))


SHIPPED = {number: [bytearray(1000)] for number in range(1000, 1010)}


@functools.lru_cache(maxsize=None)
def shipped(number):
    return SHIPPED[number] if number in SHIPPED else [bytearray(1000)]


for number in range(1000, 1012):
    shipped(number)


class Server:
    def __init__(self):
        self.sessions = [bytearray(1000)]

    def handle(self):
        return self.sessions


server = Server()
routes = {"/": server.handle}
