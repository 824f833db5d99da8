"""Tests that the viewers agree about heaps of real processes.

From the live process over the dump to the callgrind file and what the viewers say.
"""

import json
import os
import sys
import tempfile
import unittest

from tests.end_to_end.callgrind import callgrind_file
from tests.end_to_end.callgrind import check_callgrind
from tests.end_to_end.support import converter
from tests.end_to_end.support import heapgrind_program
from tests.end_to_end.support import live_process
from tests.end_to_end.viewers import viewers


def setUpModule():
    # pylint: disable=invalid-name
    folder = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(folder.cleanup)
    RealHeap.folder = folder.name


class RealHeap:
    """The tests, for a heap that the subclass names."""

    folder = None  # For all files of these tests.
    python = None  # The interpreter.
    program = None  # The program to run.
    modules = ()  # Names of modules that must have a row in the profile.

    @classmethod
    def packages(cls):
        """Returns the folder that has the scanner for this interpreter."""
        raise NotImplementedError

    @classmethod
    def setUpClass(cls):
        base = os.path.join(cls.folder, cls.__name__)
        dump = base + ".json"
        live_process.dump(cls.program, dump, cls.packages(), cls.python)
        with open(dump, "rb") as file:
            file.seek(-200, os.SEEK_END)
            cls.end = json.loads(file.readlines()[-1])
        cls.path_of = {}
        for by in ("path", "type"):
            cls.path_of[by] = f"{base}.callgrind.out.by-{by}"
            converter.convert(dump, cls.path_of[by], f"--by={by}")

    def test_callgrind_file_by_path_follows_every_rule(self):
        problems, _ = check_callgrind.check(self.path_of["path"], self.end["size"])
        self.assertEqual(problems[:20], [])

    def test_callgrind_file_by_type_follows_every_rule(self):
        problems, _ = check_callgrind.check(
            self.path_of["type"], self.end["size"], has_classes=False)
        self.assertEqual(problems[:20], [])

    def test_every_object_is_counted(self):
        for by, path in self.path_of.items():
            totals = callgrind_file.read(path).totals
            self.assertEqual((by, totals), (by, (self.end["size"], self.end["end"])))

    def test_modules_have_rows(self):
        names = {f.name for f in callgrind_file.read(self.path_of["path"]).functions.values()}
        missing = [name for name in self.modules
                   if not any(row.startswith(f"module::{name}") for row in names)]
        self.assertEqual(missing, [])

    def test_annotate_prints_the_same_total(self):
        for by, path in self.path_of.items():
            self.assertEqual(
                (by, viewers.annotate(path)),
                (by, ([self.end["size"], self.end["end"]], "")))

    def test_kcachegrind_is_content_with_the_file_by_path(self):
        self.assertEqual(
            viewers.kcachegrind_messages(self.path_of["path"]), viewers.KCACHEGRIND_IS_CONTENT)

    def test_kcachegrind_is_content_with_the_file_by_type(self):
        self.assertEqual(
            viewers.kcachegrind_messages(self.path_of["type"]), viewers.KCACHEGRIND_IS_CONTENT)


class StandardLibraryTest(RealHeap, unittest.TestCase):
    """A process that imported the standard library, under the interpreter of the tests."""

    python = sys.executable
    program = "testdata/programs/standard_library.py"
    modules = ("argparse", "asyncio", "decimal", "json", "unittest", "xml")

    @classmethod
    def packages(cls):
        return os.path.abspath("scanner")  # As Bazel built it.


class WebShopTest(RealHeap, unittest.TestCase):
    """A process with Django, pandas and SQLAlchemy, under Debian's interpreter."""

    python = live_process.SYSTEM_PYTHON
    program = "docs/examples/serve_shop.py"
    modules = ("django", "numpy", "pandas", "shop", "sqlalchemy")

    @classmethod
    def packages(cls):
        folder = os.path.join(cls.folder, "packages")
        live_process.install("tests/end_to_end/support/system_python.whl", folder)
        return folder

    def test_first_sentence_names_the_cache_with_the_bytes_of_its_row(self):
        profile = callgrind_file.read(self.path_of["path"])
        cache = next(call.cost[0] for function in profile.functions.values()
                     for callee, call in function.calls
                     if profile.functions[callee].name == "dict::CACHE (shop.sessions.CACHE)")
        dump = os.path.join(self.folder, "WebShopTest.json")
        first = json.loads(
            heapgrind_program.run("summary", "--json", dump).stdout)["sentences"][0]
        self.assertEqual(
            (first["owner"], first["count"], first["type"], first["bytes"], first["of_bytes"]),
            ("shop.sessions.CACHE", 120_000, "Session", cache, self.end["size"]))


if __name__ == "__main__":
    unittest.main()
