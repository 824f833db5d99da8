"""What is damaged in a process costs a record of its dump each, and no more."""

import json
import os
import unittest

from tests.end_to_end.outside import outside_support
from tests.end_to_end.support import heapgrind_program

# Then damages some lists and the code that visits namespaces, and waits.
_PROGRAM = """
import ctypes, gc, os, sys, types
gc.disable()
kept = [[number] for number in range(1000)]
namespaces = [types.SimpleNamespace(number=number) for number in range(1000)]
for item in kept[:50]:
    ctypes.c_uint64.from_address(id(item) + 8).value = 0x4141414141414141  # Its type.
for item in kept[50:100]:
    ctypes.c_uint64.from_address(id(item) + 24).value = 0x4242424242424242  # Its elements.
visits = ctypes.c_uint64.from_address(id(types.SimpleNamespace) + 184).value  # tp_traverse
os.pwrite(os.open("/proc/self/mem", os.O_RDWR), bytes.fromhex(sys.argv[1]), visits)
sys.stdout.write("ready\\n")
sys.stdout.flush()
os.read(0, 1)
os._exit(0)
"""
_FAULT = "48c7c010000000" "488b00" "c3"  # mov $16, %rax; mov (%rax), %rax; ret
_FOREVER = "ebfe"                        # jmp to itself
_NAMESPACES = range(1001, 1051)  # Those of the program, sys.implementation and the like.


class DamagedProcessTest(outside_support.ScannerTestCase):
    def _dump(self, code):
        """Dumps the program with some code that visits namespaces.  Returns its records."""
        with outside_support.Process(
                (outside_support.SYSTEM_PYTHON, "-c", _PROGRAM, code)) as process:
            self.assertDumped(heapgrind_program.run(
                "dump", str(process.pid), "--blobs", self.blobs, "-o", self.output))
            self.assertUnharmed(process)
        with open(self.output, encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def _check(self, records):
        types = [record.get("type") for record in records]
        end = records[-1]
        self.assertEqual(types.count("(damaged)"), end["damaged"])
        self.assertEqual(types.count("(unreadable)"), end.get("unreadable", 0))
        self.assertGreater(types.count("list"), 900)
        self.assertGreater(end["end"], 15000)

    def test_faults(self):
        records = self._dump(_FAULT)
        self._check(records)
        self.assertEqual(records[-1]["damaged"], 100)
        self.assertIn(records[-1]["unreadable"], _NAMESPACES)

    def test_code_that_does_not_end_is_called_eight_times(self):
        records = self._dump(_FOREVER)
        self._check(records)
        self.assertEqual(records[-1]["unreadable"], 8)
        self.assertIn(records[-1]["damaged"] - 100 + 8, _NAMESPACES)


if __name__ == "__main__":
    unittest.main()
