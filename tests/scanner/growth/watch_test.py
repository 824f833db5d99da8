"""heapgrind.watch says what a block leaves behind."""

import unittest

import growth_support
import heapgrind

CACHE = {}


class Session(object):
    def __init__(self):
        self.basket = [1, 2, 3]


def serve(first, last):
    for number in range(first, last):
        CACHE["user-{}".format(number)] = Session()


class WatchTest(growth_support.GrowthTest):
    def setUp(self):
        super(WatchTest, self).setUp()
        serve(0, 20)
        self.addCleanup(CACHE.clear)

    def test_growth_has_the_holder(self):
        with heapgrind.watch() as w:
            serve(20, 50)
        (growth,) = w.growth()
        self.assertEqual((growth.type, growth.count), ("Session", 30))
        self.assertEqual(growth.path, __name__ + ".CACHE[*]")
        self.assertGreater(growth.bytes, 30 * 100)  # With their baskets.

    def test_growth_by_type_counts_all_of_a_type(self):
        with heapgrind.watch() as w:
            serve(20, 50)
        counts = {one.type: one.count for one in w.growth(by="type")}
        self.assertEqual((counts["Session"], counts["list"]), (30, 30))

    def test_survivors_are_new_also_where_others_went(self):
        with heapgrind.watch() as w:
            old = dict(CACHE)  # Until others have addresses of their own.
            CACHE.clear()
            serve(20, 40)
            del old
        self.assertEqual([x for x in w.growth() if x.type == "Session" and x.count], [])
        (survivor,) = [one for one in w.survivors() if one.type == "Session"]
        self.assertEqual((survivor.count, survivor.path), (20, __name__ + ".CACHE[*]"))

    def test_block_that_leaves_nothing_has_no_growth(self):
        with heapgrind.watch() as w:
            sessions = [Session() for _ in range(10)]
            sessions.append(sessions)
            del sessions
        self.assertEqual((w.growth(), w.growth("type"), w.survivors()), ([], [], []))

    def test_without_the_native_program_types_are_counted(self):
        self.hide_program()
        with heapgrind.watch() as w:
            serve(20, 50)
        self.assertFalse(w.has_holders)
        counts = {one.type: (one.count, one.path) for one in w.growth()}
        self.assertEqual(counts["Session"], (30, None))
        self.assertEqual([repr(x) for x in w.growth()], [repr(x) for x in w.survivors()])

    def test_block_must_have_ended(self):
        with heapgrind.watch() as w:
            self.assertRaises(ValueError, w.growth)
            self.assertRaises(ValueError, w.survivors)
        self.assertRaises(ValueError, w.growth, by="size")

    def test_error_of_the_block_is_raised(self):
        with self.assertRaises(ZeroDivisionError):
            with heapgrind.watch():
                1 // 0


if __name__ == "__main__":
    unittest.main()
