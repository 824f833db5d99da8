"""Running frames, and those that a traceback keeps."""

import os
import sys
import threading
import unittest

import dump_support
from dump_support import named
from frames_support import record_of_frame
import heapgrind

VERSION = sys.version_info[:2]


def outer(local):
    """Calls middle, which calls inner, which dumps."""
    return middle([u"middle", local])


def middle(held):
    """Holds its argument, and a variable in a cell."""
    in_cell = [u"in a cell"]

    def use():
        return in_cell

    dump = inner([u"inner", held])
    return dump, id(in_cell), use


def inner(argument):
    """Dumps."""
    dump = dump_support.take_dump()
    del argument
    return dump


def hold_temporaries():
    """Returns a list made while two of its elements wait on the stack."""
    made = []
    for number in [1, 2]:
        made = [[u"first"], [number], dump_support.take_dump()]
    return made


class Dumping(object):
    """Dumps when it is made, if it is asked to."""

    def __init__(self, must_dump):
        self.dump = dump_support.take_dump() if must_dump else None


def make_many(number):
    """Makes so many, so that the call is specialised.  The last one dumps."""
    for rest in range(number, -1, -1):
        made = Dumping(rest == 0)
    return made


class FramesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.local = [u"local"]
        cls.dump, cls.cell_contents, _ = outer(cls.local)

    def test_frame_has_name_file_and_running_line(self):
        record = record_of_frame(self.dump, middle)
        self.assertEqual(record["kind"], "frame")
        self.assertEqual(record["file"], middle.__code__.co_filename)
        self.assertEqual(record["line"], middle.__code__.co_firstlineno + 7)

    def test_locals_are_named(self):
        names = named(record_of_frame(self.dump, outer))
        self.assertEqual(names["local"], id(self.local))
        self.assertEqual(names["f_code"], id(outer.__code__))
        self.assertEqual(names["f_globals"], id(globals()))

    def test_variable_in_a_cell_is_named(self):
        cell = self.dump.at(named(record_of_frame(self.dump, middle))["in_cell"])
        self.assertEqual(cell["type"], "cell")
        self.assertEqual(named(cell)["cell_contents"], self.cell_contents)

    def test_frame_refers_to_the_frame_that_it_called(self):
        called = named(record_of_frame(self.dump, outer))["called"]
        self.assertEqual(self.dump.at(called), record_of_frame(self.dump, middle))

    def test_thread_begins_with_the_outermost_frame(self):
        frame = sys._getframe()
        while frame.f_back is not None:
            frame = frame.f_back
        (root,) = [
            x
            for x in self.dump.roots()
            if x["root"] == "thread" and x["id"] == threading_id()
        ]
        first = self.dump.at(named(root)["frame"])
        self.assertEqual(first["name"], frame.f_code.co_name)

    def test_frames_of_heapgrind_are_left_out(self):
        own_directory = os.path.dirname(heapgrind.__file__)
        files = [x["file"] for x in self.dump.frames() if x.get("kind") == "frame"]
        self.assertIn(__file__.replace(".pyc", ".py"), files)
        self.assertEqual([x for x in files if os.path.dirname(x) == own_directory], [])

    @unittest.skipUnless(VERSION >= (3, 11), "older frames are objects")
    def test_frame_on_the_stack_has_its_size(self):
        record = record_of_frame(self.dump, outer)
        code = outer.__code__
        pointers = 8 if sys.maxsize > 2**32 else 4
        slots = code.co_nlocals + code.co_stacksize
        self.assertGreater(record["size"], slots * pointers)
        self.assertLess(record["size"], (slots + 20) * pointers)

    def test_constructor_that_was_called_often_has_no_other_frames(self):
        dump = make_many(1000).dump
        called = dump.at(named(record_of_frame(dump, make_many))["called"])
        self.assertEqual(called["name"], "__init__")
        self.assertEqual(called["file"], make_many.__code__.co_filename)


    @unittest.skipUnless(VERSION >= (3, 14), "older frames do not know their temporaries")
    def test_temporaries_of_a_running_frame_are_found(self):
        first, second, dump = hold_temporaries()
        frame = record_of_frame(dump, hold_temporaries)
        self.assertIn(id(first), frame["refs"])
        self.assertIn(id(second), frame["refs"])
        self.assertTrue(all(dump.at(address) for address in frame["refs"]))


def threading_id():
    """The identifier of this thread, as Python gives it."""
    get = getattr(threading, "get_ident", None)
    return get() if get else threading.current_thread().ident


class TracebackTest(unittest.TestCase):
    def test_frame_of_a_traceback_has_its_locals(self):
        def fail():
            held = [u"in a traceback"]
            raise ValueError(held)

        try:
            fail()
        except ValueError:
            trace = sys.exc_info()[2].tb_next
        dump = dump_support.take_dump()
        frame = dump.at(named(dump.of(trace))["tb_frame"])
        self.assertEqual(frame["name"], "fail")
        self.assertEqual(dump.at(named(frame)["held"])["len"], 1)
        del trace


if __name__ == "__main__":
    unittest.main()
