"""Tests that each rule of ownership holds in a live program.

The programs in ownership_programs/ plant an object for each rule; here is whose it
must be.  Where a row's own bytes lie deeper than the row, the test asks for what it
retains: 1000 bytes is what is planted.
"""

import dataclasses
import os
import sys
import tempfile
import unittest

from tests.end_to_end import converter
from tests.end_to_end import live_process
from tests.end_to_end import owner_chains

_PLANTED = 1000  # Bytes.


def setUpModule():
    # pylint: disable=invalid-name
    with tempfile.TemporaryDirectory() as folder:
        dump = os.path.join(folder, "programs.json")
        live_process.dump("tests/end_to_end/ownership_programs/program.py", dump,
                          os.path.abspath("scanner"), sys.executable)
        profile = os.path.join(folder, "callgrind.out.programs")
        converter.convert(dump, profile, "--min-percent=0", "--max-functions=1000000")
        OwnershipTest.owners = owner_chains.OwnerChains(profile)


class OwnershipTest(unittest.TestCase):
    owners = None

    def assert_chain(self, *chain):
        """Fails unless a function has these callers below main, and what was planted."""
        self.assertEqual(self.owners.chain(chain[-1]), list(chain))
        self.assertGreaterEqual(self.owners.inclusive(chain[-1]), _PLANTED)


class FunctionsTest(OwnershipTest):
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
            self.owners.inclusive("def::wrapped (functions.wrapped*)"), 2 * _PLANTED)

    def test_function_belongs_to_the_innermost_of_its_wrappers(self):
        self.assert_chain("module::functions (functions)",
                          "_lru_cache_wrapper::twice_wrapped (functions.twice_wrapped)",
                          "def::twice_wrapped (functions.twice_wrapped*)")
        self.assertGreaterEqual(
            self.owners.inclusive("def::twice_wrapped (functions.twice_wrapped*)"), 2 * _PLANTED)

    def test_wrapper_that_another_module_made_belongs_where_its_names_lead(self):
        self.assert_chain("module::functions (functions)", "def::managed (functions.managed*)")

    def test_partial_belongs_to_the_module_that_assigns_it(self):
        self.assert_chain("module::functions (functions)", "partial::partial (functions.partial)")

    def test_dispatcher_owns_the_general_function(self):
        self.assert_chain("module::functions (functions)", "def::dispatched (functions.dispatched*)")

    def test_function_that_lies_about_its_names_stays_where_it_is(self):
        self.assert_chain("module::functions (functions)", "def::liar (functions.liar)")


class ClassesTest(OwnershipTest):
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


class AttributesTest(OwnershipTest):
    """What instances hold."""

    def test_attribute_in_a_dict(self):
        self.assert_chain("module::classes (classes)", "WithDict::with_dict (classes.with_dict)",
                          "bytearray::held (classes.with_dict.held)")
        self.assert_chain("module::classes (classes)", "WithDict::with_dict (classes.with_dict)",
                          "bytearray::odd name (classes.with_dict.odd name)")

    def test_attribute_among_inline_values(self):
        self.assert_chain("module::classes (classes)",
                          "WithInlineValues::with_inline_values (classes.with_inline_values)",
                          "bytearray::inline (classes.with_inline_values.inline)")

    def test_attribute_in_a_slot(self):
        self.assert_chain("module::classes (classes)", "WithSlots::with_slots (classes.with_slots)",
                          "bytearray::slot (classes.with_slots.slot)")

    def test_list_of_children_folds(self):
        self.assert_chain("module::classes (classes)", "Tree::tree (classes.tree)",
                          "list::children (classes.tree.children)",
                          "Tree::[*] (classes.tree.children[*]*)",
                          "bytearray::load (classes.tree.children[*]*.load)")

    def test_chain_of_next_folds(self):
        self.assert_chain("module::classes (classes)", "Link::links (classes.links)",
                          "Link::next (classes.links.next*)")
        self.assertEqual(self.owners.count("Link::next (classes.links.next*)"), 1)


