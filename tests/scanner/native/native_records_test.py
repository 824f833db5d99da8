"""Blocks of malloc as records: who refers to which, in a copy of the process.

holder.c has an object and a static variable whose words are set here.
"""

import array
import ctypes
import mmap
import os
import shutil
import struct
import subprocess
import sys
import sysconfig
import tempfile
import unittest

import heapgrind
import malloc_support
from dump_support import IS_FREE_THREADED, Dump, temporary_path

HERE = os.path.dirname(os.path.abspath(__file__))
HEADERS = sysconfig.get_path("include")
SUFFIX = sysconfig.get_config_var("EXT_SUFFIX") or ".so"
WORD = 8 if sys.maxsize > 2**32 else 4
HAS_POOLS = sysconfig.get_config_var("WITH_PYMALLOC") not in (0, None)


def usable_bytes(block):
    """Returns how many bytes malloc has given for a block: 100 rounded up, or more."""
    malloc_usable_size = ctypes.CDLL(None).malloc_usable_size
    malloc_usable_size.restype = ctypes.c_size_t
    return malloc_usable_size(ctypes.c_void_p(block))


def take(**options):
    """Returns the Dump that a copy of this process writes."""
    with temporary_path() as path:
        copy = heapgrind.dump(path, fork=True, **dict({"native": True}, **options))
        if not copy.wait(120) or copy.error is not None:
            raise AssertionError(copy.error)
        with open(path, "rb") as dump_file:
            return Dump(dump_file.read())


@unittest.skipUnless(malloc_support.is_glibcs(), "needs the malloc of glibc")
@unittest.skipUnless(os.path.exists(HEADERS + "/Python.h"), "not run: no headers")
@unittest.skipIf(IS_FREE_THREADED, "not run: native memory is not followed without a GIL")
class HolderTest(unittest.TestCase):
    """Has an object and blocks whose words it sets."""

    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp(prefix="heapgrind-test-")
        target = os.path.join(cls.directory, "holder" + SUFFIX)
        subprocess.check_call(
            [os.environ.get("CC", "gcc"), "-shared", "-fPIC", "-I" + HEADERS]
            + [os.path.join(HERE, "holder.c"), "-o", target]
        )
        sys.path.insert(0, cls.directory)
        import holder

        cls.native = holder

    @classmethod
    def tearDownClass(cls):
        sys.path.remove(cls.directory)
        shutil.rmtree(cls.directory)

    def tearDown(self):
        self.kept = None  # On Python 2 a test outlives itself, and what it keeps is in later dumps.

    def block(self, size, *words):
        """Returns the address of a block that begins with these words."""
        address = self.native.allocate(size)
        for number, word in enumerate(words):
            self.native.write(address + number * WORD, word)
        return address

    def holder(self, *words, **more):
        """Returns an object with these words."""
        made = more.get("of", self.native.Holder)()
        for number, word in enumerate(words):
            self.native.write(id(made) + self.native.FIRST_WORD + number * WORD, word)
        return made


@unittest.skipIf(malloc_support.is_glibcs(), "has the malloc of glibc")
class OtherMallocTest(unittest.TestCase):
    def test_dump_says_that_native_memory_is_not_known(self):
        dump = take()
        self.assertGreater(dump.end()["end"], 1000)
        self.assertEqual(dump.end()["native_unknown"], "another malloc than glibc's")


