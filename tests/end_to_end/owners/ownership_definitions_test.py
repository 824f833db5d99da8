"""Tests who owns functions and classes of a live program."""

import dataclasses
import unittest

from tests.end_to_end.owners import planted_owners
from tests.end_to_end.owners.planted_owners import PLANTED


class FunctionsTest(planted_owners.OwnershipTest):
    """Functions that something stands in front of."""

    def assert_in_shape(self, *chain):
        self.assert_chain("module::functions (functions)", "class::Shape (functions.Shape)",
                          *chain)

    def test_property_owns_its_getter_and_its_setter(self):
        self.assert_in_shape("property::area (functions.Shape.area)",
                             "def::area (functions.Shape.area)")
        self.assertEqual(self.owners.count("def::area (functions.Shape.area)"), 2)

    def test_classmethod_owns_its_function(self):
        self.assert_in_shape("classmethod::make (functions.Shape.make)",
                             "def::make (functions.Shape.make)")

    def test_staticmethod_owns_its_function(self):
        self.assert_in_shape("staticmethod::check (functions.Shape.check)",
                             "def::check (functions.Shape.check)")

    def test_cached_property_owns_its_function(self):
        self.assert_in_shape("cached_property::outline (functions.Shape.outline)",
                             "def::outline (functions.Shape.outline)")

    def test_cache_of_a_method_belongs_to_its_class(self):
        self.assert_in_shape("_lru_cache_wrapper::volume (functions.Shape.volume)",
                             "def::volume (functions.Shape.volume)")

    def test_singledispatchmethod_owns_its_function(self):
        self.assert_in_shape("singledispatchmethod::add (functions.Shape.add)",
                             "def::add (functions.Shape.add)")

    def test_cache_belongs_to_the_module_that_defines_it_and_not_to_who_imports_it(self):
        self.assert_chain("module::functions (functions)",
                          "_lru_cache_wrapper::cached (functions.cached)")

    def test_wrapped_function_belongs_to_its_wrapper(self):
        self.assert_chain("module::functions (functions)", "def::wrapped (functions.wrapped*)")
        self.assertGreaterEqual(
            self.owners.inclusive("def::wrapped (functions.wrapped*)"), 2 * PLANTED)

    def test_function_belongs_to_the_innermost_of_its_wrappers(self):
        self.assert_chain("module::functions (functions)",
                          "_lru_cache_wrapper::twice_wrapped (functions.twice_wrapped)",
                          "def::twice_wrapped (functions.twice_wrapped*)")
        self.assertGreaterEqual(
            self.owners.inclusive("def::twice_wrapped (functions.twice_wrapped*)"), 2 * PLANTED)

    def test_wrapper_that_another_module_made_belongs_where_its_names_lead(self):
        self.assert_chain("module::functions (functions)", "def::managed (functions.managed*)")

    def test_partial_belongs_to_the_module_that_assigns_it(self):
        self.assert_chain("module::functions (functions)", "partial::partial (functions.partial)")

    def test_dispatcher_owns_the_general_function(self):
        self.assert_chain("module::functions (functions)",
                          "def::dispatched (functions.dispatched*)")

    def test_function_that_lies_about_its_names_stays_where_it_is(self):
        self.assert_chain("module::functions (functions)", "def::liar (functions.liar)")


