"""A process is stopped anywhere: in the middle of a collection, of a resize, of a frame."""

import collections
import gc
import os
import random
import sys
import threading
import unittest

import blob_support
import dump_support

STOPS = int(os.environ.get("HEAPGRIND_TEST_STOPS", "8"))
MOST_DAMAGED = 10  # Records of one dump: what was half done.


class Item(object):
    """An instance whose attributes come and go."""


class Busy(threading.Thread):
    """Allocates, resizes, collects and throws away, until it is told to end."""

    def __init__(self, seed):
        threading.Thread.__init__(self)
        self.chooses = random.Random(seed)
        self.may_run = threading.Event()
        self.is_ended = False
        self.rounds = 0

    def run(self):
        kept = collections.deque(maxlen=50)
        ordered = collections.OrderedDict()
        while not self.is_ended:
            self.may_run.wait()
            self.rounds += 1
            kept.append(self.make())
            ordered[self.rounds] = kept
            if len(ordered) > 20:
                ordered.popitem()
            if self.chooses.random() < 0.02:
                gc.collect(self.chooses.randrange(3))

    def make(self):
        """Returns a circle of objects."""
        item = Item()
        for number in range(self.chooses.randrange(30)):
            setattr(item, "name%d" % number, {number: [item]})
        item.set = {str(number) for number in range(self.chooses.randrange(100))}
        item.dict = dict.fromkeys(range(self.chooses.randrange(500)))
        return item


class AnyMomentTest(blob_support.LoadedBlobTestCase):
    def test_dumps_of_a_busy_program_are_whole(self):
        threads = [Busy(seed) for seed in range(2)]
        for thread in threads:
            thread.start()
        try:
            for number in range(STOPS):
                self.check(number, self.stop_amid(threads))
        finally:
            for thread in threads:
                thread.is_ended = True
                thread.may_run.set()
                thread.join()
        self.assertGreater(min(thread.rounds for thread in threads), 0)

    def stop_amid(self, threads):
        """Returns a copy of this process that was made while the threads ran."""
        copy = blob_support.Copy(self.blob)
        rounds = [thread.rounds for thread in threads]
        for thread in threads:
            thread.may_run.set()
        while any(thread.rounds == before for thread, before in zip(threads, rounds)):
            os.sched_yield() if hasattr(os, "sched_yield") else None
        copy.pid = copy.fork()
        for thread in threads:
            thread.may_run.clear()
        return copy

    def check(self, number, copy):
        dump = dump_support.Dump(copy.read())
        end = dump.end()
        case = "stop {}: {}".format(number, end)
        if os.environ.get("HEAPGRIND_TEST_FIGURES"):
            sys.stderr.write(case + "\n")
        self.assertEqual(end["end"], len(dump.addresses()), case)
        self.assertGreater(end["end"], 10000, case)
        lost = [end.get(key, 0) for key in ("damaged", "unreadable", "lost_roots")]
        self.assertLessEqual(sum(lost), MOST_DAMAGED, case)
        for line in dump.lines():
            dump_support.parse_line(line)


if __name__ == "__main__":
    unittest.main()
