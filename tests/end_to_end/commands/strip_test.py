"""Tests heapgrind strip: what stays, what goes, and that the profile is the same."""

import gzip
import json
import os
import sys
import unittest

from tests.end_to_end.commands import stripping
from tests.end_to_end.commands.stripping import DUMPS, SMALL
from tests.end_to_end.support import converter, heapgrind_program, live_process


class SameProfileTest(stripping.StripTest):
    def _assert_same_profile(self, dump, *options):
        stripped = self._path("stripped.json")
        result = heapgrind_program.run("strip", *options, "-o", stripped, dump)
        self.assertEqual(result.returncode, 0, result.stderr)
        for view in ("--by=path", "--by=type", "--by=object"):
            self.assertEqual(self._profile(stripped, view), self._profile(dump, view), view)

    def test_dumps_without_values_have_the_same_profile(self):
        for dump in DUMPS:
            with self.subTest(dump=dump):
                self._assert_same_profile(f"testdata/{dump}", "--values=none")

    def test_dumps_with_short_values_have_the_same_profile(self):
        for dump in DUMPS:
            with self.subTest(dump=dump):
                self._assert_same_profile(f"testdata/{dump}", "--values=5")

    def test_a_fresh_dump_without_values_has_the_same_profile(self):
        dump = self._path("fresh.json")
        live_process.dump("testdata/programs/standard_library.py", dump,
                          os.path.abspath("scanner"), sys.executable)
        self._assert_same_profile(dump, "--values=none")
        with open(dump, encoding="utf-8") as file:
            num_before = sum('"value": "' in line for line in file)
        with open(self._path("stripped.json"), encoding="utf-8") as file:
            num_after = sum('"value": "' in line for line in file)
        self.assertLess(num_after, 0.8 * num_before)


