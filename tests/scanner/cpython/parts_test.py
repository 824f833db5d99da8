"""Every part of code, functions and classes that the scanner names by itself.

references_test.py has what users meet first; this and frame_objects_test.py have the
rest, so that no special case of the scanner is without a test.
"""

import sys
import unittest

import dump_support
from dump_support import named

VERSION = sys.version_info[:2]


def make_inner():
    """Returns a function that uses a variable of this one."""
    outer = [u"outer"]

    def inner(argument=(u"default", 1.5)):
        """Says what it does."""
        cell = argument
        return lambda: (outer, cell)

    inner.attribute = [u"attribute"]
    return inner


class Documented(object):
    """A class with a docstring of some length."""

    __slots__ = ("slot",)


class PartsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.function = staticmethod(make_inner())
        cls.dump = dump_support.take_dump()

    def check_parts(self, item, parts):
        """Compares named references with the objects that they lead to."""
        found = named(self.dump.of(item))
        self.assertEqual(
            {name: found.get(name) for name in parts},
            {name: id(part) for name, part in parts.items()},
        )
        for part in parts.values():
            self.assertTrue(self.dump.has(part))

    def check_types(self, item, types):
        """Compares the types of what named references lead to."""
        found = named(self.dump.of(item))
        self.assertEqual(
            {name: self.dump.at(found[name])["type"] for name in types if name in found},
            types,
        )

    def test_function(self):
        function = type(self).function
        parts = {
            "__module__": function.__module__,
            "__name__": function.__name__,
            "__doc__": function.__doc__,
            "__dict__": function.__dict__,
            "__defaults__": function.__defaults__,
            "__closure__": function.__closure__,
        }
        if VERSION >= (3, 0):
            parts["__qualname__"] = function.__qualname__
        if VERSION >= (3, 10):
            parts["__builtins__"] = function.__builtins__
        self.check_parts(function, parts)

    @unittest.skipUnless(VERSION >= (3, 0), "needs keyword-only arguments")
    def test_function_with_keyword_defaults_and_annotations(self):
        namespace = {}
        exec("def function(*, key: int = 1.5): pass", namespace)
        function = namespace["function"]
        annotations = function.__annotations__
        found = named(dump_support.take_dump().of(function))
        self.assertEqual(found["__kwdefaults__"], id(function.__kwdefaults__))
        self.assertEqual(found["__annotations__"], id(annotations))

    @unittest.skipUnless(VERSION >= (3, 2), "older modules keep no copy")
    def test_module_of_c_code_that_is_loaded_again_from_a_copy(self):
        dump = type(self).dump
        copies = [named(dump.of(module)).get("m_copy") for module in list(sys.modules.values())
                  if type(module) is type(sys)]
        types = {dump.at(copy)["type"] for copy in copies if copy is not None}
        if not types:
            self.skipTest("all modules that are loaded are made anew each time")
        self.assertEqual(types, {"dict"})

    @unittest.skipUnless(VERSION >= (3, 12), "needs type parameters")
    def test_function_with_type_parameters(self):
        namespace = {}
        exec("def function[T](x: T): pass", namespace)
        function = namespace["function"]
        found = named(dump_support.take_dump().of(function))
        self.assertEqual(found["__type_params__"], id(function.__type_params__))

    @unittest.skipUnless((3, 0) <= VERSION < (3, 11), "later code is of another form")
    def test_code_up_to_3_10(self):
        code = type(self).function.__code__
        parts = ["co_code", "co_varnames", "co_cellvars", "co_freevars"]
        self.check_parts(code, {name: getattr(code, name) for name in parts})

    @unittest.skipUnless(VERSION >= (3, 11), "older code is of another form")
    def test_code_from_3_11_on(self):
        types = {"co_localsplusnames": "tuple", "co_localspluskinds": "bytes"}
        self.check_types(type(self).function.__code__, types)

    @unittest.skipUnless(VERSION >= (3, 12), "older code computes them each time")
    def test_code_keeps_what_it_was_asked_for(self):
        code = make_inner.__code__
        names = ["co_code", "co_varnames", "co_cellvars", "co_freevars"]
        parts = {name: getattr(code, name) for name in names}
        found = named(dump_support.take_dump().of(code))
        self.assertEqual(
            {name: found.get(name) for name in names},
            {name: id(part) for name, part in parts.items()},
        )

    def test_static_type(self):
        self.check_parts(bool, {"__bases__": bool.__bases__, "__mro__": bool.__mro__})

    @unittest.skipUnless(VERSION >= (3, 4), "older ones keep a list")
    def test_class_and_its_subclasses(self):
        self.check_types(int, {"__subclasses__": "dict"})

    def test_class(self):
        parts = {"__base__": object, "__bases__": Documented.__bases__}
        self.check_parts(Documented, parts)
        types = {"__name__": "str", "__slots__": "tuple"}
        if VERSION >= (3, 0):
            types["__qualname__"] = "str"
        self.check_types(Documented, types)

    def test_class_owns_a_copy_of_its_docstring(self):
        empty = type("Documented", (object,), {})
        documented = type("Documented", (object,), {"__doc__": "x" * 10000})
        dump = dump_support.take_dump()
        added = dump.of(documented)["size"] - dump.of(empty)["size"]
        self.assertGreaterEqual(added, 10000)
        self.assertLess(added, 10100)

    def test_function_of_a_c_module(self):
        parts = {"__module__": len.__module__}
        if VERSION >= (3, 0):
            parts["__self__"] = len.__self__
        self.check_parts(len, parts)


if __name__ == "__main__":
    unittest.main()
