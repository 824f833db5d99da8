"""The dump as a file of the format of docs/dump_format.md."""

import os
import sys
import time
import unittest

import blob_support
import dump_support
import heapgrind


class FormatTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cycle = []
        cls.cycle.append(cls.cycle)
        cls.start = int(time.time())
        cls.dump = dump_support.take_dump()
        parsed = list(cls.dump.parsed())
        cls.header, cls.end = parsed[0], parsed[-1]
        cls.records = [record for record in parsed if "address" in record]
        cls.addresses = {record["address"] for record in cls.records}

    def test_every_line_ends_in_a_newline(self):
        self.assertEqual([x for x in self.dump.lines() if not x.endswith(b"}\n")], [])

    def test_separators_are_comma_space_and_colon_space(self):
        record = self.dump.of(self.cycle)
        text = '{{"address": {0}, "type": "list", {1}, "len": 1, "refs": [{0}]}}\n'
        sizes = ['"{}": {}'.format(key, record[key]) for key in ("size", "gc", "slack") if key in record]
        expected = text.format(id(self.cycle), ", ".join(sizes))
        self.assertIn(expected.encode("ascii"), self.dump.text)

    def test_header_describes_the_process(self):
        header = {
            key: value
            for key, value in self.header.items()
            if "malloc" not in key  # books_test.py has these.
        }
        self.assertGreaterEqual(header.pop("time"), self.start)
        self.assertGreater(header.pop("rss"), 1 << 20)
        # What the allocators hold: books_test looks at them.
        for key in [key for key in header if "malloc_" in key]:
            self.assertGreaterEqual(header.pop(key), 0)
        stopped = header.pop("stopped", None)
        self.assertEqual(stopped, "anywhere" if blob_support.PATH else None)
        self.assertEqual(
            header,
            {
                "heapgrind": 2,
                "scanner": heapgrind.__version__,
                "python": "{}.{}.{}".format(*sys.version_info[:3]),
                "pid": os.getpid(),
                "argv": sys.argv,
                "executable": sys.executable,
                "pointer_size": 8 if sys.maxsize > 2**32 else 4,
            },
        )

    def test_header_comes_first_then_roots_then_objects_then_the_end(self):
        kinds = []
        for line in self.dump.lines():
            kind = line.split(b'"')[1]
            if kinds[-1:] != [kind]:
                kinds.append(kind)
        self.assertEqual(kinds, [b"heapgrind", b"root", b"address", b"end"])

    def test_end_counts_the_objects_and_their_bytes(self):
        self.assertEqual(self.end["end"], len(self.records))
        self.assertEqual(self.end["size"], sum(record["size"] for record in self.records))

    def test_end_says_what_the_allocators_handed_out_for_the_objects(self):
        handed_out = sum(r["size"] + r.get("slack", 0) for r in self.records)
        explained = sum(  # What is zero is left out: without pymalloc, its own.
            self.end.get(allocator + "_explained", 0)
            for allocator in ("pymalloc", "malloc")
        )
        # Static objects and frames on the stack are not from the allocators.
        self.assertLessEqual(explained, handed_out)
        self.assertGreater(explained, 0.8 * handed_out)

    def test_summary_says_what_the_end_says(self):
        self.assertEqual(self.dump.summary.objects, self.end["end"])
        self.assertEqual(self.dump.summary.size, self.end["size"])
        self.assertEqual(self.dump.summary.dump_bytes, len(self.dump.text))
        self.assertGreaterEqual(self.dump.summary.seconds, 0)

    def test_no_object_is_written_twice(self):
        addresses = [record["address"] for record in self.records]
        self.assertEqual(len(addresses), len(set(addresses)))

    def test_every_reference_leads_to_a_record(self):
        absent = [
            (record.get("type"), record.get("root"), address)
            for record in self.records + self.dump.roots()
            for address in record["refs"]
            if address not in self.addresses
        ]
        self.assertEqual(absent, [])

    def test_names_are_never_more_than_the_references(self):
        too_many = [
            record
            for record in self.records
            if len(record.get("names", [])) + 2 * record.get("pairs", 0)
            > len(record["refs"])
        ]
        self.assertEqual(too_many, [])

    def test_keys_that_are_empty_are_left_out(self):
        always = ("address", "type", "size", "refs", "value")
        empty = [
            (key, record)
            for record in self.records
            for key, value in record.items()
            if key not in always and value in (0, "", [], None)
        ]
        self.assertEqual(empty, [])

    def test_gc_header_is_a_part_of_the_size(self):
        for record in self.records:
            self.assertLessEqual(record.get("gc", 0), record["size"])


if __name__ == "__main__":
    unittest.main()
