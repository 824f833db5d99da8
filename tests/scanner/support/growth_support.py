"""What grows in this process, for tests."""

import os
import unittest

import heapgrind
from heapgrind import _native

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../.."))
PROGRAMS = os.environ.get(
    "HEAPGRIND_PROGRAMS", os.path.join(ROOT, "converter", "heapgrind")
).split(":")
FOLDERS = [os.path.dirname(os.path.abspath(path)) for path in PROGRAMS]
HAS_PROGRAM = any(os.path.exists(os.path.join(x, "heapgrind")) for x in FOLDERS)
PATH = os.pathsep.join(FOLDERS + [os.environ.get("PATH", os.defpath)])


@unittest.skipUnless(HAS_PROGRAM, "needs the native program")
class GrowthTest(unittest.TestCase):
    """Tests in which the native program is in the PATH."""

    def setUp(self):
        self.addCleanup(os.environ.__setitem__, "PATH", os.environ.get("PATH", os.defpath))
        os.environ["PATH"] = PATH

    def hide_program(self):
        """Lets there be no native program."""
        self.addCleanup(setattr, _native, "candidates", _native.candidates)
        _native.candidates = lambda: []

    def lines(self, function, **options):
        """What is said of each thing that grows."""
        try:
            heapgrind.assert_no_growth(function, **options)
        except AssertionError as error:
            return str(error).splitlines()
        return []
