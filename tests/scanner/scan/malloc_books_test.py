"""The sizes of all objects against what pymalloc and malloc have handed out."""

import ctypes
import os
import re
import subprocess
import sys
import unittest

from dump_support import IS_FREE_THREADED

VERSION = sys.version_info[:2]

SUM_PROGRAM = """
import asyncio, ctypes, decimal, email, http.client, os, sys, unittest, xml.dom
import dump_support
class Mallinfo(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in
                "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks "
                "fordblks keepcost".split()]
mallinfo2 = ctypes.CDLL(None).mallinfo2
mallinfo2.restype = Mallinfo
sys._debugmallocstats()
info = mallinfo2()
dump = dump_support.take_dump()
static = []
for line in open("/proc/self/maps"):
    fields = line.split()
    start, end = (int(x, 16) for x in fields[0].split("-"))
    path = fields[5] if len(fields) > 5 else ""
    if path == os.path.realpath(sys.executable) or "/libpython" in path:
        static.append((start, end))
    elif not path and static and static[-1][1] == start:
        static.append((start, end))  # Zeroed static memory.
total = 0
for record in dump.records():
    address = record["address"]
    is_static = any(start <= address < end for start, end in static)
    if record["type"] != "frame" and not is_static:
        total += record["size"] + record.get("slack", 0)
print(total, info.uordblks + info.hblkhd)
"""


def has_mallinfo2():
    """True if the C library (glibc 2.33) tells what malloc handed out."""
    import ctypes

    return hasattr(ctypes.CDLL(None), "mallinfo2")


@unittest.skipIf(IS_FREE_THREADED, "not run: mimalloc does not say what it has handed out")
class BooksTest(unittest.TestCase):
    @unittest.skipUnless(
        VERSION >= (3, 6) and has_mallinfo2(), "needs _debugmallocstats and mallinfo2"
    )
    def test_records_explain_what_was_handed_out_and_not_more(self):
        process = subprocess.Popen(
            [sys.executable, "-c", SUM_PROGRAM],
            # A debug build would add three words to each block, which no object owns.
            env=dict(os.environ, PYTHONMALLOC="pymalloc"),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        output, stats = process.communicate()
        self.assertEqual(process.returncode, 0, stats)
        explained, from_malloc = map(int, output.split())
        pattern = br"# bytes in allocated blocks\s+=\s+([\d,]+)"
        from_pymalloc = int(re.search(pattern, stats).group(1).replace(b",", b""))
        share = explained / float(from_pymalloc + from_malloc)
        # It is 0.90 (CPython 3.11): frames are left out, and tables of the interpreter and of
        # libraries are of no object.
        self.assertLess(share, 1)
        self.assertGreater(share, 0.85)


if __name__ == "__main__":
    unittest.main()
