"""Leak: callbacks stay subscribed, and each closure keeps what it was made for."""


class Bus:
    def __init__(self):
        self.callbacks = []

    def subscribe(self, callback):
        self.callbacks.append(callback)


bus = Bus()


def handle(number):
    body = bytearray(10_000)

    def on_shutdown():
        return number, len(body)

    bus.subscribe(on_shutdown)


for request in range(2000):
    handle(request)
