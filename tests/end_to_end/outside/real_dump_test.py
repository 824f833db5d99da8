"""A dump from outside has, record by record, what a dump from inside the process has."""

import glob
import os
import unittest

from tests.end_to_end.outside import inside_support
from tests.end_to_end.support import converter


class RealDumpTest(inside_support.InsideTestCase):
    def test_records_are_the_same(self):
        with self.process() as process:
            self.dump_process(process)
            self.assertUnharmed(process)
        self.assertSame()

    def test_record_that_is_longer_than_the_buffer(self):
        with self.process("LONG = [None] * 2500000\n") as process:
            self.dump_process(process)
            self.assertUnharmed(process)
        self.assertSame()
        with open(self.output, encoding="utf-8") as file:
            self.assertGreater(max(map(len, file)), 1 << 24)

    def test_it_converts(self):
        with self.process() as process:
            self.dump_process(process, "--values=none")
            self.assertUnharmed(process)
        profile = os.path.join(self.folder, "callgrind.out.app")
        converter.convert(self.output, profile)
        with open(profile, encoding="utf-8") as file:
            self.assertIn("SESSIONS", file.read())
        self.assertEqual(glob.glob(os.path.join(self.folder, ".heapgrind*")), [])


if __name__ == "__main__":
    unittest.main()
