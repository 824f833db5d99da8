"""A subject that keeps its observers in a set, by their method."""

OWNER, TYPE, EACH = "observer_sets.clock._observers", "View", 1500


class Clock:
    def __init__(self):
        self._observers = set()

    def attach(self, observer):
        self._observers.add(observer)


clock = Clock()


class View:
    def __init__(self, number):
        self.lines = [f"{number}.{i}" for i in range(30)]
        clock.attach(self.tick)

    def tick(self):
        return len(self.lines)


def run(first):
    for number in range(first, first + EACH):
        View(number)


def holder():
    return clock._observers  # pylint: disable=protected-access
