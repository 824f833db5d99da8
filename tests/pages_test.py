"""Tests that the tables of the pages for readers are whole, and that their links lead somewhere."""

import glob
import os
import tempfile
import unittest

from tests import markdown_page

_TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"


def _pages():
    """Yields (path, text) of each page."""
    for path in sorted(["README.md", "CHANGELOG.md", "testdata/README.md", *glob.glob("docs/*.md")]):
        with open(path, encoding="utf-8") as file:
            yield path, file.read()


class PagesTest(unittest.TestCase):
    def test_tables_are_whole(self):
        self.assertEqual([(path, problem) for path, text in _pages()
                          for problem in markdown_page.table_problems(text)], [])

    def test_links_lead_somewhere(self):
        problems = [(path, number, markdown_page.link_problem(path, target))
                    for path, text in _pages() for number, target in markdown_page.links(text)]
        self.assertEqual([problem for problem in problems if problem[-1]], [])

    def test_pictures_are_shown(self):
        linked = {os.path.normpath(os.path.join(os.path.dirname(path), target))
                  for path, text in _pages() for _, target in markdown_page.links(text)}
        self.assertEqual(set(glob.glob("docs/pictures/*.png")) - linked, set())


class TableTest(unittest.TestCase):
    def test_whole_table_has_no_problem(self):
        self.assertEqual(markdown_page.table_problems(f"x\n\n{_TABLE}\ny\n\n{_TABLE}"), [])

    def test_border_in_code_is_no_cell_if_it_is_escaped(self):
        self.assertEqual(markdown_page.table_problems(_TABLE + "| `x \\| y` | 4 |\n"), [])

    def test_empty_line_divides_a_table(self):
        self.assertEqual(markdown_page.table_problems(_TABLE + "\n| 3 | 4 |\n"),
                         [(5, "expected a header, a separator and rows")])

    def test_table_needs_a_separator(self):
        self.assertEqual(markdown_page.table_problems("| a |\n| 1 |\n| 2 |\n"),
                         [(1, "expected a header, a separator and rows")])

    def test_rows_have_as_many_cells_as_the_header(self):
        self.assertEqual(markdown_page.table_problems(_TABLE + "| 3 |\n| 4 | 5 | 6 |\n"),
                         [(4, "expected 2 cells, got 1"), (5, "expected 2 cells, got 3")])

    def test_code_is_no_table(self):
        self.assertEqual(markdown_page.table_problems("    | a |\n"), [])


class LinkTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self._page = os.path.join(folder.name, "page.md")
        with open(self._page, "w", encoding="utf-8") as file:
            file.write("# A page\n## What's `here`, in two words\n## Twice\n## Twice\n")

    def test_links_are_found_outside_code(self):
        self.assertEqual(
            markdown_page.links("[a](b.md#c) ![d](e.png)\n`[f](g)`\n    [h](i)\n  ![j](k.png)\n"),
            [(1, "b.md#c"), (1, "e.png"), (4, "k.png")])

    def test_heading_and_file_are_found(self):
        self.assertIsNone(markdown_page.link_problem(self._page, "#whats-here-in-two-words"))
        self.assertIsNone(markdown_page.link_problem(self._page, "page.md#a-page"))
        self.assertIsNone(markdown_page.link_problem(self._page, "https://example.com/#nothing"))

    def test_absent_file_is_a_problem(self):
        self.assertIn("expected a file", markdown_page.link_problem(self._page, "other.md"))

    def test_absent_heading_is_a_problem(self):
        self.assertIn("got 0", markdown_page.link_problem(self._page, "#nothing"))

    def test_heading_that_is_there_twice_is_a_problem(self):
        self.assertIn("got 2", markdown_page.link_problem(self._page, "page.md#twice"))


if __name__ == "__main__":
    unittest.main()
