"""The books balance: what the allocators have handed out, and what explains it."""

import json
import os
import struct
import subprocess
import sys
import unittest

import dump_support
import malloc_support

VERSION = sys.version_info[:2]

# Of another malloc than glibc's nothing is known, and neither Python 2.7 nor a free-threaded
# build says what its allocator has handed out.
HAS_MALLOC = malloc_support.is_glibcs()
KNOWS_PYMALLOC = VERSION >= (3, 0) and not dump_support.IS_FREE_THREADED
KNOWS_BOTH = HAS_MALLOC and KNOWS_PYMALLOC
FIGURES = ["malloc_used", "malloc_free", "malloc_mapped"] if HAS_MALLOC else []
if KNOWS_PYMALLOC:
    FIGURES += ["pymalloc_arenas", "pymalloc_used", "pymalloc_free"]

PROGRAM = """
import heapgrind
class User(object):
    def __init__(self, number):
        self.number = 1000 + number
        self.name = "user %d" % number
        self.tags = ["tag", number + 1000000]
users = [User(i) for i in range(25000)]
table = {"key %d" % i: (i + 0.25, "value %d" % i) for i in range(25000)}
print(heapgrind.dump("/dev/null").explained)
"""

PANDAS_PROGRAM = """
try:
    import django, numpy, pandas
    from django.conf import settings
    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"]
    )
    django.setup()
except ImportError:
    raise SystemExit("needs Django and pandas")
frame = pandas.DataFrame(
    {"a": numpy.arange(200000), "b": ["row %d" % i for i in range(200000)]}
)
import heapgrind
print(heapgrind.dump("/dev/null").explained)
"""

GROWTH_PROGRAM = """
import json, os, sys, heapgrind
def header():
    heapgrind.dump(sys.argv[1])
    with open(sys.argv[1]) as dump:
        return json.loads(dump.readline())
header()
first = header()
small = [(i, i + 1, i + 2) for i in range(100000)]
large = bytearray(50000000)
print(json.dumps([first, header()]))
"""


POINTER_SIZE = struct.calcsize("P")  # Bytes.

# Of what was handed out, objects explain 0.96 (CPython 3.11): the rest are tables of the
# interpreter and of libraries, which no object owns.  More than all would be bytes
# counted twice, but for the slack, which we compute and do not read.
MOST = 1.005

# A debug build would add three words to each block (Objects/obmalloc.c,
# _PyMem_DebugRawAlloc), which no object owns.
ENVIRONMENT = dict(os.environ, PYTHONMALLOC="pymalloc")


class BooksTest(unittest.TestCase):
    def test_header_has_the_figures_of_the_allocators(self):
        header = next(dump_support.take_dump().parsed())
        # A small heap may have no block with a mapping of its own.
        missing = [key for key in FIGURES if key not in header]
        self.assertEqual([key for key in missing if key != "malloc_mapped"], [])

    @unittest.skipUnless(KNOWS_PYMALLOC, "needs pymalloc's figures")
    def test_figures_of_pymalloc_add_up(self):
        header = next(dump_support.take_dump().parsed())
        known = header["pymalloc_used"] + header["pymalloc_free"]
        self.assertLessEqual(known, header["pymalloc_arenas"])
        self.assertGreater(known, header["pymalloc_arenas"] * 0.9)

    @unittest.skipIf(dump_support.IS_FREE_THREADED, "not run: malloc has none of the heap")
    def test_figures_grow_with_the_heap(self):
        with dump_support.temporary_path() as path:
            output = subprocess.check_output(
                [sys.executable, "-c", GROWTH_PROGRAM, path], env=ENVIRONMENT
            )
        before, after = json.loads(output.decode("utf-8"))
        if HAS_MALLOC:
            mapped = after["malloc_mapped"] - before.get("malloc_mapped", 0)
            # The large block, and little besides.
            self.assertGreater(mapped, 50000000)
            self.assertLess(mapped, 54000000)
        if VERSION >= (3, 0):
            used = after["pymalloc_used"] - before["pymalloc_used"]
            # A tuple and three numbers for each: some 20 words.
            self.assertGreater(used, 100000 * 8 * POINTER_SIZE)
            self.assertLess(used, 100000 * 25 * POINTER_SIZE)

    @unittest.skipUnless(KNOWS_BOTH, "needs the figures of both allocators")
    def test_objects_explain_what_the_allocators_have_handed_out(self):
        output = subprocess.check_output([sys.executable, "-c", PROGRAM], env=ENVIRONMENT)
        explained = float(output.decode("ascii"))
        self.assertGreater(explained, 0.95)
        self.assertLess(explained, MOST)

    @unittest.skipUnless(KNOWS_BOTH, "needs the figures of both allocators")
    def test_objects_explain_django_and_pandas(self):
        program = subprocess.Popen(
            [sys.executable, "-c", PANDAS_PROGRAM],
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        output, errors = program.communicate()
        if errors.strip() == b"needs Django and pandas":
            self.skipTest("needs Django and pandas")
        explained = float(output.decode("ascii"))
        self.assertGreater(explained, 0.90)  # More is of libraries in C than above.
        self.assertLess(explained, MOST)

    @unittest.skipIf(KNOWS_BOTH, "has the figures of both allocators")
    def test_share_is_not_known_without_figures(self):
        self.assertIsNone(dump_support.take_dump().summary.explained)

    @unittest.skipUnless(VERSION >= (3, 11), "older versions allocate them")
    def test_objects_in_the_program_file_have_no_slack(self):
        record = dump_support.take_dump().of(5)
        self.assertNotIn("slack", record)

    def test_objects_of_the_allocator_have_slack(self):
        number = 10**15 + len(FIGURES)
        size = sys.getsizeof(number)
        alignment = 2 * POINTER_SIZE  # Objects/obmalloc.c, ALIGNMENT.
        expected = -size % alignment
        self.assertEqual(
            dump_support.take_dump().of(number).get("slack", 0), expected
        )


if __name__ == "__main__":
    unittest.main()
