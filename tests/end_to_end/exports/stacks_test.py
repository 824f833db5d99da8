"""Tests heapgrind export --format=pprof and folded: the rows of the callgrind file, as stacks."""

import collections
import os
import unittest

from tests.end_to_end.callgrind import callgrind_file
from tests.end_to_end.exports import exporting
from tests.end_to_end.support import converter, heapgrind_program
from tests.end_to_end.support.hand_written_dump import HandWrittenDump


def _rows(path):
    """By name of each function of a callgrind file: (bytes, objects) of its own, and with all
    that it owns; its package, file and line."""
    profile = callgrind_file.read(path)
    inclusive = {}
    for function in profile.functions.values():
        for callee, call in function.calls:
            inclusive[callee] = call.cost
    main = next(iter(profile.functions))
    inclusive[main] = profile.totals
    return {function.name: (function.self_cost, inclusive[number], function.object)
            for number, function in profile.functions.items()}


class SameAsCallgrindTest(exporting.ExportTest):
    def _rows(self, dump, *options):
        converter.run(*options, "-o", self.path("callgrind.out.x"), dump)
        return _rows(self.path("callgrind.out.x"))

    def test_samples_are_the_rows(self):
        for dump in exporting.DUMPS:
            rows = self._rows(dump)
            samples = {sample.stack[0]: (sample.values, sample.labels["package"])
                       for sample in self.pprof(dump).samples}
            self.assertEqual(samples, {name: (own, package) for name, (own, _, package)
                                       in rows.items() if any(own)}, dump)

    def test_sums_of_functions_are_what_rows_own(self):
        for dump in exporting.DUMPS:
            rows = self._rows(dump)
            profile = self.pprof(dump)
            for column in (0, 1):
                sums = profile.inclusive(column)
                self.assertEqual(sums, {name: inclusive[column]
                                        for name, (_, inclusive, _) in rows.items()
                                        if name in sums}, (dump, column))

    def test_options_of_the_profile_mean_the_same(self):
        for options in (("--ownership=strict",), ("--min-percent=1",), ("--max-functions=7",)):
            rows = self._rows("testdata/leak.json.gz", *options)
            sums = self.pprof(*options, "testdata/leak.json.gz").inclusive(0)
            self.assertEqual(sums, {name: inclusive[0] for name, (_, inclusive, _)
                                    in rows.items() if name in sums}, options)

    def test_folded_lines_are_the_samples_with_bytes(self):
        for dump in exporting.DUMPS:
            samples = [(sample.stack[::-1], sample.values[0])
                       for sample in self.pprof(dump).samples if sample.values[0]]
            self.assertEqual(self.folded(dump), samples, dump)


class PprofTest(exporting.ExportTest):
    def test_values_are_bytes_and_objects(self):
        profile = self.pprof("testdata/leak.json.gz")
        self.assertEqual(profile.sample_types, [("bytes", "bytes"), ("objects", "count")])
        self.assertEqual(profile.default_sample_type, "bytes")

    def test_profile_says_of_which_process_it_is_and_when(self):
        profile = self.pprof("testdata/leak.json.gz")
        self.assertEqual(profile.comments[1:], [
            "python3 /tmp/heapgrind-testdata/leak.py /tmp/heapgrind-testdata/leak.json", "pid 4477"])
        self.assertEqual(profile.time, 1795950237 * 10**9)

    def test_types_are_what_names_begin_with(self):
        for sample in self.pprof("testdata/shapes.json.gz").samples:
            name = sample.stack[0]
            self.assertEqual(sample.labels.get("type"),
                             None if name == "main" else name.partition("::")[0])

    def test_functions_are_where_rows_are_defined(self):
        functions = self.pprof("testdata/leak.json.gz").functions
        places = {name.partition(" ")[0]: place for name, place in functions.items()}
        self.assertEqual(places["frame::serve"], ("/tmp/heapgrind-testdata/leak.py", 25))

    def test_the_same_dump_gives_the_same_bytes(self):
        first = self.export("pprof", "testdata/leak.json.gz", name="a.pb.gz")
        second = self.export("pprof", "--threads=1", "testdata/leak.json.gz", name="b")
        with open(first, "rb") as a, open(second, "rb") as b:
            self.assertEqual(a.read(), b.read())


