"""Large and deep heaps, and the memory that their dump takes."""

import gc
import os
import re
import subprocess
import sys
import unittest

from dump_support import scan_to_nowhere

MILLION = 1000000


class LargeHeapsTest(unittest.TestCase):
    def count_more_than(self, make):
        """Returns how many objects a heap adds, but for what the dumps themselves make."""
        before = scan_to_nowhere().objects
        heap = make()
        after = scan_to_nowhere().objects
        del heap
        return after - before

    def test_list_of_a_million_elements(self):
        def make():
            return [float(x) for x in range(MILLION)]

        self.assertAlmostEqual(self.count_more_than(make), MILLION, delta=100)

    def test_chain_of_a_million_tuples(self):
        def make():
            chain = None
            for _ in range(MILLION):
                chain = (chain,)
            return chain

        self.assertAlmostEqual(self.count_more_than(make), MILLION, delta=100)

    def test_chain_of_a_million_dictionaries(self):
        def make():
            chain = {}
            for _ in range(MILLION):
                chain = {1: chain}
            return chain

        self.assertAlmostEqual(self.count_more_than(make), MILLION, delta=100)

    def test_tuple_of_itself_sixty_levels_deep(self):
        def make():
            pair = ()
            for _ in range(60):
                pair = (pair, pair)
            return pair

        self.assertLess(self.count_more_than(make), 200)

    def test_heap_that_is_one_cycle(self):
        def make():
            first = [None]
            last = first
            for _ in range(MILLION):
                last = [last]
            first[0] = last
            return first

        self.assertAlmostEqual(self.count_more_than(make), MILLION, delta=100)
        gc.collect()


MEMORY_PROGRAM = """
from __future__ import print_function
import re
import heapgrind
def status(key):
    with open("/proc/self/status") as status:
        return int(re.search(key + r":\\s+(\\d+)", status.read()).group(1))
{heap}
def measure():
    with open("/proc/self/clear_refs", "w") as clear_refs:
        clear_refs.write("5")
    with open("/proc/self/smaps_rollup") as rollup:  # VmRSS may lag behind.
        before = int(re.search(r"\\nRss:\\s+(\\d+)", rollup.read()).group(1))
    heapgrind.dump("/dev/null", low_memory={low_memory})
    return before, status("VmHWM") - before
measure()  # What this needs itself stays.
print(*measure())
"""
# Two bits, visited and postponed, for the smallest step between two objects: 16
# bytes, 8 where pointers have 4.  That is 1.6 %, or 3.1 %, of densest heaps.
LARGEST_SHARE = 0.02 if sys.maxsize > 2**32 else 0.04


def can_reset_peak():
    """True if this system lets a process reset its VmHWM."""
    return os.access("/proc/self/clear_refs", os.W_OK) and os.path.exists(
        "/proc/self/smaps_rollup"
    )


@unittest.skipUnless(can_reset_peak(), "needs /proc/self/clear_refs")
class MemoryTest(unittest.TestCase):
    def check(self, heap):
        resident, added = self.measure(heap, low_memory=False)
        self.assertLessEqual(added, resident * LARGEST_SHARE + 256)

    def check_low_memory(self, heap):
        # The kernel counts a process's pages in batches of up to 32 a processor,
        # so that one measure may say too much: the least of three counts.
        added = [tuple(self.measure(heap, low_memory=True))[1] for _ in range(3)]
        self.assertLessEqual(min(added), 64, added)

    def measure(self, heap, low_memory):
        """Returns what is resident and what a dump adds to it, in KiB."""
        program = MEMORY_PROGRAM.format(heap=heap, low_memory=low_memory)
        output = subprocess.check_output([sys.executable, "-c", program])
        return map(int, re.findall(r"\d+", output.decode("ascii")))

    def test_low_memory_for_a_long_list(self):
        heap = "heap = [float(x) for x in range(1000000)]"
        self.check_low_memory(heap)
        _, added = self.measure(heap, low_memory=False)
        self.assertGreater(added, 128)  # So the measure sees what is added.

    def test_low_memory_for_a_long_chain(self):
        self.check_low_memory(
            "heap = None\nfor _ in range(500000): heap = (heap, [None])"
        )

    def test_extra_memory_for_a_long_list(self):
        self.check("heap = [float(x) for x in range(1000000)]")

    def test_extra_memory_for_a_long_chain(self):
        self.check("heap = None\nfor _ in range(1000000): heap = (heap, None)")

    def test_extra_memory_for_many_small_lists(self):
        self.check("heap = [[float(x)] * 3 for x in range(400000)]")


if __name__ == "__main__":
    unittest.main()
