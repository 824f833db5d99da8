"""Large and deep heaps, and the memory that their dump takes."""

import gc
import os
import re
import subprocess
import sys
import unittest

from dump_support import IS_FREE_THREADED, scan_to_nowhere

MILLION = 1000000
LONG = 200000


class LargeHeapsTest(unittest.TestCase):
    """One chain is a million long, as heaps have them; recursion would end far earlier: each
    of its calls takes more than 100 bytes of the 8 MiB that a stack may have."""

    def count_more(self, make):
        """Returns how many objects a heap adds."""
        gc.collect()  # What ran before left garbage, which would go while the heap is made.
        scan_to_nowhere()
        before = scan_to_nowhere().objects
        heap = make()
        after = scan_to_nowhere().objects
        del heap
        return after - before - 1  # Less the number `before`, an object.

    def test_long_list(self):
        def make():
            return [float(x) for x in range(LONG)]

        self.assertEqual(self.count_more(make), LONG + 1)

    def test_chain_of_a_million_tuples(self):
        def make():
            chain = None
            for _ in range(MILLION):
                chain = (chain,)
            return chain

        self.assertEqual(self.count_more(make), MILLION)

    def test_long_chain_of_dictionaries(self):
        def make():
            chain = {}
            for _ in range(LONG):
                chain = {1: chain}
            return chain

        self.assertEqual(self.count_more(make), LONG + 1)

    def test_tuple_of_itself_sixty_levels_deep(self):
        def make():
            pair = (None,)
            for _ in range(60):
                pair = (pair, pair)
            return pair

        self.assertEqual(self.count_more(make), 60)

    def test_heap_that_is_one_cycle(self):
        def make():
            first = [None]
            last = first
            for _ in range(LONG):
                last = [last]
            first[0] = last
            return first

        self.assertEqual(self.count_more(make), LONG + 1)
        gc.collect()


# Says how long its dump is, waits for a line, and dumps to stdout.  The first dump is for
# what stays: caches, and the interpreter's own.  Huge pages would make 2 MiB of one byte
# (prctl(2): PR_SET_THP_DISABLE is 41).
MEMORY_PROGRAM = """
import ctypes, os, sys
import heapgrind
ctypes.CDLL(None).prctl(41, 1, 0, 0, 0)
{heap}
length = heapgrind.dump("/dev/null", {options}).dump_bytes
os.write(1, ("%d\\n" % length).encode("ascii"))
os.read(0, 1)
heapgrind.dump(sys.stdout, {options})
"""
# Of the dump, in bytes, what is left when the memory is measured: more than the pipe takes
# up, so that the dump has not ended, and less than any heap's.
REST = 1 << 18
LONG_CHAIN = "heap = None\nfor _ in range(200000): heap = (heap, [None])"
# What a pass over any heap may take, in KiB: it is 84 with low_memory, from 2.7 to 3.13 alike.
# Bitmaps of these heaps would take more than 100.
A_PASS = 128
# Two bits, visited and postponed, for the smallest step between two objects: 16
# bytes, 8 where pointers have 4.  That is 1.6 %, or 3.1 %, of densest heaps.
LARGEST_SHARE = 0.02 if sys.maxsize > 2**32 else 0.04


def anonymous_memory(pid):
    """Returns how much memory of a process no file has, in KiB.

    The kernel counts it page by page when it is asked (Linux, fs/proc/task_mmu.c).  What
    VmRSS and VmHWM say lags behind, and has each page of a library, of which the kernel
    maps 16 when one is needed.
    """
    with open("/proc/{}/smaps_rollup".format(pid)) as rollup:
        return int(re.search(r"\nAnonymous:\s+(\d+)", rollup.read()).group(1))


@unittest.skipUnless(os.path.exists("/proc/self/smaps_rollup"), "needs Linux 4.14")
@unittest.skipIf(IS_FREE_THREADED, "without a GIL, the list of objects takes 8 bytes for each")
class MemoryTest(unittest.TestCase):
    def check(self, heap):
        before, added = self.measure(heap, "low_memory=False")
        self.assertLessEqual(added, before * LARGEST_SHARE + 2 * A_PASS)
        return added

    def check_low_memory(self, heap, options="", passes=1):
        _, added = self.measure(heap, "low_memory=True" + options)
        self.assertLessEqual(added, passes * A_PASS)

    def measure(self, heap, options):
        """Returns the memory before a dump and what it has added near its end, in KiB."""
        program = MEMORY_PROGRAM.format(heap=heap, options=options)
        process = subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        rest = int(process.stdout.readline()) - REST
        before = anonymous_memory(process.pid)
        process.stdin.write(b"\n")
        process.stdin.flush()
        while rest > 0:
            rest -= len(process.stdout.read(min(rest, 1 << 16)))
        added = anonymous_memory(process.pid) - before
        process.communicate()
        self.assertEqual(process.returncode, 0)
        return before, added

    def test_low_memory_for_a_long_list(self):
        self.check_low_memory("heap = [float(x) for x in range(300000)]")

    def test_low_memory_for_a_long_chain(self):
        self.check_low_memory(LONG_CHAIN)

    def test_low_memory_without_values(self):
        self.check_low_memory(LONG_CHAIN, ", values='none'", passes=2)

    def test_extra_memory_for_a_long_list(self):
        self.check("heap = [float(x) for x in range(300000)]")

    def test_extra_memory_for_a_long_chain(self):
        added = self.check("heap = None\nfor _ in range(500000): heap = (heap, None)")
        self.assertGreater(added, 3 * A_PASS)  # So what is added is seen.

    def test_extra_memory_for_many_small_lists(self):
        self.check("heap = [[float(x)] * 3 for x in range(200000)]")


if __name__ == "__main__":
    unittest.main()
