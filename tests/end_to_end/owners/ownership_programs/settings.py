"""Defines what other modules import."""


class Database:
    def __init__(self):
        self.rows = bytearray(1000)


class Singleton:
    _instance = None

    def __new__(cls):
        if cls._instance is None:
            cls._instance = super().__new__(cls)
            cls._instance.state = bytearray(1000)
        return cls._instance


db = Database()
CONFIG = {"debug": bytearray(1000)}
LIMITS: dict = {"memory": bytearray(1000)}
first, second = [bytearray(1000)], [bytearray(1000)]
Singleton()


def decorate(function):
    return Decorated(function)


class Decorated:
    """An object in the place of a function, without a name of its own."""

    def __init__(self, function):
        self.function = function


@decorate
def command(options=bytearray(1000)):
    return options
