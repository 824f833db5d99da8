"""Tests what counts of objects of which a part is not there: dumps of format 2, by hand."""

import os
import tempfile
import unittest

from tests.end_to_end.callgrind import callgrind_file
from tests.end_to_end.callgrind import check_callgrind
from tests.end_to_end.support import converter
from tests.end_to_end.support import heapgrind_program

_DUMP = """\
{"heapgrind": VERSION, "scanner": "0.2.0", "pid": 7, "rss": 3000000, "swap": 500000, \
"pymalloc_arenas": 1000, "pymalloc_used": 900, "pymalloc_free": 60, \
"malloc_used": 400000, "malloc_free": 30, "malloc_mapped": 1200000}
{"root": "modules", "refs": [16]}
{"address": 16, "type": "dict", "size": 100, "slack": 12, "pairs": 1, "refs": [32, 48]}
{"address": 32, "type": "str", "size": 50, "value": "data", "refs": []}
{"address": 48, "type": "module", "size": 60, "kind": "module", "name": "data", "refs": [64, 80], \
"names": ["DATASET", "TABLE"]}
{"address": 64, "type": "mmap", "size": 20000000000, "resident": RESIDENT, "refs": []}
{"address": 80, "type": "ndarray", "size": 1000000, "resident": 250000, "refs": []}
{"end": 5, "size": 20001000210, "pymalloc_explained": 700, "malloc_explained": 1100000, \
"malloc_absent": 750000, "swapped": 200000}
"""
_SMALL = 210  # Bytes of the dictionary, the string and the module.
_DATASET = 20000000000
_TABLE = 1000000


class ResidentTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "callgrind.out.data")
        self.dump = self.write("dump.json")

    def write(self, name, version=2, resident=8192):
        path = os.path.join(os.path.dirname(self.path), name)
        text = _DUMP.replace("VERSION", str(version)).replace("RESIDENT", str(resident))
        with open(path, "w", encoding="ascii") as dump:
            dump.write(text)
        return path

    def convert(self, *options):
        converter.convert(self.dump, self.path, "--min-percent=0", *options)
        problems, _ = check_callgrind.check(self.path)
        self.assertEqual(problems, [])
        return callgrind_file.read(self.path)

    def costs(self, profile, text):
        """Returns the own costs of the one function whose name contains `text`."""
        (function,) = [f for f in profile.functions.values() if text in f.name]
        return list(function.self_cost)

    def test_bytes_are_what_is_there(self):
        profile = self.convert()
        self.assertEqual(profile.totals[0], _SMALL + 8192 + 250000)
        self.assertEqual(self.costs(profile, "DATASET")[0], 8192)

    def test_virtual_is_what_was_asked_for(self):
        profile = self.convert("--events=virtual")
        self.assertEqual(list(profile.totals), [_SMALL + 258192, 5, _SMALL + _DATASET + _TABLE])
        self.assertEqual(self.costs(profile, "TABLE"), [250000, 1, _TABLE])

    def test_process_is_what_is_resident_and_swapped_out(self):
        profile = self.convert("--process")
        self.assertEqual(profile.totals[0], 3500000)
        rows = {f.name: f.self_cost[0] for f in profile.functions.values()
                if f.name.startswith("process::")}
        self.assertEqual(rows.pop("process::native memory"), 3500000 - 258402 - sum(rows.values()))
        self.assertEqual(rows, {
            "process::allocator overhead": 12 + 40,
            "process::allocator free space": 90,
            "process::pymalloc without objects": 200,
            "process::malloc without objects": 500000,
            "process::swapped": 300000,
        })

    def test_explained_stands_beside_named(self):
        result = converter.run("--verbose", "-o", self.path, self.dump)
        said = result.stderr.decode("utf-8").splitlines()
        self.assertIn("have a named owner", said[-1])
        self.assertEqual(
            said[-2],
            f"memdump2callgrind: {self.dump}: 350700 of 850900 bytes, 41.2 %, of what the "
            "allocators handed out are explained by objects")

    def test_comparisons_take_what_was_asked_for(self):
        later = self.write("later.json", resident=1 << 30)
        converter.convert(later, self.path, "--base=" + self.dump)
        after, before, grown, shrunk = callgrind_file.read(self.path).totals
        self.assertEqual((after, grown, shrunk), (before, 0, 0))
        self.assertEqual(after, _SMALL + _DATASET + _TABLE)
        result = heapgrind_program.run("diff", "--exit-code", self.dump, later)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_walk_says_both(self):
        result = heapgrind_program.run("walk", "-c", "info 64", self.dump)
        facts = dict(line.split(None, 1) for line in result.stdout.splitlines())
        self.assertEqual((facts["Size"], facts["Virtual"]), ("8192", str(_DATASET)))


if __name__ == "__main__":
    unittest.main()
