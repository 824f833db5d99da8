"""The scanner's tests again, under the eyes of the address sanitizer.

For a scanner that is built with -fsanitize=address,undefined, as by
`bazel test --config=asan`; ./run asan does that.  The interpreter is not built so,
but without its own allocator (PYTHONMALLOC=malloc) each object and buffer is a
block that the sanitizer knows, and a read beyond its end is seen.
"""

import glob
import importlib.util
import os
import re
import subprocess
import sys
import unittest

# Not those that ask what Python's allocator says, that measure memory, or that
# build the scanner.
TESTS = [
    "collector_test",
    "compression_test.ZstdTest.test_path_is_compressed",
    "format_test",
    "frame_objects_test",
    "frames_test",
    "generators_test",
    "large_heaps_test.LargeHeapsTest.test_chain_of_a_million_tuples",
    "library_objects_test",
    "names_test",
    "numpy_test",
    "options_test",
    "parts_test",
    "references_test",
    "roots_test",
    "sizes_test",
    "stress_test",
    "subinterpreters_test",
    "thread_data_test",
    "threads_test",
    "values_test",
]

HERE = os.path.dirname(os.path.abspath(__file__))
ROOMS = glob.glob(os.path.join(glob.escape(HERE), "*", ""))

READ_BEYOND_A_BLOCK = """
import ctypes
allocate = ctypes.CDLL(None).malloc
allocate.restype = ctypes.c_void_p
ctypes.string_at(allocate(100), 101)
"""


def scanner_code():
    """Returns the bytes of the extension module, which cannot be loaded here."""
    (folder,) = importlib.util.find_spec("heapgrind").submodule_search_locations
    (path,) = glob.glob(os.path.join(glob.escape(folder), "_scanner*.so"))
    with open(path, "rb") as library:
        return library.read()


def run_watched(arguments):
    """Runs this interpreter.  Returns its exit status and all that it printed."""
    library = re.search(rb"libasan\.so\.\d+", scanner_code()).group().decode("ascii")
    environment = dict(
        os.environ,
        LD_PRELOAD=library,
        ASAN_OPTIONS="detect_leaks=0",  # The interpreter's are not ours.
        UBSAN_OPTIONS="print_stacktrace=1",
        PYTHONMALLOC="malloc",
        PYTHONPATH=os.pathsep.join(sys.path + ROOMS),
    )
    process = subprocess.run(
        [sys.executable] + arguments,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=HERE,
        env=environment,
    )
    return process.returncode, process.stdout.decode(errors="replace")


class SanitizedTest(unittest.TestCase):
    def test_scanner_is_built_with_both_sanitizers(self):
        code = scanner_code()
        self.assertIn(b"__asan_report_load8", code)
        self.assertIn(b"__ubsan_handle_type_mismatch", code)

    def test_sanitizer_sees_a_read_beyond_a_block(self):
        status, log = run_watched(["-c", READ_BEYOND_A_BLOCK])
        self.assertNotEqual(status, 0)
        self.assertIn("heap-buffer-overflow", log)


def watched(name):
    """Returns a test that runs those of `name`, in a process of its own."""

    def test(self):
        status, log = run_watched(["-m", "unittest", name])
        self.assertEqual(status, 0, log)

    return test


for name in TESTS:
    method = "test_" + re.sub(r"\W", "_", name)
    setattr(SanitizedTest, method, watched(name))


if __name__ == "__main__":
    unittest.main()
