"""What a blob is made of, and what it wants of the process."""

import os
import sys
import unittest

import blob_elf
import blob_support

sys.path.insert(0, blob_support.SCANNER)

import build_settings  # noqa: E402

PT_INTERP, PT_TLS = 3, 7
DT_NEEDED, DT_INIT, DT_INIT_ARRAY = 1, 12, 25


class BlobFileTest(blob_support.BlobTestCase):
    @classmethod
    def setUpClass(cls):
        super(BlobFileTest, cls).setUpClass()
        with open(cls.path, "rb") as blob_file:
            cls.elf = blob_elf.ElfFile(blob_file.read())

    def test_wants_only_what_reads_memory(self):
        wanted = {symbol.name for symbol in self.elf.symbols().values() if symbol.section == 0}
        self.assertGreater(len(wanted), 20)
        known = set(build_settings.BLOB_FUNCTIONS + build_settings.BLOB_VARIABLES)
        self.assertLessEqual(wanted, known)

    def test_relocations_are_those_that_a_loader_knows(self):
        known = {
            blob_elf.R_64,
            blob_elf.R_GLOB_DAT,
            blob_elf.R_JUMP_SLOT,
            blob_elf.R_RELATIVE,
        }
        self.assertLessEqual({x.kind for x in self.elf.relocations()}, known)

    def test_has_neither_thread_local_data_nor_an_interpreter(self):
        kinds = {segment.kind for segment in self.elf.segments}
        self.assertEqual(kinds & {PT_TLS, PT_INTERP}, set())

    def test_needs_no_library_and_begins_with_nothing(self):
        tags = {DT_NEEDED, DT_INIT, DT_INIT_ARRAY}
        self.assertEqual(set(self.elf.dynamic) & tags, set())

    def test_is_called_after_its_python(self):
        name = os.path.basename(self.path)
        version = "heapgrind-cp{}{}".format(*sys.version_info[:2])
        self.assertTrue(name.startswith(version) and name.endswith(".blob"), name)


if __name__ == "__main__":
    unittest.main()
