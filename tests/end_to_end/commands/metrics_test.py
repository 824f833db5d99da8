"""Tests heapgrind series --format=openmetrics: what it says, and that others read it."""

import json
import os
import shutil
import subprocess
import tempfile
import unittest

from tests.end_to_end.commands import open_metrics
from tests.end_to_end.commands import timed_dump
from tests.end_to_end.support import heapgrind_program

_GROWING = [f"testdata/growing-{n}.json.gz" for n in (1, 2, 3)]


def _run(*words):
    return heapgrind_program.run("series", "--format=openmetrics", *words)


def _metrics(*words):
    """Returns the family that it writes."""
    result = _run(*words)
    if result.returncode or result.stderr:
        raise RuntimeError(result.stderr)
    return open_metrics.parse(result.stdout)


def _total(path):
    """Returns the bytes of a dump's heap."""
    summary = heapgrind_program.run("summary", "--json", path)
    return json.loads(summary.stdout)["bytes"]


class OwnersTest(unittest.TestCase):
    def test_owners_add_up_to_the_heap(self):
        for path in _GROWING:
            numbers = [number for ((number, _),) in _metrics(path).samples.values()]
            self.assertEqual(sum(numbers), _total(path))

    def test_owner_is_a_variable_with_all_that_it_owns(self):
        first, _, last = [_metrics(path).samples for path in _GROWING]
        (before, _), (after, _) = first["__main__.CACHE"][0], last["__main__.CACHE"][0]
        self.assertEqual(after - before, 169980)  # What the sentence of `series` says.

    def test_names_are_the_same_from_dump_to_dump(self):
        names = [set(_metrics("--top=50", path).samples) for path in _GROWING]
        self.assertEqual(names[0], names[2])

    def test_twenty_owners_have_rows_and_the_rest_has_one(self):
        samples = _metrics(_GROWING[0]).samples
        self.assertEqual((len(samples), list(samples)[-1]), (21, "others"))
        self.assertEqual(len(_metrics("--top=3", _GROWING[0]).samples), 4)

    def test_family_is_of_bytes_that_are_owned(self):
        family = _metrics(_GROWING[0])
        self.assertEqual(family[:3], ("heapgrind_owned_bytes", "bytes", "owner"))

    def test_objects_are_another_family(self):
        family = _metrics("--objects", "--by=type", _GROWING[0])
        self.assertEqual(family[:3], ("heapgrind_type_objects", "objects", "type"))

    def test_table_has_the_same_owners(self):
        table = heapgrind_program.run("series", "--by=owner", "--json", *_GROWING)
        rows = {row["owner"]: row["bytes"] for row in json.loads(table.stdout)["rows"]}
        samples = _metrics("--top=10", _GROWING[2]).samples
        for owner in set(samples) - {"others"}:
            self.assertEqual(rows[owner][2], samples[owner][0][0], owner)


class TimesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._folder = folder.name

    def _dump(self, name, sizes, **header):
        return timed_dump.write(os.path.join(self._folder, name), sizes, **header)

    def test_each_dump_gives_a_number_with_its_time(self):
        dumps = [self._dump("new", [32, 32], time=200), self._dump("old", [32], time=100)]
        self.assertEqual(_metrics("--by=type", *dumps).samples,
                         {"T": [(32, 100), (64, 200)], "others": [(0, 100), (0, 200)]})

    def test_single_dump_gives_a_number_without_a_time(self):
        samples = _metrics("--by=type", self._dump("a", [32], time=100)).samples
        self.assertEqual(samples, {"T": [(32, None)], "others": [(0, None)]})

    def test_dumps_of_one_second_are_refused(self):
        dumps = [self._dump(name, [32], time=100) for name in "ab"]
        result = _run(*dumps)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertEqual(
            result.stderr,
            f"heapgrind series: {dumps[1]}: expected a time after that of {dumps[0]}, got "
            "1970-01-01 00:01:40 UTC\n")

    def test_several_dumps_without_times_are_refused(self):
        dumps = [self._dump("a", [32], time=100), self._dump("b", [32])]
        result = _run(*dumps)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertIn(f"{dumps[1]}: expected a time after that of {dumps[0]}, got none",
                      result.stderr)

    def test_format_that_there_is_not_is_refused(self):
        result = heapgrind_program.run("series", "--format=xml", *_GROWING)
        self.assertEqual(result.returncode, 2)
        self.assertIn('expected text, json or openmetrics in --format, got "xml"', result.stderr)

    def test_table_wants_two_dumps(self):
        self.assertEqual(heapgrind_program.run("series", _GROWING[0]).returncode, 2)


@unittest.skipUnless(shutil.which("promtool"), "needs promtool, of Debian's prometheus")
class PromtoolTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._path = os.path.join(folder.name, "metrics")
        self._folder = folder.name

    def _write(self, *words):
        with open(self._path, "w", encoding="utf-8") as file:
            file.write(_run(*words).stdout)

    def test_promtool_finds_nothing(self):
        self._write(_GROWING[0])
        with open(self._path, encoding="utf-8") as file:
            result = subprocess.run(["promtool", "check", "metrics"], stdin=file,
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.assertEqual((result.returncode, result.stdout), (0, b""))

    def test_promtool_makes_a_block_of_all_numbers(self):
        dumps = [timed_dump.write(f"{self._folder}/{time}", [32] * time, time=time)
                 for time in (100, 200, 300)]
        self._write("--by=type", *dumps)
        blocks = os.path.join(self._folder, "blocks")
        result = subprocess.run(
            ["promtool", "tsdb", "create-blocks-from", "openmetrics", self._path, blocks],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.assertEqual(result.returncode, 0, result.stdout)
        (block,) = os.listdir(blocks)
        with open(os.path.join(blocks, block, "meta.json"), encoding="utf-8") as file:
            stats = json.load(file)["stats"]
        self.assertEqual((stats["numSeries"], stats["numSamples"]), (2, 6))


if __name__ == "__main__":
    unittest.main()