class ContainersTest(OwnershipTest):
    """What elements are called."""

    def assert_in_containers(self, *chain):
        self.assert_chain("module::containers (containers)", *chain)

    def test_few_keys_stay(self):
        self.assert_in_containers("dict::few (containers.few)",
                                  "bytearray::['config'] (containers.few['config'])")

    def test_few_numbers_stay(self):
        self.assert_in_containers("dict::few_numbers (containers.few_numbers)",
                                  "bytearray::[404] (containers.few_numbers[404])")

    def test_many_keys_become_one(self):
        self.assert_in_containers("dict::many (containers.many)",
                                  "bytearray::[*] (containers.many[*])")
        self.assertEqual(self.owners.count("bytearray::[*] (containers.many[*])"), 500)

    def test_many_numbers_become_one(self):
        self.assert_in_containers("dict::many_numbers (containers.many_numbers)",
                                  "bytearray::[*] (containers.many_numbers[*])")

    def test_keys_stay_where_values_are_of_several_types(self):
        self.assertEqual(
            self.owners.chain("bytearray::['key 57'] (containers.mixed['key 57'])"),
            ["module::containers (containers)", "dict::mixed (containers.mixed)",
             "bytearray::['key 57'] (containers.mixed['key 57'])"])

    def test_keys_that_are_no_text_become_one(self):
        self.assert_in_containers("dict::by_object (containers.by_object)",
                                  "bytearray::[*] (containers.by_object[*])")

    def test_elements_become_one(self):
        self.assert_in_containers("list::elements (containers.elements)",
                                  "bytearray::[*] (containers.elements[*])")
        self.assert_in_containers("deque::queue (containers.queue)",
                                  "bytearray::[*] (containers.queue[*])")

    def test_elements_of_several_types_stay_apart(self):
        self.assert_in_containers("tuple::pair (containers.pair)",
                                  "list::[*] (containers.pair[*])",
                                  "bytearray::[*] (containers.pair[*][*])")

    def test_keys_of_nested_dictionaries(self):
        self.assert_in_containers("dict::nested (containers.nested)",
                                  "dict::['outer'] (containers.nested['outer'])",
                                  "list::['inner'] (containers.nested['outer']['inner'])")

    def test_subclasses_of_dict_have_keys(self):
        self.assert_in_containers("defaultdict::default (containers.default)",
                                  "list::['items'] (containers.default['items'])")
        self.assert_in_containers("OrderedDict::ordered (containers.ordered)",
                                  "bytearray::['first'] (containers.ordered['first'])")


