"""Tests several dumps in one profile: side by side, and added up."""

import os
import re
import tempfile
import unittest

from tests.end_to_end.callgrind import callgrind_file
from tests.end_to_end.callgrind import check_callgrind
from tests.end_to_end.support import converter
from tests.end_to_end.support import heapgrind_program

_DUMPS = ("testdata/growing-1.json.gz", "testdata/growing-2.json.gz", "testdata/leak.json.gz")
_ALL = ("--min-percent=0", "--max-functions=10000000")


class MergeTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._folder = folder.name

    def _profile(self, *words):
        path = os.path.join(self._folder, "callgrind.out.merged")
        result = converter.run("-o", path, *words)
        self.assertEqual((result.returncode, result.stderr), (0, b""))
        problems, _ = check_callgrind.check(path)
        self.assertEqual(problems[:20], [])
        return callgrind_file.read(path)

    def _total_of_each(self, *options):
        totals = [self._profile(dump, *options).totals for dump in _DUMPS]
        return tuple(sum(column) for column in zip(*totals))

    def test_totals_are_those_of_all_dumps(self):
        for options in ((), ("--process",), ("--events=gc,slack",)):
            total = self._total_of_each(*options)
            self.assertEqual(self._profile(*_DUMPS, *options).totals, total)
            self.assertEqual(self._profile(*_DUMPS, "--merge=sum", *options).totals, total)

    def test_each_process_stands_below_its_pid(self):
        profile = self._profile(*_DUMPS, *_ALL)
        alone = self._profile(_DUMPS[2], *_ALL)
        functions = {function.name: function.self_cost for function in profile.functions.values()}
        (pid,) = re.findall(r"^pid: (\d+)$", self._text(_DUMPS[2]), re.MULTILINE)
        for function in alone.functions.values():
            if function.name != "main":
                self.assertEqual(functions[f"{function.name} in {pid}"], function.self_cost)
        self.assertIn(f"process::{pid}", functions)

    def _text(self, *words):
        return converter.run(*words).stdout.decode()

    def test_heapgrind_merge_is_the_same(self):
        result = heapgrind_program.run("merge", *_DUMPS[:2])
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assertEqual(result.stdout, self._text(*_DUMPS[:2]))

    def test_order_of_dumps_does_not_matter_side_by_side(self):
        first, second, third = _DUMPS
        self.assertEqual(self._text(first, third, second), self._text(third, first, second))

    def test_what_has_one_path_is_added_up(self):
        cache = "Session::[*] (__main__.CACHE[*])"
        functions = {}
        for dumps in (_DUMPS[:1], _DUMPS[1:2], _DUMPS[:2]):
            profile = self._profile("--merge=sum", *dumps, *_ALL)
            functions[dumps] = {
                function.name: function.self_cost for function in profile.functions.values()}
        first, second, both = (functions[dumps][cache] for dumps in functions)
        self.assertEqual(both, tuple(a + b for a, b in zip(first, second)))

    def test_focus_is_looked_for_in_each(self):
        result = converter.run("--focus=Session::[*] (__main__.CACHE", _DUMPS[0], "testdata/shapes.json.gz")
        self.assertEqual(result.returncode, 0)
        self.assertIn(b"testdata/shapes.json.gz: expected a function whose name contains", result.stderr)
        result = converter.run("--focus=nothing has this name", *_DUMPS)
        self.assertEqual((result.returncode, result.stdout), (1, b""))


if __name__ == "__main__":
    unittest.main()
