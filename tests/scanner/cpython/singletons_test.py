"""The interpreter's own small numbers, characters and empty objects."""

import sys
import unittest

import dump_support


class SingletonsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lower = [u"Y".lower() for _ in range(3)]
        cls.numbers = list(range(-5, 257))
        cls.own = [u"\xe9", b"y", u"", b"", (), -5, 0, 256]
        root = dump_support.take_dump().root("interpreter")
        cls.names = {}
        for name, address in zip(root["names"], root["refs"]):
            cls.names.setdefault(name, set()).add(address)

    def test_small_integers_are_the_interpreters(self):
        expected = {id(number) for number in self.numbers}
        self.assertLessEqual(expected, self.names["small_ints"])

    def test_no_other_integers_are(self):
        self.assertNotIn(id(int("100000")), self.names["small_ints"])

    def test_characters_of_the_program_text_are_the_interpreters(self):
        self.assertIn(id(self.own[1]), self.names["characters"])
        if sys.version_info[0] > 2:  # There literals are objects of their own.
            self.assertIn(id(self.own[0]), self.names["characters"])

    def test_characters_that_are_only_equal_are_not(self):
        equal = {id(text) for text in self.lower if text is not self.own[0]}
        if sys.version_info[0] > 2:
            self.assertEqual(len(equal), 3)
        self.assertFalse(equal & self.names["characters"])

    def test_empty_objects_are_the_interpreters(self):
        self.assertLessEqual({id(item) for item in self.own[2:5]}, self.names["empty"])


if __name__ == "__main__":
    unittest.main()
