"""Tests that a report can be passed on: hostile names are safe in it, private ones left out."""

import json
import os
import random
import re
import tempfile
import unittest

from tests.end_to_end.support import hand_written_dump
from tests.end_to_end.support import heapgrind_program

# Markup of a page, of Markdown and of tables; characters of direction and without width;
# control characters; and more of it than anybody reads.
HOSTILE = ("</script><img src=x onerror=alert(1)>\"'`` | \\ \u202e\u2066\u200b\ufeff\x00\x1b[31m\r\n"
           "# ![x](http://example.org) <!-- ]]> & " + 100_000 * "A")
PRIVATE = "anna@example.org"


def write_dump(path):
    """Writes a dump of which every text that the user or a library chose is hostile."""
    dump = hand_written_dump.HandWrittenDump()
    held = dump.object(HOSTILE, size=70_000)
    # Not of one type, so that keys are names.
    cache = dump.dict({HOSTILE: held, PRIVATE: dump.object("bytearray", size=60_000),
                       "plain": dump.object("deque", size=50_000)})
    dump.text(HOSTILE)
    dump.text(HOSTILE)
    dump.module("app", {"CACHE": cache, HOSTILE: dump.object("object", size=5_000)}, HOSTILE)
    dump.module(HOSTILE, {"x": dump.dict({"y": dump.text(PRIVATE)}, size=9_000)}, "/" + HOSTILE)
    frame = dump.object("frame", [("f_code", dump.object("code", kind="code", name=HOSTILE,
                                                         qualname=HOSTILE)),
                                  ("local", dump.object("object", size=3_000))],
                        kind="frame", name=HOSTILE, file=HOSTILE, line=3)
    dump.root("thread", HOSTILE, [("frame", frame)])
    dump.write(path)


class LargestReportTest(unittest.TestCase):
    """Names that do not compress, and more of them than a page has room for."""

    def write_names(self, path, seed):
        names = random.Random(seed)
        dump = hand_written_dump.HandWrittenDump()
        modules = [{f"{names.getrandbits(1600):x}": dump.object(f"{names.getrandbits(3000):x}",
                                                               size=5000 + number)
                    for number in range(40)} for _ in range(60)]
        for variables in modules:
            dump.module(f"{names.getrandbits(1600):x}", variables)
        dump.write(path)

    def test_page_is_bounded_and_nothing_is_lost(self):
        with tempfile.TemporaryDirectory() as folder:
            dumps = [os.path.join(folder, f"{seed}.json") for seed in range(2)]
            for seed, path in enumerate(dumps):
                self.write_names(path, seed)
            report, page = (os.path.join(folder, name) for name in ("r.json", "r.html"))
            for words in (("--format=json", *dumps, "-o", report), (report, "-o", page)):
                self.assertEqual(heapgrind_program.run("report", *words).stderr, "")
            self.assertLess(os.path.getsize(page), 3_000_000)
            with open(report, encoding="utf-8") as file:
                document = json.load(file)
        rows = document["rows"]
        self.assertLess(len(rows), 2400)
        self.assertEqual(sum(row["self_bytes"] for row in rows), document["totals"]["bytes"])
        self.assertEqual(sum(row["self_before"] for row in document["growth"]["rows"]),
                         document["growth"]["before"]["bytes"])
        types = document["types"]
        self.assertLess(len(types["rows"]), 500)
        self.assertEqual(sum(row["bytes"] for row in [*types["rows"], types["others"]]),
                         document["totals"]["bytes"])


class HostileReportTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.dump = os.path.join(folder.name, "dump.json")
        write_dump(cls.dump)
        cls.texts = {
            (format_, words): cls.run_report(f"--format={format_}", *words, cls.dump)
            for format_ in ("json", "markdown") for words in ((), ("--strings",),
                                                              ("--hide-keys",))}

    @classmethod
    def run_report(cls, *words):
        result = heapgrind_program.run("report", *words, encoding=None)
        if result.returncode:
            raise AssertionError(result.stderr[:500])
        return result.stdout.decode()  # It is valid UTF-8.

    def test_json_has_no_markup_and_no_hidden_characters(self):
        for (format_, words), text in self.texts.items():
            if format_ == "json":
                self.assertEqual((words, re.findall("[<>&\x00-\x09\x0b-\x1f\u2028-\u202f\u2066"
                                                    "\u200b\ufeff]", text)), (words, []))
                self.assertEqual(text.count("\n"), 1)
                self.assertEqual(json.loads(text)["heapgrind_report"], 1)

    def test_names_in_json_are_clean_and_bounded(self):
        def strings(value):
            if isinstance(value, str):
                yield value
            elif isinstance(value, dict):
                for key, member in value.items():
                    if key != "value":
                        yield from strings(member)
            elif isinstance(value, list):
                for element in value:
                    yield from strings(element)

        names = list(strings(json.loads(self.texts["json", ()])))
        self.assertGreater(len([name for name in names if "</script>" in name]), 5)
        for name in names:
            self.assertLess(len(name.encode()), 3000)
            self.assertNotRegex(name, "[\"\\\\\x00-\x1f\u202e\u2066\u200b\ufeff]")

    def test_hostile_texts_stand_in_code_spans_of_markdown_alone(self):
        for (format_, words), text in self.texts.items():
            if format_ == "markdown":
                self.assertEqual(
                    (words, re.findall("[^\n\x20-\x7e]", text)), (words, []))
                for line in text.splitlines():
                    outside = re.sub(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)", "", line)
                    self.assertEqual((line[:200], re.findall("[<>&*_`]|script|http", outside)),
                                     (line[:200], []))

    def test_cells_of_tables_stay_apart(self):
        widths = []
        for line in self.texts["markdown", ("--strings",)].splitlines():
            if line.startswith("|"):
                widths.append(len(re.findall(r"(?<!\\)\|", line)))
            elif widths:
                self.assertEqual(set(widths), {widths[0]})
                widths = []

    def test_private_keys_are_left_out_if_asked_for(self):
        for format_ in ("json", "markdown"):
            self.assertIn("anna", self.texts[format_, ()])
            self.assertNotIn("anna", self.texts[format_, ("--hide-keys",)])
            self.assertIn("plain", self.texts[format_, ("--hide-keys",)])

    def test_hidden_keys_change_no_number(self):
        plain, hidden = (json.loads(self.texts["json", words])
                         for words in ((), ("--hide-keys",)))
        for key in ("totals", "types", "packages", "containers", "strings"):
            self.assertEqual(plain[key], hidden[key])
        self.assertEqual(sum(row["self_bytes"] for row in hidden["rows"]),
                         plain["totals"]["bytes"])


if __name__ == "__main__":
    unittest.main()