class WhatStaysTest(stripping.StripTest):
    def test_without_options_only_duplicates_go(self):
        path = self._write("a.json", SMALL)
        lines = SMALL.splitlines()
        expected = lines[:7] + lines[8:9] + ['{"end": 6, "size": 314}']
        self.assertEqual(
            self._strip(path, stderr_text=f"heapgrind strip: {path}: left out objects dumped "
                        "again, of which the first counts: 1\n").splitlines(), expected)

    def test_what_does_not_change_is_copied(self):
        text = gzip.open("testdata/leak.json.gz", "rt", encoding="utf-8").read()
        self.assertEqual(self._strip("testdata/leak.json.gz"), text)
        self.assertEqual(self._strip("--max-refs=1000000", "--drop-type=no such type",
                                     "testdata/leak.json.gz"), text)

    def test_values_that_name_nothing_go(self):
        path = self._write("a.json", SMALL)
        output = self._path("b.json")
        result = heapgrind_program.run("strip", "--values=none", "--verbose", "-o", output, path)
        self.assertEqual((result.returncode, result.stdout), (0, ""))
        self.assertEqual(
            result.stderr,
            f"heapgrind strip: {path}: left out objects dumped again, of which the first counts: "
            f"1\nheapgrind strip: {path}: left out values: 2\n")
        with open(output, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.assertEqual(lines[3], SMALL.splitlines()[3])
        self.assertEqual(
            lines[4], '{"address": 48, "type": "str", "size": 51, "len": 9, "refs": []}')
        self.assertEqual(lines[7], '{"address": 96, "type": "strange", "size": 7, "refs": []}')

    def test_values_are_cut(self):
        path = self._write("a.json", SMALL)
        output = self._path("b.json")
        heapgrind_program.run("strip", "--values=6", "-o", output, path)
        with open(output, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.assertEqual(
            lines[4],
            '{"address": 48, "type": "str", "size": 51, "len": 9, "value": "somebo", "refs": []}')
        self.assertEqual(lines[7], SMALL.splitlines()[8])

    def test_references_are_cut_and_counted(self):
        path = self._write("a.json", SMALL)
        output = self._path("b.json")
        heapgrind_program.run("strip", "--max-refs=2", "-o", output, path)
        with open(output, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.assertEqual(
            lines[2], '{"address": 16, "type": "dict", "size": 64, "pairs": 1, "refs": [32, 48], '
            '"refs_left_out": 2}')
        self.assertEqual(
            lines[6],
            '{"address": 80, "type": "list", "size": 90, "refs": [48, 48], "refs_left_out": 1}')
        result = converter.run(output)
        self.assertEqual(result.returncode, 0)
        self.assertIn(b"references that the scanner left out: 3\n", result.stderr)

    def test_references_are_cut_as_the_scanner_cuts_them(self):
        for dump in DUMPS:
            with self.subTest(dump=dump):
                output = self._path("limited.json")
                heapgrind_program.run("strip", "--max-refs=7", "-o", output, f"testdata/{dump}")
                with gzip.open(f"testdata/{dump}", "rt", encoding="utf-8") as file:
                    before = [json.loads(line) for line in file if '"address"' in line]
                seen = set()
                before = [r for r in before if not (r["address"] in seen or seen.add(r["address"]))]
                with open(output, encoding="utf-8") as file:
                    after = [json.loads(line) for line in file if '"address"' in line]
                self.assertEqual(after, [_limited(record, 7) for record in before])

    def test_types_are_dropped_and_their_references_lead_nowhere(self):
        path = self._write("a.json", SMALL)
        output = self._path("b.json")
        stdout = self._strip(
            "--drop-type=str", "--drop-type=l?st", "--json", "-o", output, path,
            stderr_text=f"heapgrind strip: {path}: left out objects dumped again, of which the "
            "first counts: 1\n")
        self.assertEqual(json.loads(stdout), {
            "objects": 7, "repeated_objects": 1, "dropped_objects": 4, "bytes_left_out": 294,
            "values_left_out": 0, "values_cut": 0, "references_left_out": 0})
        lines = SMALL.splitlines()
        with open(output, encoding="utf-8") as file:
            self.assertEqual(file.read().splitlines(),
                             lines[:3] + lines[8:9] + [
                                 '{"end": 2, "size": 71, "left_out": 4, "left_out_size": 243}'])
        result = converter.run(output)
        self.assertEqual(result.returncode, 0)
        self.assertIn(b"4 objects of 243 bytes are left out, because a smaller dump was asked for",
                      result.stderr)
        self.assertIn(b"references to objects that the dump lacks: 4\n", result.stderr)

    def test_what_the_end_record_says_besides_stays(self):
        end = ('{"end": 7, "size": 365, "left_out": 3, "left_out_size": 30, "damaged": 2, '
               '"unreadable": 1, "lost_roots": 4, "pymalloc_explained": 300, '
               '"malloc_explained": 90, "malloc_absent": 5, "swapped": 6, "resident_unknown": 8, '
               '"later": [1]}')
        path = self._write("a.json", SMALL.replace('{"end": 7, "size": 365}', end))
        self.assertEqual(self._end_of_stripped(path),
                         end.replace('"end": 7, "size": 365', '"end": 6, "size": 314'))
        self.assertEqual(
            self._end_of_stripped(path, "--drop-type=list"),
            '{"end": 5, "size": 224, "left_out": 4, "left_out_size": 120, "damaged": 2, '
            '"unreadable": 1, "lost_roots": 4, "swapped": 6, "resident_unknown": 8, "later": [1]}')

    def _end_of_stripped(self, path, *options):
        output = self._path("b.json")
        heapgrind_program.run("strip", *options, "-o", output, path)
        with open(output, encoding="utf-8") as file:
            return file.read().splitlines()[-1]

    def test_what_is_not_whole_stays_so(self):
        path = self._write("a.json", SMALL[:-30])
        result = heapgrind_program.run("strip", path)
        self.assertEqual(result.returncode, 0)
        self.assertIn("line 9, the last one, is cut off and left out", result.stderr)
        self.assertIn("expected an end record after 6 objects, got the end of the dump",
                      result.stderr)
        self.assertEqual(result.stdout.splitlines(), SMALL.splitlines()[:7])

    def test_an_end_record_that_lies_goes_on_to_lie(self):
        path = self._write("a.json", SMALL.replace('"end": 7', '"end": 9'))
        output = self._path("b.json")
        heapgrind_program.run("strip", "-o", output, path)
        with open(output, encoding="utf-8") as file:
            self.assertEqual(file.read().splitlines()[-1], '{"end": 8, "size": 314}')


def _limited(record, limit):
    """Returns a record with as many references as docs/dump_format.md allows it."""
    refs, names = record["refs"], record.get("names", [])
    num_pairs = record.get("pairs", 0)
    if not num_pairs and record["type"] == "dict" and not names and len(refs) % 2 == 0:
        num_pairs = len(refs) // 2
    pairs = refs[:2 * min(num_pairs, limit // 2)]
    room = limit - len(pairs)
    kept = []
    for place, reference in enumerate(refs[2 * num_pairs:]):
        name = names[place] if place < len(names) else None
        if name is None and room == 0:
            continue
        room -= name is None
        kept.append((reference, place < len(names), name))
    limited = dict(record, refs=pairs + [reference for reference, _, _ in kept])
    if len(limited["refs"]) == len(refs):
        return record
    limited["refs_left_out"] = (
        record.get("refs_left_out", 0) + len(refs) - len(limited["refs"]))
    if "pairs" in record:
        limited["pairs"] = len(pairs) // 2
    if names:
        limited["names"] = [name for _, is_listed, name in kept if is_listed]
    return limited


if __name__ == "__main__":
    unittest.main()
