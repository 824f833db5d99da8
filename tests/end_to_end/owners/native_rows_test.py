"""Tests who owns native memory in the profile, on dumps that are written by hand."""

import json
import os
import tempfile
import unittest

from tests.end_to_end.owners import owner_chains
from tests.end_to_end.page import report_pages
from tests.end_to_end.support import converter
from tests.end_to_end.support import hand_written_dump
from tests.end_to_end.support import heapgrind_program


class NativeRowsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = os.path.join(folder.name, "dump.json")
        self.dump = hand_written_dump.HandWrittenDump()

    def _owners(self, *options):
        self.dump.write(self.path)
        converter.convert(
            self.path, self.path + ".callgrind", "--min-percent=0", *options)
        return owner_chains.OwnerChains(self.path + ".callgrind")

    def _block(self, size, *targets, inside=0):
        """Returns the address of a block whose words point at these."""
        facts = {"inside": inside} if inside else {}
        return self.dump.object(
            "(native)", [(None, target) for target in targets], size, **facts)

    def _image(self, *blocks):
        return self.dump.object("ImagingCore", [(None, block) for block in blocks])

    def test_blocks_are_a_row_below_the_object_that_holds_them(self):
        pixels = self._block(5000, self._block(700))
        self.dump.module("app", {"IMAGE": self._image(pixels, self._block(300))})
        owners = self._owners()
        self.assertEqual(
            owners.chain("[native]::blocks (app.IMAGE)"),
            ["module::app (app)", "ImagingCore::IMAGE (app.IMAGE)",
             "[native]::blocks (app.IMAGE)"])
        self.assertEqual(owners.self_bytes("[native]::blocks (app.IMAGE)"), 6000)
        self.assertEqual(owners.inclusive("ImagingCore::IMAGE (app.IMAGE)"), 6100)

    def test_block_is_named_after_the_field_that_points_at_it(self):
        def image():
            pixels, table = self._block(1000, self._block(300)), self._block(50)
            return self.dump.object("ImagingCore", [("pixels", pixels), (None, table)])

        images = self.dump.object("list", [(None, image()), (None, image())])
        self.dump.module("app", {"IMAGES": images})
        owners = self._owners()
        self.assertEqual(
            {name: owners.self_bytes(name) for name in owners.names("[native]")},
            {"[native]::pixels (app.IMAGES[*].pixels)": 2000,
             "[native]::blocks (app.IMAGES[*].pixels)": 600,
             "[native]::blocks (app.IMAGES[*])": 100})

    def test_links_between_blocks_do_not_make_them_shared(self):
        first, second = self._block(1000), self._block(2000)
        common = self._block(4000, first, second)
        self.dump.set_references(first, [second, common])
        self.dump.set_references(second, [first, common])
        self.dump.module("app", {"TREE": self._image(first, second)})
        owners = self._owners()
        self.assertEqual(owners.names("[native]"), ["[native]::blocks (app.TREE)"])
        self.assertEqual(owners.self_bytes("[native]::blocks (app.TREE)"), 7000)

    def test_block_that_two_objects_hold_is_shared(self):
        block = self._block(5000)
        self.dump.module("app", {"A": self._image(block), "B": self._image(block)})
        self.assertEqual(
            self._owners().names("[native]"), ["[native]::blocks (shared in app: A, B)"])

    def test_blocks_behind_a_shared_one_are_named_after_who_shares_it(self):
        block = self._block(5000, self._block(700))
        self.dump.module("app", {"A": self._image(block), "B": self._image(block)})
        owners = self._owners()
        self.assertEqual(
            {name: owners.self_bytes(name) for name in owners.names("[native]")},
            {"[native]::blocks (shared in app: A, B)": 5000,
             "[native]::blocks (behind blocks shared in app: A, B)": 700})

    def _dump_with_owners(self):
        """Writes a dump in which each kind of owner has blocks."""
        shared = self._block(90, self._block(10))
        self.dump.module("app", {
            "A": self._image(self._block(5000, self._block(700)), shared),
            "B": self._image(self._block(300), shared), "C": self._image(),
            "PAGES": self.dump.object("Database", [(None, self._block(4096))])})
        self.dump.root("static", "lib.so", [(None, self._block(50))])
        self.dump.write(self.path)

    def test_summary_has_the_types_that_own_blocks(self):
        self._dump_with_owners()
        found = json.loads(heapgrind_program.run("summary", "--json", self.path).stdout)
        self.assertEqual(
            [tuple(row.values()) for row in found["native_owners"]],
            [("ImagingCore", 2, 6000), ("Database", 1, 4096), ("several owners", 0, 100),
             ("variables of C code", 0, 50)])
        text = heapgrind_program.run("summary", self.path).stdout
        self.assertRegex(text, r"Owners of native memory\nObjects +Bytes +% +Type\n"
                               r" +2 +6000 +[0-9.]+  ImagingCore\n")

    def test_report_has_the_owners_of_summary(self):
        self._dump_with_owners()
        owners = json.loads(
            heapgrind_program.run("summary", "--json", self.path).stdout)["native_owners"]
        self.assertEqual(len(owners), 4)
        expected = {"rows": [{"name": row["type"], "objects": row["objects"],
                              "bytes": row["native_bytes"]} for row in owners]}
        report_pages.make(self.path + ".html", self.path)
        for report in (report_pages.report(self.path), report_pages.data(self.path + ".html")):
            self.assertEqual(report["native_owners"], expected)
        total = report["totals"]["bytes"]
        lines = heapgrind_program.run("report", "--format=markdown", self.path).stdout.split("\n")
        begin = lines.index("## Owners of native memory") + 4
        self.assertEqual(lines[begin:begin + len(owners) + 1], [
            "| {objects} | {native_bytes} | {percent:.1f} | `{type}` |".format(
                **row, percent=100 * row["native_bytes"] / total) for row in owners] + [""])

    def test_heap_without_blocks_has_no_such_table(self):
        self.dump.module("app", {"NAMES": self.dump.object("list")})
        self.dump.write(self.path)
        self.assertNotIn("native memory", heapgrind_program.run("summary", self.path).stdout)
        result = heapgrind_program.run("summary", "--json", self.path)
        self.assertNotIn("native_owners", json.loads(result.stdout))
        self.assertNotIn("native_owners", report_pages.report(self.path))
        result = heapgrind_program.run("report", "--format=markdown", self.path)
        self.assertNotIn("native memory", result.stdout)

    def test_pointer_to_the_inside_owns_what_nothing_else_does(self):
        page, seen = self._block(4096), self._block(500)
        looks = self.dump.object("Reader", [(None, page), (None, seen)], inside=2)
        self.dump.module("app", {"OWNER": self._image(seen), "READER": looks})
        owners = self._owners()
        self.assertEqual(owners.self_bytes("[native]::blocks (app.OWNER)"), 500)
        self.assertEqual(owners.self_bytes("[native]::blocks (app.READER)"), 4096)

    def test_block_does_not_own_an_object_that_python_code_has(self):
        known, hidden = self.dump.object("list", size=1000), self.dump.text("hidden")
        block = self._block(64, known, hidden)
        self.dump.module("app", {"IMAGE": self._image(block), "NAMES": known})
        owners = self._owners()
        self.assertEqual(owners.chain("list::NAMES (app.NAMES)")[0], "module::app (app)")
        self.assertEqual(
            owners.chain("str::* (app.IMAGE.*)")[-2], "[native]::blocks (app.IMAGE)")

    def test_variables_of_c_code_own_what_is_left(self):
        owned, left = self._block(1000), self._block(300)
        self.dump.module("app", {"IMAGE": self._image(owned)})
        self.dump.root("static", "lib.so", [(None, owned), (None, left)])
        owners = self._owners()
        self.assertEqual(
            owners.chain("[native]::blocks (lib.so)"),
            ["static::lib.so", "[native]::blocks (lib.so)"])
        self.assertEqual(owners.self_bytes("[native]::blocks (lib.so)"), 300)

    def test_report_has_the_rows_of_the_profile_for_what_has_no_owner(self):
        self.dump.module("app", {"IMAGE": self._image(self._block(5000))})
        size = self.dump.write(self.path)
        with open(self.path, encoding="utf-8") as file:
            header, *lines, end = (json.loads(line) for line in file)
        header.update(heapgrind=2, rss=size + 9000, pymalloc_arenas=0, malloc_used=8000)
        end.update(malloc_explained=5000, native_explained=5000)
        with open(self.path, "w", encoding="utf-8") as file:
            for record in [header, *lines, end]:
                file.write(json.dumps(record) + "\n")
        result = heapgrind_program.run("report", "--format=json", self.path)
        rows = {row["name"]: row["bytes"] for row in json.loads(result.stdout)["process"]["rows"]}
        converter.convert(self.path, self.path + ".callgrind", "--min-percent=0", "--process")
        owners = owner_chains.OwnerChains(self.path + ".callgrind")
        self.assertEqual(rows, {name: owners.self_bytes(name)
                                for name in owners.names("process::")})
        self.assertEqual(rows["process::native memory without an owner"], 3000)

    def test_event_native_counts_blocks_alone(self):
        self.dump.module("app", {"IMAGE": self._image(self._block(5000))})
        self.dump.write(self.path)
        result = converter.run("--events=native", "-o", "-", self.path)
        lines = result.stdout.decode().splitlines()
        self.assertIn("events: Bytes Objects Native", lines)
        summary, = (line for line in lines if line.startswith("summary: "))
        self.assertEqual(summary.split()[-1], "5000")


if __name__ == "__main__":
    unittest.main()