class NativeRecordsTest(HolderTest):
    def test_object_refers_to_the_block_that_its_word_points_at(self):
        block = self.block(5000)
        held = self.holder(block)
        dump = take()
        self.assertEqual(dump.of(held)["refs"], [block])
        record = dump.at(block)
        self.assertEqual(record["type"], "(native)")
        self.assertGreaterEqual(record["size"], 5000)
        self.assertLess(record["size"], 5100)
        self.assertEqual(record["refs"], [])

    def test_block_refers_to_the_blocks_that_its_words_point_at(self):
        last = self.block(100)
        first = self.block(64, 0, last, 12345)
        self.kept = self.holder(first)
        dump = take()
        self.assertEqual(dump.at(first)["refs"], [last])
        self.assertTrue(dump.at(last))

    def test_class_statement_adds_nothing_to_look_at(self):
        class Derived(self.native.Holder):
            __slots__ = ("slot",)

        block = self.block(100)
        held = self.holder(block, of=Derived)
        self.assertIn(block, take().of(held)["refs"])

    def test_header_in_front_of_a_pointer_is_allowed_for(self):
        block = self.block(100)
        held = self.holder(block + 8)
        record = take().of(held)
        self.assertEqual(record["refs"], [block])
        self.assertNotIn("inside", record)

    def test_links_between_free_chunks_that_nobody_has_cleared_lead_to_no_beginning(self):
        before, grown = self.block(100), self.block(100)
        held = self.holder(before + usable_bytes(before) - WORD, grown + 16)
        record = take().of(held)
        self.assertEqual(record["refs"], [grown])
        self.assertEqual(record["inside"], 1)

    def test_pointers_to_the_inside_come_last_and_are_counted(self):
        near, far = self.block(100), self.block(40000)
        held = self.holder(far + 30000, near)
        record = take().of(held)
        self.assertEqual(record["refs"], [near, far])
        self.assertEqual(record["inside"], 1)

    def test_block_in_a_member_has_the_name_of_that(self):
        first, second = self.block(100), self.block(100)
        held = self.holder(first, second)
        record = take().of(held)
        self.assertEqual(record["refs"], [first, second])
        self.assertEqual(record["names"], [None, "pixels"])

    def test_name_stays_with_its_word_behind_other_references(self):
        class Derived(self.native.Holder):
            __slots__ = ("slot",)

        near, far = self.block(100), self.block(40000)
        held = self.holder(near, far + 30000, of=Derived)
        held.slot = ["value"]
        dump = take()
        record = dump.of(held)
        names = dict(zip(record["refs"], record["names"]))
        self.assertEqual((names[near], names[far], names[id(held.slot)]), (None, "pixels", "slot"))
        self.assertEqual(record["inside"], 1)

    def test_word_that_leads_to_no_block_has_no_name(self):
        held = self.holder(self.block(100), 1000)
        self.assertNotIn("names", take().of(held))

    def test_both_holders_refer_to_a_block_that_they_share(self):
        block = self.block(100)
        held = [self.holder(block), self.holder(0, block)]
        dump = take()
        self.assertEqual([dump.of(item)["refs"] for item in held], [[block], [block]])
        self.assertEqual([r["address"] for r in dump.records()].count(block), 1)

    def test_freed_block_is_no_block(self):
        # Of sizes that hardly anybody else wants meanwhile.
        blocks = [self.block(size) for size in (648, 904, 1000000)]
        held = self.holder(*blocks)
        for block in blocks:
            self.native.release(block)
        self.assertEqual(take().of(held)["refs"], [])

    @unittest.skipUnless(HAS_POOLS, "not run: no allocator of Python's own")
    def test_small_blocks_of_pythons_allocator_lead_on(self):
        last = self.block(1000)
        blocks = [self.native.allocate_small(size) for size in (48, 512)]
        self.native.write(blocks[0], blocks[1])
        self.native.write(blocks[1] + 2 * WORD, last)
        self.kept = self.holder(blocks[0])
        dump = take()
        self.assertEqual(dump.of(self.kept)["refs"], [blocks[0]])
        self.assertEqual([dump.at(block)["refs"] for block in blocks], [[blocks[1]], [last]])
        self.assertEqual([dump.at(block)["size"] for block in blocks], [48, 512])
        self.assertNotIn("slack", dump.at(blocks[0]))

    def test_small_block_that_was_freed_is_no_block(self):
        blocks = [self.native.allocate_small(333) for _ in range(9)]
        held = self.holder(*blocks[3:7])
        for block in blocks[3:7]:
            self.native.release_small(block)
        self.assertEqual(take().of(held)["refs"], [])

    def test_small_memory_of_an_object_is_no_block(self):
        small, text = [None] * 5, u"of up to 512 bytes %d" % os.getpid()
        head = 16 if WORD == 8 else 8  # In front of a list; no object begins there.
        held = self.holder(id(small) - head, id(text), id(small), id(small) - 2 * head)
        dump = take()
        self.assertEqual(dump.of(held)["refs"], [])
        self.assertFalse([r for r in dump.records() if r["address"] == id(small) - head])

    @unittest.skipUnless(os.path.exists("/proc/self/maps"), "not run: no /proc")
    def test_words_that_lead_to_memory_that_faults_are_passed_over(self):
        with open("/proc/self/maps") as maps:
            kernels = [line.split("-")[0] for line in maps if "[v" in line and "vsys" not in line]
        block = self.block(100)
        words = [int(start, 16) + page for start in kernels for page in range(0, 1 << 16, 1 << 12)]
        self.kept = self.holder(self.block(8 * len(words) + 8, *(words + [block])))
        self.assertTrue(take().at(block))

    def test_numbers_that_a_page_begins_with_are_no_block_of_its_own(self):
        size = 15 << 20
        memory = mmap.mmap(-1, size + (1 << 20), mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        memory[: 2 * WORD] = struct.pack("LL", 1, size | 2)  # An int's size and its digits.
        block = self.block(100)
        self.kept = self.holder(block)
        self.assertTrue(take().at(block))
        memory.close()

    def test_block_refers_to_objects_that_others_know(self):
        known = ["known"]
        block = self.block(100, id(known))
        self.kept = self.holder(block)
        self.assertEqual(take().at(block)["refs"], [id(known)])

    def test_word_in_front_of_an_object_leads_to_none(self):
        characters = [u"%c" % number for number in range(128)]  # Variables, from 3.12 on.
        block = self.block(2000, *[id(one) - WORD for one in characters])
        self.kept = self.holder(block)
        dump = take()
        known = {record["address"] for record in dump.records()}
        self.assertLessEqual(set(dump.at(block)["refs"]), known)

    def test_objects_that_only_a_block_holds_have_records(self):
        hidden = self.native.keep(u"only C code knows this %d" % os.getpid())
        block = self.block(100, hidden)
        self.kept = self.holder(block)
        dump = take()
        self.assertEqual(dump.at(block)["refs"], [hidden])
        self.assertIn("only C code", dump.at(hidden)["value"])

    def test_what_only_looks_like_an_object_does_not_end_the_copy(self):
        # Objects that have ended, and whose memory has numbers now.
        kinds = [type(take.__code__)] + [range] * (sys.version_info >= (3,))
        for made in kinds:
            ended = self.block(400, 1, id(made), *[3] * 40)
            self.kept = self.holder(self.block(100, ended))
            for native in (True, "sum"):
                self.assertTrue(take(native=native).at(ended), made)

    def hidden_code(self, constants):
        """Returns the address of a code object that nothing but C code holds, and whose constants
        are what is at an address."""
        code = compile("1000", "hidden", "eval")
        word = id(code.co_consts)
        address = self.native.keep(code)
        words = range(address, address + type(code).__basicsize__, WORD)
        (place,) = [place for place in words if self.native.read(place) == word]
        self.native.write(place, constants)
        return address

    def chain(self, *words):
        """Returns the address of an object that nothing holds, and whose tp_traverse follows its
        first word, and visits what the second leads to."""
        address = self.native.hide(self.native.Chain())
        for number, word in enumerate(words):
            self.native.write(address + self.native.FIRST_WORD + number * WORD, word)
        return address

    def circle(self, *words):
        """Returns the address of one that follows itself."""
        address = self.chain(0, *words)
        self.native.write(address + self.native.FIRST_WORD, address)
        return address

    def test_chain_that_ends_is_no_loss(self):
        first = self.chain(self.chain())
        self.kept = self.holder(self.block(100, self.hidden_code(first)))
        dump = take()
        self.assertEqual(dump.at(first)["type"], "Chain")
        self.assertNotIn("native_cut_short", dump.end())

    def test_chain_without_an_end_is_cut_short(self):
        circle = self.circle()
        self.kept = self.holder(self.block(100, self.hidden_code(circle)))
        for native in (True, "sum"):
            dump = take(native=native)
            self.assertEqual(dump.at(circle)["type"], "(unreadable)")
            self.assertEqual(dump.end()["native_cut_short"], 1)
            self.assertEqual(dump.end()["unreadable"], 1)

    def test_object_without_an_end_to_its_references_is_cut_short(self):
        circle = self.circle(id(self.native.Holder))
        self.kept = self.holder(self.block(100, self.hidden_code(circle)))
        dump = take()
        self.assertEqual(dump.end()["native_cut_short"], 1)

    def test_static_variables_are_a_root_with_the_name_of_the_module(self):
        hidden = self.native.keep(u"only a variable %d" % os.getpid())
        block = self.block(3000)
        for number, word in enumerate((block, hidden)):
            self.native.write(self.native.VARIABLES + number * WORD, word)
        dump = take()
        (root,) = [
            root
            for root in dump.parsed(b'"root": "static"')
            if root["name"] == "holder"
        ]
        self.assertIn(block, root["refs"])
        self.assertIn(hidden, root["refs"])
        self.assertIn("only a variable", dump.at(hidden)["value"])

    @unittest.skipIf(WORD == 4, "not run: of 32 bits, many numbers look like addresses")
    def test_numbers_that_look_like_addresses_are_none_in_what_is_known(self):
        block = self.block(70000)  # An old word of another's may lead there.
        word = struct.pack("P", block)
        kept = [word, bytearray(word), block, array.array("L", [block])]
        dump = take()
        self.assertEqual([dump.of(item)["refs"] for item in kept[:3]], [[]] * 3)
        self.assertNotIn(block, dump.of(kept[3])["refs"])

    def test_memory_of_an_object_is_no_block(self):
        large = [None] * 1000
        held = self.holder(id(large))
        record = take().of(held)
        self.assertEqual(record["refs"], [])

    def test_end_record_sums_the_blocks(self):
        self.kept = self.holder(self.block(100), self.block(100000), self.block(10**7))
        dump = take()
        blocks = [r for r in dump.records() if r["type"] == "(native)"]
        self.assertEqual(
            dump.end()["native_explained"],
            sum(r["size"] + r["slack"] for r in blocks if "slack" in r),
        )
        self.assertGreater(dump.end()["native_explained"], 10**7)
        self.assertNotIn("native_unknown", dump.end())

    def test_dump_without_native_memory_has_none(self):
        self.kept = self.holder(self.block(100))
        end = take(native=False).end()
        self.assertNotIn("native_explained", end)
        self.assertNotIn("native_unknown", end)

    def test_little_memory_is_said_to_be_the_reason(self):
        self.assertIn("little memory", take(low_memory=True).end()["native_unknown"])

    def test_process_that_runs_on_is_not_looked_at(self):
        with self.assertRaises(ValueError) as caught:
            heapgrind.dump("/dev/null", native=True)
        self.assertEqual(str(caught.exception), "native: expected fork=True, got fork=False")


if __name__ == "__main__":
    unittest.main()
