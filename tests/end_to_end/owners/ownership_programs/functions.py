"""Functions that something stands in front of: each holds a payload of its own."""

import contextlib
import functools


def _payload():
    return bytearray(1000)


class Shape:
    """Its methods are reached over descriptors."""

    @property
    def area(self, factor=_payload()):
        return factor

    @area.setter
    def area(self, value, limit=_payload()):
        pass

    @classmethod
    def make(cls, parts=_payload()):
        return parts

    @staticmethod
    def check(rules=_payload()):
        return rules

    @functools.cached_property
    def outline(self, points=_payload()):
        return points

    @functools.lru_cache(maxsize=None)
    def volume(self, cells=_payload()):
        return cells

    @functools.singledispatchmethod
    def add(self, other, sums=_payload()):
        return sums


def logged(function):
    @functools.wraps(function)
    def wrapper(*arguments, trace=_payload()):
        return function(*arguments), trace
    return wrapper


@logged
def wrapped(inner=_payload()):
    return inner


@functools.lru_cache(maxsize=None)
def cached(number, table=_payload()):
    return [number, table]


for _number in range(1000, 1100):
    cached(_number)


@contextlib.contextmanager
def managed(resources=_payload()):
    """Its wrapper's globals are those of contextlib."""
    yield resources


@functools.lru_cache(maxsize=None)
@logged
def twice_wrapped(deep=_payload()):
    return deep


@functools.singledispatch
def dispatched(argument, general=_payload()):
    return general


@dispatched.register(int)
def _(argument, special=_payload()):
    return special


def plain(default=_payload(), *, keyword=_payload()):
    return default, keyword


partial = functools.partial(plain, _payload())


def liar(lies=_payload()):
    """Says that it stands elsewhere."""
    return lies


liar.__module__ = "elsewhere"
liar.__qualname__ = "nowhere.liar"
