"""Values on the evaluation stack of running calls: `f(make(), call())` while
`call` runs."""

import sys
import unittest

import dump_support

VERSION = sys.version_info[:2]


def make(text):
    """Makes a value that no variable holds."""
    return [text]


def take(value, dump):
    """Passes on what a call got."""
    return id(value), dump


def hold_while_calling():
    """Dumps while the first argument waits for the second."""
    return take(make(u"argument that waits"), dump_support.take_dump())


def dump_in(unused):
    """Dumps."""
    return dump_support.take_dump()


def hold_while_calling_c():
    """Dumps in a call that C code makes."""
    return take(make(u"argument that waits"), list(map(dump_in, [1]))[0])


def generate_while_calling():
    """The same in a generator that runs."""
    yield take(make(u"argument that waits"), dump_support.take_dump())


def temporaries_of(function, dump):
    """Addresses of the temporaries in the frame that runs `function`."""
    (frame,) = [
        x
        for x in dump.frames()
        if x.get("name") == function.__name__
    ]
    return [
        address
        for address, name in zip(frame["refs"], frame["names"])
        if name == "(temporary)"
    ]


class TemporariesTest(unittest.TestCase):
    @unittest.skipUnless(VERSION >= (3, 11), "not known before")
    def test_frame_that_called_a_function_has_its_temporaries(self):
        address, dump = hold_while_calling()
        self.assertIn(address, temporaries_of(hold_while_calling, dump))
        self.assertEqual(dump.at(address)["len"], 1)

    @unittest.skipUnless(VERSION >= (3, 11), "not known before")
    def test_generator_that_called_a_function_has_its_temporaries(self):
        ((address, dump),) = generate_while_calling()
        self.assertIn(address, temporaries_of(generate_while_calling, dump))

    @unittest.skipIf(VERSION >= (3, 14), "known from then on")
    def test_frame_that_called_c_code_shows_none(self):
        address, dump = hold_while_calling_c()
        self.assertEqual(temporaries_of(hold_while_calling_c, dump), [])
        self.assertEqual(dump.at(address)["refcount"], 1)  # Held by C code alone.

    @unittest.skipIf(VERSION >= (3, 11), "known from then on")
    def test_temporary_of_an_old_frame_is_held_by_c_code(self):
        address, dump = hold_while_calling()
        self.assertEqual(temporaries_of(hold_while_calling, dump), [])
        self.assertEqual(dump.at(address)["refcount"], 1)


if __name__ == "__main__":
    unittest.main()
