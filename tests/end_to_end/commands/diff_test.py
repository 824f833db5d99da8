"""Tests heapgrind diff on dumps whose difference is known object by object."""

import json
import os
import tempfile
import unittest

from tests.end_to_end.commands.heap_difference import ALL_SUMS, diff, sums_of
from tests.end_to_end.support import heapgrind_program

_HEADER = {"heapgrind": 1, "scanner": "0.1.0", "pid": 7}


def _object(address, type_, size, refs=(), **facts):
    return {"address": address, "type": type_, "size": size, **facts, "refs": list(refs)}


def _module(address, name, variables):
    """A module, its __dict__ at the address behind it, and keys behind that."""
    keys = [_object(address + 2 + i, "str", 50, value=key, len=len(key))
            for i, key in enumerate(variables)]
    items = [a for key, value in zip(keys, variables.values()) for a in (key["address"], value)]
    return [_object(address, "module", 80, [address + 1], kind="module", name=name,
                    names=["__dict__"]),
            _object(address + 1, "dict", 200, items, len=len(variables), pairs=len(variables)),
            *keys]


class HandWrittenDumpsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._folder = folder.name

    def _write(self, name, objects, **header):
        path = os.path.join(self._folder, name)
        modules = {r["name"]: r["address"] for r in objects if r["type"] == "module"}
        names = {key: 10 + i for i, key in enumerate(modules)}
        items = [a for key in modules for a in (names[key], modules[key])]
        objects = [*objects, _object(1, "dict", 300, items, len=len(modules), pairs=len(modules)),
                   *(_object(address, "str", 50, value=key, len=len(key))
                     for key, address in names.items())]
        lines = [{**_HEADER, **header},
                 {"root": "modules", "name": "sys.modules", "refs": [1]}, *objects,
                 {"end": len(objects), "size": sum(r["size"] for r in objects)}]
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
        return path

    def _compare(self, before, after):
        """The difference of two heaps, each the objects that a variable x of module m holds."""
        paths = []
        for name, objects in (("old", before), ("new", after)):
            holder = _object(5000, "list", 100, [r["address"] for r in objects], len=len(objects))
            paths.append(self._write(name, [*_module(1000, "m", {"x": 5000}), holder, *objects]))
        return diff(*paths)

    def test_same_heap_has_no_difference(self):
        objects = [_object(6000, "str", 60, value="a", len=1)]
        difference = self._compare(objects, objects)
        self.assertEqual((difference["survivors"], difference["reused_addresses"]), (7, 0))
        self.assertEqual((difference["types"], difference["owners"], difference["packages"]),
                         ([], [], []))

    def test_each_object_is_what_it_became(self):
        before = [
            _object(6000, "dict", 64, len=0),  # Grows.
            _object(6100, "set", 900, len=9),  # Shrinks.
            _object(6200, "str", 60, value="gone", len=4),
            _object(6300, "str", 61, value="text", len=4),  # Another text of the same length.
            _object(6400, "tuple", 48, [6200], len=1),  # Another element.
            _object(6500, "A", 32),  # Another type.
            _object(6600, "tuple", 40, len=0),  # Survives.
        ]
        after = [
            _object(6000, "dict", 232, len=3),
            _object(6100, "set", 200, len=1),
            _object(6300, "str", 62, value="TEXT", len=4),
            _object(6400, "tuple", 48, [6300], len=1),
            _object(6500, "B", 40),
            _object(6600, "tuple", 40, len=0),
            _object(6700, "str", 63, value="new", len=3),
        ]
        difference = self._compare(before, after)
        self.assertEqual(
            {row["type"]: sums_of(row, *ALL_SUMS[:4]) for row in difference["types"]},
            {"dict": {"grown": (1, 168)},
             "set": {"shrunk": (1, 700)},
             "str": {"gone": (2, 121), "new": (2, 125)},
             "tuple": {"gone": (1, 48), "new": (1, 48)},
             "A": {"gone": (1, 32)},
             "B": {"new": (1, 40)}})
        # sys.modules, module, its __dict__, both of their keys, the holder, and three objects.
        self.assertEqual((difference["survivors"], difference["reused_addresses"]), (9, 3))
        self.assertEqual(sums_of(difference["all"], "before", "after", "new", "gone"),
                         {"before": (13, 1985), "after": (13, 1465), "new": (4, 213),
                          "gone": (4, 201)})

    def test_other_name_is_another_object_and_other_length_of_a_list_is_not(self):
        difference = self._compare(
            [_object(6000, "function", 150, kind="function", name="f"),
             _object(6100, "list", 80, len=1)],
            [_object(6000, "function", 150, kind="function", name="g"),
             _object(6100, "list", 80, len=2)])
        self.assertEqual([row["type"] for row in difference["types"]], ["function"])
        self.assertEqual(difference["reused_addresses"], 1)

    def test_value_that_one_dump_leaves_out_is_not_compared(self):
        with_value = [_object(6000, "str", 60, value="a", len=1)]
        without = [_object(6000, "str", 60, len=1)]
        self.assertEqual(self._compare(with_value, without)["types"], [])
        self.assertEqual(self._compare(without, with_value)["types"], [])

    def test_object_that_moves_is_neither_new_nor_gone(self):
        thing = _object(6000, "Thing", 64)
        first = [*_module(1000, "a", {"x": 6000}), *_module(2000, "b", {}), thing]
        second = [*_module(1000, "a", {"x": 3000}), *_module(2000, "b", {"y": 6000}), thing,
                  _object(3000, "NoneType", 16)]
        difference = diff(self._write("old", first), self._write("new", second))
        rows = {row["owner"]: sums_of(row, *ALL_SUMS) for row in difference["owners"]}
        self.assertEqual(rows["Thing::x (a.x)"], {"moved_out": (1, 64)})
        self.assertEqual(rows["Thing::y (b.y)"], {"moved_in": (1, 64)})
        packages = {row["package"]: sums_of(row, *ALL_SUMS) for row in difference["packages"]}
        self.assertEqual(packages["a"]["moved_out"], (1, 64))
        self.assertEqual(packages["b"]["moved_in"], (1, 64))

    def test_suspects_came_after_the_first_dump_and_stayed(self):
        def heap(name, *numbers):
            # Sessions, each with a list of its own.
            sessions = [_object(6000 + 100 * n, "Session", 48, [6050 + 100 * n], names=["data"])
                        for n in numbers]
            lists = [_object(6050 + 100 * n, "list", 56, len=0) for n in numbers]
            holder = _object(5000, "list", 100, [s["address"] for s in sessions])
            return self._write(
                name, [*_module(1000, "m", {"CACHE": 5000}), holder, *sessions, *lists])
        report = diff(heap("1", 1, 2), heap("2", 1, 2, 3, 4, 5), heap("3", 1, 3, 4, 6))
        self.assertEqual(
            report["suspects"],
            {"objects": 4, "bytes": 208, "owners": [
                {"owner": "Session::[*] (m.CACHE[*])", "topmost": 2, "objects": 4, "bytes": 208,
                 "example": "m.CACHE[*]"}]})

    def test_exit_code_is_that_of_diff(self):
        a = self._write("a", _module(1000, "m", {}))
        b = self._write("b", _module(1000, "n", {}))
        run = heapgrind_program.run
        self.assertEqual(run("diff", "--exit-code", a, a).returncode, 0)
        self.assertEqual(run("diff", "--exit-code", a, b).returncode, 1)
        self.assertEqual(run("diff", a, b).returncode, 0)
        self.assertEqual(run("diff", "--exit-code", a, a + "-not").returncode, 2)
        self.assertEqual(run("diff", a, a + "-not").returncode, 1)
        self.assertEqual(run("diff", "--exit-code", a).returncode, 2)

    def test_dumps_of_two_processes_are_told(self):
        a = self._write("a", _module(1000, "m", {}))
        b = self._write("b", _module(1000, "m", {}), pid=8)
        self.assertEqual(
            heapgrind_program.run("diff", a, b).stderr,
            f"heapgrind diff: {a} and {b}: expected dumps of one process, got pid 7 and 8, in "
            "which the same object has different addresses\n")


if __name__ == "__main__":
    unittest.main()
