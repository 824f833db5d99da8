"""Tests that the example of `./run leak` leaks, and that the answer names what holds it."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from tests.end_to_end.support import heapgrind_program
from tests.end_to_end.support import live_process

_PROGRAM = "docs/examples/serve_prices.py"
_SENTENCE = re.compile(
    r"__main__\.PAGES, a dict of 20000 items, holds (\d+) of (\d+) bytes \((\d+) %\)\.\n")


class LeakExampleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        # A copy, below the current folder of who asks: in Bazel's the program is a link.
        program = shutil.copy(_PROGRAM, folder.name)
        cls.folder = folder.name
        cls.dump = os.path.join(folder.name, "leak.json")
        live_process.dump(program, cls.dump, os.path.abspath("scanner"))
        cls.answer = cls.show_holder(cls.dump)

    @classmethod
    def show_holder(cls, dump):
        return subprocess.run(
            [sys.executable, os.path.abspath("tools/show_holder.py"), heapgrind_program.PROGRAM,
             dump], cwd=cls.folder, capture_output=True, text=True, check=False)

    def test_first_sentence_names_the_holder_with_the_bytes_that_walk_counts(self):
        held, total, percent = map(int, _SENTENCE.match(self.answer.stdout).groups())
        walked = subprocess.run(
            [heapgrind_program.PROGRAM, "walk", "--json", "-c", "info __main__.PAGES; info /",
             self.dump], stdout=subprocess.PIPE, check=True).stdout.splitlines()
        self.assertEqual([held, total], [json.loads(line)["retained"] for line in walked])
        self.assertEqual(percent, round(100 * held / total))

    def test_summary_and_report_begin_with_the_holder(self):
        held, total, _ = map(int, _SENTENCE.match(self.answer.stdout).groups())
        for words in (("summary", "--json"), ("report", "--json")):
            first = json.loads(
                heapgrind_program.run(*words, self.dump).stdout)["sentences"][0]
            self.assertEqual(
                (first["owner"], first["count"], first["type"], first["bytes"],
                 first["of_bytes"]),
                ("__main__.PAGES", 20000, "Page", held, total))

    def test_pages_and_their_bodies_are_what_it_holds(self):
        self.assertRegex(self.answer.stdout, r"\n\d +20000 +\d{8} +bytes ")
        self.assertRegex(self.answer.stdout, r"\n\d +20000 +\d{7} +Page ")

    def test_line_that_makes_the_holder_is_shown(self):
        self.assertRegex(self.answer.stdout, r"\n> +\d+  PAGES = \{\}\n")

    def test_heap_without_an_object_below_a_module_is_an_error(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as dump:
            dump.write('{"address": 1, "type": "module", "size": 10, "refs": [], "name": "m"}\n')
            dump.flush()
            answer = self.show_holder(dump.name)
        self.assertEqual((answer.returncode, answer.stdout, answer.stderr), (
            1, "", f"show_holder.py: {dump.name}: expected an object below a module, got none\n"))


if __name__ == "__main__":
    unittest.main()
