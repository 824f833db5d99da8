"""References: those that tp_traverse hides, and what they are called."""

import sys
import types
import unittest

import dump_support
from dump_support import named
from references_support import Everything, Node, Slotted, SlottedChild

VERSION = sys.version_info[:2]


def make_closure():
    """Returns a function with a cell, defaults and attributes."""
    variable = [u"closed over"]

    def inner(argument=(u"default", 1.5)):
        return variable, argument

    inner.attribute = [u"attribute"]
    return inner, variable


class ReferencesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.all = Everything()
        cls.closure = list(make_closure())
        cls.dump = dump_support.take_dump()

    def names(self, item):
        return named(self.dump.of(item))

    def assertNamed(self, item, name, target):
        self.assertEqual(self.names(item).get(name), id(target))
        self.assertTrue(self.dump.has(target))

    def attribute(self, instance, name):
        """The address of an attribute, wherever the instance keeps it."""
        names = self.names(instance)
        if name in names:
            return names[name]
        return self.dump.value_names(self.dump.at(names["__dict__"]))[name]

    def test_attributes_are_found_by_name(self):
        self.assertEqual(self.attribute(self.all.node, "left"), id(self.all.node.left))
        self.assertEqual(
            self.attribute(self.all.node, "right"), id(self.all.node.right)
        )

    def test_instance_refers_to_its_class(self):
        self.assertNamed(self.all.node, "__class__", Node)

    def test_materialised_dict_has_the_attributes(self):
        names = self.names(self.all.with_dict)
        values = self.dump.value_names(self.dump.at(names["__dict__"]))
        self.assertEqual(values, {"inside": id(self.all.with_dict.inside)})
        self.assertEqual(sorted(names), ["__class__", "__dict__"])

    def test_attribute_is_referred_to_once(self):
        target = id(self.all.with_dict.inside)
        holders = [x for x in self.dump.records(str(target).encode("ascii")) if target in x["refs"]]
        self.assertEqual([x["type"] for x in holders], ["dict"])
        self.assertEqual(holders[0]["refs"].count(target), 1)

    def test_slots_are_found_by_name(self):
        self.assertNamed(self.all.slotted, "first", self.all.slotted.first)
        self.assertNamed(self.all.slotted, "second", self.all.slotted.second)
        self.assertNotIn("unset", self.names(self.all.slotted))
        self.assertEqual(len(self.dump.of(self.all.slotted)["refs"]), 3)

    def test_slots_of_a_base_are_found(self):
        self.assertNamed(self.all.child, "first", self.all.child.first)
        self.assertEqual(
            self.attribute(self.all.child, "extra"), id(self.all.child.extra)
        )

    def test_dictionary_is_key_value_pairs(self):
        for table in (self.all.by_text, self.all.by_tuple, self.all.untracked):
            record = self.dump.of(table)
            ((key, value),) = table.items()
            self.assertEqual(record["pairs"], 1)
            self.assertEqual(record["refs"], [id(key), id(value)])
            self.assertTrue(self.dump.has(key))

    def test_subclass_of_dict_has_pairs_and_attributes(self):
        record = self.dump.of(self.all.table)
        self.assertEqual(record["pairs"], 1)
        self.assertEqual(
            self.dump.value_names(record), {"key": id(self.all.table["key"])}
        )
        self.assertEqual(record["refs"].count(id(self.all.table["key"])), 1)
        self.assertEqual(
            self.attribute(self.all.table, "attribute"), id(self.all.table.attribute)
        )

    def test_defaultdict_has_pairs_and_factory_once(self):
        record = self.dump.of(self.all.default)
        self.assertEqual(record["refs"].count(id(self.all.default["key"])), 1)
        self.assertEqual(record["refs"].count(id(list)), 1)
        self.assertEqual(record["pairs"], 1)
        self.assertNamed(self.all.default, "default_factory", list)

    def test_ordered_dict_has_its_pairs_once(self):
        record = self.dump.of(self.all.ordered)
        value = id(self.all.ordered[u"key"])
        self.assertEqual(record["refs"].count(value), 1)

    def test_code_has_its_parts(self):
        code = make_closure.__code__
        for name in ("co_consts", "co_names", "co_filename", "co_name"):
            self.assertNamed(code, name, getattr(code, name))
        table = "co_linetable" if VERSION >= (3, 10) else "co_lnotab"
        self.assertNamed(code, table, getattr(code, table))
        (inner,) = [x for x in code.co_consts if isinstance(x, types.CodeType)]
        self.assertTrue(self.dump.has(inner))
        self.assertTrue(self.dump.holds(code.co_consts, inner))

    @unittest.skipUnless(VERSION >= (3, 11), "older code has no exception table")
    def test_code_has_its_exception_table_and_qualname(self):
        code = Everything.__init__.__code__
        self.assertNamed(code, "co_exceptiontable", code.co_exceptiontable)
        self.assertNamed(code, "co_qualname", code.co_qualname)

    def test_function_has_its_parts(self):
        function = self.closure[0]
        names = self.names(function)
        self.assertEqual(names["__code__"], id(function.__code__))
        self.assertEqual(names["__globals__"], id(globals()))
        self.assertEqual(names["__defaults__"], id(function.__defaults__))
        self.assertEqual(names["__dict__"], id(function.__dict__))
        self.assertEqual(names["__closure__"], id(function.__closure__))

    def test_cell_has_its_contents(self):
        function, variable = self.closure
        (cell,) = function.__closure__
        self.assertNamed(cell, "cell_contents", variable)

    def test_module_has_its_dict_once(self):
        self.assertNamed(sys, "__dict__", sys.__dict__)
        self.assertEqual(self.dump.of(sys)["refs"].count(id(sys.__dict__)), 1)

    def test_static_type_has_dict_bases_and_mro(self):
        names = self.names(bool)
        self.assertEqual(names["__base__"], id(int))
        self.assertEqual(names["__mro__"], id(bool.__mro__))
        self.assertEqual(self.dump.at(names["__dict__"])["type"], "dict")
        self.assertIn("__and__", self.dump.value_names(self.dump.at(names["__dict__"])))

    def test_class_has_its_name_and_bases(self):
        names = self.names(SlottedChild)
        self.assertEqual(names["__base__"], id(Slotted))
        self.assertEqual(self.dump.at(names["__name__"])["value"], "SlottedChild")
        self.assertEqual(self.dump.at(names["__mro__"])["len"], 3)

    def test_class_keeps_its_slots(self):
        names = self.names(Slotted)
        self.assertEqual(self.dump.at(names["__slots__"])["len"], 3)

    def test_method_has_function_and_self(self):
        names = self.names(self.all.bound)
        self.assertEqual(names["__self__"], id(self.all.node))

    def test_partial_has_its_parts(self):
        self.assertNamed(self.all.partial, "func", len)
        self.assertNamed(self.all.partial, "args", self.all.partial.args)

    def test_property_has_its_getter(self):
        self.assertNamed(self.all.property, "fget", self.all.property.fget)

    @unittest.skipUnless(VERSION >= (3, 5), "older buffers are no objects")
    def test_bytesio_has_its_buffer(self):
        buffer = self.names(self.all.buffer)["buffer"]
        self.assertEqual(self.dump.at(buffer)["len"], 1000)

    def test_weak_reference_does_not_hold_its_target(self):
        self.assertFalse(self.dump.holds(self.all.weak, self.all.node))


if __name__ == "__main__":
    unittest.main()
