"""Tests the first sentence on programs that leak: docs/how-it-works.md has a row for each.

    sentences_test FOLDER

FOLDER has the programs, each written before anybody had seen what is said of it.  A program
passes if the table says hit where the sentence has the right owner, type, number and bytes, and
nowhere else.
"""

import os
import re
import sys
import tempfile
import unittest

from tests.end_to_end.sentences import leak_rounds
from tests.end_to_end.support import live_process

FOLDER = sys.argv.pop(1) if len(sys.argv) > 1 else "programs"
_ROOM = os.path.join("tests/end_to_end/sentences", FOLDER)


class SentencesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.packages = folder.name
        live_process.install("tests/end_to_end/support/system_python.whl", cls.packages)
        with open("docs/how-it-works.md", encoding="utf-8") as file:
            cls.rows = {row[0]: row[1:] for row in map(_cells, file) if len(row) == 5}

    def assert_said(self, name):
        program = os.path.join(_ROOM, name + ".py")
        with tempfile.TemporaryDirectory() as folder:
            leak_rounds.run(program, folder, live_process.SYSTEM_PYTHON, self.packages)
            expected = leak_rounds.expected(program, folder)
            said = leak_rounds.first_sentences(folder)
        hits = [leak_rounds.is_hit(expected[question], said[question])
                for question in leak_rounds.QUESTIONS]
        print("|", name, "|", " | ".join("hit" if hit else "miss" for hit in hits), "|",
              flush=True)
        misses = {question: (expected[question], said[question] and said[question]["text"],
                             said[question] and said[question]["bytes"])
                  for question, hit in zip(leak_rounds.QUESTIONS, hits) if not hit}
        self.assertEqual([cell == "hit" for cell in self.rows[name][:3]], hits, misses)

    def test_every_program_has_a_row(self):
        self.assertEqual([name for name in _programs() if name not in self.rows], [])


def _cells(line):
    return [cell.strip(" `") for cell in line.strip().strip("|").split("|")]


def _programs():
    # Bazel adds __init__.py.
    return sorted(re.sub(r"\.py$", "", name) for name in os.listdir(_ROOM)
                  if name.endswith(".py") and not name.startswith("_"))


def _add_tests():
    for name in _programs():
        def test(self, name=name):
            self.assert_said(name)
        setattr(SentencesTest, f"test_first_sentence_of_{name}", test)


_add_tests()

if __name__ == "__main__":
    unittest.main()
