"""What threads and the interpreter hold without being objects, by name."""

import atexit
import codecs
import gc
import os
import sys
import threading
import unittest

import dump_support
from dump_support import named

VERSION = sys.version_info[:2]


def not_called(*unused):
    """Is registered, and never called."""


class ThreadStateTest(unittest.TestCase):
    def names_of_this_thread(self):
        """Returns {name: address} of the root of the thread that runs this."""
        roots = dump_support.take_dump().roots()
        ident = threading.current_thread().ident
        (root,) = [x for x in roots if x["root"] == "thread" and x["id"] == ident]
        return named(root)

    def test_profile_and_trace_functions(self):
        old_trace = sys.gettrace()
        sys.setprofile(not_called)
        sys.settrace(not_called)
        try:
            names = self.names_of_this_thread()
        finally:
            sys.settrace(old_trace)
            sys.setprofile(None)
        self.assertEqual(names["profile"], id(not_called))
        self.assertEqual(names["trace"], id(not_called))

    @unittest.skipUnless(VERSION >= (3, 6), "needs asynchronous generators")
    def test_asynchronous_generators_hooks(self):
        sys.set_asyncgen_hooks(firstiter=not_called, finalizer=not_called)
        try:
            names = self.names_of_this_thread()
        finally:
            sys.set_asyncgen_hooks(None, None)
        self.assertEqual(names["async_gen_firstiter"], id(not_called))
        self.assertEqual(names["async_gen_finalizer"], id(not_called))

    @unittest.skipUnless(VERSION >= (3, 0), "Python 2 keeps it elsewhere")
    def test_exception_that_is_handled(self):
        try:
            raise ValueError("handled")
        except ValueError as error:
            names = self.names_of_this_thread()
            self.assertEqual(names["exc_value"], id(error))


class InterpreterTest(unittest.TestCase):
    def references(self):
        """Returns (name, address) of each reference of the interpreter's root."""
        root = dump_support.take_dump().root("interpreter")
        return set(zip(root["names"], root["refs"]))

    def test_what_modules_give_it(self):
        def search(unused_name):
            return None

        def handler(unused_error):
            return None

        codecs.register(search)
        codecs.register_error("heapgrind.test", handler)
        dump = dump_support.take_dump()
        root = dump.root("interpreter")
        held = {}
        for name, address in zip(root["names"], root["refs"]):
            held.setdefault(name, []).append(address)
        self.assertIn(id(search), dump.at(held["codec_search_path"][0])["refs"])
        handlers = dump.value_names(dump.at(held["codec_error_registry"][0]))
        self.assertEqual(handlers["heapgrind.test"], id(handler))
        self.assertEqual(dump.at(held["codec_search_cache"][0])["type"], "dict")
        if VERSION >= (3, 7):
            self.assertEqual(held["gc.callbacks"], [id(gc.callbacks)])
            self.assertEqual(held["gc.garbage"], [id(gc.garbage)])

    @unittest.skipUnless(VERSION >= (3, 10), "older ones keep it where nothing leads")
    def test_functions_that_run_at_exit(self):
        def farewell(*unused):
            pass

        argument = [u"argument"]
        atexit.register(farewell, argument, key=argument)
        try:
            dump = dump_support.take_dump()
        finally:
            atexit.unregister(farewell)
        for item in (farewell, argument):
            self.assertNotIn("refcount", dump.of(item))  # So a root reaches it.
        self.assertIn("atexit", dump.root("interpreter")["names"])

    @unittest.skipUnless(VERSION >= (3, 10), "older ones keep it where nothing leads")
    def test_filters_of_warnings(self):
        import _warnings

        self.assertIn(("warnings.filters", id(_warnings.filters)), self.references())
        self.assertIn(
            ("warnings.onceregistry", id(_warnings._onceregistry)), self.references()
        )

    @unittest.skipUnless(VERSION >= (3, 7), "older ones have none")
    def test_functions_that_run_around_fork(self):
        before, parent, child = [u"before"], [u"parent"], [u"child"]
        os.register_at_fork(
            before=lambda kept=before: None,
            after_in_parent=lambda kept=parent: None,
            after_in_child=lambda kept=child: None,
        )
        dump = dump_support.take_dump()
        names = set(dump.root("interpreter")["names"])
        self.assertLessEqual(
            {"before_forkers", "after_forkers_parent", "after_forkers_child"}, names
        )
        for item in (before, parent, child):
            self.assertNotIn("refcount", dump.of(item))

    def test_constants(self):
        constants = {"None": None, "True": True, "False": False}
        constants.update(Ellipsis=Ellipsis, NotImplemented=NotImplemented)
        expected = {(name, id(item)) for name, item in constants.items()}
        self.assertLessEqual(expected, self.references())


if __name__ == "__main__":
    unittest.main()
