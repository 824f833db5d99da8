# -*- coding: utf-8 -*-
"""The `value` and `len` of strings and numbers."""

import sys
import unittest

import dump_support

IS_PYTHON2 = sys.version_info < (3,)
TEXT = type(u"")


class Word(TEXT):
    """A string with a class of its own."""


class Count(int):
    """A number with a class of its own."""


class ValuesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        # Each built at run time, so that no constant is shared.
        cls.texts = {
            "nul": u"a" + u"\x00b",
            "control": u"\x01" + u"\t\n\r\x1f\x7f",
            "quotes": u'"' + u"\\/",
            "latin1": u"\xe9" + u"\xff",
            "bmp": u"\u20ac" + u"\u1234",
            "beyond": u"\U0001f600" + u"\U0010ffff",
            "surrogate": u"\ud800" + u"x",
            "word": Word(u"w" + u"ord"),
        }
        cls.long_text = u"x" * 150 + u"y"
        cls.bytes = bytes(bytearray(range(256)))
        cls.numbers = {
            "small": 12345678,
            "negative": -12345678,
            "int64_least": -(2**63),
            "int64_most": 2**63 - 1,
            "uint64_most": 2**64 - 1,
            "too_large": 2**64,
            "too_small": -(2**63) - 1,
            "huge": 10**100,
            "class": Count(5000),
        }
        cls.reals = {
            "tenth": 1 / 10.0,
            "huge": 1.5e300 * 1,
            "tiny": 5e-324 * 1,
            "nan": float("nan"),
            "infinite": float("inf"),
        }
        cls.zero = 0.0 * 1
        cls.dump = dump_support.take_dump()

    def value_of(self, item):
        return self.dump.of(item).get("value")

    def test_text_is_written_as_it_is(self):
        for name, text in self.texts.items():
            self.assertEqual(self.value_of(text), text, name)

    def test_length_of_text_is_in_characters(self):
        for name, text in self.texts.items():
            self.assertEqual(self.dump.of(text)["len"], len(text), name)

    def test_lone_surrogate_is_an_escape(self):
        self.assertIn(b'"value": "\\ud800x"', self.dump.text)

    def test_first_hundred_characters_are_written(self):
        record = self.dump.of(self.long_text)
        self.assertEqual(record["value"], u"x" * 100)
        self.assertEqual(record["len"], 151)

    def test_bytes_are_latin1(self):
        record = self.dump.of(self.bytes)
        self.assertEqual(record["value"], self.bytes[:100].decode("latin-1"))
        self.assertEqual(record["len"], 256)

    def test_numbers_of_up_to_64_bits_are_written(self):
        expected = dict(self.numbers, too_large=None, too_small=None, huge=None)
        found = {name: self.value_of(x) for name, x in self.numbers.items()}
        self.assertEqual(found, expected)

    def test_finite_reals_are_written_exactly(self):
        expected = dict(self.reals, nan=None, infinite=None)
        found = {name: self.value_of(x) for name, x in self.reals.items()}
        self.assertEqual(found, expected)

    def test_zero_is_a_value(self):
        self.assertEqual(self.value_of(self.zero), 0)

    def test_booleans_are_strings(self):
        self.assertEqual(self.value_of(True), "True")
        self.assertEqual(self.value_of(False), "False")

    def test_values_none_writes_no_text(self):
        dump = dump_support.take_dump(values="none")
        self.assertNotIn("value", dump.of(self.long_text))
        self.assertNotIn("value", dump.of(self.bytes))
        self.assertEqual(dump.of(self.numbers["small"])["value"], 12345678)

    def test_values_number_writes_so_many_characters(self):
        dump = dump_support.take_dump(values=151)
        self.assertEqual(dump.of(self.long_text)["value"], self.long_text)

    def test_values_of_another_kind_are_refused(self):
        with self.assertRaises(ValueError) as caught:
            dump_support.take_dump(values="all")
        self.assertEqual(
            str(caught.exception),
            'expected values to be "none", "short" or a number of characters, '
            "got 'all'",
        )

    @unittest.skipUnless(IS_PYTHON2, "two kinds of strings are Python 2's")
    def test_python2_byte_strings_are_latin1(self):
        text = "caf" + chr(0xE9)
        self.assertEqual(dump_support.take_dump().of(text)["value"], u"caf\xe9")


if __name__ == "__main__":
    unittest.main()
