"""Tests heapgrind export --format=heapsnapshot against the dump's lines and heapgrind summary."""

import collections
import json
import unittest

from tests.end_to_end.exports import exporting
from tests.end_to_end.support import dump_lines, heapgrind_program
from tests.end_to_end.support.hand_written_dump import HandWrittenDump

LEAK = "testdata/leak.json.gz"


def _objects(dump):
    """The records of a dump, in the order of their addresses."""
    lines = dump_lines.DumpLines(dump)
    return [lines.objects[address] for address in sorted(lines.objects)]


def _retained(dump, *options):
    """What each object retains, by address, as heapgrind summary has it."""
    result = heapgrind_program.run("summary", "--json", "--sort=retained", "--top=1000000",
                                   *options, dump)
    return {row["address"]: row["retained"] for row in json.loads(result.stdout)["largest"]}


class EveryObjectTest(exporting.ExportTest):
    def test_nodes_are_the_objects(self):
        for dump in exporting.DUMPS:
            objects = _objects(dump)
            nodes = self.snapshot(dump).nodes
            self.assertEqual([node.size for node in nodes[1:len(objects) + 1]],
                             [record["size"] for record in objects], dump)
            others = [nodes[0], *nodes[len(objects) + 1:]]
            self.assertEqual({(node.type, node.size) for node in others}, {("synthetic", 0)})

    def test_ids_are_those_of_nothing_else(self):
        ids = [node.id for node in self.snapshot(LEAK).nodes]
        self.assertEqual(len(set(ids)), len(ids))
        self.assertLess(max(ids), 1 << 32)

    def test_edges_are_the_references(self):
        for dump in exporting.DUMPS:
            objects = _objects(dump)
            place = {record["address"]: i + 1 for i, record in enumerate(objects)}
            snapshot = self.snapshot(dump)
            for i, record in enumerate(objects):
                targets = [edge.target for edge in snapshot.edges[i + 1] if edge.name != "home"]
                self.assertEqual(
                    targets, [place[ref] for ref in record.get("refs", []) if ref in place])

    def test_nodes_retain_what_objects_own(self):
        for dump in exporting.DUMPS:
            for options in ((), ("--ownership=strict",)):
                with self.subTest(dump=dump, options=options):
                    expected = _retained(dump, *options)
                    retained = self.snapshot(*options, dump).retained()
                    self.assertEqual(
                        retained[1:len(expected) + 1],
                        [expected[address] for address in sorted(expected)])
                    self.assertEqual(retained[0], sum(r["size"] for r in _objects(dump)))


class NamesTest(exporting.ExportTest):
    def _names(self, snapshot, node):
        return {edge.name: edge.target for edge in snapshot.edges[node]}

    def test_a_path_of_names_leads_to_an_object(self):
        snapshot = self.snapshot(LEAK)
        roots = {node.name: place for place, node in enumerate(snapshot.nodes)
                 if node.type == "synthetic"}
        node = roots["(modules sys.modules)"]
        for name in ("modules", "__main__", "__dict__"):
            node = self._names(snapshot, node)[name]
        self.assertEqual(snapshot.nodes[node].name, "dict")
        self.assertIn("serve", self._names(snapshot, node))

    def test_types_are_those_of_the_summary(self):
        result = heapgrind_program.run("summary", "--json", "--top=1000000", LEAK)
        expected = {row["type"]: row["objects"] for row in json.loads(result.stdout)["types"]}
        counts = collections.Counter(
            {"closure": "function", "code": "code"}.get(node.type, node.name)
            for node in self.snapshot(LEAK).nodes if node.type != "synthetic")
        builtin = expected.pop("builtin_function_or_method", 0)
        functions = counts.pop("function") + counts.pop("builtin_function_or_method", 0)
        self.assertEqual(functions, expected.pop("function") + builtin)
        self.assertEqual(counts, expected)

    def test_texts_are_there_only_if_asked_for(self):
        text = next(record["value"] for record in _objects(LEAK)
                    if record["type"] == "str" and 20 < len(record.get("value", "")) ==
                    record["len"] and record["value"].isprintable())
        names = {node.name for node in self.snapshot("--strings", LEAK).nodes
                 if node.type == "string"}
        self.assertIn(text, names)
        self.assertEqual([node for node in self.snapshot(LEAK).nodes if node.type == "string"], [])


class HandWrittenTest(exporting.ExportTest):
    def setUp(self):
        super().setUp()
        self.dump = HandWrittenDump()

    def _snapshot(self, *options):
        self.total = self.dump.write(self.path("dump"))
        return self.snapshot(*options, self.path("dump"))

    def test_an_object_too_large_for_a_node_is_several(self):
        most = (1 << 32) - 1
        big = self.dump.object("ndarray", size=2 * most + 5)
        self.dump.module("app", {"DATA": big})
        snapshot = self._snapshot()
        place = next(i for i, node in enumerate(snapshot.nodes) if node.name == "ndarray")
        parts = [snapshot.nodes[edge.target] for edge in snapshot.edges[place]]
        self.assertEqual([snapshot.nodes[place].size, *[node.size for node in parts]],
                         [most, most, 5])
        self.assertEqual([node.name for node in parts],
                         ["ndarray (part 2 of 3)", "ndarray (part 3 of 3)"])
        self.assertEqual([(edge.type, edge.name) for edge in snapshot.edges[place]],
                         [("internal", "part 2"), ("internal", "part 3")])
        self.assertEqual(snapshot.retained()[place], 2 * most + 5)
        self.assertEqual(snapshot.retained()[0], self.total)

    def test_what_is_only_used_is_a_weak_edge(self):
        home = self.dump.dict({})
        function = self.dump.function("work", home, module="app", qualname="work")
        self.dump.module("app", {"work": function})
        self.dump.module("user", {"job": function})
        snapshot = self._snapshot()
        strong = {edge.type for edges in snapshot.edges for edge in edges
                  if edge.name == "work"}
        weak = {edge.type for edges in snapshot.edges for edge in edges if edge.name == "job"}
        self.assertEqual((strong, weak), ({"property"}, {"weak"}))
        strict = self._snapshot("--ownership=strict")
        self.assertEqual({edge.type for edges in strict.edges for edge in edges
                          if edge.name == "job"}, {"property"})

    def test_hostile_texts_stay_texts(self):
        text = '</script>"\\\n\u202e\x00'
        self.dump.module("app", {text: self.dump.text(text)})
        snapshot = self._snapshot("--strings")
        self.assertIn(text, {node.name for node in snapshot.nodes})
        self.assertIn(text, {edge.name for edges in snapshot.edges for edge in edges})


if __name__ == "__main__":
    unittest.main()
