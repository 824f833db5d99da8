"""Tests who owns what in dumps that Meliae wrote, which say little of it."""

import os
import re
import tempfile
import unittest

from tests.end_to_end.owners import owner_chains
from tests.end_to_end.support import converter


class MeliaeOwnershipTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.messages, cls.owners = {}, {}
        for name in ("all", "gc"):
            path = os.path.join(folder.name, name)
            result = converter.run(
                "--verbose", "--min-percent=0", "--max-functions=1000000", "-o", path,
                f"testdata/meliae-py27-{name}.json.gz")
            cls.messages[name] = result.stderr.decode()
            cls.owners[name] = owner_chains.OwnerChains(path)

    def assert_chain(self, *chain):
        self.assertEqual(self.owners["all"].chain(chain[-1]), list(chain))

    def test_nine_tenths_of_the_bytes_have_a_named_owner(self):
        shares = [float(re.search(r"([0-9.]+) %", message).group(1))
                  for message in self.messages.values()]
        self.assertGreaterEqual(min(shares), 90, shares)

    def test_attributes_of_instances_have_names(self):
        self.assert_chain("module::shop (shop)", "dict::CACHE (shop.CACHE)",
                          "Session::[*] (shop.CACHE[*])", "dict::data (shop.CACHE[*].data)")

    def test_method_belongs_to_its_class_and_its_code_to_the_method(self):
        self.assert_chain("module::shop (shop)", "class::Session (shop.Session)",
                          "def::__init__ (shop.Session.__init__)")
        self.assertEqual(self.owners["all"].names("(shop.Session.__init__."), [])

    def test_class_of_a_metaclass_belongs_to_its_module(self):
        self.assert_chain("module::_abcoll (_abcoll)", "class::Mapping (_abcoll.Mapping)",
                          "def::get (_abcoll.Mapping.get)")

    def test_dictionary_of_a_static_type_belongs_to_it(self):
        self.assert_chain("module::__builtin__ (__builtin__)", "class::file (__builtin__.file)",
                          "method_descriptor::readlines (__builtin__.file.readlines)")

    def test_static_type_that_names_its_module_belongs_there(self):
        self.assertEqual(
            self.owners["all"].chain("class::IDSet (meliae._intset.IDSet)")[0],
            "module::meliae (meliae)")

    def test_variables_of_a_c_module_belong_to_it_and_not_to_who_imports_them(self):
        self.assert_chain("module::posix (posix)", "dict::sysconf_names (posix.sysconf_names)")

    def test_frames_have_names(self):
        self.assertEqual(self.owners["all"].names("frame::"), [
            "frame::<module>", "frame::dump_all_objects"])


if __name__ == "__main__":
    unittest.main()
