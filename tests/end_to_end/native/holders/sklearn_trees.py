"""A forest of scikit-learn: nodes and values of its trees are C structs of Cython classes."""

import numpy
from sklearn.ensemble import RandomForestRegressor

import holding

random = numpy.random.RandomState(1)
X, Y = random.rand(5000, 4), random.rand(5000)
with holding.counted("sklearn.tree._tree.Tree"):
    FOREST = RandomForestRegressor(n_estimators=20, random_state=1).fit(X, Y)
holding.wait()
