"""Tests heapgrind summary: its numbers against a count of the same lines in Python."""

import collections
import fnmatch
import os
import sys
import tempfile
import unittest

from tests.end_to_end.callgrind import callgrind_file
from tests.end_to_end.commands.heap_summary import LEAK, summarize
from tests.end_to_end.support import converter
from tests.end_to_end.support import dump_lines
from tests.end_to_end.support import live_process


def _count(records):
    """The objects, bytes, GC bytes, slack and largest object of some records."""
    sizes = [record["size"] for record in records]
    return (len(sizes), sum(sizes), sum(record.get("gc", 0) for record in records),
            sum(record.get("slack", 0) for record in records), max(sizes, default=0))


def _row(row):
    return tuple(row[key] for key in ("objects", "bytes", "gc_bytes", "slack", "largest"))


def _count_strings(objects):
    """The strings' (objects, bytes, whole ones, bytes that one copy each would save), and the
    rows of those that are there several times."""
    kept, duplicates = set(), collections.defaultdict(list)
    strings = [o for o in objects if o["type"] in ("str", "bytes", "unicode")]
    whole = [o for o in strings if "value" in o and len(o["value"]) == o.get("len", 0)]
    saved = 0
    for record in sorted(whole, key=lambda o: o["address"]):
        key = (record["type"], record["value"])
        duplicates[key].append(record["size"])
        saved += record["size"] if key in kept else 0
        kept.add(key)
    rows = [(sum(sizes[1:]), type_, len(sizes), sum(sizes))
            for (type_, _), sizes in duplicates.items() if len(sizes) > 1]
    return (len(strings), sum(o["size"] for o in strings), len(whole), saved), rows


