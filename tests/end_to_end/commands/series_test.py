"""Tests heapgrind series: its numbers against a count of the same lines in Python."""

import collections
import fnmatch
import json
import os
import tempfile
import unittest

from tests.end_to_end.commands import timed_dump
from tests.end_to_end.support import dump_lines
from tests.end_to_end.support import heapgrind_program

_GROWING = [f"testdata/growing-{n}.json.gz" for n in (1, 2, 3)]


def _series(*words):
    """Returns what it says in JSON."""
    result = heapgrind_program.run("series", "--json", *words)
    if result.returncode:
        raise RuntimeError(result.stderr)
    return json.loads(result.stdout)


def _table(*words):
    """Returns the lines of its last table: what each dump has."""
    result = heapgrind_program.run("series", *words)
    if result.returncode or result.stderr:
        raise RuntimeError(result.stderr)
    return result.stdout.split("\n\n")[-1].splitlines()


def _count_types(path, pattern="*"):
    """Returns [objects, bytes] of each type."""
    counts = collections.defaultdict(lambda: [0, 0])
    for record in dump_lines.DumpLines(path).objects.values():
        if fnmatch.fnmatchcase(record["type"], pattern):
            counts[record["type"]][0] += 1
            counts[record["type"]][1] += record["size"]
    return counts


def _rows(series, key):
    """Returns (objects, bytes) of each row, both by dump."""
    return {row[key]: (row["objects"], row["bytes"]) for row in series["rows"]}


def _expected_types(paths, pattern="*"):
    counts = [_count_types(path, pattern) for path in paths]
    return {type_: tuple([count.get(type_, (0, 0))[i] for count in counts] for i in (0, 1))
            for type_ in set().union(*counts)}


class GrowingProcessTest(unittest.TestCase):
    def test_types_are_those_of_the_lines(self):
        series = _series(*_GROWING)
        self.assertEqual(_rows(series, "type"), _expected_types(_GROWING))
        expected = [{"dump": path, "time": lines.header["time"], "objects": len(lines.objects),
                     "bytes": sum(o["size"] for o in lines.objects.values())}
                    for path, lines in ((p, dump_lines.DumpLines(p)) for p in _GROWING)]
        self.assertEqual(series["dumps"], expected)

    def test_type_that_matches_alone_is_counted(self):
        expected = _expected_types(_GROWING, "[sd]*")
        self.assertEqual(_rows(_series("--type=[sd]*", *_GROWING), "type"), expected)
        paths = _series("--type=[sd]*", "--by=path", *_GROWING)
        for i, key in enumerate(("objects", "bytes")):
            self.assertEqual(
                [sum(row[key][dump] for row in paths["rows"]) for dump in range(3)],
                [sum(row[i][dump] for row in expected.values()) for dump in range(3)])

    def test_pattern_that_no_type_matches_is_an_error(self):
        result = heapgrind_program.run("series", "--type=bytez", *_GROWING)
        self.assertEqual(
            (result.returncode, result.stdout, result.stderr),
            (1, "", f"heapgrind series: {_GROWING[-1]}: expected objects of a type that matches "
                    '"bytez" in --type, got none\nhint: did you mean bytes?\n'))

    def test_paths_are_those_of_diff(self):
        diff = json.loads(heapgrind_program.run("diff", "--json", *_GROWING).stdout)
        series = _rows(_series("--by=path", *_GROWING), "owner")
        for row in diff["owners"]:
            objects, bytes_ = series[row["owner"]]
            self.assertEqual(
                (objects[0], bytes_[0], objects[2], bytes_[2]),
                (row["before"]["objects"], row["before"]["bytes"],
                 row["after"]["objects"], row["after"]["bytes"]))

    def test_paths_of_the_cache_are_counted_in_the_lines(self):
        series = _rows(_series("--by=path", *_GROWING), "owner")
        sessions = _expected_types(_GROWING, "Session")["Session"]
        self.assertEqual(series["Session::[*] (__main__.CACHE[*])"], sessions)

    def test_packages_are_those_of_summary(self):
        series = _rows(_series("--by=package", *_GROWING), "package")
        for dump, path in enumerate(_GROWING):
            summary = json.loads(heapgrind_program.run("summary", "--json", path).stdout)
            self.assertEqual(
                {row["package"]: (row["objects"], row["bytes"]) for row in summary["packages"]},
                {name: (objects[dump], bytes_[dump])
                 for name, (objects, bytes_) in series.items() if objects[dump]})

    def test_rows_that_grew_most_come_first(self):
        for key, words in (("bytes", ()), ("objects", ("--objects",))):
            series = _series(*words, *_GROWING)
            self.assertEqual(series["growth_of"], key)
            order = [(row["growth"], row[key][-1]) for row in series["rows"]]
            self.assertEqual(order, sorted(order, reverse=True))
            self.assertEqual([row["growth"] for row in series["rows"]],
                             [row[key][-1] - row[key][0] for row in series["rows"]])

    def test_table_has_the_rest_in_one_row(self):
        types = _expected_types(_GROWING)
        shown = ["dict", "str"]
        others = [sum(row[1][dump] for type_, row in types.items() if type_ not in shown)
                  for dump in range(3)]
        lines = _table("--top=2", *_GROWING)
        self.assertEqual(lines[0], f"Bytes in each dump (2 rows of {len(types)})")
        self.assertEqual([line.split() for line in lines[1:]], [
            ["1", "2", "3", "Growth", "Per", "hour", "Stayed", "Type"],
            *([*map(str, types[type_][1]), f"{types[type_][1][2] - types[type_][1][0]:+}", "-",
               stayed, type_] for type_, stayed in zip(shown, ("36800", "34600"))),
            # 109000 in all.
            [*map(str, others), f"{others[2] - others[0]:+}", "-", "37600", "others"]])


class HandWrittenDumpsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._folder = folder.name

    def _write(self, name, sizes, **header):
        return timed_dump.write(os.path.join(self._folder, name), sizes, **header)

    def _growth(self, *words):
        series = _series(*words)
        return ([os.path.basename(dump["dump"]) for dump in series["dumps"]],
                [(row["bytes"], row["growth"], row["growth_per_hour"])
                 for row in series["rows"]])

    def test_columns_go_by_time(self):
        late = self._write("late", [100, 300], time=9000)
        early = self._write("early", [100], time=1800)
        middle = self._write("middle", [100, 10], time=3600)
        # 300 bytes in two hours.
        self.assertEqual(self._growth(late, early, middle),
                         (["early", "middle", "late"], [([100, 110, 400], 300, 150)]))
        self.assertEqual(_series("--objects", late, early)["rows"][0]["growth"], 1)

    def test_growth_per_hour_is_rounded_and_may_be_negative(self):
        a = self._write("a", [1000], time=1000)
        b = self._write("b", [999], time=1007)
        self.assertEqual(self._growth(a, b), (["a", "b"], [([1000, 999], -1, -514)]))
        self.assertEqual([line.split() for line in _table(a, b)[2:]],
                         [["1000", "999", "-1", "-514", "T"]])

    def test_without_times_the_order_is_that_of_the_words(self):
        none = self._write("none", [30])
        one, two = self._write("one", [10], time=5000), self._write("two", [20], time=6000)
        self.assertEqual(self._growth(two, none, one),
                         (["two", "none", "one"], [([20, 30, 10], -10, None)]))

    def test_equal_times_tell_no_speed(self):
        b, a = self._write("b", [10], time=5000), self._write("a", [20], time=5000)
        self.assertEqual(self._growth(b, a), (["b", "a"], [([10, 20], 10, None)]))

class CommandLineTest(unittest.TestCase):
    def _says(self, *words):
        result = heapgrind_program.run("series", *words)
        return result.returncode, result.stdout, result.stderr

    def test_wrong_command_lines_are_told(self):
        hint = "hint: try heapgrind series --help\n"
        for words, message in (
                ((), "expected 2 dumps to read, got none"),
                (("a",), "expected 2 dumps to read, got 1"),
                (("-", "-"), 'expected "-", standard input, once, got it again'),
                (("--by=module", "a", "b"), 'expected type, path, package or owner in '
                 '--by, got "module"'),
                (("--type=", "a", "b"), 'expected a pattern in --type, got ""'),
                (("-o", "", "a", "b"), 'expected how names of files begin in --output, got ""'),
                (("-o", "x/", "a", "b"),
                 'expected how names of files begin in --output, got "x/"')):
            self.assertEqual(self._says(*words),
                             (2, "", f"heapgrind series: {message}\n{hint}"))

    def test_help_is_told(self):
        status, text, error = self._says("--help")
        self.assertEqual((status, error), (0, ""))
        self.assertEqual(text.splitlines()[0], "Usage: heapgrind series [OPTION]... DUMP DUMP...")


if __name__ == "__main__":
    unittest.main()
