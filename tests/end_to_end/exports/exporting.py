"""Runs heapgrind export, for tests."""

import gzip
import os
import tempfile
import unittest

from tests.end_to_end.exports import heap_snapshot, pprof_file
from tests.end_to_end.support import heapgrind_program

DUMPS = tuple(f"testdata/{name}.json.gz" for name in (
    "leak", "leak-32bit", "shapes", "sites", "meliae-py27-all", "meliae-py27-gc"))


class ExportTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def export(self, format_, *words, name="out"):
        """Writes a dump in that format, and returns the path; asserts that nothing is said but
        what Meliae's dumps lack."""
        result = heapgrind_program.run("export", f"--format={format_}", "-o", self.path(name),
                                       *words)
        said = [line for line in result.stderr.splitlines() if "meliae-py27" not in line]
        self.assertEqual((result.returncode, result.stdout, said), (0, "", []))
        return self.path(name)

    def pprof(self, *words):
        return pprof_file.read(self.export("pprof", *words))

    def folded(self, *words):
        """(names from main on, bytes) of each line."""
        with open(self.export("folded", *words), encoding="utf-8") as file:
            lines = [line.rstrip("\n").rpartition(" ") for line in file]
        return [(tuple(stack.split(";")), int(number)) for stack, _, number in lines]

    def snapshot(self, *words):
        with open(self.export("heapsnapshot", *words), encoding="utf-8") as file:
            return heap_snapshot.HeapSnapshot(file.read())


def read_gzip(path):
    with gzip.open(path) as file:
        return file.read()
