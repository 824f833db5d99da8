"""Strange and busy heaps, and that a dump changes nothing."""

import gc
import shutil
import subprocess
import sys
import tempfile
import threading
import unittest

import dump_support
from dump_support import scan_to_nowhere
import heapgrind

VERSION = sys.version_info[:2]


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
            "try:\n"
            "    signal.setitimer(signal.ITIMER_REAL, 0.1)\n"
            "    while True: heapgrind.dump(sys.argv[1] + '/dump.json')\n"
            "except KeyboardInterrupt:\n"
            "    print(all(b'\"end\"' in open(os.path.join(sys.argv[1], x), 'rb').read()[-300:]\n"
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
        # Less than a block for each: caches of the interpreter grow by a few.
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
