"""scikit-learn: a forest whose trees are in C, and the answers that it gave."""

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy
import planted
from sklearn import ensemble
import shown

random = numpy.random.default_rng(7)
samples = random.normal(size=(3000, 20))
before = shown.in_malloc()
FOREST = ensemble.RandomForestClassifier(n_estimators=40, random_state=1)
FOREST.fit(samples, samples[:, 0] * samples[:, 1] > 0)
held = shown.in_malloc() - before
ANSWERS = {i + 1000: b"%d" % answer + bytes(300)
           for i, answer in enumerate(FOREST.predict(samples))}
if FOREST.score(samples, samples[:, 0] * samples[:, 1] > 0) < 0.95:
    raise RuntimeError("expected a forest that knows its samples")
shown.show({"module::__main__ > dict::ANSWERS": planted.size_of(ANSWERS)},
           {"module::__main__ > RandomForestClassifier::FOREST": held})
