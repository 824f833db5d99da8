"""Leak: lru_cache on a method keeps every object that the method was called on."""

import functools


class Report:
    def __init__(self, number):
        self.number = number
        self.rows = bytearray(10_000)

    @functools.lru_cache(maxsize=None)
    def total(self):
        return sum(self.rows)


for number in range(2000):
    Report(number).total()
