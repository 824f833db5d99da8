"""Leak: an exception that is kept keeps its traceback, with the frames' variables."""

errors = []


def parse(number):
    text = bytearray(10_000)
    raise ValueError(f"record {number}: expected {len(text)} bytes")


for record in range(2000):
    try:
        parse(record)
    except ValueError as error:
        errors.append(error)
