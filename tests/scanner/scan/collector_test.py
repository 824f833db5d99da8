"""References and objects that the garbage collector knows, and those it does not."""

import collections
import gc
import sys
import types
import unittest

import dump_support
from references_support import Everything

VERSION = sys.version_info[:2]


class CollectorTest(unittest.TestCase):
    """The garbage collector's own view as an oracle."""

    def test_every_object_and_reference_of_the_collector_is_there(self):
        keep = Everything()
        import decimal  # Classes of C, with state of their own.
        import xml.etree.ElementTree

        known = [x for x in gc.get_objects() if not is_of_this_test(x)]
        referents = [tuple(map(id, gc.get_referents(x))) for x in known]
        dump = dump_support.take_dump()
        refs = {x["address"]: x["refs"] for x in dump.records()}
        absent = collections.Counter()
        for item, addresses in zip(known, referents):
            if self.has_values_elsewhere(item) or id(item) not in refs:
                continue
            now = collections.Counter(map(id, gc.get_referents(item)))
            stayed = collections.Counter(addresses) & now
            for address, count in (stayed - collections.Counter(refs[id(item)])).items():
                if address in refs:
                    absent[type(item).__name__] += count
        self.assertEqual(absent, {})
        del keep, decimal, xml

    def test_no_tracked_object_is_missing(self):
        tracked = gc.get_objects()
        found = set(dump_support.take_dump().addresses())
        missing = [type(x).__name__ for x in tracked if id(x) not in found]
        # Frames of this package's functions are left out.
        self.assertEqual([name for name in missing if name != "frame"], [])

    @staticmethod
    def has_values_elsewhere(item):
        """True for instances of 3.13 whose values are shown with their dict."""
        return VERSION >= (3, 13) and hasattr(type(item), "__dict__")


def is_of_this_test(item):
    """True for what the test itself changes while it runs."""
    return isinstance(item, (types.FrameType, collections.Counter))


class HiddenObjectsTest(unittest.TestCase):
    @unittest.skipUnless(hasattr(gc, "freeze"), "needs gc.freeze")
    @unittest.skipIf(dump_support.IS_FREE_THREADED, "not run: no list there has frozen objects")
    def test_frozen_objects_are_found(self):
        cycle = [u"frozen"]
        cycle.append(cycle)
        address = id(cycle)
        del cycle
        gc.disable()
        gc.freeze()
        try:
            record = dump_support.take_dump().at(address)
        finally:
            gc.unfreeze()
            gc.enable()
        self.assertEqual((record["type"], record["len"]), ("list", 2))

    def test_objects_out_of_reach_carry_their_refcount(self):
        cycle = [u"garbage"]
        cycle.append(cycle)
        inside = [u"inside"]
        cycle.append(inside)
        address, address_inside = id(cycle), id(inside)
        gc.disable()
        try:
            del cycle, inside
            dump = dump_support.take_dump()
        finally:
            gc.enable()
        self.assertEqual(dump.at(address)["refcount"], 1)
        self.assertEqual(dump.at(address_inside)["refcount"], 1)
        self.assertNotIn("refcount", dump.of(sys))


if __name__ == "__main__":
    unittest.main()
