"""Tests dumps that say where objects were allocated: who made them, beside who holds them."""

import collections
import os
import tempfile
import unittest

from tests.end_to_end.callgrind import callgrind_file
from tests.end_to_end.callgrind import check_callgrind
from tests.end_to_end.support import converter
from tests.end_to_end.viewers import viewers

_MAKER = """def make():
    return [
        str(1),
    ]
"""
_DUMP = """\
{"heapgrind": 1, "pid": 4711}
{"root": "module", "name": "app", "refs": [16]}
{"site": 1, "file": "FOLDER/app.py", "line": 1}
{"site": 2, "file": "FOLDER/maker.py", "line": 2, "caller": 1}
{"site": 3, "file": "FOLDER/maker.py", "line": 3, "caller": 1}
{"address": 16, "type": "module", "size": 100, "kind": "module", "name": "app", "file": "FOLDER/app.py", "refs": [32], "names": ["__dict__"]}
{"address": 32, "type": "dict", "size": 200, "refs": [48, 64], "pairs": 1}
{"address": 48, "type": "str", "size": 50, "value": "ROWS", "refs": []}
{"address": 64, "type": "list", "size": 700, "site": 2, "refs": [80, 96]}
{"address": 80, "type": "str", "size": 30, "value": "first of all", "site": 3, "refs": []}
{"address": 96, "type": "str", "size": 40, "value": "second of all", "refs": []}
{"address": 112, "type": "code", "size": 60, "kind": "code", "name": "make", "file": "FOLDER/maker.py", "line": 1, "last_line": 4, "refs": []}
{"end": 7, "size": 1180}
"""


class SitesTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._folder = folder.name
        self._write("app.py", "ROWS = make()\n")
        self._write("maker.py", _MAKER)
        self._dump = self._write("dump.json", _DUMP.replace("FOLDER", self._folder))

    def _write(self, name, text):
        path = os.path.join(self._folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def _convert(self, *options):
        path = os.path.join(self._folder, "callgrind.out.sites")
        converter.convert(self._dump, path, "--min-percent=0", *options)
        problems, _ = check_callgrind.check(path)
        self.assertEqual(problems, [])
        return path

    def _bytes_of_lines(self, path):
        """Own bytes by (file, line), as any reader of the format sums them."""
        sums, file_of, file = collections.Counter(), {}, None
        with open(path, encoding="utf-8") as lines:
            after_calls = False
            for text in lines:
                key, _, value = text.rstrip().partition("=")
                if key in ("fl", "fi", "fe", "cfi"):
                    number, _, name = value.partition(" ")
                    file_of.setdefault(number, name)
                    file = file if key == "cfi" else os.path.basename(file_of[number])
                elif text[0].isdigit() and not after_calls:
                    line, own = text.split()[:2]
                    sums[file, int(line)] += int(own)
                after_calls = key == "calls"
        return {place: own for place, own in sums.items() if place[0].endswith(".py")}

    def test_owners_view_has_bytes_at_the_lines_that_allocated_them(self):
        sums = self._bytes_of_lines(self._convert())
        self.assertEqual((sums["maker.py", 2], sums["maker.py", 3]), (700, 30))
        self.assertEqual(sums["app.py", 1], 100 + 200 + 50 + 40)

    def test_rows_own_what_they_owned_without_sites(self):
        with_sites = callgrind_file.read(self._convert())
        with open(self._dump, encoding="utf-8") as dump:
            lines = [line for line in dump if not line.startswith('{"site"')]
        self._write("dump.json", "".join(lines).replace(', "site": 2', "").replace(', "site": 3', ""))
        without = callgrind_file.read(self._convert())
        self.assertEqual(
            {function.name: function.self_cost for function in with_sites.functions.values()},
            {function.name: function.self_cost for function in without.functions.values()})

    def test_by_site_counts_each_line_once(self):
        sums = self._bytes_of_lines(self._convert("--by=site"))
        self.assertEqual((sums["maker.py", 2], sums["maker.py", 3]), (700, 30))

    def test_annotate_reads_it_without_a_word(self):
        self.assertEqual(viewers.annotate(self._convert()), ([1180, 7], ""))


if __name__ == "__main__":
    unittest.main()
