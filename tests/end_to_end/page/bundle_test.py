"""Tests the program that makes one page of its parts."""

import unittest

from converter.page import bundle

_TEMPLATE = "{scripts} {style} <style>{css}</style> {data} {licences} {d3} {page}"


class JoinTest(unittest.TestCase):
    def test_modules_stand_behind_what_they_import(self):
        self.assertEqual(bundle.join({
            "a.js": 'import {b} from "./b.js";\nb();\n',
            "b.js": "// About b.\nexport function b() {}\n",
        }), "// About b.\nfunction b() {}\n\nb();\n")

    def _assert_refused(self, texts, message):
        with self.assertRaises(bundle.BundleError) as caught:
            bundle.join(texts)
        self.assertEqual(str(caught.exception), message)

    def test_modules_that_import_each_other_are_refused(self):
        self._assert_refused({"a.js": 'import {b} from "./b.js";\n',
                              "b.js": 'import {a} from "./a.js";\n'},
                             "these import each other, or what is not there: ['a.js', 'b.js']")

    def test_a_name_of_two_modules_is_refused(self):
        self._assert_refused({"a.js": "const x = 1;\n", "b.js": "function x() {}\n"},
                             "x is in a.js and in b.js")

    def test_an_import_of_what_is_not_exported_is_refused(self):
        self._assert_refused({"a.js": 'import {x} from "./b.js";\n', "b.js": "const x = 1;\n"},
                             "a.js imports ['x'], which b.js lacks")


class PageTest(unittest.TestCase):
    def test_data_stands_between_two_texts(self):
        before, behind = bundle.page(_TEMPLATE, "p {}", "d3();", "MIT", {"a.js": "a();\n"})
        self.assertTrue(before.endswith("<style>p {}</style> "))
        self.assertEqual(behind, " MIT d3(); \na();\n")

    def test_a_part_that_would_end_its_element_is_refused(self):
        for css, d3, licence, script in (("</style>", "", "", ""), ("", "</SCRIPT>", "", ""),
                                         ("", "", "--", ""), ("", "", "", "'</script>'")):
            with self.assertRaises(bundle.BundleError):
                bundle.page(_TEMPLATE, css, d3, licence, {"a.js": script})

    def test_source_holds_every_byte(self):
        self.assertIn('"a\\077\\134\\042\\303\\244",\n    6)', bundle.source('a?\\"ä', ""))


if __name__ == "__main__":
    unittest.main()
