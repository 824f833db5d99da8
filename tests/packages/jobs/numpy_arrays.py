"""numpy: arrays in a cache, views of one, and the labels that name them."""

import numpy
import planted
import shown

CACHE = {}
LABELS = {}


def normalise(seed):
    samples = numpy.random.default_rng(seed).normal(size=(400, 500))
    return (samples - samples.mean(axis=0)) / samples.std(axis=0)


for seed in range(10):
    CACHE[seed] = normalise(seed)
    LABELS[f"series {seed}"] = planted.rows(30)
CACHE["rows"] = [CACHE[0][row] for row in range(400)]  # Views.
if not numpy.allclose(numpy.linalg.qr(CACHE[1])[0].shape, (400, 400)):
    raise RuntimeError("expected an orthogonal base")
shown.show({"module::__main__ > dict::LABELS": planted.size_of(LABELS)},
           {"module::__main__ > dict::CACHE": 10 * 400 * 500 * 8})
