"""What the options of heapgrind.dump add, cut and compress."""

import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import dump_support
import heapgrind


class MaxReferencesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.list = [[number] for number in range(100)]
        cls.dict = {u"key %d" % number: [number] for number in range(100)}
        cls.dump = dump_support.take_dump(max_refs=7)

    def test_elements_beyond_the_limit_are_counted(self):
        record = self.dump.of(self.list)
        self.assertEqual(record["refs"], [id(x) for x in self.list[:7]])
        self.assertEqual(record["refs_left_out"], 93)

    def test_pairs_are_cut_as_a_whole(self):
        record = self.dump.of(self.dict)
        items = list(self.dict.items())[:3]
        self.assertEqual(record["refs"], [id(x) for item in items for x in item])
        self.assertEqual(record["pairs"], 3)
        self.assertEqual(record["refs_left_out"], 194)

    def test_objects_beyond_the_limit_are_written(self):
        self.assertTrue(all(self.dump.has(x) for x in self.list))
        self.assertTrue(all(self.dump.has(x) for x in self.dict.values()))

    def test_references_with_names_are_not_cut(self):
        record = dump_support.take_dump(max_refs=1).of(type(self))
        self.assertIn("__dict__", dump_support.named(record))

    def test_record_below_the_limit_leaves_out_none(self):
        self.assertNotIn("refs_left_out", self.dump.of(self.list[0]))

    def test_limit_of_another_kind_is_refused(self):
        for wrong in (0, -1, "many", True):
            with self.assertRaises(ValueError) as caught:
                heapgrind.dump("/dev/null", max_refs=wrong)
            self.assertEqual(
                str(caught.exception),
                "expected max_refs to be a number above 0 or None, "
                "got {!r}".format(wrong),
            )


class KeysTest(unittest.TestCase):
    def check_keys(self, **options):
        table = {u"ke" + u"y": [u"hush " + u"hush"], u"second " + u"key": None}
        key = list(table)[0]
        secret = table[u"key"][0]
        dump = dump_support.take_dump(values="none", **options)
        self.assertEqual(dump.of(key)["value"], key)
        self.assertNotIn("value", dump.of(secret))
        self.assertFalse(b"hush hush" in dump.text)
        names = dump.value_names(dump.of(table))
        self.assertEqual(sorted(names), [u"key", u"second key"])

    def test_text_of_keys_is_kept_without_values(self):
        self.check_keys()

    def test_text_of_keys_is_kept_in_low_memory(self):
        self.check_keys(low_memory=True)


class LowMemoryTest(unittest.TestCase):
    def addresses(self, dump):
        """The addresses of the objects of a dump, sorted, with repeats."""
        return sorted(
            int(x) for x in re.findall(br'^\{"address": (\d+)', dump.text, re.MULTILINE)
        )

    def test_finds_what_the_other_mode_finds(self):
        keep = [[float(x)] for x in range(50000)]
        chain = None
        for _ in range(50000):
            chain = (chain, None)
        low = dump_support.take_dump(low_memory=True)
        normal = dump_support.take_dump()
        found = self.addresses(low)
        other = set(self.addresses(normal))
        self.assertEqual(len(found), len(set(found)))
        self.assertLess(len(other.symmetric_difference(found)), 200)
        self.assertTrue(set(map(id, keep)) <= set(found))
        while chain is not None:
            self.assertIn(id(chain), other)
            chain = chain[0]

    def test_tuple_of_itself_sixty_levels_deep(self):
        pair = ()
        for _ in range(60):
            pair = (pair, pair)
        self.assertTrue(dump_support.take_dump(low_memory=True).has(pair))

    def test_temporary_files_leave_nothing_behind(self):
        directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, directory)
        program = (
            "import os, sys, heapgrind\n"
            "heapgrind.dump('/dev/null', low_memory=True)\n"
            "print(os.listdir(sys.argv[1]))\n"
        )
        output = subprocess.check_output(
            [sys.executable, "-c", program, directory],
            env=dict(os.environ, TMPDIR=directory),
        )
        self.assertEqual(output.strip(), b"[]")

    def test_directory_that_is_not_there_is_an_error(self):
        program = (
            "import heapgrind\n"
            "try: heapgrind.dump('/dev/null', low_memory=True)\n"
            "except OSError as error: print(error.errno)\n"
        )
        output = subprocess.check_output(
            [sys.executable, "-c", program],
            env=dict(os.environ, TMPDIR="/there/is/none"),
        )
        self.assertEqual(int(output), errno.ENOENT)


if __name__ == "__main__":
    unittest.main()
