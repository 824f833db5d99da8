"""Tests a profile of a real program of Debian: what was planted is found where it was.

    program_test PROGRAM

PROGRAM is a file in jobs/.  Prints the program's row of the table in docs/how-it-works.md.
"""

import sys
import tempfile
import unittest

from tests.end_to_end.callgrind import check_callgrind
from tests.end_to_end.programs import programs
from tests.end_to_end.programs import real_program
from tests.end_to_end.support import live_process

NAME = sys.argv.pop(1)
PROGRAM = programs.PROGRAMS[NAME]


def setUpModule():
    # pylint: disable=invalid-name
    if not real_program.is_installed(PROGRAM.module):
        raise unittest.SkipTest(f"not run: {PROGRAM.module} is not installed")


class ProgramTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folders = [tempfile.TemporaryDirectory() for _ in range(2)]
        for folder in folders:
            cls.addClassCleanup(folder.cleanup)
        packages, work = (folder.name for folder in folders)
        live_process.install("tests/end_to_end/support/system_python.whl", packages)
        cls.dumps = real_program.run(NAME, PROGRAM.how, work, packages)
        cls.expected = [(chain, size) for dump in cls.dumps for chain, size in dump.planted.items()]
        cls.found = [
            (chain, dump.bytes_below(chain)) for dump in cls.dumps for chain in dump.planted]
        print(cls.row(), flush=True)

    @classmethod
    def row(cls):
        """Returns the row of the table: the sums over all processes, the worst of the shares."""
        size = sum(dump.bytes for dump in cls.dumps)
        told = [dump.explained for dump in cls.dumps if dump.explained is not None]
        explained = f"{min(told)} %" if told else "not told"
        right = sum(map(tuple.__eq__, cls.expected, cls.found))
        native = sum(dump.native for dump in cls.dumps)
        return (f"| {PROGRAM.title} | {sum(dump.objects for dump in cls.dumps):,} | "
                f"{size / 1e6:.1f} | {native / 1e6:.1f} | {cls.owned():.1f} % | {explained} | "
                f"{min(dump.named for dump in cls.dumps)} % | "
                f"{right} of {len(cls.expected)} |")

    @classmethod
    def owned(cls):
        """Returns which part of the native memory Python objects own, in percent."""
        return min(100 * dump.native_owned / dump.native for dump in cls.dumps)

    def test_planted_objects_are_found_with_their_bytes(self):
        missing = [plant for plant, found in zip(self.expected, self.found)
                   if plant != found and plant[0] not in PROGRAM.not_found]
        self.assertEqual(missing, [], self.found)
        self.assertEqual(len(self.dumps), PROGRAM.num_processes)

    def test_what_is_listed_as_not_found_is_not_found(self):
        listed = [plant for plant, found in zip(self.expected, self.found)
                  if plant == found and plant[0] in PROGRAM.not_found]
        self.assertEqual(listed, [], "now found: take it from the list in programs.py")

    def test_native_memory_has_owners(self):
        self.assertGreaterEqual(self.owned(), PROGRAM.least_owned)

    def test_bytes_have_named_owners(self):
        for dump in self.dumps:
            self.assertGreaterEqual(dump.named, PROGRAM.least_named)

    def test_profile_by_path_follows_every_rule(self):
        for dump in self.dumps:
            problems, shape = check_callgrind.check(dump.by_path)
            self.assertEqual((problems[:20], shape.total), ([], dump.bytes))

    def test_rows_of_the_process_sum_to_its_memory(self):
        for dump in self.dumps:
            problems, shape = check_callgrind.check(dump.with_process)
            self.assertEqual((problems[:20], shape.total), ([], dump.memory))

    def test_profile_by_type_follows_every_rule(self):
        for dump in self.dumps:
            problems, shape = check_callgrind.check(dump.by_type, has_classes=False)
            self.assertEqual((problems[:20], shape.total), ([], dump.bytes))


if __name__ == "__main__":
    unittest.main()