class ModulesTest(OwnershipTest):
    """Imports, and variables that several modules hold."""

    def test_variables_belong_to_the_module_that_assigns_them(self):
        for name in ("Database::db (settings.db)", "dict::CONFIG (settings.CONFIG)",
                     "dict::LIMITS (settings.LIMITS)", "list::first (settings.first)",
                     "list::second (settings.second)"):
            with self.subTest(name):
                self.assert_chain("module::settings (settings)", name)

    def test_object_in_the_place_of_a_function_belongs_where_the_function_is_defined(self):
        self.assert_chain("module::settings (settings)", "Decorated::command (settings.command)")

    def test_singleton_belongs_to_its_class(self):
        self.assert_chain("module::settings (settings)", "class::Singleton (settings.Singleton)",
                          "Singleton::_instance (settings.Singleton._instance)")

    def test_module_that_imports_everything_owns_only_its_own(self):
        self.assert_chain("module::star_import (star_import)",
                          "bytearray::only_here (star_import.only_here)")
        self.assertLess(self.owners.inclusive("module::star_import (star_import)"), 4000)

    def test_module_that_imports_names_owns_nothing_of_them(self):
        self.assertLess(self.owners.inclusive("module::named_import (named_import)"), _PLANTED * 3)

    def test_re_exported_names_belong_to_the_submodule(self):
        package = ("module::package (package)", "module::inner (package.inner)")
        self.assert_chain(*package, "def::helper (package.inner.helper)")
        self.assert_chain(*package, "class::Model (package.inner.Model)",
                          "bytearray::fields (package.inner.Model.fields)")
        self.assert_chain(*package, "list::STATE (package.inner.STATE)")

    def test_shadowed_submodule_belongs_to_its_package(self):
        self.assert_chain("module::package (package)", "module::mapper (package.mapper)",
                          "list::hidden_state (package.mapper.hidden_state)")

    def test_lazy_submodule_belongs_to_its_package(self):
        self.assert_chain("module::package (package)", "module::lazy (package.lazy)",
                          "list::loaded (package.lazy.loaded)")

    def test_lazy_module_without_a_file_owns_what_it_loads(self):
        self.assert_chain("module::made_lazily (made_lazily)",
                          "list::first_used (made_lazily.first_used)")

    def test_aliases_in_sys_modules_own_nothing(self):
        self.assertEqual(self.owners.names("alias_of_settings"), [])
        self.assertEqual(self.owners.names("module::alias "), [])
        self.assertEqual(self.owners.chain("module::posixpath (posixpath)"), [
            "module::posixpath (posixpath)"])

    def test_monkeypatch_belongs_to_the_module_that_defines_it(self):
        self.assert_chain("module::patches (patches)", "def::replaced (patches.replaced)")

    def test_deleted_class_belongs_to_its_instance(self):
        self.assert_chain("module::patches (patches)",
                          "Deleted::deleted_instance (patches.deleted_instance)",
                          "class::Deleted (patches.deleted_instance.__class__)")

    def test_variable_without_source_belongs_to_the_module_of_its_class(self):
        self.assert_chain("module::made_models (made_models)",
                          "Engine::engine (made_models.engine)",
                          "bytearray::parts (made_models.engine.parts)")

    def test_configuration_that_two_modules_share_says_so(self):
        self.assert_chain("dict::options (shared: made_tasks, made_views)",
                          "bytearray::['level'] (options['level'])")
        self.assertEqual(
            self.owners.place("dict::options (shared: made_tasks, made_views)")[0], "(shared)")

    def test_variable_of_a_c_module_belongs_to_it(self):
        self.assert_chain("module::posix (posix)",
                          "dict::sysconf_names (posix.sysconf_names)")

    def test_main_and_the_module_of_its_file_stay_apart(self):
        for module in ("__main__", "program"):
            with self.subTest(module):
                self.assert_chain(f"module::{module} ({module})", f"list::twins ({module}.twins)",
                                  f"{module}.Twin::[*] ({module}.twins[*])",
                                  f"bytearray::load ({module}.twins[*].load)")

    def test_names_that_everything_shares_are_one_row(self):
        self.assertEqual(self.owners.chain("shared::interned strings"), [
            "shared::interned strings"])

    def test_functions_and_variables_point_into_their_modules(self):
        folder = "tests/end_to_end/ownership_programs/"
        for name, file in (("dict::CONFIG (settings.CONFIG)", "settings.py"),
                           ("def::helper (package.inner.helper)", "package/inner/__init__.py"),
                           ("bytearray::slot (classes.with_slots.slot)", "classes.py")):
            with self.subTest(name):
                self.assertTrue(self.owners.place(name)[1].endswith(folder + file))


class ObserversTest(OwnershipTest):
    """Registries list what others own."""

    def test_logger_belongs_to_the_module_that_asked_for_it(self):
        self.assert_chain("module::observers (observers)", "Logger::logger (observers.logger)",
                          "list::handlers (observers.logger.handlers)",
                          "Handler::[*] (observers.logger.handlers[*])",
                          "list::records (observers.logger.handlers[*].records)")

    def test_callback_in_a_list_goes_by_its_name(self):
        self.assert_chain("module::observers (observers)", "list::callbacks (observers.callbacks)",
                          "def::callback (observers.callbacks[*])")
        self.assertEqual(self.owners.count("def::callback (observers.callbacks[*])"), 20)

    def test_bound_method_does_not_own_its_object(self):
        self.assert_chain("module::observers (observers)",
                          "observers.Server::server (observers.server)",
                          "list::sessions (observers.server.sessions)")

    def test_pattern_belongs_to_the_module_that_compiled_it_and_not_to_the_cache(self):
        self.assert_chain("module::c_types (c_types)", "Pattern::pattern (c_types.pattern)")

    def test_objects_of_c_types_belong_to_their_variable(self):
        self.assert_chain("module::c_types (c_types)", "array::numbers (c_types.numbers)")
        self.assert_chain("module::c_types (c_types)", "Struct::packer (c_types.packer)")


