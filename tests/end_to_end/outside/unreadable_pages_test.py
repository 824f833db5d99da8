"""Objects beside pages that nobody may read, and objects that have mapped such pages."""

import json
import os
import unittest

from tests.end_to_end.outside import core_support
from tests.end_to_end.outside import outside_support

_PROGRAM = """
import ctypes, json, mmap, os, sys

AREAS, KEPT = [], []

def move_to_the_end_of_a_page(object):
    AREAS.append(ctypes.c_char.from_buffer(mmap.mmap(-1, 2 * mmap.PAGESIZE)))
    end = ctypes.addressof(AREAS[-1]) + mmap.PAGESIZE
    ctypes.memmove(end - sys.getsizeof(object), id(object), sys.getsizeof(object))
    assert ctypes.CDLL(None).mprotect(ctypes.c_void_p(end), mmap.PAGESIZE, 0) == 0
    KEPT.append(ctypes.cast(end - sys.getsizeof(object), ctypes.py_object).value)

def of_whole_words(character):
    for length in range(20, 40):
        if sys.getsizeof(character * length) % 8 == 0:
            return character * length

move_to_the_end_of_a_page(of_whole_words(b"a"))
if sys.version_info >= (3,):
    for object in of_whole_words("a"), of_whole_words("\xe9"), memoryview:
        move_to_the_end_of_a_page(object)
UNTOUCHED = mmap.mmap(-1, 1 << 23, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
with open(sys.argv[1], "w+b") as file:
    file.truncate(1 << 20)
    KEPT.append(mmap.mmap(file.fileno(), 1 << 20))
os.write(1, json.dumps([id(object) for object in KEPT]).encode() + b"\\n")
os.read(0, 1)
"""


class UnreadablePagesTest(core_support.CoreTestCase):
    def _process(self):
        """Starts the program; returns it and the addresses of its objects, the mmap last."""
        process = outside_support.Process(
            (outside_support.SYSTEM_PYTHON, "-c", _PROGRAM, os.path.join(self.folder, "file")))
        self.addCleanup(process.__exit__)
        return process, json.loads(process.first_line)

    def _check(self, addresses):
        with open(self.output, encoding="utf-8") as file:
            records = {record.get("address"): record for record in map(json.loads, file)}
        types = {records[address]["type"] for address in addresses[:-1]}
        self.assertLessEqual(types, {"str", "bytes", "type"})
        self.assertGreater(records[addresses[-1]]["size"], 1 << 20)
        self.assertEqual([address for address, record in records.items()
                          if record.get("type") in ("(damaged)", "(unreadable)")], [])

    def test_process(self):
        process, addresses = self._process()
        self.assertDumped(outside_support.heapgrind_program.run(
            "dump", str(process.pid), "--blobs", self.blobs, "-o", self.output))
        self._check(addresses)

    def test_core_that_lacks_what_a_file_has(self):
        process, addresses = self._process()
        result = self.dump_core(core_support.kernel_core(process, self.folder))
        self.assertWritten(result)
        self.assertIn(" lacks %d bytes of memory\n" % (1 << 20), result.stderr)
        self._check(addresses)


if __name__ == "__main__":
    unittest.main()
