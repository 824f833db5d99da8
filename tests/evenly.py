"""A pytest plugin that keeps $HEAPGRIND_TESTS of the tests, evenly spread."""

import os


def pytest_collection_modifyitems(items):
    """Leaves out the others."""
    step = max(1.0, len(items) / int(os.environ["HEAPGRIND_TESTS"]))
    count = int(len(items) / step)
    items[:] = [items[int(number * step)] for number in range(count)]