class HostileNamesTest(exporting.ExportTest):
    def setUp(self):
        super().setUp()
        dump = HandWrittenDump()
        values = {key: dump.object("int" if key != "a;b" else "c;d", size=size)
                  for size, key in ((1000, "a;b"), (2000, "sess 7"), (4000, "user"))}
        dump.module("app", {"CACHE": dump.dict(values)})
        self.total = dump.write(self.path("dump"))

    def test_semicolons_do_not_split_stacks(self):
        stacks = dict(self.folded("--min-percent=0", self.path("dump")))
        self.assertEqual(sum(stacks.values()), self.total)
        found = [stack for stack, number in stacks.items() if number == 1000]
        self.assertEqual([stack[:2] + stack[3:] for stack in found], [
            ("main", "module::app (app)", "c<U+003B>d::['a<U+003B>b'] (app.CACHE['a<U+003B>b'])")])

    def test_hidden_keys_are_elements(self):
        for format_ in ("pprof", "folded", "heapsnapshot"):
            path = self.export(format_, "--hide-keys", self.path("dump"))
            data = exporting.read_gzip(path) if format_ == "pprof" else open(path, "rb").read()
            self.assertNotIn(b"sess 7", data, format_)
            self.assertNotIn(b"a;b", data, format_)
            self.assertIn(b"user", data, format_)

    def test_hidden_keys_hide_no_bytes(self):
        sums = collections.Counter()
        for sample in self.pprof("--hide-keys", "--min-percent=0", self.path("dump")).samples:
            sums[sample.stack[0]] += sample.values[0]
        self.assertEqual(sum(sums.values()), self.total)
        self.assertEqual(sums["int::[*] (app.CACHE[*])"], 2000)
        self.assertEqual(sums["int::['user'] (app.CACHE['user'])"], 4000)


class EmptyHeapTest(exporting.ExportTest):
    def test_a_dump_without_objects_becomes_no_file(self):
        with open(self.path("dump"), "w", encoding="utf-8") as file:
            file.write('{"heapgrind": 2, "scanner": "0.2.0"}\n{"end": 0, "size": 0}\n')
        for format_ in ("pprof", "folded", "heapsnapshot"):
            result = heapgrind_program.run("export", f"--format={format_}", "-o",
                                           self.path("out"), self.path("dump"))
            self.assertEqual((result.returncode, result.stderr), (
                1, f"heapgrind export: {self.path('dump')}:2:1: expected at least one object "
                "record, got none\n"))
            self.assertFalse(os.path.exists(self.path("out")))


class CommandLineTest(exporting.ExportTest):
    def _assert_refused(self, words, message):
        result = heapgrind_program.run("export", *words, "-o", self.path("out"))
        self.assertEqual((result.returncode, result.stderr), (
            2, f"heapgrind export: {message}\n"
            "hint: try heapgrind export --help\n"))

    def test_format_must_be_given(self):
        self._assert_refused(["x"], "expected --format=pprof, heapsnapshot or folded, got none")
        self._assert_refused(["x", "--format=svg"],
                             'expected pprof, heapsnapshot or folded in --format, got "svg"')

    def test_options_that_would_do_nothing_are_refused(self):
        self._assert_refused(
            ["x", "--format=folded", "--strings"],
            "expected --format=heapsnapshot with --strings, got another: a profile has no texts")
        self._assert_refused(
            ["x", "--format=heapsnapshot", "--min-percent=1"],
            "expected --format=heapsnapshot or limits of rows, got both: a heap snapshot has "
            "every object")


if __name__ == "__main__":
    unittest.main()
