"""What C structs, C++ containers and variables hold; shared and freed blocks; false pointers."""

import os
import unittest

from tests.end_to_end.native import native_support


class OwnExtensionTest(native_support.NativeTestCase):
    dumps = None  # By the way in which the copy was made; each is made once.

    def setUp(self):
        super().setUp()
        cls = type(self)
        if cls.dumps is None:
            native_support.build_extension(self.packages)
            cls.dumps = {}
            process, cls.facts = self.hold("own_extension")
            for way in (self.dump_fork, self.dump_outside, self.dump_by_core):
                cls.dumps[way.__name__] = way(process, os.path.join(self.folder, "dump"))
        self.counted, self.addresses, self.ids = (
            self.facts[key] for key in ("bytes", "addresses", "objects"))

    def _check_all(self, check):
        for way, dump in self.dumps.items():
            with self.subTest(way):
                check(dump)

    def _words_of(self, dump, name):
        """Returns the blocks that an object points at."""
        return dump.blocks_of(self.ids[name])

    def test_structs_containers_and_variables_have_what_was_allocated(self):
        def check(dump):
            for name in ("holders.List", "holders.Model"):
                share = dump.bytes_of_type(name.split(".")[1]) / self.counted[name]
                self.assertAlmostEqual(share, 1, delta=0.03, msg=name)
            blocks = [block for block in dump.static["holders"] if dump.is_block(block)]
            share = dump.size(dump.reached(blocks)) / self.counted["static"]
            self.assertAlmostEqual(share, 1, delta=0.03)

        self._check_all(check)

    def test_object_that_a_variable_holds_is_found(self):
        def check(dump):
            held = [dump.objects[address] for address in dump.static["holders"]
                    if address in dump.objects and not dump.is_block(address)]
            lists = [record for record in held if record["type"] == "list"]
            self.assertEqual(len(lists), 1, held)
            self.assertEqual(dump.objects[lists[0]["refs"][0]]["type"], "bytes")

        self._check_all(check)

    def test_block_that_two_objects_share_is_one_block(self):
        def check(dump):
            sharing = dump.objects[self.ids["SHARING"]]["refs"]
            expected = [[self.addresses["shared"]]] * 2
            self.assertEqual([dump.blocks_of(address) for address in sharing], expected)

        self._check_all(check)

    def test_block_behind_a_header_is_found(self):
        self._check_all(lambda dump: self.assertEqual(
            self._words_of(dump, "BEHIND"), [self.addresses["behind a header"]]))

    def test_freed_block_is_nobodys(self):
        def check(dump):
            # Its memory may be an object's meanwhile, which has the bytes then.
            block = dump.objects.get(self.addresses["freed"], {"size": 0, "refs": []})
            self.assertEqual((block["size"], block["refs"]), (0, []))

        self._check_all(check)

    def test_numbers_and_bytes_of_builtin_types_are_no_pointers(self):
        def check(dump):
            for name in ("NUMBERS", "TEXT", "NODE", "NUMBER"):
                self.assertEqual(self._words_of(dump, name), [], name)

        self._check_all(check)

    def test_number_in_a_struct_that_looks_like_a_pointer_makes_one_reference(self):
        def check(dump):
            struct = self.addresses["struct"]
            self.assertEqual(self._words_of(dump, "STRUCT"), [struct])
            self.assertEqual(dump.blocks_of(struct), [self.addresses["node"]])

        self._check_all(check)

    def test_address_inside_a_block_does_not_own_it(self):
        self._check_all(lambda dump: self.assertEqual(self._words_of(dump, "INSIDE"), []))


if __name__ == "__main__":
    unittest.main()
