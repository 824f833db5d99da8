"""Widgets that subscribe to a signal and never leave it."""

OWNER, TYPE, EACH = "listener_list.saved._listeners", "Widget", 1000


class Signal:
    def __init__(self):
        self._listeners = []

    def connect(self, listener):
        self._listeners.append(listener)


saved = Signal()


class Widget:
    def __init__(self, number):
        self.title = f"Widget {number}"
        self.pixels = bytearray(3000)
        saved.connect(self.refresh)

    def refresh(self, document):
        self.title = document


def run(first):
    for number in range(first, first + EACH):
        Widget(number)


def holder():
    return saved._listeners  # pylint: disable=protected-access