class ClassesTest(planted_owners.OwnershipTest):
    """Classes of every make."""

    def assert_in_classes(self, *chain):
        self.assert_chain("module::classes (classes)", *chain)

    def test_dataclass_with_slots_is_the_second_class_of_its_name(self):
        self.assert_in_classes("class::Slotted (classes.Slotted)")
        self.assert_in_classes("Slotted::slotted (classes.slotted)",
                               "bytearray::left (classes.slotted.left)")
        self.assertEqual(self.owners.names("class::Slotted"), [
            "class::Slotted (classes.Slotted)", *_first_classes()])

    def test_first_class_of_a_dataclass_with_slots_belongs_to_what_keeps_it(self):
        for name in _first_classes():
            self.assertEqual(self.owners.chain(name)[:2], [
                "module::classes (classes)", "class::Slotted (classes.Slotted)"])

    def test_enum_members_belong_to_their_class(self):
        self.assertEqual(self.owners.chain("Color::RED (classes.Color.RED)"), [
            "module::classes (classes)", "class::Color (classes.Color)",
            "Color::RED (classes.Color.RED)"])

    def test_named_tuple_class_belongs_to_the_module_that_calls_for_it(self):
        self.assert_in_classes("class::Point (classes.Point)")
        self.assert_in_classes("Point::point (classes.point)")
        self.assert_in_classes("class::Typed (classes.Typed)")

    def test_class_attributes_belong_to_the_class(self):
        self.assert_in_classes("class::Square (classes.Square)",
                               "bytearray::sides (classes.Square.sides)")

    def test_nested_class_belongs_to_the_outer_class(self):
        self.assert_in_classes("class::Square (classes.Square)",
                               "class::Corner (classes.Square.Corner)",
                               "bytearray::angles (classes.Square.Corner.angles)")

    def test_abstract_base_does_not_own_what_is_registered_or_derived(self):
        self.assert_in_classes("class::Strange (classes.Strange)",
                               "bytearray::facts (classes.Strange.facts)")
        self.assertLess(self.owners.inclusive("class::Shape (classes.Shape)"), 6000)

    def test_generic_class_does_not_own_what_is_derived_from_its_aliases(self):
        self.assert_in_classes("class::Box (classes.Box)",
                               "bytearray::contents (classes.Box.contents)")
        self.assert_in_classes("class::FullBox (classes.FullBox)",
                               "bytearray::more (classes.FullBox.more)")

    def test_plugin_registry_does_not_own_plugins(self):
        self.assert_in_classes("class::Plugin (classes.Plugin)",
                               "bytearray::rules (classes.Plugin.rules)")
        self.assertEqual(
            self.owners.inclusive("dict::plugins (classes.Registry.plugins)"),
            self.owners.self_bytes("dict::plugins (classes.Registry.plugins)"))

    def test_class_made_in_a_function_belongs_to_the_variable(self):
        self.assert_in_classes("class::Local (classes.LOCAL)",
                               "bytearray::attribute (classes.LOCAL.attribute)")

    def test_class_that_goes_by_another_name_belongs_to_the_variable(self):
        self.assert_chain("module::functools (functools)",
                          "class::CacheInfo (functools._CacheInfo)")

    def test_two_classes_of_one_name_stay_apart(self):
        self.assert_chain("module::same_names (same_names)",
                          "list::sessions (same_names.sessions)",
                          "same_names.Session::[*] (same_names.sessions[*])",
                          "bytearray::mine (same_names.sessions[*].mine)")
        self.assert_chain("module::same_names (same_names)",
                          "list::sessions (same_names.sessions)",
                          "other_session.Session::[*] (same_names.sessions[*])",
                          "bytearray::theirs (same_names.sessions[*].theirs)")

    def test_static_type_belongs_to_the_interpreter_where_no_module_holds_it(self):
        self.assertEqual(self.owners.chain("class::cell (builtins.cell)"), [
            "interpreter::state", "class::cell (builtins.cell)"])


def _first_classes():
    """Returns the rows of the first classes of dataclasses with slots that stay alive.

    Up to Python 3.11.2 the second class has the descriptor of the first for `__weakref__`,
    which refers to it: Lib/dataclasses.py, _add_slots, removes only that for `__dict__`.
    """
    second = dataclasses.make_dataclass("Second", ["left"], slots=True)
    descriptor = vars(second).get("__weakref__")
    if descriptor is None or descriptor.__objclass__ is second:
        return []
    return ["class::Slotted (classes.Slotted.__weakref__.__objclass__)"]


if __name__ == "__main__":
    unittest.main()
