"""Runs memdump2callgrind on bad input, and sees to it that no file is touched."""

import os
import tempfile
import unittest

from tests.end_to_end.support import converter

HEADER = b'{"heapgrind": 1, "scanner": "0.1.0", "python": "3.11.2", "pid": 4711}\n'
ROOT = b'{"root": "modules", "name": "sys.modules", "refs": [16]}\n'
OBJECT = b'{"address": 16, "type": "dict", "size": 64, "refs": [32]}\n'
LEAF = b'{"address": 32, "type": "str", "size": 50, "refs": []}\n'
END = b'{"end": 2, "size": 114}\n'
GOOD = HEADER + ROOT + OBJECT + LEAF + END
_HINT = "hint: try memdump2callgrind --help\n"


class BadInputTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self._write("callgrind.out", b"an older output")

    def _write(self, name, content):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(content)

    def _run(self, *arguments, **options):
        """Returns exit status, stdout and stderr, and asserts that no file was touched."""
        before = self._files()
        result = converter.run(*arguments, cwd=self.folder, **options)
        self.assertEqual(self._files(), before)
        return result.returncode, result.stdout or b"", result.stderr.decode("utf-8")

    def _files(self):
        content_of = {}
        for name in os.listdir(self.folder):
            path = os.path.join(self.folder, name)
            if os.path.isfile(path):
                with open(path, "rb") as file:
                    content_of[name] = file.read()
        return content_of

    def assert_refused(self, content, message):
        """Asserts that a dump of this content is an error with this message."""
        self._write("dump.json", content)
        self.assertEqual(
            self._run("-o", "callgrind.out", "dump.json"),
            (1, b"", f"memdump2callgrind: {message}\n"))

    def assert_usage_error(self, message, *arguments):
        self.assertEqual(
            self._run(*arguments), (2, b"", f"memdump2callgrind: {message}\n{_HINT}"))
