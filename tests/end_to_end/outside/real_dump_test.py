"""A dump from outside has, record by record, what a dump from inside the process has."""

import glob
import json
import os
import re
import unittest

from tests.end_to_end.outside import inside_support
from tests.end_to_end.support import converter


# Of the kernel: whether pagemap says which pages are its page of zeros.
_TELLS_ZEROS = tuple(map(int, re.findall(r"\d+", os.uname().release)[:2])) >= (6, 7)


def _resident(path):
    """Returns {address: bytes} of the dictionaries of a dump that have a large table."""
    with open(path, encoding="utf-8") as file:
        records = [json.loads(line) for line in file if '"resident": ' in line]
    return {record["address"]: record["resident"] for record in records
            if record.get("type") == "dict"}


class RealDumpTest(inside_support.InsideTestCase):
    def test_records_are_the_same(self):
        with self.process() as process:
            self.dump_process(process)
            self.assertUnharmed(process)
        self.assertSame()

    @unittest.skipUnless(_TELLS_ZEROS, "not run: before Linux 6.7 a copy cannot tell zeros apart")
    def test_as_much_of_tables_is_resident(self):
        with self.process() as process:
            self.dump_process(process)
        expected, found = (_resident(path) for path in (self.inside, self.output))
        self.assertTrue(found)
        self.assertEqual(found, expected)

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