class NumbersOfSummary:
    """The tests, for a dump that the subclass makes."""

    dump = None

    @classmethod
    def setUpClass(cls):
        cls.lines = dump_lines.DumpLines(cls.dump)
        cls.objects = list(cls.lines.objects.values())
        cls.summary = summarize("--top=1000000", cls.dump)

    def test_totals_are_those_of_the_lines(self):
        objects, bytes_, gc, slack, _ = _count(self.objects)
        self.assertEqual(
            {key: self.summary[key] for key in ("objects", "bytes", "gc_bytes", "slack")},
            {"objects": objects, "bytes": bytes_, "gc_bytes": gc, "slack": slack})

    def test_types_are_those_of_the_lines(self):
        expected = collections.defaultdict(list)
        for record in self.objects:
            expected[record["type"]].append(record)
        rows = collections.defaultdict(list)
        for row in self.summary["types"]:
            # Types of one name have their modules before it.
            name = row["type"]
            rows[name if name in expected else name.rsplit(".", 1)[-1]].append(_row(row))
        self.assertEqual(
            {name: [sum(column) for column in zip(*(row[:4] for row in found))] +
                   [max(row[4] for row in found)] for name, found in rows.items()},
            {name: list(_count(records)) for name, records in expected.items()})

    def test_packages_are_those_of_the_call_graph(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "callgrind.out.all")
            result = converter.run("--min-percent=0", "--max-functions=10000000", "-o", path,
                                   self.dump)
            self.assertEqual(result.returncode, 0)
            sums = collections.defaultdict(lambda: [0, 0])
            for function in callgrind_file.read(path).functions.values():
                sums[function.object][0] += function.self_cost[0]
                sums[function.object][1] += function.self_cost[1]
        self.assertEqual(
            {row["package"]: [row["bytes"], row["objects"]] for row in self.summary["packages"]},
            {name: sum_ for name, sum_ in sums.items() if sum_[1]})

    def test_nothing_retains_more_than_the_heap_or_less_than_itself(self):
        for row in self.summary["types"] + self.summary["packages"]:
            self.assertGreaterEqual(row["retained"], row["bytes"])
            self.assertLessEqual(row["retained"], self.summary["bytes"])

    def test_strings_are_those_of_the_lines(self):
        (objects, bytes_, whole, saved), rows = _count_strings(self.objects)
        strings = self.summary["strings"]
        self.assertEqual(
            (strings["objects"], strings["bytes"], strings["whole_objects"],
             strings["duplicate_bytes"]), (objects, bytes_, whole, saved))
        self.assertEqual(
            sorted((row["duplicate_bytes"], row["type"], row["objects"], row["bytes"])
                   for row in strings["duplicates"]), sorted(rows))

    def test_size_classes_hold_all_strings(self):
        strings = self.summary["strings"]
        for key in ("objects", "bytes", "duplicate_bytes"):
            self.assertEqual(sum(row[key] for row in strings["sizes"]), strings[key])
        sizes = collections.Counter(
            1 << (record["size"] - 1).bit_length() for record in self.objects
            if record["type"] in ("str", "bytes", "unicode"))
        self.assertEqual({row["up_to"]: row["objects"] for row in strings["sizes"]}, sizes)

    def test_largest_objects_come_first(self):
        found = [(row["bytes"], row["address"]) for row in self.summary["largest"]]
        expected = sorted(((record["size"], record["address"]) for record in self.objects),
                          key=lambda pair: (-pair[0], pair[1]))
        self.assertEqual(found, expected)

    def test_every_object_has_a_path(self):
        self.assertEqual(
            [row for row in self.summary["largest"] if row["path"] in ("", "?")], [])

    def test_process_adds_up_to_the_resident_memory(self):
        rss = self.lines.header.get("rss", 0)
        total = rss + self.lines.header.get("swap", 0)
        if not rss:
            self.assertNotIn("process", self.summary)
            return
        process = self.summary["process"]
        self.assertEqual(process["rss"], rss)
        self.assertEqual(
            sum(process[key] for key in (
                "objects", "allocator_overhead", "allocator_free_space", "native", "swapped",
                "pymalloc_without_objects", "malloc_without_objects",
                "native_without_owner")), total + process["excess"])
        header = self.lines.header
        pools = header["pymalloc_arenas"] - header["pymalloc_used"] - header["pymalloc_free"]
        self.assertEqual(process["allocator_overhead"], self.summary["slack"] + pools)

    def test_pattern_counts_only_its_types(self):
        summary = summarize("--type=[cd]*", self.dump)
        expected = [r for r in self.objects if fnmatch.fnmatchcase(r["type"], "[cd]*")]
        others = {row["type"] for row in summary["types"] if "." in row["type"]}
        if not others:  # Else types of one name have other names, to which it applies.
            self.assertEqual((summary["objects"], summary["bytes"]), _count(expected)[:2])
        self.assertEqual(sum(row["objects"] for row in summary["packages"]), summary["objects"])
        self.assertEqual(summary["strings"]["objects"], 0)
        self.assertNotIn("process", summary)


class LeakTest(NumbersOfSummary, unittest.TestCase):
    dump = LEAK

    def test_path_of_an_object_has_its_key(self):
        sessions = {row["path"]: row["type"] for row in self.summary["largest"]
                    if row["type"] == "Session"}
        self.assertEqual(sessions, {f"__main__.CACHE['session-{i:04d}']": "Session"
                                    for i in range(500)})
        data = [row["path"] for row in self.summary["largest"]
                if row["path"].startswith("__main__.CACHE['session-0007']") and
                row["type"] == "dict"]
        self.assertEqual(data, ["__main__.CACHE['session-0007'].data"])


class ShapesTest(NumbersOfSummary, unittest.TestCase):
    dump = "testdata/shapes.json.gz"


class MeliaeTest(NumbersOfSummary, unittest.TestCase):
    dump = "testdata/meliae-py27-all.json.gz"


class MeliaeWithRepeatedObjectsTest(NumbersOfSummary, unittest.TestCase):
    dump = "testdata/meliae-py27-gc.json.gz"


class FreshDumpTest(NumbersOfSummary, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.dump = os.path.join(folder.name, "standard_library.json")
        live_process.dump("testdata/programs/standard_library.py", cls.dump,
                          os.path.abspath("scanner"), sys.executable)
        super().setUpClass()


if __name__ == "__main__":
    unittest.main()
