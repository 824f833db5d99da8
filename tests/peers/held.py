"""What the program holds that all tools are asked about, and how many bytes that is."""

import ctypes
import sys
import zlib

import numpy

NUM_SESSIONS = 100_000


class Session:
    """One of many objects, which one dictionary holds."""

    def __init__(self, number):
        self.user = f"user {number}"
        self.basket = [number * 1000 + place for place in range(3)]
        self.next = None


CACHE = {}
TABLE = numpy.ones((2_000_000,))
STREAMS = []  # Each holds some 260 KB that zlib took from malloc, and Python knows nothing of.


class Figures(ctypes.Structure):
    """What mallinfo2(3) returns: bytes in mappings are the 5th, bytes in use the 8th."""

    _fields_ = [(f"number_{i}", ctypes.c_size_t) for i in range(10)]


def in_malloc():
    """Returns the bytes that malloc has handed out."""
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = Figures
    found = ask()
    return found.number_4 + found.number_7


def hold():
    """Fills the three; returns the bytes that zlib took for STREAMS."""
    for number in range(NUM_SESSIONS):
        CACHE[f"session {number}"] = Session(number)
    for session in CACHE.values():
        session.next = CACHE["session 0"]
    before = in_malloc()
    STREAMS.extend(zlib.compressobj() for _ in range(50))
    return in_malloc() - before


def bytes_of_cache():
    """Returns the bytes that would be free without CACHE, by the references that hold() made."""
    seen = set()
    total = 0
    waiting = [CACHE]
    while waiting:
        value = waiting.pop()
        if id(value) not in seen:
            seen.add(id(value))
            total += sys.getsizeof(value)
            waiting += parts(value)
    return total


def parts(value):
    """Returns what one of CACHE's values owns: no names of attributes, which the class has."""
    if value is CACHE:
        return [*value.keys(), *value.values()]
    if isinstance(value, Session):
        return [vars(value)]
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
