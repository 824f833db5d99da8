"""Suspended greenlets: their frames, and what these hold."""

import gc
import threading
import unittest

import dump_support
from dump_support import named

try:
    import greenlet
except ImportError:
    greenlet = None


def wait(held):
    """Is suspended in the greenlet that runs it."""
    local = [held]
    greenlet.getcurrent().parent.switch()
    return local


def generate(held):
    """A generator that runs within a greenlet, and is suspended there."""
    yield wait(held)


def work(held):
    """The outermost function of a greenlet."""
    for item in generate(held):
        held.append(item)


def suspended(kind=None, function=work):
    """Returns a suspended greenlet and the list that its frames hold."""
    held = [u"held by a greenlet"]
    result = (kind or greenlet.greenlet)(function)
    result.switch(held)
    return result, held


def chain_of(dump, item):
    """Returns the records of a greenlet's frames, the outermost first."""
    address = named(dump.of(item)).get("gr_frame")
    chain = []
    while address is not None:
        chain.append(dump.at(address))
        address = named(chain[-1]).get("called")
    return chain


@unittest.skipUnless(greenlet, "not run: greenlet is not installed")
class SuspendedTest(unittest.TestCase):
    def assert_frames(self, kind):
        item, held = suspended(kind)
        dump = dump_support.take_dump()
        chain = chain_of(dump, item)
        self.assertEqual([x["name"] for x in chain], ["work", "generate", "wait"])
        for record in chain:
            self.assertEqual((record["type"], record["kind"]), ("frame", "frame"))
            self.assertEqual(named(record)["held"], id(held))
        self.assertEqual(dump.at(named(chain[-1])["local"])["refs"], [id(held)])
        item.switch()

    def test_has_its_frames(self):
        self.assert_frames(greenlet.greenlet)

    def test_of_a_derived_class_has_its_frames(self):
        self.assert_frames(type("Derived", (greenlet.greenlet,), {}))  # As gevent's are.

    def test_frames_have_one_record_each_whoever_else_refers_to_them(self):
        item, _ = suspended()
        kept = item.gr_frame, item.gr_frame.f_back
        addresses = dump_support.take_dump().addresses()
        self.assertEqual(len(addresses), len(set(addresses)))
        self.assertEqual(len(kept), 2)
        item.switch()

    def test_that_nothing_refers_to_has_its_frames(self):
        item, held = suspended()
        cycle = [item]
        cycle.append(cycle)
        held.append(cycle)
        address = id(held)
        gc.disable()
        try:
            del item, held, cycle
            dump = dump_support.take_dump()
        finally:
            gc.enable()
        record = dump.at(address)
        self.assertEqual((record["type"], record["len"]), ("list", 2))

    def test_in_another_thread_has_its_frames(self):
        items, ready, may_end = [], threading.Event(), threading.Event()

        def run():
            items.append(suspended()[0])
            ready.set()
            may_end.wait()
            items[0].switch()

        thread = threading.Thread(target=run)
        thread.start()
        ready.wait()
        dump = dump_support.take_dump()
        may_end.set()
        thread.join()
        self.assertEqual([x["name"] for x in chain_of(dump, items[0])][0], "work")

    def test_refers_to_its_parent(self):
        item, _ = suspended()
        names = named(dump_support.take_dump().of(item))
        self.assertEqual(names["parent"], id(item.parent))
        item.switch()

    def test_has_no_frames_before_and_after_it_runs(self):
        ended, _ = suspended()
        ended.switch()
        for item in (ended, greenlet.greenlet(work)):
            self.assertEqual(chain_of(dump_support.take_dump(), item), [])

    def test_again_suspended_has_the_frames_that_it_has_now(self):
        def twice(held):
            wait(held)
            later = held
            greenlet.getcurrent().parent.switch()
            del later[:]

        item, held = suspended(function=twice)
        item.switch()
        (record,) = chain_of(dump_support.take_dump(), item)
        self.assertEqual(named(record)["later"], id(held))
        item.switch()


@unittest.skipUnless(greenlet, "not run: greenlet is not installed")
class RunningTest(unittest.TestCase):
    def test_what_it_suspends_is_a_part_of_the_thread(self):
        main = greenlet.getcurrent()
        own = [u"of the thread's own code"]
        dumps = []
        item = greenlet.greenlet(lambda: dumps.append(dump_support.take_dump()))
        item.switch()
        (dump,) = dumps
        ident = threading.current_thread().ident
        (root,) = [x for x in dump.roots() if x.get("id") == ident]
        self.assertEqual(named(root)["greenlet"], id(main))
        frames = chain_of(dump, main)
        self.assertEqual(frames[-1]["name"], "test_what_it_suspends_is_a_part_of_the_thread")
        self.assertEqual(named(frames[-1])["own"], id(own))
        self.assertEqual(chain_of(dump, item), [])
        self.assertEqual(dump.at(named(root)["frame"])["name"], "<lambda>")


if __name__ == "__main__":
    unittest.main()
