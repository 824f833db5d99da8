"""Tests what memdump2callgrind says to bad dumps, and to dumps that lack something.

Each time the whole message, the exit status, and that no file is touched.
"""

import unittest

from tests.end_to_end.convert import refused_input
from tests.end_to_end.convert.refused_input import END, GOOD, HEADER, LEAF, OBJECT, ROOT
from tests.end_to_end.support import converter


class BadDumpTest(refused_input.BadInputTest):
    def test_text_that_is_not_json(self):
        self.assert_refused(
            b"hello, world\n",
            'dump.json:1:1: expected a record, got "hello"')

    def test_json_that_is_no_record(self):
        self.assert_refused(
            HEADER + b"[1, 2]\n",
            "dump.json:2:1: expected a record, got an array")

    def test_object_that_is_no_record(self):
        self.assert_refused(
            HEADER + b'{"a": 1}\n',
            'dump.json:2:1: expected a record with "address", "root", "end" or '
            '"heapgrind", got an object without them')

    def test_missing_address(self):
        self.assert_refused(
            HEADER + b'{"type": "x", "size": 1, "refs": []}\n',
            'dump.json:2:36: expected "address", got the end of the record')

    def test_missing_type(self):
        self.assert_refused(
            HEADER + b'{"address": 1, "size": 1, "refs": []}\n',
            'dump.json:2:37: expected "type", got the end of the record')

    def test_missing_size(self):
        self.assert_refused(
            HEADER + b'{"address": 1, "type": "x", "refs": []}\n',
            'dump.json:2:39: expected "size", got the end of the record')

    def test_missing_refs(self):
        self.assert_refused(
            HEADER + b'{"address": 1, "type": "x", "size": 1}\n',
            'dump.json:2:38: expected "refs", got the end of the record')

    def test_address_that_is_a_string(self):
        self.assert_refused(
            HEADER + b'{"address": "1", "type": "x", "size": 1, "refs": []}\n',
            'dump.json:2:13: expected a whole number from 0 to 2^64-1 in "address", got '
            "a string")

    def test_negative_size(self):
        self.assert_refused(
            HEADER + b'{"address": 1, "type": "x", "size": -1, "refs": []}\n',
            'dump.json:2:37: expected a whole number from 0 to 2^64-1 in "size", got -1')

    def test_size_that_is_a_fraction(self):
        self.assert_refused(
            HEADER + b'{"address": 1, "type": "x", "size": 1.5, "refs": []}\n',
            'dump.json:2:37: expected a whole number from 0 to 2^64-1 in "size", got 1.5')

    def test_refs_that_are_a_number(self):
        self.assert_refused(
            HEADER + b'{"address": 1, "type": "x", "size": 1, "refs": 2}\n',
            "dump.json:2:48: expected a list, each a whole number from 0 to 2^64-1 in "
            '"refs", got 2')

    def test_reference_that_is_null(self):
        self.assert_refused(
            HEADER + b'{"address": 1, "type": "x", "size": 1, "refs": [1, null]}\n',
            'dump.json:2:52: expected a whole number from 0 to 2^64-1 in "refs", got null')

    def test_address_beyond_64_bits(self):
        self.assert_refused(
            HEADER + b'{"address": 18446744073709551616, "type": "x", "size": 1, "refs": []}\n',
            'dump.json:2:13: expected a whole number from 0 to 2^64-1 in "address", got '
            "18446744073709551616")

    def test_broken_line_in_the_middle(self):
        self.assert_refused(
            HEADER + ROOT + b'{"address": 16, "ty\n' + LEAF,
            "dump.json:3:20: expected the rest of the record, got the end of the line")

    def test_other_version_of_the_format(self):
        self.assert_refused(
            b'{"heapgrind": 3}\n',
            "dump.json:1:2: expected a dump of format 1 or 2, got 3")

    def test_empty_file(self):
        self.assert_refused(
            b"",
            "dump.json: expected a heap dump, got an empty file")

    def test_dump_without_objects(self):
        self.assert_refused(
            HEADER,
            "dump.json:1:1: expected at least one object record, got none")

    def test_gzip_with_broken_data(self):
        self.assert_refused(
            b"\x1f\x8b\x08\0\0\0\0\0\0\3 no deflate",
            'dump.json: expected gzip data, got "invalid stored block lengths" after '
            "0 decompressed bytes")


class LossTest(refused_input.BadInputTest):
    """What is no error but is counted and told."""

    def _convert(self, content):
        self._write("dump.json", content)
        result = converter.run("dump.json", cwd=self.folder)
        totals = result.stdout.decode("utf-8").rpartition("totals: ")[2].strip()
        return result.returncode, totals, result.stderr.decode("utf-8")

    def test_whole_dump_says_nothing(self):
        self.assertEqual(self._convert(GOOD), (0, "114 2", ""))

    def test_object_dumped_twice(self):
        self.assertEqual(
            self._convert(HEADER + ROOT + OBJECT + LEAF + LEAF),
            (0, "114 2",
             "memdump2callgrind: dump.json: expected an end record after 3 objects, got "
             "the end of the dump\n"
             "memdump2callgrind: dump.json: objects dumped again, the same: 1\n"))

    def test_contradicting_records_of_an_object(self):
        other = LEAF.replace(b"50", b"60")
        self.assertEqual(
            self._convert(HEADER + ROOT + OBJECT + LEAF + other),
            (0, "114 2",
             "memdump2callgrind: dump.json: expected an end record after 3 objects, got "
             "the end of the dump\n"
             "memdump2callgrind: dump.json: objects dumped again with other content, of "
             "which the first counts: 1\n"))

    def test_sizes_that_no_profile_can_say(self):
        huge = LEAF.replace(b'"size": 50', b'"size": 9007199254740991')
        self.assertEqual(
            self._convert(HEADER + ROOT + OBJECT + huge),
            (1, "",
             "memdump2callgrind: dump.json: expected an end record after 2 objects, got "
             "the end of the dump\n"
             "memdump2callgrind: dump.json: expected objects of at most 9007199254740991 "
             "bytes altogether, got more\n"))

    def test_reference_to_an_absent_object(self):
        self.assertEqual(
            self._convert(HEADER + ROOT + OBJECT),
            (0, "64 1",
             "memdump2callgrind: dump.json: expected an end record after 1 objects, got "
             "the end of the dump\n"
             "memdump2callgrind: dump.json: references to objects that the dump lacks: 1\n"))

    def test_last_line_cut_off(self):
        self.assertEqual(
            self._convert(GOOD[:-70]),
            (0, "64 1",
             "memdump2callgrind: dump.json: line 4, the last one, is cut off and left out\n"
             "memdump2callgrind: dump.json: expected an end record after 1 objects, got "
             "the end of the dump\n"
             "memdump2callgrind: dump.json: references to objects that the dump lacks: 1\n"))

    def test_end_record_missing(self):
        self.assertEqual(
            self._convert(GOOD[:-len(END)]),
            (0, "114 2",
             "memdump2callgrind: dump.json: expected an end record after 2 objects, got "
             "the end of the dump\n"))


if __name__ == "__main__":
    unittest.main()
