"""Scanners that add_blobs.py puts into the program are those that `heapgrind dump` uses."""

import os
import shutil
import subprocess
import sys
import unittest

from tests.end_to_end.outside import outside_support
from tests.end_to_end.support import heapgrind_program

_TOOL = os.path.abspath("converter/add_blobs.py")


class AddBlobsTest(outside_support.OutsideTestCase):
    def _add(self, *words):
        return subprocess.run(
            [sys.executable, _TOOL, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            check=False, encoding="utf-8")

    def _program(self, *names):
        """Returns a program with blobs of these names, all the same."""
        paths = []
        for name in names:
            paths.append(os.path.join(self.folder, name))
            shutil.copy(outside_support.tiny_blob(), paths[-1])
        program = os.path.join(self.folder, "heapgrind")
        result = self._add(heapgrind_program.PROGRAM, *paths, "-o", program)
        self.assertEqual((result.returncode, result.stdout), (0, program + "\n"), result.stderr)
        return program

    def _run(self, program, *words):
        return subprocess.run([program, "dump", *words], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, check=False, encoding="utf-8")

    def test_program_has_them(self):
        program = self._program("heapgrind-cp310.blob", "heapgrind-cp39.blob")
        self.assertEqual(self._run(program, "--list").stdout,
                         "cp39    CPython 3.9\ncp310   CPython 3.10\n")

    def test_program_uses_them(self):
        tag = outside_support.tag_of(outside_support.SYSTEM_PYTHON)
        program = self._program(f"heapgrind-{tag}.blob")
        with outside_support.Process() as process:
            result = self._run(program, str(process.pid), "-o", self.output)
            self.assertDumped(result)
            self.assertUnharmed(process)

    def test_they_replace_those_before(self):
        program = self._program("heapgrind-cp310.blob")
        blob = os.path.join(self.folder, "heapgrind-cp38.blob")
        shutil.copy(outside_support.tiny_blob(), blob)
        self.assertEqual(self._add(program, blob, "-o", program).returncode, 0)
        self.assertEqual(self._run(program, "--list").stdout, "cp38    CPython 3.8\n")

    def test_stripped_program_still_has_them(self):
        program = self._program("heapgrind-cp310.blob")
        subprocess.run(["strip", program], check=True)
        self.assertEqual(self._run(program, "--list").stdout, "cp310   CPython 3.10\n")

    def test_section_is_not_loaded(self):
        program = self._program("heapgrind-cp310.blob")
        listing = subprocess.run(["readelf", "-SW", program], stdout=subprocess.PIPE, check=True,
                                 encoding="utf-8").stdout
        line, = [line for line in listing.splitlines() if ".heapgrind.blobs" in line]
        self.assertNotIn(" A ", line)

    def test_damaged_section_is_refused(self):
        program = self._program("heapgrind-cp310.blob")
        with open(program, "rb") as file:
            content = file.read()
        place = content.rindex(b"HGBLOBS1")
        for offset, byte in (8, 0xff), (15, 0xff), (40, 0xff), (54, 0xff):
            damaged = bytearray(content)
            damaged[place + offset] = byte
            with open(program + "-2", "wb") as file:
                file.write(damaged)
            os.chmod(program + "-2", 0o755)
            result = self._run(program + "-2", "--list")
            self.assertEqual((offset, result.returncode, result.stderr), (
                offset, 1, "heapgrind dump: /proc/self/exe: expected blobs in the program's "
                           "file, got a damaged section .heapgrind.blobs\n"))

    def test_file_that_is_no_blob_by_its_name_is_refused(self):
        result = self._add(heapgrind_program.PROGRAM, "blob.so", "-o", self.output)
        self.assertEqual((result.returncode, result.stderr), (
            1, "add_blobs.py: expected heapgrind-TAG.blob, got 'blob.so'\n"))


if __name__ == "__main__":
    unittest.main()
