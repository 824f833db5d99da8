"""Small views of large arrays, which keep these."""

import numpy

OWNER, TYPE, EACH = "array_views.PEAKS", "ndarray", 200
PEAKS = {}


def run(first):
    for number in range(first, first + EACH):
        signal = numpy.sin(numpy.arange(8000.0) * number)
        PEAKS[f"run-{number}"] = signal[10:20]


def holder():
    return PEAKS
