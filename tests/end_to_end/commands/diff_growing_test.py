"""Tests heapgrind diff on a process that grows, against a comparison of the lines in Python."""

import collections
import unittest

from tests.end_to_end.commands.heap_difference import ALL_SUMS, diff, sums_of
from tests.end_to_end.support import dump_lines
from tests.end_to_end.support import heapgrind_program

_GROWING = [f"testdata/growing-{n}.json.gz" for n in (1, 2, 3)]


def _content(record):
    """What cannot change while the object lives; the value apart."""
    type_ = record["type"]
    has_elements = type_ in ("tuple", "frozenset")
    has_length = has_elements or "value" in record or type_ in ("str", "bytes")
    return (type_, record.get("name"), record.get("qualname"), record.get("module"),
            record.get("len", 0) if has_length else 0,
            tuple(record["refs"]) if has_elements else ())


def _is_same(a, b):
    return _content(a) == _content(b) and (
        "value" not in a or "value" not in b or a["value"] == b["value"])


class GrowingProcessTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.heaps = [dump_lines.DumpLines(path).objects for path in _GROWING]
        cls.difference = diff(*_GROWING)

    def _survivors(self, a, b):
        return {address for address in a.keys() & b.keys() if _is_same(a[address], b[address])}

    def test_types_are_those_of_the_lines(self):
        before, after = self.heaps[0], self.heaps[2]
        survivors = self._survivors(before, after)
        expected = collections.defaultdict(lambda: collections.defaultdict(lambda: [0, 0]))

        def add(type_, key, size):
            expected[type_][key][0] += 1
            expected[type_][key][1] += size
        for address in before.keys() - survivors:
            add(before[address]["type"], "gone", before[address]["size"])
        for address in after.keys() - survivors:
            add(after[address]["type"], "new", after[address]["size"])
        for address in survivors:
            change = after[address]["size"] - before[address]["size"]
            if change:
                add(after[address]["type"], "grown" if change > 0 else "shrunk", abs(change))
        self.assertEqual(self.difference["survivors"], len(survivors))
        self.assertEqual(self.difference["reused_addresses"],
                         len((before.keys() & after.keys()) - survivors))
        self.assertEqual(
            {row["type"]: sums_of(row, *ALL_SUMS[:4]) for row in self.difference["types"]},
            {type_: {key: tuple(sum_) for key, sum_ in sums.items()}
             for type_, sums in expected.items()})

    def test_suspects_are_those_of_the_lines(self):
        first, second, third = self.heaps
        suspects = self._survivors(second, third) - self._survivors(first, second)
        found = self.difference["suspects"]
        self.assertEqual(found["objects"], len(suspects))
        self.assertEqual(found["bytes"], sum(third[address]["size"] for address in suspects))

    def test_suspects_are_held_by_the_cache(self):
        row = self.difference["suspects"]["owners"][0]
        self.assertEqual((row["owner"], row["topmost"]),
                         ("Session::[*] (__main__.CACHE[*])", 200))
        self.assertRegex(row["example"], r"\A__main__\.CACHE\['session-0\d\d\d'\]\Z")

    def test_frame_that_went_on_is_the_same_row(self):
        self.assertEqual([row["owner"] for row in self.difference["owners"]
                          if row["owner"].startswith("frame::")], [])

    def test_rows_add_up(self):
        for table in ("types", "owners", "packages"):
            for row in self.difference[table]:
                for key in ("objects", "bytes"):
                    grown = row["grown"][key] - row["shrunk"][key] if key == "bytes" else 0
                    moved = (row["moved_in"][key] - row["moved_out"][key]
                             if table != "types" else 0)
                    self.assertEqual(
                        row["after"][key] - row["before"][key],
                        row["new"][key] - row["gone"][key] + grown + moved, row)
                    self.assertEqual(row["net_" + key], row["after"][key] - row["before"][key])
            total = sum(row["net_bytes"] for row in self.difference[table])
            all_ = self.difference["all"]
            self.assertEqual(total, all_["after"]["bytes"] - all_["before"]["bytes"])

    def test_number_of_threads_does_not_matter(self):
        outputs = {heapgrind_program.run("diff", f"--threads={n}", *_GROWING).stdout
                   for n in (1, 2, 5)}
        self.assertEqual(len(outputs), 1)

    def test_one_dump_is_a_usage_error(self):
        result = heapgrind_program.run("diff", _GROWING[0])
        self.assertEqual(
            (result.returncode, result.stdout, result.stderr),
            (2, "", "heapgrind diff: expected 2 dumps to read, got 1\n"
                    "hint: try heapgrind diff --help\n"))


if __name__ == "__main__":
    unittest.main()
