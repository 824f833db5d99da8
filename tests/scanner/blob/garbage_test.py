"""What nothing but the garbage collector knows is in a dump: circles that nobody refers to."""

import gc
import os
import sys
import threading
import unittest

import blob_support
import dump_support

# Of lists that refer to themselves: they are large, so that each is a block of its own.
LENGTHS = [0, 1, 10, 1000, 20000, 3000000]
NUM_OF_EACH = 20


class Plain(object):
    """Has a dictionary."""


class Slots(object):
    __slots__ = ("itself",)


class Tuple(tuple):
    """Refers to itself by its dictionary; its block holds its items."""


def make():
    """Makes circles; returns {address: type} of what is in them."""
    found = {}

    def forget(item):
        found[id(item)] = type(item).__name__

    for _ in range(NUM_OF_EACH):
        for cls in (Plain, Slots):
            item = cls()
            item.itself = item
            forget(item)
        circle = []
        circle.append({"circle": circle, "function": lambda: circle})
        forget(circle)
        forget(circle[0])
        forget(circle[0]["function"])
    for length in LENGTHS:
        items = Tuple([None] * length)
        items.itself = items
        forget(items)
    return found


class GarbageTest(blob_support.LoadedBlobTestCase):
    def setUp(self):
        gc.collect()
        gc.disable()
        self.addCleanup(gc.collect)
        self.addCleanup(gc.enable)

    def dump(self):
        """Returns the Dump of a copy."""
        copy = blob_support.Copy(self.blob)
        copy.pid = copy.fork()
        return dump_support.Dump(copy.read())

    def check(self, made):
        dump = self.dump()
        found = {record["address"]: record["type"] for record in dump.records()}
        self.assertEqual({address: found.get(address) for address in made}, made)
        self.assertNotIn("damaged", dump.end())

    def test_circles_of_this_thread(self):
        self.check(make())

    def test_circles_of_threads_that_have_ended(self):
        made = {}
        threads = [threading.Thread(target=lambda: made.update(make())) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.check(made)

    def test_what_was_collected_is_not_there(self):
        made = make()
        gc.collect()
        found = self.dump().addresses()
        # Others may have got a few of the blocks.
        self.assertLess(len(set(made) & set(found)), len(made) // 4)

    @unittest.skipIf(sys.version_info < (3, 7), "there is no gc.freeze")
    def test_frozen_circles(self):
        made = make()
        gc.freeze()
        self.addCleanup(gc.unfreeze)
        self.check(made)

    def test_circles_among_blocks_that_are_checked(self):
        if os.environ.get("PYTHONMALLOC") or sys.version_info < (3, 6):
            self.skipTest("not run: another allocator is asked for, or cannot be")
        status = os.spawnve(
            os.P_WAIT,
            sys.executable,
            [sys.executable, "-m", "unittest", "-q", "garbage_test"],
            dict(
                os.environ,
                PYTHONMALLOC="debug",
                HEAPGRIND_TEST_BLOB=self.path,
                PYTHONPATH=os.pathsep.join(sys.path),
            ),
        )
        self.assertEqual(status, 0)


if __name__ == "__main__":
    unittest.main()
