"""Tests heapgrind report: that it says of one dump what the other commands say."""

import os
import tempfile
import unittest

from tests.end_to_end.callgrind import callgrind_file
from tests.end_to_end.commands.reporting import GROWING, LEAK, SHAPES, SITES, command, report
from tests.end_to_end.support import converter


class ProfileTest(unittest.TestCase):
    """The rows are those of memdump2callgrind."""

    def assert_rows_of_profile(self, rows, costs, *options):
        """Fails unless rows have the names and numbers of a profile.

        Args:
            rows: Of the report.
            costs: Of a row, as the profile's events have them: self, inclusive.
            options: Of memdump2callgrind.
        """
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "callgrind.out")
            converter.convert(options[-1], path, *options[:-1])
            functions = callgrind_file.read(path).functions
        expected = {function.name: function.self_cost for function in functions.values()}
        inclusive = {functions[callee].name: (call.cost, call.count)
                     for function in functions.values() for callee, call in function.calls}
        self.assertEqual({row["name"]: costs(row)[0] for row in rows}, expected)
        self.assertEqual({row["name"]: (costs(row)[1], row["count"]) for row in rows[1:]},
                         inclusive)
        self.assertEqual({row["name"]: (row["package"], row["line"]) for row in rows
                          if "file" in row},
                         {function.name: (function.object, row["line"])
                          for row in rows for function in functions.values()
                          if function.name == row["name"] and "file" in row})

    def test_rows_are_those_of_the_profile_by_path(self):
        for dump in (LEAK, SHAPES, SITES):
            self.assert_rows_of_profile(
                report(dump)["rows"],
                lambda row: ((row["self_bytes"], row["self_objects"]),
                             (row["bytes"], row["objects"])),
                dump)

    def test_rows_of_growth_are_those_of_a_profile_with_a_base(self):
        self.assert_rows_of_profile(
            report(GROWING[0], GROWING[2])["growth"]["rows"],
            lambda row: ((row["self_bytes"], row["self_before"], row["self_grown"],
                          row["self_shrunk"]),
                         (row["bytes"], row["before"], row["grown"], row["shrunk"])),
            f"--base={GROWING[0]}", GROWING[2])

    def test_rows_stand_behind_their_owners_and_add_up(self):
        for dump in (LEAK, SHAPES):
            whole = report(dump)
            rows = whole["rows"]
            below = [row["self_bytes"] for row in rows]
            for place in range(len(rows) - 1, 0, -1):
                self.assertLess(rows[place]["parent"], place)
                below[rows[place]["parent"]] += below[place]
            self.assertEqual(below, [row["bytes"] for row in rows])
            self.assertEqual(rows[0]["bytes"], whole["totals"]["bytes"])

    def test_lines_that_allocated_a_row_add_up(self):
        rows = [row for row in report(SITES)["rows"] if "allocated" in row]
        self.assertGreater(len(rows), 0)
        for row in rows:
            self.assertEqual(sum(line["bytes"] for line in row["allocated"]), row["self_bytes"])


class SummaryTest(unittest.TestCase):
    """The tables are those of summary and diff."""

    @classmethod
    def setUpClass(cls):
        cls.report = report(LEAK)
        cls.summary = command("summary", LEAK)

    def test_totals_are_those_of_summary(self):
        self.assertEqual(self.report["totals"], {
            key: self.summary[key] for key in ("objects", "bytes", "gc_bytes", "slack")})

    def test_types_and_packages_are_those_of_summary(self):
        for key, name in (("types", "type"), ("packages", "package")):
            self.assertEqual(
                self.report[key]["rows"],
                [{"name": row[name], **{column: row[column] for column in (
                    "objects", "bytes", "largest", "retained")}} for row in self.summary[key]])

    def test_sentences_are_those_of_summary(self):
        for sentence in self.report["sentences"]:
            row = self.report["rows"][sentence.pop("row")]
            self.assertEqual((row["path"], row["bytes"]), (sentence["owner"], sentence["bytes"]))
            self.assertEqual((sentence.pop("file"), sentence.pop("line")),
                             (row["file"], row["line"]))
        self.assertEqual(self.report["sentences"], self.summary["sentences"])

    def test_process_adds_up_with_the_heap(self):
        process = self.report["process"]
        self.assertEqual(
            self.report["totals"]["bytes"] + sum(row["bytes"] for row in process["rows"]),
            process["total"])
        self.assertEqual(process["total"],
                         self.summary["process"]["rss"] + self.summary["process"]["swap"])

    def test_attribute_is_that_of_all_instances(self):
        attributes = {(row["owner"], row["name"]): row for row in
                      self.report["attributes"]["rows"]}
        data = next(row for row in self.report["rows"]
                    if row["path"] == "__main__.CACHE[*].data")
        self.assertEqual(attributes["Session", "data"],
                         {"owner": "Session", "name": "data", "count": 500,
                          "bytes": data["bytes"]})

    def test_containers_are_all_of_their_type(self):
        of_type = {row["type"]: row for row in self.summary["types"]}
        for type_ in ("dict", "list", "tuple", "set"):
            rows = [row for row in self.report["containers"] if row["type"] == type_]
            self.assertEqual((sum(row["objects"] for row in rows),
                              sum(row["bytes"] for row in rows)),
                             (of_type[type_]["objects"], of_type[type_]["bytes"]))

    def test_threads_have_their_frames_and_these_their_variables(self):
        worker = report(SHAPES)["threads"][0]
        work = next(frame for frame in worker["frames"] if frame["name"] == "work")
        self.assertEqual((worker["name"], work["place"].partition(":")[0]),
                         ("worker", "shapes.py"))
        self.assertEqual([local["name"] for local in work["locals"]], ["worker: work.payload"])

    def test_strings_are_only_there_if_asked_for(self):
        plain, whole = (report(*words, LEAK)["strings"]["duplicates"]
                        for words in ((), ("--strings",)))
        self.assertEqual([row for row in plain if "value" in row], [])
        self.assertEqual([{**row, "value": None} for row in whole],
                         [{**row, "value": None} for row in plain])
        shown = {row["value"] for row in whole}
        self.assertLessEqual({row["value"] for row in self.summary["strings"]["duplicates"]},
                             shown)

if __name__ == "__main__":
    unittest.main()
