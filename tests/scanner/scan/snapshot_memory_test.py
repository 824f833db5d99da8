"""What the forked copy costs in memory."""

import os
import re
import sys
import unittest

import heapgrind
import snapshot_support
from snapshot_support import LONG, resident_bytes

# Of what is resident.  It is 1 to 2 % (CPython 3.11); a copy that wrote to each object, as
# counting references does, would copy nearly all of it.
LARGEST_SHARE = 0.15


class MemoryTest(snapshot_support.SnapshotTest):
    """What the copy costs, when the process changes nothing meanwhile."""

    def test_reference_counts_do_not_change_and_little_is_copied(self):
        held = [{"key": [float(x)], "text": "text %d" % x} for x in range(100000)]
        counts = [sys.getrefcount(x) for x in held[:100]]
        resident = resident_bytes()
        snapshot = self.take()
        self.assertEqual([sys.getrefcount(x) for x in held[:100]], counts)
        if snapshot.copied_bytes is not None:
            self.assertLess(snapshot.copied_bytes, resident * LARGEST_SHARE)
            self.assertGreater(snapshot.copied_bytes, 10000)

    @unittest.skipUnless(os.path.exists("/proc/self/smaps_rollup"), "needs Linux 4.14")
    def test_the_kernel_says_so_near_the_end_of_the_dump(self):
        held = [{"key": [float(x)], "text": "text %d" % x} for x in range(100000)]
        length = heapgrind.dump("/dev/null").dump_bytes
        read_end, write_end = os.pipe()
        with os.fdopen(write_end, "wb") as pipe:
            snapshot = heapgrind.dump(pipe, fork=True)
        left = length - (1 << 18)
        while left > 0:  # The copy waits for the pipe from here on.
            left -= len(os.read(read_end, min(left, 1 << 16)))
        with open("/proc/{}/smaps_rollup".format(snapshot.pid)) as rollup:
            figures = dict(re.findall(r"(\w+):\s+(\d+) kB", rollup.read()))
        os.close(read_end)
        self.assertTrue(snapshot.wait(LONG))
        self.assertGreater(int(figures["Rss"]), 20000)
        self.assertLess(int(figures["Private_Dirty"]), int(figures["Rss"]) * LARGEST_SHARE)
        del held


if __name__ == "__main__":
    unittest.main()
