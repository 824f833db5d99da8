"""Matplotlib: figures that nobody has closed, as in many a notebook."""

import io

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot
import numpy
import planted

PNGS = {}


def draw(number):
    """Draws a figure that keeps the rows it was drawn from."""
    figure, axes = pyplot.subplots(2, 2)
    for place, ax in enumerate(axes.flat):
        ax.plot(numpy.random.default_rng(place).normal(size=5000).cumsum(), label=f"run {place}")
        ax.hist(numpy.arange(100), bins=20)
        ax.legend()
    figure.source_rows = planted.rows(200)
    file = io.BytesIO()
    figure.savefig(file)
    PNGS[number * 1000] = file.getvalue() + bytes(10_000)
    return figure


rows = [draw(number).source_rows for number in range(15)]
size = planted.size_of(*rows)
del rows
planted.dump({
    "module::__main__ > dict::PNGS": planted.size_of(PNGS),
    "module::matplotlib > Figure:: > list::source_rows": size})
