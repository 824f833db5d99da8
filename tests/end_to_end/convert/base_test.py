"""Tests memdump2callgrind --base: two dumps of one process in one call graph."""

import collections
import json
import os
import re
import tempfile
import unittest

from tests.end_to_end.callgrind import callgrind_file
from tests.end_to_end.callgrind import check_callgrind
from tests.end_to_end.support import converter
from tests.end_to_end.viewers import viewers

_OLD, _NEW = "testdata/growing-1.json.gz", "testdata/growing-3.json.gz"
_ALL = ("--min-percent=0", "--max-functions=10000000")
_AFTER, _BEFORE, _GROWN, _SHRUNK = range(4)


def _self_costs(profile):
    """By name, without the line where a frame is: the self cost, for each event."""
    return {re.sub(r", [^ ]+:\d+\)$", ")", function.name): function.self_cost
            for function in profile.functions.values()}


def _inclusive_costs(profile):
    sums = collections.defaultdict(lambda: [0] * 4)
    for function in profile.functions.values():
        for callee, call in function.calls:
            name = profile.names["fn"][callee]
            sums[name] = [a + b for a, b in zip(sums[name], call.cost)]
    return sums


class BaseTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        cls.path = os.path.join(cls.folder, "callgrind.out.difference")
        converter.convert(_NEW, cls.path, "--base", _OLD, *_ALL)
        cls.profile = callgrind_file.read(cls.path)

    def _convert(self, dump, name, *options):
        path = os.path.join(self.folder, "callgrind.out." + name)
        converter.convert(dump, path, *options)
        return callgrind_file.read(path)

    def _without_zeros(self, costs):
        return {name: bytes_ for name, bytes_ in costs.items() if bytes_}

    def test_file_follows_every_rule(self):
        problems, _ = check_callgrind.check(self.path)
        self.assertEqual(problems[:20], [])
        self.assertEqual(self.profile.events, ["After", "Before", "Grown", "Shrunk"])

    def test_after_and_before_are_the_two_profiles(self):
        for dump, event in ((_NEW, _AFTER), (_OLD, _BEFORE)):
            alone = self._convert(dump, "alone", *_ALL)
            self.assertEqual(
                self._without_zeros({name: cost[event]
                                     for name, cost in _self_costs(self.profile).items()}),
                self._without_zeros({name: cost[0] for name, cost in _self_costs(alone).items()}))

    def test_rows_have_grown_or_shrunk_by_the_difference(self):
        for name, (after, before, grown, shrunk) in _self_costs(self.profile).items():
            self.assertEqual((name, grown, shrunk),
                             (name, max(after - before, 0), max(before - after, 0)))

    def test_grown_and_shrunk_are_summed_up(self):
        for name, (after, before, grown, shrunk) in _inclusive_costs(self.profile).items():
            self.assertEqual((name, after - before), (name, grown - shrunk))
        after, before, grown, shrunk = self.profile.totals
        self.assertEqual(after - before, grown - shrunk)
        self.assertEqual(
            self.profile.totals,
            tuple(sum(column) for column in zip(*_self_costs(self.profile).values())))

    def test_what_grew_is_the_cache(self):
        grown = _inclusive_costs(self.profile)["dict::CACHE (__main__.CACHE)"]
        # 300 sessions, all that they hold, and the dictionary's new table.
        self.assertEqual((grown[_GROWN], grown[_SHRUNK]), (169980, 0))

    def test_small_rows_are_gathered_and_the_totals_stay(self):
        pruned = self._convert(_NEW, "pruned", "--base", _OLD, "--min-percent=1")
        self.assertLess(len(pruned.functions), len(self.profile.functions) / 5)
        self.assertEqual(pruned.totals, self.profile.totals)
        problems, _ = check_callgrind.check(os.path.join(self.folder, "callgrind.out.pruned"))
        self.assertEqual(problems, [])

    def test_what_is_gone_keeps_its_row(self):
        profile = self._convert(_OLD, "reverse", "--base", _NEW, "--min-percent=0")
        costs = _self_costs(profile)
        self.assertEqual(
            {name: (cost[_BEFORE], cost[_AFTER], cost[_SHRUNK])
             for name, cost in costs.items()},
            {name: (cost[_AFTER], cost[_BEFORE], cost[_GROWN])
             for name, cost in _self_costs(self.profile).items()})

    def test_same_dump_has_neither_grown_nor_shrunk(self):
        totals = self._convert(_NEW, "same", "--base", _NEW).totals
        self.assertEqual((totals[_AFTER], totals[_GROWN], totals[_SHRUNK]),
                         (totals[_BEFORE], 0, 0))

    def test_kcachegrind_is_content(self):
        self.assertEqual(viewers.kcachegrind_messages(self.path), viewers.KCACHEGRIND_IS_CONTENT)

    def test_annotate_prints_the_same_totals(self):
        self.assertEqual(viewers.annotate(self.path), (list(self.profile.totals), ""))

    def test_options_that_it_forbids(self):
        for words, message in (
                (("--by=type",), "expected --base or --by, got both: two heaps are compared by "
                                 "path and bytes"),
                (("--focus=x",), "expected --base or --focus, got both: two heaps are compared by "
                                 "path and bytes"),
                (("--process",), "expected --base or --process, got both: two heaps are compared "
                                 "by path and bytes"),
                (("--events=gc",), "expected --base or --events, got both: two heaps are compared "
                                   "by path and bytes")):
            result = converter.run("--base", _OLD, *words, _NEW)
            self.assertEqual(
                (result.returncode, result.stdout.decode(), result.stderr.decode()),
                (2, "", f"memdump2callgrind: {message}\nhint: try memdump2callgrind --help\n"))

    def test_missing_base_is_an_error(self):
        result = converter.run("--base=/nonexistent.json", _NEW)
        self.assertEqual((result.returncode, result.stdout), (1, b""))
        self.assertEqual(
            result.stderr.decode(),
            "memdump2callgrind: /nonexistent.json: expected a heap dump, got no such file\n")


class DeletedModuleTest(unittest.TestCase):
    """Rows that only the old heap has, some of them below others of that kind."""

    def test_owner_and_owned_keep_their_rows(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for name, modules in (("old", ("a", "b")), ("new", ("a",))):
                paths.append(os.path.join(folder, name))
                self._write(paths[-1], modules)
            output = os.path.join(folder, "callgrind.out.difference")
            converter.convert(paths[1], output, "--min-percent=0", "--base", paths[0])
            costs = _self_costs(callgrind_file.read(output))
        self.assertEqual(costs["module::b (b)"], (0, 280, 0, 280))
        self.assertEqual(costs["list::x (b.x)"], (0, 64, 0, 64))

    def _write(self, path, modules):
        records, items = [], []

        def add(type_, size, refs=(), **facts):
            records.append({"address": 16 * (1 + len(records)), "type": type_, "size": size,
                            **facts, "refs": list(refs)})
            return records[-1]["address"]
        for name in modules:
            key = add("str", 50, value=name, len=1)
            variables = add("dict", 200, [add("str", 50, value="x", len=1), add("list", 64)],
                            len=1, pairs=1)
            items += [key, add("module", 80, [variables], kind="module", name=name,
                               names=["__dict__"])]
        table = add("dict", 300, items, len=len(modules), pairs=len(modules))
        with open(path, "w", encoding="utf-8") as file:
            for record in ({"heapgrind": 1}, {"root": "modules", "name": "sys.modules",
                                              "refs": [table]}, *records,
                           {"end": len(records), "size": sum(r["size"] for r in records)}):
                file.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    unittest.main()
