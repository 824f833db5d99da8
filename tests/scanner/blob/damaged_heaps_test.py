"""Heaps that somebody has scribbled on: each damage costs next to nothing but itself."""

import collections
import ctypes
import itertools
import os
import random
import struct
import sys
import unittest

import blob_support
import dump_support

SMALLEST = 32  # Bytes of an object that is damaged; 16 of them are.
SCRIBBLED = 16
OF_TESTS = 2000  # Objects that the tests make and forget.

HEAD = object.__basicsize__  # 16 bytes, or 32 without a GIL.

DAMAGED, UNREADABLE = "(damaged)", "(unreadable)"


class Heap(object):
    """Lists, strings, tuples and dictionaries, many of each."""

    def __init__(self, count):
        self.texts = [u"text %d" % number for number in range(count)]
        self.lists = [[text, number] for number, text in enumerate(self.texts)]
        self.tuples = [(item, u"first") for item in self.lists]
        self.dicts = [{u"key": item, u"other": [number]} for number, item in enumerate(self.lists)]

    def places(self):
        """Returns [(address, bytes)] of the objects without their heads."""
        return [
            (id(item), max(type(item).__sizeof__(item), SMALLEST))
            for group in (self.texts, self.lists, self.tuples, self.dicts)
            for item in group
        ]


