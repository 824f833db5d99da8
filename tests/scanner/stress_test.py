"""Large, deep, strange and busy heaps."""

import gc
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest

import dump_support
import heapgrind

VERSION = sys.version_info[:2]
MILLION = 1000000


def scan_to_nowhere():
    """Dumps to /dev/null; returns the summary."""
    return heapgrind.dump("/dev/null")


class LargeHeapsTest(unittest.TestCase):
    def count_more_than(self, make):
        """Returns how many objects a heap adds."""
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


class StrangeObjectsTest(unittest.TestCase):
    def test_object_that_refers_to_itself(self):
        cycle = []
        cycle.extend([cycle, {"self": cycle}])
        self.assertEqual(dump_support.take_dump().of(cycle)["len"], 2)

    def test_instance_that_was_never_initialised(self):
        class Class(object):
            __slots__ = ("slot", "__dict__")

        half = Class.__new__(Class)
        dump = dump_support.take_dump()
        self.assertEqual(dump.of(half)["refs"], [id(Class)])

    def test_exception_that_was_never_initialised(self):
        half = OSError.__new__(OSError)
        self.assertTrue(dump_support.take_dump().has(half))

    def test_list_that_is_being_built(self):
        # The list is half full while its iterator dumps.
        dumps = []

        def build():
            yield 1
            dumps.append(dump_support.take_dump())
            yield 2

        self.assertEqual(list(build()), [1, 2])
        self.assertGreater(dumps[0].summary.objects, 0)

    def test_tuple_that_is_being_built(self):
        dumps = []

        def build():
            yield [1]
            dumps.append(dump_support.take_dump())

        self.assertEqual(len(tuple(build())), 1)
        self.assertGreater(dumps[0].summary.objects, 0)

    def test_class_with_a_name_like_a_special_type(self):
        fake_type = type("collections.deque", (object,), {"__slots__": ()})
        fake = fake_type()
        record = dump_support.take_dump().of(fake)
        self.assertEqual(record["type"], "deque")
        self.assertEqual(record["size"], sys.getsizeof(fake))
        self.assertNotIn("len", record)

    def test_class_whose_name_is_no_identifier(self):
        strange = type('a"b\\', (object,), {})()
        self.assertEqual(dump_support.take_dump().of(strange)["type"], 'a"b\\')

    def test_sys_modules_with_anything_in_it(self):
        sys.modules["not a module"] = 5
        try:
            self.assertGreater(scan_to_nowhere().objects, 0)
        finally:
            del sys.modules["not a module"]

    def test_dump_from_a_finalizer_during_collection(self):
        dumps = []

        class Dying(object):
            def __del__(self):
                dumps.append(scan_to_nowhere())

        dying = Dying()
        if VERSION >= (3, 4):
            dying.cycle = dying
        del dying
        gc.collect()
        self.assertEqual(len(dumps), 1)


class HarmlessTest(unittest.TestCase):
    def test_interrupt_during_a_dump_comes_after_it(self):
        program = (
            "import os, signal, sys, heapgrind\n"
            "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
            "heap = [float(x) for x in range(200000)]\n"
            "signal.signal(signal.SIGALRM, lambda *unused: os.kill(os.getpid(), 2))\n"
            "signal.setitimer(signal.ITIMER_REAL, 0.1)\n"
            "try:\n"
            "    while True: heapgrind.dump(sys.argv[1] + '/dump.json')\n"
            "except KeyboardInterrupt:\n"
            "    print(all(b'\"end\"' in open(os.path.join(sys.argv[1], x), 'rb').read()[-100:]\n"
            "              for x in os.listdir(sys.argv[1])))\n"
        )
        directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        self.addCleanup(shutil.rmtree, directory)
        output = subprocess.check_output([sys.executable, "-c", program, directory])
        self.assertEqual(output.strip(), b"True")

    def test_reference_counts_do_not_change(self):
        items = [[], {}, (1, 2.5), object(), set(), lambda: 1, OSError(), u"a b"]
        items.append(type("Class", (object,), {})())
        before = [sys.getrefcount(item) for item in items]
        scan_to_nowhere()
        self.assertEqual([sys.getrefcount(item) for item in items], before)

    @unittest.skipUnless(hasattr(sys, "getallocatedblocks"), "needs Python 3.4")
    def test_nothing_stays_allocated(self):
        scan_to_nowhere()
        gc.collect()
        before = sys.getallocatedblocks()
        for _ in range(40):
            scan_to_nowhere()
        self.assertLess(abs(sys.getallocatedblocks() - before), 40)

    def test_no_dictionary_is_made_for_instances(self):
        class Class(object):
            pass

        instance = Class()
        instance.attribute = [1]
        names = dump_support.named(dump_support.take_dump().of(instance))
        self.assertEqual("__dict__" in names, VERSION < (3, 11))

    def test_no_python_code_runs(self):
        calls = []

        class Class(object):
            def __getattribute__(self, name):
                calls.append(name)
                return object.__getattribute__(self, name)

            def __sizeof__(self):
                calls.append("__sizeof__")
                return 0

            def __hash__(self):
                calls.append("__hash__")
                return 0

            def __eq__(self, other):
                calls.append("__eq__")
                return False

        table = {Class(): Class()}
        del calls[:]
        scan_to_nowhere()
        self.assertEqual(calls, [])
        del table

    def test_dumps_in_a_loop_while_threads_allocate(self):
        must_end = threading.Event()
        failures = []

        def allocate():
            kept = []
            while not must_end.is_set():
                kept.append({"a": [object() for _ in range(10)], "b": (1, 2.5)})
                if len(kept) > 1000:
                    del kept[:500]
                if len(kept[-1]["a"]) != 10:
                    failures.append(kept[-1])

        threads = [threading.Thread(target=allocate) for _ in range(3)]
        for thread in threads:
            thread.start()
        try:
            for low_memory in [False, True] * 10:
                summary = heapgrind.dump("/dev/null", low_memory=low_memory)
                self.assertGreater(summary.objects, 1000)
        finally:
            must_end.set()
            for thread in threads:
                thread.join()
        self.assertEqual(failures, [])


if __name__ == "__main__":
    unittest.main()
