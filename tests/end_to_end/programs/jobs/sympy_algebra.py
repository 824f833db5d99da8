"""SymPy: integrals, series and solutions, whose parts its caches share."""

import planted
import sympy

x, y, z = sympy.symbols("x y z")
TABLE = {}


class Measured(sympy.Function):
    """A function that keeps its samples, as an attribute of the class."""

    samples = planted.rows(2000)


def work_out():
    """Returns a result for each of many expressions."""
    results = []
    for power in range(1, 12):
        expression = sympy.expand((x + y + z + 1) ** power)
        results += [sympy.factor(expression), sympy.diff(expression, x), Measured(expression)]
        results += [sympy.series(sympy.sin(x) ** power, x, 0, 10), sympy.integrate(x**power, x)]
        results += sympy.solve(x**2 - power * x + y, x)
        TABLE[power * 1000] = sympy.latex(expression) * 10
    return results


results = work_out()
planted.dump({
    "module::__main__ > dict::TABLE": planted.size_of(TABLE),
    "module::__main__ > class::Measured > list::samples": planted.size_of(Measured.samples)})
