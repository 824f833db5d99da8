"""Tests that all places which name the version of this project name the same."""

import glob
import re
import unittest

from tests.end_to_end.support.version import VERSION, version_in


class VersionTest(unittest.TestCase):
    def _found(self, pattern, paths):
        """Returns {path: what the pattern's group finds there}, of those files that have it."""
        found = {}
        for path in paths:
            with open(path, encoding="utf-8") as file:
                for version in re.findall(pattern, file.read(), re.MULTILINE):
                    found.setdefault(path, set()).add(version)
        return found

    def test_scanner_has_the_version_of_the_converter(self):
        self.assertEqual(version_in("scanner/version.h"), VERSION)

    def test_module_has_it(self):
        self.assertEqual(
            self._found(r'^module\(name = "heapgrind", version = "(.*)"\)$', ["MODULE.bazel"]),
            {"MODULE.bazel": {VERSION}})

    def test_manual_pages_have_it(self):
        pages = glob.glob("docs/*.1")
        self.assertEqual(self._found(r'^\.TH .* "heapgrind (.*)" "heapgrind"$', pages),
                         {page: {VERSION} for page in pages})

    def test_dump_that_is_explained_has_it(self):
        self.assertEqual(self._found(r'"scanner": "(.*?)"', ["docs/dump_format.md"]),
                         {"docs/dump_format.md": {VERSION}})

    def test_changes_begin_with_it(self):
        with open("CHANGELOG.md", encoding="utf-8") as file:
            self.assertEqual(re.search(r"^## (\S+) \(", file.read(), re.MULTILINE).group(1),
                             VERSION)


if __name__ == "__main__":
    unittest.main()
