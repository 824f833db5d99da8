"""The scanner's view of glibc's heaps against a malloc that counts, in processes of this Python.

The counting malloc, which is loaded before the C library, writes down what is in use and what
was freed; the scanner's unit, linked with it, looks at a forked copy.
"""

import glob
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

from dump_support import IS_FREE_THREADED

HERE = os.path.dirname(os.path.abspath(__file__))
SCANNER = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(HERE))), "scanner")

# What a MallocHeap is made of.
UNITS = [
    "memory/mapping_list",
    "native/block_map",
    "native/free_caches",
    "native/main_arena",
    "native/malloc_heap",
    "native/malloc_heaps",
    "native/mapped_blocks",
    "native/memory_areas",
    "native/page_states",
]

FLAGS = ["-O2", "-fPIC", "-shared", "-std=c++17", "-fno-exceptions", "-fno-rtti"]

# Allocates in all ways and frees some of it; threads keep what they have, and their caches.
PROGRAM = u"""
import ctypes, os, random, sys, threading
libc = ctypes.CDLL(None)
for name in ("malloc", "calloc", "realloc", "aligned_alloc"):
    getattr(libc, name).restype = ctypes.c_void_p
libc.malloc.argtypes = [ctypes.c_size_t]
libc.calloc.argtypes = [ctypes.c_size_t] * 2
libc.aligned_alloc.argtypes = [ctypes.c_size_t] * 2
libc.realloc.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
check_heap = ctypes.PyDLL(None).check_heap  # With the GIL: no thread goes on.
check_heap.argtypes = [ctypes.c_int, ctypes.c_uint64]

def allocate(random, count):
    made = []
    for i in range(count):
        size = int(2 ** (random.random() * 12))
        kind = random.randrange(100)
        if kind == 0:
            size *= 300  # Some have mappings of their own.
        if kind < 10:
            made.append(libc.aligned_alloc(1 << random.randrange(4, 13), size))
        elif kind < 20:
            made.append(libc.calloc(1, size))
        elif kind < 25 and made:
            made.append(libc.realloc(made.pop(random.randrange(len(made))), size))
        else:
            made.append(libc.malloc(size))
        if kind > 60:
            libc.free(made.pop(random.randrange(len(made))))
    return made

def free_some(blocks):
    # More of each size than a cache takes: the rest goes to fastbins and bins.
    for i, block in enumerate(blocks):
        if i % 3:
            libc.free(block)

kept = allocate(random.Random(1), 20000)
free_some([libc.malloc(24 + 16 * (i % 60)) for i in range(10000)])
arrived = threading.Semaphore(0)
end = threading.Lock()
end.acquire()

def run(seed):
    mine = allocate(random.Random(seed), 3000)
    free_some([libc.malloc(24 + 16 * (i % 60)) for i in range(3000)])
    arrived.release()
    end.acquire()
    end.release()

threads = [threading.Thread(target=run, args=(seed,)) for seed in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    arrived.acquire()
sys.stdout.flush()
status = check_heap(1, {more_used})
end.release()
assert status == 0, "the copy ended with %d" % status
"""


def has_glibc():
    """True where the C library has a malloc that the unit knows."""
    import ctypes

    return hasattr(ctypes.CDLL(None), "mallinfo2")


def has_compiler():
    """True where there is a C++ compiler."""
    try:
        return subprocess.call(["g++", "--version"], stdout=subprocess.PIPE) == 0
    except OSError:
        return False


@unittest.skipUnless(has_glibc(), "not run: glibc is older than 2.33, or another C library")
@unittest.skipUnless(has_compiler(), "not run: no g++")
@unittest.skipIf(IS_FREE_THREADED, "not run: native memory is not followed without a GIL")
class MallocHeapTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.library = os.path.join(cls.folder, "heap_check.so")
        sources = glob.glob(os.path.join(HERE, "*.cc"))
        sources += [os.path.join(SCANNER, unit + ".cc") for unit in UNITS]
        command = ["g++"] + FLAGS + ["-iquote", SCANNER, "-iquote", HERE] + sorted(sources)
        subprocess.check_call(command + ["-o", cls.library])

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def look(self, preload=(), tunables="", more_used=0):
        """What a process of this Python says of its heaps: {name: number}, or {"reason": why}."""
        variables = dict(os.environ, GLIBC_TUNABLES=tunables)
        variables["LD_PRELOAD"] = ":".join(list(preload) + [self.library])
        # Python's own allocator would keep most objects out of malloc's heaps.
        variables["PYTHONMALLOC"] = "malloc"
        program = PROGRAM.replace("{more_used}", str(more_used))
        output = subprocess.check_output([sys.executable, "-c", program], env=variables)
        text = output.decode("ascii")
        if text.startswith("reason="):
            return {"reason": text[len("reason=") :]}
        return {name: int(number) for name, number in (word.split("=") for word in text.split())}

    def assert_knows_all(self, found):
        self.assertNotIn("reason", found, found)
        self.assertGreater(found["live"], 20000)
        self.assertGreater(found["freed"], 3000)
        wrong = {name: found[name] for name in ("missing", "wrong_size", "not_at_8", "at_last")}
        self.assertEqual(wrong, dict.fromkeys(wrong, 0), found)
        # A thread's cache may lie where a block was freed, and no malloc is called for it.
        self.assertLessEqual(found["freed_but_found"], 5, found)

    def test_blocks_in_use_are_found_and_free_ones_are_not(self):
        self.assert_knows_all(self.look())

    def test_free_blocks_in_fastbins_are_not_found(self):
        self.assert_knows_all(self.look(tunables="glibc.malloc.tcache_count=0"))

    def test_threads_that_share_an_arena_are_known(self):
        self.assert_knows_all(self.look(tunables="glibc.malloc.arena_max=1"))

    def test_thousands_of_mapped_blocks_are_found(self):
        self.assert_knows_all(self.look(tunables="glibc.malloc.mmap_threshold=8000"))

    def test_figures_that_differ_are_refused(self):
        found = self.look(more_used=50 << 20)
        self.assertEqual(found, {"reason": "malloc's figures differ by 52428800 bytes"})

    def test_another_malloc_is_refused(self):
        others = glob.glob("/usr/lib/*/libjemalloc.so.2")
        if not others:
            self.skipTest("not run: no jemalloc")
        self.assertEqual(self.look(preload=others), {"reason": "another malloc than glibc's"})


if __name__ == "__main__":
    unittest.main()