class RunningTest(OwnershipTest):
    """Threads, frames and generators."""

    def test_thread_owns_its_frames_and_they_own_their_variables(self):
        frames = ("thread::server",
                  "frame::_bootstrap (server: _bootstrap, threading.py:{})",
                  "frame::_bootstrap_inner (server: _bootstrap_inner, threading.py:{})",
                  "frame::run (server: run, running.py:{})")
        self.assert_lineless_chain(*frames, "bytearray::request (server: run.request)")
        self.assert_lineless_chain(*frames, "frame::serve (server: serve, running.py:{})",
                                   "dict::answers (server: serve.answers)")

    def assert_lineless_chain(self, *chain):
        """As assert_chain, with {} for the line numbers of frames."""
        found = self.owners.chain(chain[-1])
        self.assertEqual([_without_line(name) for name in found], list(chain))

    def test_thread_owns_its_thread_object_though_a_variable_refers_to_it(self):
        self.assert_chain("thread::server", "running.Server::thread (server.thread)",
                          "list::sessions (server.thread.sessions)")
        self.assertEqual(self.owners.chain("_MainThread::thread (MainThread.thread)"), [
            "thread::MainThread", "_MainThread::thread (MainThread.thread)"])

    def test_service_that_a_frame_calls_self_belongs_to_its_variable(self):
        self.assert_chain("module::running (running)", "Service::service (running.service)",
                          "list::sessions (running.service.sessions)")

    def test_threads_are_a_group_of_their_own(self):
        self.assertEqual(self.owners.place("thread::server")[0], "(threads)")
        self.assertEqual(self.owners.place("bytearray::request (server: run.request)")[0],
                         "(threads)")

    def test_thread_local_data_belongs_to_its_thread(self):
        self.assert_chain("thread::use_thread_data", "dict::local (use_thread_data.local)",
                          "list::['buffers'] (use_thread_data.local['buffers'])")

    def test_context_belongs_to_its_thread(self):
        chain = self.owners.chain("Context::context (MainThread.context)")
        self.assertEqual(chain[0], "thread::MainThread")
        self.assertGreaterEqual(self.owners.inclusive(chain[-1]), _PLANTED)


class UnreachableTest(OwnershipTest):
    """What no root reaches."""

    def test_cycles_go_by_their_type(self):
        self.assert_chain(
            "unreachable::cycles that wait for collection",
            "Lost::[*] (cycles that wait for collection: Lost[*])",
            "bytearray::load (cycles that wait for collection: Lost[*].load)")
        self.assertEqual(
            self.owners.count("Lost::[*] (cycles that wait for collection: Lost[*])"), 10)

    def test_what_c_holds_is_not_garbage(self):
        self.assert_chain(
            "unreachable::held by C code alone", "Held::[*] (held by C code alone: Held[*])",
            "bytearray::load (held by C code alone: Held[*].load)")

    def test_unreachable_is_a_group_of_its_own(self):
        self.assertEqual(
            self.owners.place("Held::[*] (held by C code alone: Held[*])")[0], "(unreachable)")


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


def _without_line(name):
    """Returns a frame's name with {} for its line number."""
    head, colon, line = name.rpartition(":")
    return f"{head}:{{}})" if name.startswith("frame::") and colon and line[:-1].isdigit() else name


if __name__ == "__main__":
    unittest.main()
