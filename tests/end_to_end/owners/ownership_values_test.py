"""Tests who owns what instances, containers and registries of a live program hold."""

import unittest

from tests.end_to_end.owners import planted_owners


class AttributesTest(planted_owners.OwnershipTest):
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


class ContainersTest(planted_owners.OwnershipTest):
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
            self.owners.chain("bytearray::['key cf'] (containers.mixed['key cf'])"),
            ["module::containers (containers)", "dict::mixed (containers.mixed)",
             "bytearray::['key cf'] (containers.mixed['key cf'])"])

    def test_keys_that_differ_in_a_number_fold_from_five_on(self):
        self.assert_in_containers("dict::numbered (containers.numbered)",
                                  "bytearray::['row*'] (containers.numbered['row*'])")
        self.assertEqual(
            self.owners.count("bytearray::['row*'] (containers.numbered['row*'])"), 5)
        self.assert_in_containers("dict::few_numbered (containers.few_numbered)",
                                  "bytearray::['row3'] (containers.few_numbered['row3'])")

    def test_keys_of_other_types_are_told_apart(self):
        for key in ("b'raw'", "'raw'", "None", "('eu', 1)", "dict"):
            self.assert_in_containers("dict::keys (containers.keys)",
                                      f"bytearray::[{key}] (containers.keys[{key}])")

    def test_keys_without_a_text_of_their_own_are_told_apart(self):
        for key in ("<int>", "frozenset('a')", "<float>", "<float> #2"):
            self.assert_in_containers("dict::odd_keys (containers.odd_keys)",
                                      f"bytearray::[{key}] (containers.odd_keys[{key}])")

    def test_attributes_that_are_no_text_are_told_apart(self):
        self.assert_in_containers("Bag::bag (containers.bag)", "bytearray::5 (containers.bag.5)")
        self.assert_in_containers("Bag::bag (containers.bag)",
                                  "bytearray::[5] (containers.bag[5])")

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


class ObserversTest(planted_owners.OwnershipTest):
    """Registries list what others own."""

    def assert_logger_has(self, name, attribute, row, leaf):
        table = "logging.Logger.manager.loggerDict"
        path = f"{table}['{name}']"
        self.assert_chain("module::logging (logging)", "class::Logger (logging.Logger)",
                          "Manager::manager (logging.Logger.manager)", f"dict::loggerDict ({table})",
                          f"Logger::['{name}'] ({path})", f"list::{attribute} ({path}.{attribute})",
                          f"{row}::[*] ({path}.{attribute}[*])",
                          f"{leaf[0]}::{leaf[1]} ({path}.{attribute}[*].{leaf[1]})")

    def test_logger_belongs_to_the_table_of_loggers_whoever_asked_for_it(self):
        self.assert_logger_has("shop.orders", "handlers", "Handler", ("list", "records"))
        self.assert_logger_has("shop.audit", "filters", "Filter", ("bytearray", "hidden"))

    def test_signal_handler_that_nothing_else_holds_is_the_interpreters(self):
        self.assert_chain("interpreter::state", "method::signal handler (state.signal handler)",
                          "Reader::__self__ (state.signal handler.__self__)",
                          "bytearray::seen (state.signal handler.__self__.seen)")

    def test_method_that_waits_to_be_called_does_not_own_its_object(self):
        self.assert_chain("module::trees (trees)", "Reader::reader (trees.reader)",
                          "bytearray::seen (trees.reader.seen)")

    def test_object_in_the_place_of_a_module_belongs_to_the_package(self):
        self.assert_chain("module::package (package)", "Proxy::other_name (package.other_name)",
                          "bytearray::attributes (package.other_name.attributes)")

    def test_who_holds_a_node_or_looks_it_up_shares_no_more_than_that(self):
        pages = "trees.library[*].pages"
        self.assert_chain("module::trees (trees)", "list::library (trees.library)",
                          "Book::[*] (trees.library[*])", f"list::pages ({pages})",
                          f"Page::[*] ({pages}[*])")
        self.assertEqual(self.owners.count(f"Page::[*] ({pages}[*])"), 19)

    def test_callback_in_a_list_goes_by_its_name(self):
        self.assert_chain("module::observers (observers)", "list::callbacks (observers.callbacks)",
                          "def::callback (observers.callbacks[*])")
        self.assertEqual(self.owners.count("def::callback (observers.callbacks[*])"), 20)

    def test_cache_owns_only_what_nothing_else_holds(self):
        self.assert_chain("module::observers (observers)", "dict::SHIPPED (observers.SHIPPED)",
                          "list::[1009] (observers.SHIPPED[1009])")
        self.assertIn("_lru_cache_wrapper::shipped (observers.shipped)",
                      self.owners.chain("list::[1010] (observers.shipped.cache[1010])"))

    def test_bound_method_does_not_own_its_object(self):
        self.assert_chain("module::observers (observers)",
                          "observers.Server::server (observers.server)",
                          "list::sessions (observers.server.sessions)")

    def test_pattern_belongs_to_the_module_that_compiled_it_and_not_to_the_cache(self):
        self.assert_chain("module::c_types (c_types)", "Pattern::pattern (c_types.pattern)")

    def test_objects_of_c_types_belong_to_their_variable(self):
        self.assert_chain("module::c_types (c_types)", "array::numbers (c_types.numbers)")
        self.assert_chain("module::c_types (c_types)", "Struct::packer (c_types.packer)")


if __name__ == "__main__":
    unittest.main()
