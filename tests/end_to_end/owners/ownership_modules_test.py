"""Tests which module of a live program owns a variable, imported or shared."""

import unittest

from tests.end_to_end.owners import planted_owners
from tests.end_to_end.owners.planted_owners import PLANTED


class ModulesTest(planted_owners.OwnershipTest):
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
        self.assertLess(self.owners.inclusive("module::named_import (named_import)"), PLANTED * 3)

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
        folder = "tests/end_to_end/owners/ownership_programs/"
        for name, file in (("dict::CONFIG (settings.CONFIG)", "settings.py"),
                           ("def::helper (package.inner.helper)", "package/inner/__init__.py"),
                           ("bytearray::slot (classes.with_slots.slot)", "classes.py")):
            with self.subTest(name):
                self.assertTrue(self.owners.place(name)[1].endswith(folder + file))


if __name__ == "__main__":
    unittest.main()
