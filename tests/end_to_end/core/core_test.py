"""A dump from a core has what a dump of the process had."""

import gzip
import os
import shutil
import subprocess
import unittest

from tests.end_to_end.outside import core_support
from tests.end_to_end.outside import outside_support
from tests.end_to_end.support import live_process

_VERSIONS = ("3.8", "3.12", "3.13")  # Besides Debian's.


class CoreTest(core_support.ProgramTestCase):
    def _check_same(self, make_core, python=outside_support.SYSTEM_PYTHON):
        with self.process(python) as process:
            live = outside_support.heapgrind_program.run(
                "dump", str(process.pid), "--blobs", self.blobs, "-o", self.output + ".live")
            self.assertEqual(live.returncode, 0, live.stderr)
            core = make_core(process, self.folder)
        self.assertWritten(self.dump_core(core))
        expected, found = core_support.records(self.output + ".live"), core_support.records(self.output)
        self.assertGreater(len(expected), 20000)
        self.assertEqual(found, expected)
        names = {record.get("name") for record in found if record.get("root") == "thread"}
        self.assertEqual(names, {"MainThread", "server-0", "server-1", "server-2"})
        return core

    def test_core_of_the_kernel_has_what_the_process_had(self):
        self._check_same(core_support.kernel_core)

    def test_core_of_gdb_has_what_the_process_had(self):
        self._check_same(core_support.gdb_core)

    def test_other_versions(self):
        for version in _VERSIONS:
            python = outside_support.pyenv(version)
            with self.subTest(version):
                if python is None:
                    self.skipTest(f"not run: Python {version} is not installed")
                live_process.build_blob(self.blobs, python)
                self._check_same(core_support.kernel_core, python)

    def test_compressed_and_piped_cores_are_the_same(self):
        core = self.core()
        self.assertWritten(self.dump_core(core))
        expected = core_support.records(self.output)
        with open(core, "rb") as source, gzip.open(core + ".gz", "wb", 1) as target:
            shutil.copyfileobj(source, target)
        subprocess.run(["zstd", "-q", "-1", core], check=True)
        for packed in (core + ".gz", core + ".zst"):
            self.assertWritten(self.dump_core(packed))
            self.assertEqual(core_support.records(self.output), expected)
            with open(packed, "rb") as file:
                self.assertWritten(self.dump_core("-", stdin=file))
            self.assertEqual(core_support.records(self.output), expected)

    def test_default_name_has_the_number_of_the_process(self):
        with self.process() as process:
            core = core_support.kernel_core(process, self.folder)
        result = outside_support.heapgrind_program.run(
            "dump", core, "--blobs", self.blobs, cwd=self.folder)
        self.assertWritten(result)
        name = os.path.join(self.folder, f"heapgrind.{process.pid}.json")
        self.assertEqual(os.stat(name).st_mode & 0o777, 0o600)

    def test_core_that_is_cut_off_gives_what_is_there(self):
        core = self.core()
        os.truncate(core, os.path.getsize(core) - 20000)  # The end of the main thread's stack.
        result = self.dump_core(core)
        self.assertWritten(result)
        self.assertIn(f"{core}: cut off; the dump has what is there", result.stderr)
        self.assertGreater(len(core_support.records(self.output)), 20000)

    def test_core_whose_heap_is_cut_off_is_refused(self):
        core = self.core()
        os.truncate(core, os.path.getsize(core) // 2)
        result = self.dump_core(core)
        self.assertEqual(result.returncode, 1)
        self.assertIn("hint: the core is cut off", result.stderr)

    def test_filter_that_leaves_the_heap_out_is_told(self):
        core = self.core(coredump_filter=0x10)
        result = self.dump_core(core)
        self.assertEqual(result.returncode, 1)
        self.assertIn("coredump_filter", result.stderr)

    def test_filter_with_private_memory_alone_gives_all_objects(self):
        whole = self._check_same(core_support.kernel_core)
        os.remove(whole)
        result = self.dump_core(self.core(coredump_filter=0x01))
        self.assertWritten(result)
        self.assertGreater(len(core_support.records(self.output)), 20000)


if __name__ == "__main__":
    unittest.main()