class DamagedHeapsTest(blob_support.LoadedBlobTestCase):
    @classmethod
    def setUpClass(cls):
        super(DamagedHeapsTest, cls).setUpClass()
        cls.heap = Heap(20000)
        cls.places = cls.heap.places()
        cls.whole = cls.dump(lambda copy: None).end()

    @classmethod
    def dump(cls, damage):
        """Returns the Dump of a copy to which damage(copy) was done."""
        copy = blob_support.Copy(cls.blob)
        copy.pid = copy.fork()
        damage(copy)
        return dump_support.Dump(copy.read())

    def scribbled(self, count, seed):
        """Returns the Dump of a copy with so many damages."""
        chooses = random.Random(seed)

        def scribble(copy):
            for _ in range(count):
                address, size = chooses.choice(self.places)
                offset = chooses.randrange(0, size - SCRIBBLED + 1, 8)
                bits = chooses.getrandbits(8 * SCRIBBLED)
                copy.write(address + offset, bytes(bytearray(bits >> 8 * i & 255 for i in range(16))))

        return self.dump(scribble)

    def check(self, count, seed):
        dump = self.scribbled(count, seed)
        end, whole = dump.end(), self.whole
        types = [record["type"] for record in dump.records(b'"type": "(')]  # Is JSON.
        found = {kind: types.count(kind) for kind in (DAMAGED, UNREADABLE)}
        case = "{} damages, seed {}: {} of {}, {}".format(count, seed, end, whole, found)
        self.assertGreater(found[DAMAGED], 0, case)
        self.assertEqual(end["end"], len(dump.addresses()), case)
        self.assertLessEqual(found[DAMAGED] + found[UNREADABLE], 3 * count, case)
        self.assertLessEqual(end["end"], whole["end"] + 4 * count + OF_TESTS, case)
        # What only a damaged object led to, and the collector does not know, is lost.
        self.assertGreaterEqual(end["end"], whole["end"] - 4 * count - OF_TESTS, case)
        self.assertLessEqual(end["size"], 2 * whole["size"], case)
        self.assertGreaterEqual(end["size"], whole["size"] // 2, case)
        if os.environ.get("HEAPGRIND_TEST_FIGURES"):
            sys.stderr.write(case + "\n")
        for line in dump.lines():
            dump_support.parse_line(line)

    def test_80_damages(self):
        self.check(80, 1)

    def test_240_damages(self):
        self.check(240, 2)

    def test_480_damages(self):
        self.check(480, 3)

    def test_800_damages(self):
        self.check(800, 4)

    def test_whole_heap_has_no_damage(self):
        self.assertNotIn("damaged", self.whole)
        self.assertNotIn("unreadable", self.whole)
        self.assertGreater(self.whole["end"], 100000)


class FaultsTest(blob_support.LoadedBlobTestCase):
    """The code that shows what an object refers to is replaced."""

    def dump_with_code(self, code):
        """Returns the Dump of a copy in which this code visits what itertools.cycle has."""
        visits = id(itertools.cycle) + traverse_offset()
        return self.dump([(ctypes.c_size_t.from_address(visits).value, code)])

    def dump(self, writes):
        """Returns the Dump of a copy to which [(address, bytes)] were written."""
        copy = blob_support.Copy(self.blob)
        copy.pid = copy.fork()
        for address, data in writes:
            copy.write(address, data)
        return dump_support.Dump(copy.read())

    def check(self, code):
        """What code of a tp_traverse does costs the record of the object alone."""
        item = itertools.cycle([[u"shown by nobody else"]])
        dump = self.dump_with_code(code)
        self.assertEqual(dump.of(item)["type"], UNREADABLE)
        self.assertEqual(dump.of(item)["size"], 0)
        self.assertEqual(dump.of(item)["refs"], [])
        self.assertEqual(dump.end()["unreadable"], 1)
        self.assertEqual(dump.end()["end"], len(dump.addresses()))
        self.assertGreater(dump.end()["end"], 10000)

    def test_fault_costs_one_record(self):
        self.check(b"\x31\xc0\x8b\x00\xc3")  # xor %eax, %eax; mov (%rax), %eax; ret

    def test_loop_without_an_end_costs_one_record(self):
        self.check(b"\xeb\xfe")  # jmp .

    def test_type_whose_code_does_not_end_is_given_up(self):
        items = [itertools.cycle([[number]]) for number in range(2000)]
        end = self.dump_with_code(b"\xeb\xfe").end()
        self.assertEqual(end["unreadable"], 8)
        self.assertEqual(end["damaged"], len(items) - 8)
        self.assertGreater(end["end"], 10000)

    @unittest.skipIf(sys.version_info < (3,), "a deque is laid out otherwise")
    def test_circles_cost_their_records_alone_and_less_and_less(self):
        deques = [collections.deque([[number]] * 300) for number in range(160)]
        for item in deques:
            item.appendleft(None)  # Now its first block is full.
        blocks = [ctypes.c_size_t.from_address(id(item) + HEAD + 8).value for item in deques]
        # Of every eighth, the first block is followed by itself.
        dump = self.dump([(block + 8 * 65, struct.pack("<Q", block)) for block in blocks[::8]])
        self.assertEqual(dump.end()["damaged"], len(deques) // 8)
        self.assertEqual(dump.of(deques[-1])["refs"].count(id(deques[-1][1])), 300)
        lengths = sorted(len(line) for line in dump.lines(b'"type": "deque"'))
        self.assertGreater(lengths[-1], 100 * lengths[-10])

    def test_frames_that_are_a_circle_are_written_once(self):
        frame = sys._getframe()
        place, target = caller_of(frame)
        dump = self.dump([(place, struct.pack("<Q", target))])
        addresses = [record["address"] for record in dump.frames()]
        self.assertEqual(addresses.count(target), 1)
        self.assertEqual(dump.end()["end"], len(dump.addresses()))


def traverse_offset():
    """Where tp_traverse is in a type: the head and 21 words are in front."""
    return HEAD + 8 * 21


def caller_of(frame):
    """Returns where the caller of a frame is noted, and the frame's own address.

    Layouts: Include/frameobject.h, from 3.11 on Include/internal/pycore_frame.h.
    """
    version = sys.version_info[:2]
    if version < (3, 11):
        return id(frame) + 24, id(frame)
    inner = ctypes.c_size_t.from_address(id(frame) + HEAD + 8).value
    return inner + (48 if version == (3, 11) else 8), inner


if __name__ == "__main__":
    unittest.main()
