"""A notebook's loop that appends a table for each day."""

import pandas

OWNER, TYPE, EACH = "data_frames.history", "DataFrame", 100
history = []


def load(day):
    return pandas.DataFrame({
        "price": [day + i / 7 for i in range(5000)],
        "volume": list(range(day, day + 5000)),
    })


def run(first):
    for day in range(first, first + EACH):
        history.append(load(day))


def holder():
    return history
