"""What the options of heapgrind.dump add, cut and compress."""

import errno
import gc
import gzip
import os
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


class MaxBytesTest(unittest.TestCase):
    def setUp(self):
        self.directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, self.directory)
        self.path = os.path.join(self.directory, "dump.json")

    LIMIT = 600000  # Bytes.

    def check(self, path, opener):
        """Dumps up to the limit.  Returns the dump."""
        summary = heapgrind.dump(path, max_bytes=self.LIMIT)
        self.assertLessEqual(os.path.getsize(path), self.LIMIT)
        with opener(path) as dump_file:
            dump = dump_support.Dump(dump_file.read(), summary)
        records = list(dump.records())
        last = dump.end()
        self.assertEqual(last["end"], len(records))
        self.assertEqual(last["size"], sum(x["size"] for x in records))
        self.assertEqual(last["left_out"], summary.left_out)
        self.assertEqual(last["end"], summary.objects)
        return dump, last

    def test_what_has_no_room_is_counted(self):
        gc.collect()  # Else what ran before left garbage, which would go in between.
        whole = heapgrind.dump("/dev/null")
        dump, last = self.check(self.path, lambda path: open(path, "rb"))
        # Only what the calls themselves have made differs: 8 objects.
        self.assertAlmostEqual(last["end"] + last["left_out"], whole.objects, delta=20)
        self.assertAlmostEqual(last["size"] + last["left_out_size"], whole.size, delta=2000)
        self.assertGreater(len(dump.text), self.LIMIT - 20000)

    def test_the_compressed_size_counts(self):
        dump, _ = self.check(self.path + ".gz", gzip.open)
        self.assertGreater(len(dump.text), self.LIMIT)

    def test_long_records_are_cut_too(self):
        self.check_cut(lambda: [None] * 2000000)
        self.check_cut(lambda: dict.fromkeys(range(800000)))

    def check_cut(self, make):
        """Sets the limit so that it falls into the longest record, of 20 MB, wherever that is."""
        limit = heapgrind.dump("/dev/null").dump_bytes + 6000000
        held = make()
        heapgrind.dump(self.path, max_bytes=limit)
        self.assertLessEqual(os.path.getsize(self.path), limit)
        with open(self.path, "rb") as dump_file:
            dump = dump_support.Dump(dump_file.read())
        self.assertGreater(dump.of(held).get("refs_left_out", 0), 0)

    def test_long_text_is_cut_too(self):
        held = u"long " * 4000000
        heapgrind.dump(self.path, max_bytes=10000000, values=100000000)
        self.assertLessEqual(os.path.getsize(self.path), 10000000)
        del held

    def test_dump_that_has_room_leaves_out_nothing(self):
        summary = heapgrind.dump(self.path, max_bytes=1 << 40)
        self.assertEqual(summary.left_out, 0)
        with open(self.path, "rb") as dump_file:
            self.assertNotIn("left_out", dump_support.Dump(dump_file.read()).end())

    def test_tiny_limit_leaves_roots_and_the_end(self):
        summary = heapgrind.dump(self.path, max_bytes=1)
        self.assertEqual(summary.objects, 0)
        self.assertGreater(summary.left_out, 10000)


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
    def test_finds_what_the_other_mode_finds(self):
        keep = [[float(x)] for x in range(50000)]
        chain = None
        for _ in range(50000):
            chain = (chain, None)
        gc.collect()  # Else what ran before left garbage, which would go in between.
        low = dump_support.take_dump(low_memory=True)
        normal = dump_support.take_dump()
        found = low.addresses()
        other = set(normal.addresses())
        self.assertEqual(len(found), len(set(found)))
        # Only what the first dump left, such as its text: 11 to 18 objects.
        self.assertLess(len(other.symmetric_difference(found)), 40)
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
