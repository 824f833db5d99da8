"""Whose the objects are that the programs in ownership_programs/ plant, for tests.

Each program plants an object of 1000 bytes for a rule of ownership.  Where a row's own
bytes lie deeper than the row, a test asks for what it retains.
"""

import functools
import os
import sys
import tempfile
import unittest

from tests.end_to_end.owners import owner_chains
from tests.end_to_end.support import converter
from tests.end_to_end.support import live_process

PLANTED = 1000  # Bytes.


@functools.lru_cache(maxsize=None)
def _read_owners():
    """Runs the programs, once, and returns who owns what in their heap."""
    with tempfile.TemporaryDirectory() as folder:
        dump = os.path.join(folder, "programs.json")
        live_process.dump("tests/end_to_end/owners/ownership_programs/program.py", dump,
                          os.path.abspath("scanner"), sys.executable)
        profile = os.path.join(folder, "callgrind.out.programs")
        converter.convert(dump, profile, "--min-percent=0", "--max-functions=1000000")
        return owner_chains.OwnerChains(profile)


class OwnershipTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.owners = _read_owners()

    def assert_chain(self, *chain):
        """Fails unless a function has these callers below main, and what was planted."""
        self.assertEqual(self.owners.chain(chain[-1]), list(chain))
        self.assertGreaterEqual(self.owners.inclusive(chain[-1]), PLANTED)
