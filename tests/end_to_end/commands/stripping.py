"""Runs heapgrind strip, for tests."""

import os
import tempfile
import unittest

from tests.end_to_end.support import converter, heapgrind_program

DUMPS = ("leak.json.gz", "shapes.json.gz", "meliae-py27-all.json.gz", "meliae-py27-gc.json.gz")

SMALL = """\
{"heapgrind": 1, "scanner": "0.1.0", "python": "3.11.2", "pid": 4711}
{"root": "modules", "refs": [16]}
{"address": 16, "type": "dict", "size": 64, "pairs": 2, "refs": [32, 48, 64, 80]}
{"address": 32, "type": "str", "size": 50, "value": "user", "refs": []}
{"address": 48, "type": "str", "size": 51, "len": 9, "value": "somebody\\n", "refs": []}
{"address": 64, "type": "str", "size": 52, "value": "rows", "refs": []}
{"address": 80, "type": "list", "size": 90, "refs": [48, 48, 96]}
{"address": 48, "type": "str", "size": 51, "value": "another", "refs": []}
{"address": 96, "type": "strange", "size": 7, "value": 123456, "refs": []}
{"end": 7, "size": 365}
"""


class StripTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def _path(self, name):
        return os.path.join(self.folder, name)

    def _write(self, name, text):
        with open(self._path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self._path(name)

    def _strip(self, *arguments, **options):
        """Returns stdout; asserts that all went well, and that stderr is as told."""
        stderr = options.pop("stderr_text", "")
        result = heapgrind_program.run("strip", *arguments, **options)
        self.assertEqual((result.returncode, result.stderr), (0, stderr))
        return result.stdout

    def _profile(self, dump, *options):
        """Returns the profile of a dump; what the reader says of repeats is left out."""
        with open(dump, "rb") as file:
            result = converter.run(*options, "-", stdin=file)
        self.assertEqual(result.returncode, 0, result.stderr)
        lines = result.stderr.decode().splitlines()
        return result.stdout, [line for line in lines if "dumped again" not in line]
