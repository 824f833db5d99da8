"""Threads and the other roots, and the places of what they hold."""

import sys
import threading
import unittest

import dump_support
from dump_support import named
from frames_support import record_of_frame

VERSION = sys.version_info[:2]


def outer(local):
    """A function of this module."""
    return local


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
