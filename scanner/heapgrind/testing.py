"""Tests of unittest that fail if the heap grows.

    class ShopTest(heapgrind.testing.NoGrowth, unittest.TestCase):
        def test_order(self):
            ...

The pytest plugin, pytest_heapgrind, does the same for any test.
"""

import unittest

from heapgrind import _growth


class NoGrowth(object):
    """Runs each test of a class again, and fails it if the heap grows each time.

    A mixin, to stand before unittest.TestCase.  Each test is run by `loops` and
    `warmup` other instances, with their setUp and tearDown, when it is done; and
    three times more, with a dump each, if something grows.  A test that does not
    pass when it is run again is not checked.

    Attributes:
        loops, warmup, ignore: As of heapgrind.assert_no_growth.
    """

    loops = 5
    warmup = 2
    ignore = ()

    _is_repeated = False

    def run(self, result=None):
        """Runs the test; what it leaves behind is the last that is looked at."""
        if not self._is_repeated:
            self.addCleanup(self._check_growth)
        return super(NoGrowth, self).run(result)

    def assertNoGrowth(self, function, loops=None, warmup=None, ignore=None):
        """Fails if the heap grows each time `function` is called."""
        growths = _growth.find(
            function,
            self.loops if loops is None else loops,
            self.warmup if warmup is None else warmup,
            self.ignore if ignore is None else ignore,
        )
        if growths:
            self.fail(_growth.text_of(growths))

    def _check_growth(self):
        try:
            self.assertNoGrowth(self._run_again)
        except CannotRepeat:
            pass

    def _run_again(self):
        other = type(self)(self._testMethodName)
        other._is_repeated = True
        result = unittest.TestResult()
        other.run(result)
        if not result.wasSuccessful() or result.skipped or result.testsRun != 1:
            raise CannotRepeat()


class CannotRepeat(Exception):
    """A test does not pass when it is run again."""
