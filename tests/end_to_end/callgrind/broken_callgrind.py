"""A good callgrind file, and what tests need to break it."""

import os
import tempfile
import unittest

from tests.end_to_end.callgrind import check_callgrind

GOOD = """\
# callgrind format
version: 1
creator: memdump2callgrind 0.1.0
pid: 4711
cmd: python3 app.py
part: 1
desc: Trigger: heap of 2026-11-22
positions: line
event: Bytes : Retained bytes
event: Objects : Objects
events: Bytes Objects
summary: 1600 16

ob=(1) app
fl=(1) ???
fn=(1) main
0 100 1
cob=(1)
cfi=(2) /srv/app.py
cfn=(2) dict::CACHE (app.CACHE)
calls=1 7
0 1500 15

ob=(1)
fl=(2)
fn=(2)
7 1000 10
cob=(1)
cfi=(1)
cfn=(3) str::name (app.CACHE.name)
calls=5 0
7 500 5

ob=(1)
fl=(1)
fn=(3)
0 500 5

totals: 1600 16
"""


class BrokenFileTest(unittest.TestCase):
    """Base of tests that check an edited GOOD."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "callgrind.out.app")

    def check(self, content, **options):
        """Checks a file with this content, in bytes."""
        with open(self.path, "wb") as file:
            file.write(content)
        return check_callgrind.check(self.path, **options)

    def assert_problems(self, old, new, *expected, **options):
        """Asserts what is found after the first `old` in GOOD became `new`."""
        self.assertIn(old, GOOD)
        broken = GOOD.replace(old, new, 1)
        self.assertEqual(self.check(broken.encode("utf-8"), **options)[0], list(expected))
