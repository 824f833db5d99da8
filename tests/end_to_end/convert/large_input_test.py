"""Tests that heaps of awkward shape and a million objects are converted.

What recursion, or time that grows with the square, would not survive.
"""

import os
import tempfile
import unittest

from tests.end_to_end.callgrind import check_callgrind
from tests.end_to_end.support import converter

_MILLION = 1_000_000
_HEADER = '{"heapgrind": 1, "scanner": "0.1.0", "python": "3.11.2", "pid": 4711}\n'
_ROOT = '{"root": "modules", "name": "sys.modules", "refs": [16]}\n'


def _object(number, type_name, references):
    """Returns the record of object `number` of 64 bytes, which refers to other numbers."""
    addresses = ", ".join(str(16 * reference) for reference in references)
    return f'{{"address": {16 * number}, "type": "{type_name}", "size": 64, "refs": [{addresses}]}}\n'


class LargeInputTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._dump = os.path.join(folder.name, "dump.json")
        self._output = os.path.join(folder.name, "callgrind.out")

    def _assert_converts(self, num_objects, objects, forms=("path", "type")):
        """Asserts that a heap of these records comes out whole, in these forms."""
        with open(self._dump, "w", encoding="utf-8") as file:
            file.write(_HEADER + _ROOT)
            file.writelines(objects)
            file.write(f'{{"end": {num_objects}, "size": {64 * num_objects}}}\n')
        for by in forms:
            converter.convert(self._dump, self._output, f"--by={by}")
            problems, _ = check_callgrind.check(
                self._output, 64 * num_objects, has_classes=by == "path")
            self.assertEqual((by, problems), (by, []))

    def test_chain_of_a_million_objects(self):
        self._assert_converts(
            _MILLION,
            (_object(n, "Link", [n + 1] if n < _MILLION else []) for n in range(1, _MILLION + 1)))

    def test_chain_of_alternating_types(self):
        self._assert_converts(
            _MILLION,
            (_object(n, ("Key", "Value", "Next")[n % 3], [n + 1] if n < _MILLION else [])
             for n in range(1, _MILLION + 1)))

    def test_heap_that_is_one_cycle(self):
        self._assert_converts(
            _MILLION, (_object(n, "Link", [n % _MILLION + 1]) for n in range(1, _MILLION + 1)))

    def test_list_of_a_million_elements(self):
        """Its line is longer than 8 MB."""
        def objects():
            yield _object(1, "list", range(2, _MILLION + 2))
            for number in range(2, _MILLION + 2):
                yield _object(number, "str", [])
        self._assert_converts(_MILLION + 1, objects())

    def test_list_whose_elements_all_have_other_types(self):
        def objects():
            yield _object(1, "list", range(2, 100_002))
            for number in range(2, 100_002):
                yield _object(number, f"Type{number}", [])
        self._assert_converts(100_001, objects(), forms=["path"])

    def test_linked_list_whose_links_share_loads(self):
        """The shape on which plain SEMI-NCA takes minutes."""
        num_links, num_loads = 300_000, 1_000
        def objects():
            for n in range(1, num_links + 1):
                load = num_links + 1 + n % num_loads
                yield _object(n, "Link", [n + 1, load] if n < num_links else [load])
            for n in range(num_links + 1, num_links + num_loads + 1):
                yield _object(n, "Load", [])
        self._assert_converts(num_links + num_loads, objects())


if __name__ == "__main__":
    unittest.main()
