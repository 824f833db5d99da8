"""Runs unittest without some tests: `python -m without MODULE` for `python -m unittest MODULE`.

$HEAPGRIND_TEST_WITHOUT names those that the system cannot pass, MODULE.CLASS.TEST or all of
MODULE.CLASS, with spaces between them.  They count as skipped; one that is not there is an
error.  Runs on Python 2.7 and 3.6 to 3.15.
"""

import os
import unittest

NAMES = [name.split(".") for name in os.environ.get("HEAPGRIND_TEST_WITHOUT", "").split()]


class Loader(unittest.TestLoader):
    """Loads tests as usual, and has those skipped."""

    def loadTestsFromModule(self, module, *others, **options):  # noqa: N802
        for names in NAMES:
            if names[0] == module.__name__:
                owner = getattr(module, names[1]) if names[2:] else module
                skipped = unittest.skip("not tested there")(getattr(owner, names[-1]))
                setattr(owner, names[-1], skipped)
        return unittest.TestLoader.loadTestsFromModule(self, module, *others, **options)


if __name__ == "__main__":
    unittest.main(module=None, testLoader=Loader())
