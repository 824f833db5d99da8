"""Generators and coroutines: running, suspended and ended."""

import sys
import unittest

import dump_support
from dump_support import named
from frames_support import record_of_frame

VERSION = sys.version_info[:2]


def count(limit):
    """A generator with locals."""
    held = [u"in a generator"]
    for number in range(limit):
        yield number
    held.append(limit)


def dumping_generator(result):
    """A generator that runs while it is dumped."""
    held = [u"in a running generator"]
    result.append(dump_support.take_dump())
    yield held


class GeneratorsTest(unittest.TestCase):
    def frame_names(self, dump, generator):
        """Names in the generator's record, and up to 3.10 in its frame's."""
        names = named(dump.of(generator))
        if "gi_frame" in names:
            names = named(dump.at(names["gi_frame"]))
        return names

    def test_suspended_generator_has_its_locals(self):
        generator = count(3)
        next(generator)
        dump = dump_support.take_dump()
        held = dump.at(self.frame_names(dump, generator)["held"])
        self.assertEqual((held["type"], held["len"]), ("list", 1))

    def test_generator_that_did_not_start_has_its_arguments(self):
        limit = 123456
        generator = count(limit)
        dump = dump_support.take_dump()
        self.assertEqual(self.frame_names(dump, generator)["limit"], id(limit))

    def test_ended_generator_has_no_locals(self):
        generator = count(1)
        list(generator)
        names = named(dump_support.take_dump().of(generator))
        self.assertNotIn("held", names)
        self.assertNotIn("gi_frame", names)

    def test_running_generator_has_a_frame_with_its_locals(self):
        result = []
        generator = dumping_generator(result)
        next(generator)
        (dump,) = result
        record = record_of_frame(dump, dumping_generator)
        self.assertEqual(named(dump.of(generator))["gi_frame"], record["address"])
        self.assertEqual(dump.at(named(record)["held"])["len"], 1)

    @unittest.skipUnless(VERSION >= (3, 5), "needs coroutines")
    def test_suspended_coroutine_has_its_locals(self):
        namespace = {}
        exec(
            "import types\n"
            "@types.coroutine\n"
            "def pause():\n"
            "    yield\n"
            "async def work():\n"
            "    held = ['in a coroutine']\n"
            "    await pause()\n"
            "    del held[:]\n",
            namespace,
        )
        coroutine = namespace["work"]()
        coroutine.send(None)
        dump = dump_support.take_dump()
        coroutine.close()
        self.assertEqual(dump.of(coroutine)["type"], "coroutine")
        names = named(dump.of(coroutine))
        if "held" not in names:
            names = named(dump.at(dump.of(coroutine)["refs"][0]))
        self.assertEqual(dump.at(names["held"])["len"], 1)


if __name__ == "__main__":
    unittest.main()
