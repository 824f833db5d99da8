"""Tests that the pages for readers are whole: tables, lines, links, and the map of the folders."""

import glob
import os
import re
import tempfile
import unittest

from tests import markdown_page

_MAP = "docs/contributing.md"
_SOURCES = (".h", ".cc", ".c", ".py")
_TABLE = "| a | b |\n|---|---|\n| 1 | 2 |\n"


def _pages():
    """Yields (path, text) of each page."""
    for path in sorted(["README.md", "CHANGELOG.md", "testdata/README.md", *glob.glob("docs/*.md")]):
        with open(path, encoding="utf-8") as file:
            yield path, file.read()


def _folders(top):
    """Returns the folders of sources from `top` on down, `top/` itself included."""
    return {folder + "/" for folder, _, names in os.walk(top)
            if any(name.endswith(_SOURCES) for name in names)}


def _paths_on_the_map(top):
    """Returns the paths below `top` that the map names, in code: folders end in a slash."""
    with open(_MAP, encoding="utf-8") as file:
        return {path for path in re.findall(r"`([\w./]+)`", file.read())
                if path.startswith(top + "/")}


class PagesTest(unittest.TestCase):
    def test_tables_are_whole(self):
        self.assertEqual([(path, problem) for path, text in _pages()
                          for problem in markdown_page.table_problems(text)], [])

    def test_lines_of_text_have_100_columns_at_most(self):
        self.assertEqual([(path, number) for path, text in _pages()
                          for number in markdown_page.wide_lines(text, 100)], [])

    def test_links_lead_somewhere(self):
        problems = [(path, number, markdown_page.link_problem(path, target))
                    for path, text in _pages() for number, target in markdown_page.links(text)]
        self.assertEqual([problem for problem in problems if problem[-1]], [])

    def test_pictures_are_shown(self):
        linked = {os.path.normpath(os.path.join(os.path.dirname(path), target))
                  for path, text in _pages() for _, target in markdown_page.links(text)}
        self.assertEqual(set(glob.glob("docs/pictures/*.png")) - linked, set())


class MapTest(unittest.TestCase):
    def test_map_names_every_folder(self):
        for top in "converter", "scanner":
            folders = _folders(top)
            self.assertIn(top + "/", folders)
            self.assertEqual(folders - _paths_on_the_map(top), set())

    def test_what_the_map_names_is_there(self):
        for top in "converter", "scanner":
            names = [path for path in _paths_on_the_map(top) if "NAME" not in path]
            self.assertEqual([path for path in names if not os.path.exists(path)], [])


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


class WidthTest(unittest.TestCase):
    def test_wide_text_is_found(self):
        self.assertEqual(markdown_page.wide_lines("12345\n123456\n- 3456\n", 5), [2, 3])

    def test_tables_code_links_and_pictures_may_be_wide(self):
        self.assertEqual(
            markdown_page.wide_lines("| 1 | 2 |\n    12345\n[a](b.md)\n- [a](b)\n  ![](c.png)\n",
                                     5), [])

    def test_link_in_a_wide_line_is_no_excuse(self):
        self.assertEqual(markdown_page.wide_lines("[a](b): c\n", 5), [1])


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
