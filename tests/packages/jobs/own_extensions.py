"""Extensions that Cython and pybind11 compile here, with objects in their fields."""

import sys

sys.path.insert(0, sys.argv[1])  # Where test_packages.py has built them.

import own_cython
import own_pybind
import planted
import shown

basket = own_cython.Basket(planted.rows(200))
shelf = own_pybind.Shelf(100_000)
LABELS = {number + 1000: planted.rows(3) for number in range(100)}
shelf.labels = LABELS
if basket.count() != 200 or shelf.sum() != 100_000:
    raise RuntimeError("expected what the extensions hold")
size = planted.size_of(basket.held())
shown.show({"Basket::basket > list::": size,
            "module::__main__ > dict::LABELS": planted.size_of(LABELS)},
           {"module::__main__ > Shelf::shelf": 100_000 * 8})
