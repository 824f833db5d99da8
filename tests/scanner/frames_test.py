"""Running frames, generators, coroutines and the roots that hold them."""

import os
import sys
import threading
import unittest

import dump_support
import heapgrind
from dump_support import named

VERSION = sys.version_info[:2]


def record_of_frame(dump, function):
    """Returns the record of the only frame that runs `function`."""
    (record,) = [
        x
        for x in dump.records()
        if x["type"] == "frame" and x.get("name") == function.__name__
    ]
    return record


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


def count(limit):
    """A generator with locals."""
    held = [u"in a generator"]
    for number in range(limit):
        yield number
    held.append(limit)


class Dumping(object):
    """Dumps when it is made, if it is asked to."""

    def __init__(self, must_dump):
        self.dump = dump_support.take_dump() if must_dump else None


def make_many(number):
    """Makes so many, so that the call is specialised.  The last one dumps."""
    for rest in range(number, -1, -1):
        made = Dumping(rest == 0)
    return made


def dumping_generator(result):
    """A generator that runs while it is dumped."""
    held = [u"in a running generator"]
    result.append(dump_support.take_dump())
    yield held


class Worker(object):
    """A thread that waits in a function with a local."""

    def __init__(self, name):
        self.is_ready = threading.Event()
        self.may_end = threading.Event()
        self.held = [u"held by a thread"]
        self.local = threading.local()
        self.thread = threading.Thread(target=self.linger, name=name)

    def linger(self):
        """Waits, with a local variable."""
        in_thread = [u"local of a thread"]
        self.address = id(in_thread)
        self.is_ready.set()
        self.may_end.wait()
        del in_thread[:]

    def __enter__(self):
        self.thread.start()
        self.is_ready.wait()
        return self

    def __exit__(self, *unused):
        self.may_end.set()
        self.thread.join()


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
        files = [x["file"] for x in self.dump.records() if x.get("kind") == "frame"]
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


class ThreadsTest(unittest.TestCase):
    def test_thread_is_a_root_with_name_object_and_frames(self):
        with Worker("Worker 1") as worker:
            dump = dump_support.take_dump()
        (root,) = [x for x in dump.roots() if x.get("name") == "Worker 1"]
        self.assertEqual(root["root"], "thread")
        self.assertEqual(named(root)["thread"], id(worker.thread))

    def test_locals_of_another_thread_are_found(self):
        with Worker("Worker 2") as worker:
            dump = dump_support.take_dump()
        names = named(record_of_frame(dump, Worker.linger))
        self.assertEqual(names["in_thread"], worker.address)
        self.assertEqual(dump.at(worker.address)["type"], "list")

    def test_frames_of_another_thread_are_a_chain(self):
        with Worker("Worker 3"):
            dump = dump_support.take_dump()
        (root,) = [x for x in dump.roots() if x.get("name") == "Worker 3"]
        chain = []
        address = named(root)["frame"]
        while address is not None:
            record = dump.at(address)
            chain.append(record["name"])
            address = named(record).get("called")
        self.assertLess(chain.index("run"), chain.index("linger"))


def threading_id():
    """The identifier of this thread, as Python gives it."""
    get = getattr(threading, "get_ident", None)
    return get() if get else threading.current_thread().ident


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


class RootsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dump = dump_support.take_dump()

    def test_modules_root_refers_to_sys_modules(self):
        self.assertEqual(
            named(self.dump.root("modules")), {"modules": id(sys.modules)}
        )

    def test_interpreter_root_has_builtins_and_static_types(self):
        names = named(self.dump.root("interpreter"))
        self.assertEqual(names["None"], id(None))
        self.assertEqual(names["dict" if "dict" not in names else "list"], id(list))
        self.assertEqual(names["int"], id(int))
        self.assertEqual(names["sys.__dict__"], id(sys.__dict__))

    def test_definitions_say_where_they_stand(self):
        code = self.dump.of(outer.__code__)
        self.assertEqual(code["kind"], "code")
        self.assertEqual(code["line"], outer.__code__.co_firstlineno)
        self.assertEqual(code["file"], outer.__code__.co_filename)
        function = self.dump.of(outer)
        self.assertEqual(
            [function[key] for key in ("kind", "name", "module")],
            ["function", "outer", __name__],
        )
        cls = self.dump.of(Worker)
        self.assertEqual(
            [cls[key] for key in ("kind", "name", "module")],
            ["class", "Worker", __name__],
        )
        module = self.dump.of(threading)
        self.assertEqual(
            [module[key] for key in ("kind", "name", "file")],
            ["module", "threading", threading.__file__],
        )

    def test_static_type_says_its_module(self):
        record = self.dump.of(threading.local)
        self.assertEqual(
            [record[key] for key in ("kind", "name", "module")],
            ["class", "_local", "_thread" if VERSION >= (3, 0) else "thread"],
        )

    @unittest.skipUnless(VERSION >= (3, 3), "needs __qualname__")
    def test_qualified_name_is_given_where_it_says_more(self):
        method = vars(Worker)["linger"]
        self.assertEqual(self.dump.of(method)["qualname"], "Worker.linger")
        self.assertNotIn("qualname", self.dump.of(outer))


if __name__ == "__main__":
    unittest.main()
