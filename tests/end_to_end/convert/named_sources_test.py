"""Tests which of the source files that a dump names are read, and which are shown."""

import json
import os
import sys
import tempfile
import unittest

from tests.end_to_end.support import converter, heapgrind_program


class SourceTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = os.path.realpath(folder.name)
        self.dump = os.path.join(self.folder, "a.json")

    def _name(self, path):
        """Writes a dump with a module whose source is there."""
        with open(self.dump, "w", encoding="ascii") as file:
            for record in (
                    {"root": "modules", "refs": [48]},
                    {"address": 48, "type": "module", "size": 72, "kind": "module", "name": "app",
                     "file": path, "refs": [64], "names": ["__dict__"]},
                    {"address": 64, "type": "dict", "size": 64, "pairs": 1, "refs": [80, 96]},
                    {"address": 80, "type": "str", "size": 52, "value": "x", "len": 1, "refs": []},
                    {"address": 96, "type": "list", "size": 900, "refs": []}):
                file.write(json.dumps(record) + "\n")

    def _write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        return path

    def _source(self, path, *options, cwd="/", **environment):
        self._name(path)
        result = heapgrind_program.run(
            "walk", *options, self.dump, "-c", "source 48", cwd=cwd, env=environment, timeout=120)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout

    def test_what_is_no_file_is_no_source(self):
        os.mkdir(os.path.join(self.folder, "folder.py"))
        os.mkfifo(os.path.join(self.folder, "pipe.py"))
        os.symlink("/dev/zero", os.path.join(self.folder, "zero.py"))
        os.truncate(self._write("sparse.py", ""), 5 << 40)
        for name in "folder.py", "pipe.py", "zero.py", "sparse.py":
            path = os.path.join(self.folder, name)
            self._name(path)
            self.assertEqual(converter.run("-o", "/dev/null", self.dump, timeout=120).returncode, 0)
            self.assertNotIn(">     1", self._source(path, cwd=self.folder))

    def test_source_below_the_current_folder_is_shown(self):
        path = self._write("app.py", "x = []\n")
        self.assertIn(">     1  x = []\n", self._source(path, cwd=self.folder))

    def test_source_elsewhere_is_not_shown(self):
        path = self._write("app.py", "secret = []\n")
        text = self._source(path)
        self.assertNotIn("secret", text)
        self.assertIn(f"\nhint: --source-prefix={self.folder}/={self.folder}/ shows it\n", text)
        self.assertIn("> ", self._source(path, f"--source-prefix={self.folder}/={self.folder}/"))

    def test_links_and_dots_do_not_lead_elsewhere(self):
        self._write("secret/app.py", "secret = []\n")
        inside = os.path.join(self.folder, "inside")
        os.mkdir(inside)
        os.symlink("../secret/app.py", os.path.join(inside, "app.py"))
        for path in f"{inside}/app.py", f"{inside}/../secret/app.py":
            self.assertNotIn("secret =", self._source(path, cwd=inside))

    def test_link_to_what_is_no_source_is_not_shown(self):
        os.symlink("notes.txt", os.path.join(self.folder, "app.py"))
        self._write("notes.txt", "secret\n")
        path = os.path.join(self.folder, "app.py")
        self.assertNotIn("secret", self._source(path, cwd=self.folder))

    def test_pythons_own_sources_are_shown(self):
        path = os.path.realpath(tempfile.__file__)
        self.assertIn("> ", self._source(path, PATH=os.path.join(sys.base_prefix, "bin")))

    def test_control_characters_are_escaped(self):
        path = self._write("app.py", "x = '\x1b[2J\u202e'\t#\n")
        self.assertIn("x = '?[2J<U+202E>'\t#\n", self._source(path, cwd=self.folder))

    def test_every_form_of_answer_says_why_there_are_no_lines(self):
        path = self._write("app.py", "secret = []\n")
        answer = json.loads(self._source(path, "--json"))
        self.assertNotIn("lines", answer)
        self.assertIn("--source-prefix", answer["note"])


if __name__ == "__main__":
    unittest.main()
