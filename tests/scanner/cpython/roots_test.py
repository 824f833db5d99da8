"""What threads and the interpreter hold without being objects, by name."""

import atexit
import codecs
import ctypes
import gc
import os
import subprocess
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

    def test_dictionary_of_the_thread(self):
        repr([[]])  # Notes in the dictionary what it is at.
        self.assertIn("dict", self.names_of_this_thread())

    def test_exception_that_waits_for_a_thread(self):
        ready, may_end = threading.Event(), threading.Event()

        def wait():
            try:
                ready.set()
                while True:
                    may_end.wait()
            except KeyError:
                pass

        thread = threading.Thread(target=wait)
        thread.start()
        ready.wait()
        send = ctypes.pythonapi.PyThreadState_SetAsyncExc
        send.argtypes = [ctypes.c_long, ctypes.py_object]
        send(thread.ident, KeyError)
        try:
            roots = dump_support.take_dump().roots()
        finally:
            may_end.set()
            thread.join()
        (root,) = [x for x in roots if x.get("id") == thread.ident]
        self.assertEqual(named(root)["async_exc"], id(KeyError))

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
        root = dump.root("interpreter")
        held = [x for name, x in zip(root["names"], root["refs"]) if name == "atexit"]
        # From 3.14 on it is one list of tuples; up to then, each for itself.
        for address in held:
            record = dump.at(address)
            if record["type"] in ("list", "tuple", "dict"):
                held += record["refs"]
        self.assertIn(id(farewell), held)
        self.assertGreaterEqual(held.count(id(argument)), 2)

    @unittest.skipUnless(VERSION >= (3, 10), "older ones keep it where nothing leads")
    def test_filters_of_warnings(self):
        import _warnings

        self.assertIn(("warnings.filters", id(_warnings.filters)), self.references())
        self.assertIn(
            ("warnings.onceregistry", id(_warnings._onceregistry)), self.references()
        )
        self.assertIn("warnings.defaultaction", [name for name, _ in self.references()])

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

    def test_modules_that_it_uses_itself(self):
        root = dump_support.take_dump().root("interpreter")
        found = dict(zip(root["names"], root["refs"]))
        self.assertEqual(found["builtins"], id(sys.modules[len.__module__].__dict__))
        self.assertEqual(found["sys.__dict__"], id(sys.__dict__))

    @unittest.skipUnless(VERSION >= (3, 7), "older ones keep less")
    def test_what_importing_needs(self):
        import builtins

        dump = dump_support.take_dump()
        root = dump.root("interpreter")
        found = dict(zip(root["names"], root["refs"]))
        self.assertEqual(found["import_func"], id(builtins.__import__))
        types = {"importlib": "module", "modules_by_index": "list", "builtins_copy": "dict"}
        if VERSION >= (3, 12):
            types.update(sysdict_copy="dict", interned="dict")
        self.assertEqual({name: dump.at(found[name])["type"] for name in types}, types)

    @unittest.skipUnless(VERSION >= (3, 8), "needs audit hooks")
    def test_audit_hooks(self):
        program = (
            "import sys, heapgrind\n"
            "sys.addaudithook(lambda *unused: None)\n"
            "heapgrind.dump(sys.argv[1])\n"
        )
        with dump_support.temporary_path() as path:
            subprocess.check_call([sys.executable, "-c", program, path])
            with open(path, "rb") as dump_file:
                dump = dump_support.Dump(dump_file.read())
        self.assertIn("audit_hooks", dump.root("interpreter")["names"])

    @unittest.skipUnless(VERSION >= (3, 11), "older ones keep them elsewhere")
    def test_classes_of_syntax_trees(self):
        import ast

        compile("x = 1", "<test>", "exec", ast.PyCF_ONLY_AST)
        self.assertIn(("ast", id(ast.Assign)), self.references())

    def test_constants(self):
        constants = {"None": None, "True": True, "False": False}
        constants.update(Ellipsis=Ellipsis, NotImplemented=NotImplemented)
        expected = {(name, id(item)) for name, item in constants.items()}
        self.assertLessEqual(expected, self.references())


if __name__ == "__main__":
    unittest.main()
