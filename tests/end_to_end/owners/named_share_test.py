"""Tests how much of real processes has a named owner.

Plain dominators (--ownership=strict) are run beside it: docs/how-it-works.md has
both in a table.
"""

import os
import re
import subprocess
import sys
import tempfile
import unittest

from tests.end_to_end.support import converter
from tests.end_to_end.support import live_process

_LEAST_SHARE = 97  # Percent.
_LONGEST_RUN = 60  # Seconds.


class NamedShareTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name

    def shares(self, program, python=sys.executable, packages=os.path.abspath("scanner")):
        """Returns the share of bytes with a named owner, in percent: by our rules, and by
        plain dominators."""
        dump = os.path.join(self.folder, program + ".json")
        subprocess.run(
            [python, f"tests/end_to_end/owners/named_share_programs/{program}.py", dump],
            env={"PYTHONPATH": packages, "PATH": "/usr/bin:/bin"}, stdin=subprocess.DEVNULL,
            timeout=_LONGEST_RUN, check=True)
        return [self.share(dump, rules) for rules in ("modules", "strict")]

    def share(self, dump, rules):
        result = converter.run("--verbose", f"--ownership={rules}", "-o", os.devnull, dump)
        message = result.stderr.decode()
        found = re.search(r"([0-9.]+) %, have a named owner\n", message)
        self.assertIsNotNone(found, message)
        return float(found.group(1))

    def assert_named(self, shares):
        ours, strict = shares
        self.assertGreaterEqual(ours, _LEAST_SHARE)
        self.assertLess(strict, ours)

    def test_web_framework_database_and_data_frames(self):
        packages = os.path.join(self.folder, "packages")
        live_process.install("tests/end_to_end/support/system_python.whl", packages)
        self.assert_named(self.shares("web_stack", live_process.SYSTEM_PYTHON, packages))

    def test_asyncio_and_http_servers_with_open_connections(self):
        self.assert_named(self.shares("servers"))

    def test_pool_of_threads(self):
        self.assert_named(self.shares("worker_pool"))

    def test_parser_with_a_tree_of_nodes(self):
        self.assert_named(self.shares("parser"))


if __name__ == "__main__":
    unittest.main()
