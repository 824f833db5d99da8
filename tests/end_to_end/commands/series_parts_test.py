"""Tests the profiles that heapgrind series writes, against those of the converter."""

import glob
import json
import os
import tempfile
import unittest

from tests.end_to_end.callgrind import check_callgrind
from tests.end_to_end.commands import timed_dump
from tests.end_to_end.support import converter
from tests.end_to_end.support import heapgrind_program
from tests.end_to_end.viewers import viewers

_GROWING = [f"testdata/growing-{n}.json.gz" for n in (1, 2, 3)]
_MELIAE = ["testdata/meliae-py27-all.json.gz", "testdata/meliae-py27-gc.json.gz"]


class PartsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._folder = folder.name

    def _path(self, name):
        return os.path.join(self._folder, name)

    def _write(self, name, sizes, **header):
        return timed_dump.write(self._path(name), sizes, **header)

    def test_parts_are_the_profiles_of_the_converter(self):
        for rows in ("type", "path", "package"):
            for paths in (_GROWING[1:], _MELIAE):
                prefix = self._path("callgrind.out.series")
                heapgrind_program.run("series", "--by=" + rows, "-o", prefix, *paths)
                for number, path in enumerate(paths, 1):
                    expected = converter.run(path).stdout.replace(
                        b"\npart: 1\n", b"\npart: %d\n" % number, 1)
                    with open(f"{prefix}.{number}", "rb") as file:
                        self.assertEqual(file.read(), expected)

    def test_parts_go_by_time(self):
        late = self._write("late", [100, 300], time=9000)
        early = self._write("early", [100], time=1800)
        heapgrind_program.run("series", "-o", self._path("p"), late, early)
        totals = []
        for number in (1, 2):
            self.assertEqual(check_callgrind.check(self._path(f"p.{number}"))[0], [])
            with open(self._path(f"p.{number}"), encoding="utf-8") as file:
                text = file.read()
            self.assertIn(f"\npart: {number}\n", text)
            totals.append(text.splitlines()[-1])
        self.assertEqual(totals, ["totals: 100 1", "totals: 400 2"])

    def test_one_bad_dump_leaves_no_part(self):
        good = self._write("good", [100])
        bad = self._path("bad")
        with open(bad, "w", encoding="utf-8") as file:
            file.write("no dump\n")
        result = heapgrind_program.run("series", "-o", self._path("p"), good, bad)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertRegex(result.stderr, r"\Aheapgrind series: .*bad:1:1: expected ")
        self.assertEqual(glob.glob(self._path("p*")), [])
        self.assertEqual(sorted(os.listdir(self._folder)), ["bad", "good"])

    def test_parts_that_cannot_be_written_are_an_error(self):
        good = self._write("good", [100])
        result = heapgrind_program.run("series", "-o", self._path("none/p"), good, good)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertRegex(result.stderr, r"\Aheapgrind series: .*none/p\.1: expected ")

    def test_standard_input_is_one_of_the_dumps(self):
        late = self._write("late", [100], time=2000)
        with open(self._write("early", [100], time=1000), encoding="utf-8") as file:
            result = heapgrind_program.run("series", "--json", late, "-", "-o", self._path("p"),
                                           stdin=file)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual([dump["time"] for dump in json.loads(result.stdout)["dumps"]],
                         [1000, 2000])
        self.assertEqual(sorted(map(os.path.basename, glob.glob(self._path("p*")))),
                         ["p.1", "p.2"])

    def test_part_of_an_older_series_is_told(self):
        good = self._write("good", [100])
        heapgrind_program.run("series", "-o", self._path("p"), good, good, good)
        result = heapgrind_program.run("series", "-o", self._path("p"), good, good)
        self.assertEqual((result.returncode, result.stderr), (
            0, f"heapgrind series: {self._path('p.3')}: expected no part after the last of 2, got "
            "a file that was there before, which kcachegrind loads with them\n"))


class ViewerTest(unittest.TestCase):
    def test_viewers_take_the_parts(self):
        with tempfile.TemporaryDirectory() as folder:
            prefix = os.path.join(folder, "callgrind.out.series")
            heapgrind_program.run("series", "-o", prefix, *_GROWING)
            for number in (1, 2, 3):
                self.assertEqual(check_callgrind.check(f"{prefix}.{number}")[0], [])
            # Of this name there is no file: the viewer loads all parts.
            self.assertEqual(viewers.kcachegrind_messages(prefix), ['Selected "main"'])


if __name__ == "__main__":
    unittest.main()
