"""A core that somebody has scribbled on: each damage costs next to nothing but itself."""

import json
import os
import random
import struct
import unittest

from tests.end_to_end.outside import core_support
from tests.end_to_end.outside import outside_support

# Writes where its objects are, [address, bytes] each, and waits.
_PROGRAM = """
import json, sys
texts = ["text %d" % number for number in range(20000)]
lists = [[text, number] for number, text in enumerate(texts)]
tuples = [(item, "first") for item in lists]
dicts = [{"key": item, "other": [number]} for number, item in enumerate(lists)]
with open(sys.argv[1], "w") as file:
    json.dump([[id(item), max(type(item).__sizeof__(item), 32)]
               for group in (texts, lists, tuples, dicts) for item in group], file)
sys.stdout.write("ready\\n")
sys.stdout.flush()
sys.stdin.readline()
"""
_SCRIBBLED = 16  # Bytes of each damage.
_OF_PROGRAM = 2000  # Objects that a damaged one alone may have led to.


def _segments(core):
    """Returns [(address, bytes, offset)] of the memory that a core has."""
    with open(core, "rb") as file:
        header = file.read(64)
        first, = struct.unpack_from("<Q", header, 32)
        size, count = struct.unpack_from("<HH", header, 54)
        file.seek(first)
        table = file.read(size * count)
    found = []
    for number in range(count):
        kind, _, offset, address, _, bytes_there = struct.unpack_from("<IIQQQQ", table, size * number)
        if kind == 1:  # PT_LOAD
            found.append((address, bytes_there, offset))
    return found


def _offset(segments, address):
    """Returns where in a core the byte of an address is."""
    (found,) = [offset + address - start for start, size, offset in segments
                if start <= address < start + size]
    return found


class DamagedCoreTest(core_support.CoreTestCase):
    def setUp(self):
        super().setUp()
        places = os.path.join(self.folder, "places.json")
        command = (outside_support.SYSTEM_PYTHON, "-c", _PROGRAM, places)
        with outside_support.Process(command) as process:
            self.core = core_support.kernel_core(process, self.folder)
        with open(places, encoding="utf-8") as file:
            self.places = json.load(file)
        self.segments = _segments(self.core)

    def _scribble(self, count, seed):
        chooses = random.Random(seed)
        with open(self.core, "r+b") as file:
            for _ in range(count):
                address, size = chooses.choice(self.places)
                place = address + chooses.randrange(0, size - _SCRIBBLED + 1, 8)
                file.seek(_offset(self.segments, place))
                file.write(bytes(chooses.getrandbits(8) for _ in range(_SCRIBBLED)))

    def _dump(self):
        """Dumps the core.  Returns the records of the objects, and that of the end."""
        self.assertWritten(self.dump_core(self.core))
        with open(self.output, encoding="utf-8") as file:
            records = [json.loads(line) for line in file]
        return [record for record in records if "address" in record], records[-1]

    def test_80_to_800_damages(self):
        _, whole = self._dump()
        self.assertNotIn("damaged", whole)
        count = 0
        for seed, more in enumerate((80, 160, 240, 320)):
            self._scribble(more, seed)
            count += more
            with self.subTest(count):
                self._check(count, whole)

    def _check(self, count, whole):
        """Checks the bounds of tests/scanner/blob/damaged_heaps_test.py."""
        records, end = self._dump()
        types = [record["type"] for record in records]
        damaged, unreadable = types.count("(damaged)"), types.count("(unreadable)")
        self.assertEqual((end["damaged"], end.get("unreadable", 0)), (damaged, unreadable))
        self.assertEqual(end["end"], len(records))
        self.assertGreater(damaged, 0)
        self.assertLessEqual(damaged + unreadable, 3 * count)
        self.assertLessEqual(abs(end["end"] - whole["end"]), 4 * count + _OF_PROGRAM)
        self.assertLessEqual(end["size"], 2 * whole["size"])
        self.assertGreaterEqual(end["size"], whole["size"] // 2)


if __name__ == "__main__":
    unittest.main()
