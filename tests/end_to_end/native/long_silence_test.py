"""A copy that looks at native memory for long without a record goes on."""

import os
import unittest

from tests.end_to_end.native import native_dump, native_support


class LongSilenceTest(native_support.NativeTestCase):
    def test_many_blocks(self):
        native_support.build_extension(self.packages)
        process, facts = self.hold("many_blocks")
        path = os.path.join(self.folder, "dump")
        self.write_outside(process, "sum", path, "--timeout=1")
        dump = native_dump.read(path)
        self.assertNotIn("native_cut_short", dump.end)
        blocks = [record for record in dump.objects.values() if dump.is_block(record["address"])]
        self.assertGreaterEqual(sum(record.get("blocks", 1) for record in blocks), facts["blocks"])


if __name__ == "__main__":
    unittest.main()
