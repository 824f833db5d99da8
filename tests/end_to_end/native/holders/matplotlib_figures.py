"""Figures that were drawn with Agg: a canvas of C++ each."""

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # pylint: disable=wrong-import-position

import holding  # pylint: disable=wrong-import-position


def draw(number):
    """Returns a figure that was drawn."""
    figure = plt.figure(figsize=(8, 6))
    figure.add_subplot().plot([number, 2, 3])
    figure.canvas.draw()
    return figure


draw(0)
with holding.counted("RendererAgg"):
    FIGURES = [draw(number) for number in range(8)]
holding.wait()
