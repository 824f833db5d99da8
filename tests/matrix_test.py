"""Tests that docs/pythons.md says what matrix.py makes of the code."""

import re
import unittest

import matrix
import python_root
import test_wheels

_PAGE = "docs/pythons.md"


class PageTest(unittest.TestCase):
    def setUp(self):
        self._page = matrix.read(_PAGE)

    def _assert_has(self, text):
        self.assertIn(text, self._page, f"{_PAGE}: expected what `python3 tests/matrix.py` prints")

    def test_table_is_the_one_of_the_code(self):
        self._assert_has("\n\n" + matrix.table() + "\n")

    def test_exceptions_are_those_of_the_code(self):
        self._assert_has("\n\n" + matrix.notes())


class MatrixTest(unittest.TestCase):
    def test_every_way_is_tested_on_every_python_of_a_debian(self):
        self.assertEqual(matrix.ways_of("test-roots sid"), set(matrix.WAYS))
        self.assertEqual(matrix.ways_of("test-pythons") | matrix.ways_of("test-dumps"),
                         set(matrix.WAYS))

    def test_ci_runs_some_all_runs_more_and_the_rest_is_run_by_hand(self):
        self.assertEqual(
            [matrix.when(command) for command in ("test", "test-roots trixie", "test-wheels")],
            list(matrix.WHEN))

    def test_command_that_is_not_there_is_an_error(self):
        with self.assertRaisesRegex(ValueError, "expected the command 'test-nothing'"):
            matrix.when("test-nothing")

    def test_words_that_no_source_has_are_an_error(self):
        with self.assertRaisesRegex(ValueError, "expected 'no such words' in .ci/run"):
            matrix.said(".ci/run", "no such words")

    def test_versions_that_follow_each_other_are_a_range(self):
        self.assertEqual(matrix.listed(["2.7", "3.6", "3.7", "3.8", "3.10", "3.11"]),
                         "2.7, 3.6 to 3.8, 3.10, 3.11")

    def test_scanner_knows_the_versions_that_are_looked_for(self):
        self.assertIn(f"knows Python {matrix.listed(matrix.VERSIONS).replace(',', ' and')}\"",
                      matrix.read("scanner/cpython/internal.h"))


class DebianTest(unittest.TestCase):
    def test_packages_are_those_of_the_pythons(self):
        for debian in (*python_root.DISTRIBUTIONS.values(), python_root.OLDEST):
            found = re.findall(r"python(\d\.\d+)-dev", " ".join(debian.packages))
            self.assertLessEqual(set(found), set(python_root.PYTHONS[debian.codename]))

    def test_wheels_are_tested_on_the_oldest_debians_own(self):
        found = [re.search(r"\d\.\d+", path).group() for path in test_wheels.OWN_PYTHONS.values()]
        self.assertEqual(sorted(found), sorted(python_root.PYTHONS[python_root.OLDEST.codename]))

    def test_wheels_of_arm_have_tags_for_what_is_tested(self):
        found = [f"{major}.{minor}" for major, minor in test_wheels.glibc_version.RUN_ON_ARM]
        debians = ("bookworm", "trixie", "sid")
        self.assertEqual(found, [one for name in debians for one in python_root.PYTHONS[name]])

    def test_wheels_of_musl_have_tags_for_what_is_tested(self):
        found = [f"{major}.{minor}" for major, minor in test_wheels.glibc_version.RUN_ON_MUSL]
        self.assertEqual(found, list(python_root.PYTHONS[python_root.MUSL.codename]))

    def test_debug_build_is_a_package(self):
        self.assertIn("python3-dbg", python_root.DISTRIBUTIONS["trixie"].packages)


if __name__ == "__main__":
    unittest.main()
